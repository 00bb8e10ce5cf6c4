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

// dayRows are the runs of a routine on a day.
type dayRows struct {
	day panel.Day
	stretch
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
	for len(runs) > 0 {
		of, plain := runs[0].Routine, true
		day := dayRows{m.dayOfGrid(runs[0]), r.next()}
		for len(runs) > 0 && runs[0].Routine == of && m.dayOfGrid(runs[0]) == day.day {
			m.routineRun(r, runs[0])
			plain = plain && resultOf(*runs[0]) == 0
			day.rows++
			runs = runs[1:]
		}
		if !plain && m.marks < mostMarks {
			m.marked[of] = append(m.marked[of], day)
			m.marks++
		}
	}
	r.finish()
}}

func (m *maker) dayOfGrid(x *figure.Run) panel.Day { return m.Days.Calendar.Of(time.UnixMilli(x.At)) }

func (m *maker) routineRun(r *rows, x *figure.Run) {
	of, at := m.Figures.Facts.Routines[x.Routine], time.UnixMilli(x.At)
	r.add([]any{of.Policy, of.Client, of.Tool, at, say.W(results[resultOf(*x)].name), at, desk.Ref(x.ID), desk.Ref(x.Last), desk.Ref(m.incidentOf(x))}, routineKey(x.Routine))
}
