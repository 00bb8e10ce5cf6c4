package report

import (
	"cmp"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

var runsSheet = sheet{name: say.N("Runs"), list: func(m *maker) {
	r := m.list("Runs", say.T("Every run that began in the period, by day and result. Those whose first try is still at work do not count and stand last."), []desk.Column{
		{Title: say.T("Day"), Kind: desk.Date},
		textColumn(say.T("Result"), 20),
		{Title: say.T("Began, or was due"), Kind: desk.Clock},
		{Title: say.T("First try"), Kind: desk.Word},
		{Title: say.T("Last try"), Kind: desk.Word},
		textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16),
		{Title: say.T("First execution"), Kind: desk.ID},
		{Title: say.T("Last execution"), Kind: desk.ID},
		{Title: say.T("Incident"), Kind: desk.ID},
	})
	for _, x := range m.runs(anyRun, func(a, b *figure.Run) int {
		return cmp.Or(cmp.Compare(atWork(a), atWork(b)), cmp.Compare(m.dayIndex(a), m.dayIndex(b)), cmp.Compare(resultOf(*a), resultOf(*b)))
	}) {
		of, at, result := m.Figures.Facts.Routines[x.Routine], time.UnixMilli(x.At), resultOf(*x)
		blocks := []string{resultOn(result, m.dayOf(at))}
		if x.Over() {
			blocks = append(blocks, say.T("over"), overOn(m.dayOf(at)))
		}
		r.add([]any{at, say.W(results[result].name), at, outcomeWord(x.First), outcomeWord(x.End), of.Client, of.Policy, of.Tool, desk.Ref(x.ID), desk.Ref(x.Last), desk.Ref(m.incidentOf(x))}, blocks...)
	}
	r.finish()
}}

func atWork(r *figure.Run) int {
	if r.Over() {
		return 0
	}
	return 1
}

func outcomeWord(o backup.Outcome) string {
	if o == backup.Missed {
		return say.T("did not start")
	}
	return say.W(o.String())
}
