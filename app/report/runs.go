package report

import (
	"cmp"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
)

var runsSheet = sheet{name: "Runs", list: func(m *maker) {
	r := m.list("Runs", "Every run that began in the period, by day and result. Those whose first try is still at work do not count and stand last.", []desk.Column{
		{Title: "Day", Kind: desk.Date},
		textColumn("Result", 20),
		{Title: "Began, or was due", Kind: desk.Clock},
		{Title: "First try", Kind: desk.Word},
		{Title: "Last try", Kind: desk.Word},
		textColumn("Client", 26), textColumn("Routine", 28), textColumn("Tool", 16),
		{Title: "First execution", Kind: desk.ID},
		{Title: "Last execution", Kind: desk.ID},
		{Title: "Incident", Kind: desk.ID},
	})
	for _, x := range m.runs(anyRun, func(a, b *figure.Run) int {
		return cmp.Or(cmp.Compare(atWork(a), atWork(b)), cmp.Compare(m.dayIndex(a), m.dayIndex(b)), cmp.Compare(resultOf(*a), resultOf(*b)))
	}) {
		of, at, result := m.Figures.Facts.Routines[x.Routine], time.UnixMilli(x.At), results[resultOf(*x)].name
		blocks := []string{result + " " + m.dayOf(at)}
		if x.Over() {
			blocks = append(blocks, "over", "over "+m.dayOf(at))
		}
		r.add([]any{at, result, at, outcomeWord(x.First), outcomeWord(x.End), of.Client, of.Policy, of.Tool, desk.Ref(x.ID), desk.Ref(x.Last), desk.Ref(m.incidentOf(x))}, blocks...)
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
		return "did not start"
	}
	return o.String()
}
