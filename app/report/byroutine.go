package report

import (
	"cmp"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/panel"
	"backstop/app/say"
)

// mostMarks is how many marks of the grid lead to their runs: Excel opens no sheet with more than 65,530 links.
const mostMarks = 60_000

// routineDay is a routine's day, as the grid shows it.
type routineDay struct {
	routine int64
	day     panel.Day
}

// routineRunsSheet has all runs in the order of the grid, so that a routine's runs and those of each of its days stand together.
var routineRunsSheet = sheet{name: say.N("Runs by routine"), list: func(m *maker) {
	r := m.list("Runs by routine", say.T("Every run that began in the period, by routine and time, in the order of the grid."), []desk.Column{
		textColumn(say.T("Routine"), 28), textColumn(say.T("Client"), 26), textColumn(say.T("Tool"), 16),
		{Title: say.T("Day"), Kind: desk.Date},
		textColumn(say.T("Result"), 20),
		{Title: say.T("Began, or was due"), Kind: desk.Clock},
		{Title: say.T("First execution"), Kind: desk.ID},
		{Title: say.T("Last execution"), Kind: desk.ID},
		{Title: say.T("Incident"), Kind: desk.ID},
	})
	place := make(map[int64]int, len(m.Routines))
	for i, x := range m.Routines {
		place[x.ID] = i + 1
	}
	runs := m.runs(anyRun, func(a, b *figure.Run) int {
		return cmp.Or(cmp.Compare(place[a.Routine], place[b.Routine]), cmp.Compare(a.Routine, b.Routine))
	})
	marks := 0
	for len(runs) > 0 {
		day, n := m.dayOfGrid(runs[0]), 0
		begin, plain := r.next(), true
		for n < len(runs) && m.dayOfGrid(runs[n]) == day {
			m.routineRun(r, runs[n])
			plain = plain && resultOf(*runs[n]) == 0
			n++
		}
		if b := r.since(begin, n); !plain && marks < mostMarks {
			m.days[day] = b
			marks++
		}
		runs = runs[n:]
	}
	r.finish()
}}

func (m *maker) dayOfGrid(x *figure.Run) routineDay {
	return routineDay{x.Routine, m.Days.Calendar.Of(time.UnixMilli(x.At))}
}

func (m *maker) routineRun(r *rows, x *figure.Run) {
	of, at := m.Figures.Facts.Routines[x.Routine], time.UnixMilli(x.At)
	r.add([]any{of.Policy, of.Client, of.Tool, at, say.W(results[resultOf(*x)].name), at, desk.Ref(x.ID), desk.Ref(x.Last), desk.Ref(m.incidentOf(x))}, routineKey(x.Routine))
}
