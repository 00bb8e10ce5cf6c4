package ui

import (
	"fmt"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// The timeline in words.

// stepWords are the actions whose word on record says too little to a person.
var stepWords = map[string]string{
	"progressed": say.N("put In Progress"),
	"held":       say.N("put On Hold"),
	"resumed":    say.N("back from hold"),
	"seen":       say.N("evidence seen"),
	"undone":     say.N("step undone"),
	"took in":    say.N("took in others"),
	"gave back":  say.N("gave back others"),
	"explained":  say.N("explained by another"),
	"explains":   say.N("explains another"),
	"went on":    say.N("more of it found"),
}

func stepWord(action string) string {
	if w, ok := stepWords[action]; ok {
		return say.W(w)
	}
	return say.W(action)
}

// subjectText names what an entry is about: "source 3", "setting".
func subjectText(e timeline.Entry) string {
	if e.Subject == timeline.Incident || e.SubjectID == 0 {
		return say.W(string(e.Subject))
	}
	return fmt.Sprintf("%s %d", say.W(string(e.Subject)), e.SubjectID)
}

// incidentText is the number of the incident that an entry is about.
func incidentText(e timeline.Entry) string {
	if e.Subject != timeline.Incident {
		return ""
	}
	return idText(e.SubjectID)
}

// detailsText is all details in one line.
func (u *UI) detailsText(e timeline.Entry) string {
	parts := make([]string, len(e.Details))
	for i, d := range e.Details {
		parts[i] = u.detailText(d)
	}
	return strings.Join(parts, "  ·  ")
}

// detailText is a detail as "state: New → In Progress" or "note: …".
func (u *UI) detailText(d timeline.Detail) string {
	name, from, to := say.W(d.Name), u.valueText(d.Name, d.From), u.valueText(d.Name, d.To)
	if d.Name == "title" {
		to = desk.TitleWord(d)
	}
	switch {
	case from == "":
		return name + ": " + to
	case to == "":
		return say.T("%s: %s → nothing", name, from)
	}
	return name + ": " + from + " → " + to
}

// valueText says a stored value in the words of the windows.
func (u *UI) valueText(name, value string) string {
	switch name {
	case "state":
		if s, err := incident.ParseState(value); err == nil {
			return stateWord(s)
		}
	case "closing", "offered":
		if c, err := incident.ParseClosing(value); err == nil {
			return closingWord(c)
		}
	case "cause":
		if c, err := incident.ParseCause(value); err == nil {
			return causeWord(c)
		}
	case "step":
		return stepWord(value)
	case "outcome":
		if value == "missed" {
			return say.T("did not start")
		}
	}
	if t, err := time.Parse(time.RFC3339Nano, value); err == nil {
		return u.secondText(t)
	}
	return desk.RecordWord(name, value)
}

// entryText is an entry with all it says, a detail a line.
func (u *UI) entryText(e timeline.Entry) string {
	lines := []string{say.T("Entry %d, %s, by %s: %s, about %s", e.Seq, u.secondText(e.At), personWord(e.Actor), stepWord(e.Action), strings.TrimSpace(subjectText(e)+" "+incidentText(e)))}
	if !e.Judged.IsZero() {
		lines = append(lines, say.T("judged as of %s", u.secondText(e.Judged)))
	}
	for _, d := range e.Details {
		lines = append(lines, u.detailText(d))
	}
	return strings.Join(lines, "\n")
}
