package ui

import (
	"fmt"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/risk"
	"backstop/app/say"
	"backstop/ui/look"
)

// Risks in words.

func riskKindWord(k risk.Kind) string {
	switch k {
	case risk.Volume:
		return say.T("Size off")
	case risk.Duration:
		return say.T("Duration off")
	case risk.Absence:
		return say.T("Gone or disabled")
	case risk.Recurrence:
		return say.T("Recurrent failure")
	}
	return ""
}

func riskStateWord(s risk.State) string {
	switch s {
	case risk.New:
		return say.T("New")
	case risk.InProgress:
		return say.T("In Progress")
	case risk.Closed:
		return say.T("Closed")
	case risk.Ignored:
		return say.T("Ignored")
	}
	return ""
}

func riskStateTone(s risk.State) look.Tone {
	switch s {
	case risk.New:
		return look.New
	case risk.InProgress:
		return look.InProgress
	case risk.Closed:
		return look.Success
	case risk.Ignored:
		return look.Cancelled
	}
	return look.Plain
}

// riskStates are the states that a filter offers.
var riskStates = []risk.State{risk.New, risk.InProgress, risk.Closed, risk.Ignored}

// riskText says what was found: "412 GiB instead of 130 GiB, +217 %".
func (u *UI) riskText(r desk.RiskRow) string {
	switch r.Kind {
	case risk.Volume, risk.Duration:
		return say.T("%s instead of %s%s", riskValue(r.Kind, r.Value), riskValue(r.Kind, r.Usual), offText(r.Value, r.Usual))
	case risk.Absence:
		return say.T("%s since %s", say.W(risk.How(r.Client, r.Value)), u.dayText(r.Since))
	case risk.Recurrence:
		return say.T("%s within 30 days: %s", say.Many(int(r.Value), "1 incident", "%s incidents"), look.Printable(desk.CategoryWord(r.Category)))
	}
	return ""
}

// riskValue is a size or a duration.
func riskValue(k risk.Kind, v int64) string {
	if k == risk.Volume {
		return sizeText(backup.N(v))
	}
	return durationText(time.Duration(v) * time.Millisecond)
}

// offText is how far a value is from the usual, with its sign.
func offText(value, usual int64) string {
	if usual == 0 {
		return ""
	}
	return fmt.Sprintf(", %+.0f %%", 100*(float64(value)/float64(usual)-1))
}

// assigneeText is who has a risk; nobody is said, since it has to change first.
func assigneeText(name string) string {
	if name == "" {
		return say.T("nobody")
	}
	return name
}
