package report

import (
	"time"

	"github.com/dustin/go-humanize"

	"backstop/app/desk"
	"backstop/app/risk"
	"backstop/app/say"
)

var risksSheet = sheet{name: say.N("Risks"), list: func(m *maker) {
	r := m.list("Risks", say.T("Risks that were open at some time of the period, each with the rule that found it. A risk is assigned first; then it is worked on, closed with a solution, or ignored as normal."), []desk.Column{
		{Title: say.T("Risk"), Kind: desk.ID, Width: 7},
		textColumn(say.T("Type"), 15),
		{Title: say.T("Found"), Kind: desk.Clock},
		textColumn(say.T("Routine"), 22), textColumn(say.T("Client"), 24), textColumn(say.T("Level"), 8), textColumn(say.T("What was found"), 24),
		{Title: say.T("State"), Kind: desk.Word, Width: 12},
		textColumn(say.T("Assigned to"), 13),
		{Title: say.T("Since"), Kind: desk.Clock},
		{Title: say.T("Resolved"), Kind: desk.Clock},
		{Title: say.T("Solution or reason"), Kind: desk.Long, Width: 25},
	})
	rows, err := m.Risks()
	if m.note(err); m.err != nil {
		return
	}
	for _, x := range rows {
		owner := x.Assignee
		if owner == "" {
			owner = say.T("nobody")
		}
		r.add([]any{desk.Ref(int64(x.ID)), riskKindWord(x.Kind), x.Found, x.Policy, x.Client, x.Level, m.riskText(x), riskStateWord(x.State), owner, x.Since, x.Resolved, x.Solution}, say.T("risks"))
	}
	r.finish()
}}

func riskKindWord(k risk.Kind) string {
	return map[risk.Kind]string{risk.Volume: say.T("Size off"), risk.Duration: say.T("Duration off"), risk.Absence: say.T("Gone or disabled"), risk.Recurrence: say.T("Recurrent failure")}[k]
}

func riskStateWord(s risk.State) string {
	return map[risk.State]string{risk.New: say.T("New"), risk.InProgress: say.T("In Progress"), risk.Closed: say.T("Closed"), risk.Ignored: say.T("Ignored")}[s]
}

// riskText says what was found.
func (m *maker) riskText(r desk.RiskRow) string {
	switch r.Kind {
	case risk.Volume:
		return say.T("%s instead of %s", size(r.Value), size(r.Usual))
	case risk.Duration:
		return say.T("%s instead of %s", minutes(r.Value), minutes(r.Usual))
	case risk.Absence:
		return say.T("%s since %s", say.W(risk.How(r.Client, r.Value)), m.clock(r.Since))
	case risk.Recurrence:
		return say.T("%d incidents within 30 days: %s", r.Value, desk.CategoryWord(r.Category))
	}
	return ""
}

func size(n int64) string { return say.Decimal(humanize.IBytes(uint64(max(n, 0)))) }

func minutes(ms int64) string {
	return (time.Duration(ms) * time.Millisecond).Round(time.Minute).String()
}
