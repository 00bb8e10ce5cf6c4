package report

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"

	"backstop/app/desk"
	"backstop/app/risk"
)

var risksSheet = sheet{name: "Risks", list: func(m *maker) {
	r := m.list("Risks", "Risks that were open at some time of the period, each with the rule that found it. A risk is assigned first; then it is worked on, closed with a solution, or ignored as normal.", []desk.Column{
		{Title: "Risk", Kind: desk.ID, Width: 7},
		textColumn("Type", 15),
		{Title: "Found", Kind: desk.Clock},
		textColumn("Routine", 22), textColumn("Client", 24), textColumn("Level", 8), textColumn("What was found", 24),
		{Title: "State", Kind: desk.Word, Width: 12},
		textColumn("Assigned to", 13),
		{Title: "Since", Kind: desk.Clock},
		{Title: "Resolved", Kind: desk.Clock},
		{Title: "Solution or reason", Kind: desk.Long, Width: 25},
	})
	rows, err := m.Risks()
	if m.note(err); m.err != nil {
		return
	}
	for _, x := range rows {
		owner := x.Assignee
		if owner == "" {
			owner = "nobody"
		}
		r.add([]any{desk.Ref(int64(x.ID)), riskKindWord(x.Kind), x.Found, x.Policy, x.Client, x.Level, m.riskText(x), riskStateWord(x.State), owner, x.Since, x.Resolved, x.Solution}, "risks")
	}
	r.finish()
}}

func riskKindWord(k risk.Kind) string {
	return map[risk.Kind]string{risk.Volume: "Size off", risk.Duration: "Duration off", risk.Absence: "Gone or disabled", risk.Recurrence: "Recurrent failure"}[k]
}

func riskStateWord(s risk.State) string {
	return map[risk.State]string{risk.New: "New", risk.InProgress: "In Progress", risk.Closed: "Closed", risk.Ignored: "Ignored"}[s]
}

// riskText says what was found.
func (m *maker) riskText(r desk.RiskRow) string {
	switch r.Kind {
	case risk.Volume:
		return humanize.IBytes(uint64(max(r.Value, 0))) + " instead of " + humanize.IBytes(uint64(max(r.Usual, 0)))
	case risk.Duration:
		return minutes(r.Value) + " instead of " + minutes(r.Usual)
	case risk.Absence:
		return risk.How(r.Client, r.Value) + " since " + r.Since.In(m.Period.Zone).Format("2006-01-02 15:04")
	case risk.Recurrence:
		return fmt.Sprintf("%d incidents within 30 days: %s", r.Value, r.Category)
	}
	return ""
}

func minutes(ms int64) string {
	return (time.Duration(ms) * time.Millisecond).Round(time.Minute).String()
}
