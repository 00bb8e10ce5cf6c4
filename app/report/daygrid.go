package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"backstop/app/desk"
	"backstop/app/panel"
	"backstop/app/say"
)

// days are the colours and the marks of a routine's days: those of the panel. A mark stands in each, so that colour is never alone.
var days = map[panel.Result]struct{ mark, fill, ink string }{
	panel.Lost:        {"✕", red, "FFFFFF"},
	panel.Open:        {"●", yellow, text},
	panel.Partial:     {"▲", orange, text},
	panel.Running:     {"◐", blue, "FFFFFF"},
	panel.Reprocessed: {"↻", slate, "FFFFFF"},
	panel.Success:     {"✓", green, "FFFFFF"},
	panel.Expired:     {"/", silver, text},
}

// marked is the cell of a day: a number that is written as its mark, since some programs give a text that leads somewhere the ink of a
// link, which cannot be read on these colours.
func marked(r panel.Result) painted {
	d, known := days[r]
	if !known {
		return painted{nil, look{line: true}}
	}
	return painted{int64(r), look{form: strconv.Quote(d.mark), fill: d.fill, ink: d.ink, centre: true, line: true}}
}

// gridSide is how many columns stand beside the days.
const gridSide = 4

// gridSheet is written after the lists, since its marks point at their rows.
var gridSheet = sheet{name: say.N("Routine x day"), page: func(m *maker) {
	columns := []desk.Column{textColumn(say.T("Routine"), 24), textColumn(say.T("Client"), 24), textColumn(say.T("Tool"), 12), {Title: say.T("Runs"), Kind: desk.Whole, Width: 7}}
	for d := m.Days.First; d <= m.Days.Last; d++ {
		columns = append(columns, textColumn(d.Date().Format(say.T("Jan\n02")), 5))
	}
	var key []string
	for _, r := range panel.Results {
		key = append(key, days[r].mark+" "+say.W(r.String()))
	}
	about := say.T("The worst result of each day: %s. An empty day had no run. The number of runs leads to them, and a day that was not all success to the runs of that day.", strings.Join(key, ", "))
	if m.marks == mostMarks {
		about += " " + say.T("Excel opens no sheet with very many links: only the first %d such days lead on, the others are among the runs of their routine.", mostMarks)
	}
	if m.Days.First > m.Days.Calendar.Of(m.Period.From) {
		about += " " + say.T("The period is long: these are its last %d days.", desk.MostGridDays)
	}
	r := m.list("Routine x day", about, columns)
	r.side, r.breaks = gridSide, 31
	for page := range slices.Chunk(m.Routines, 50) {
		ids := make([]int64, len(page))
		for i, x := range page {
			ids[i] = x.ID
		}
		cells, err := m.Cells(ids)
		if m.note(err); m.err != nil {
			return
		}
		for i, x := range page {
			m.gridLine(r, x, cells[i])
		}
	}
	r.finish()
}}

func (m *maker) gridLine(r *rows, x desk.PanelRoutine, cells []panel.Cell) {
	row := []any{x.Name, x.Client, x.Tool, 0}
	own := m.blocks[routineRunsSheet.name][routineKey(x.ID)]
	if own != nil {
		row[3] = painted{own.rows, look{kind: desk.Whole, line: true, link: true}}
	}
	for _, c := range cells {
		row = append(row, marked(c.Result))
	}
	r.add(row, say.T("routines"))
	r.lead(gridSide, own, say.T("all runs of the period"))
	for _, d := range m.marked[x.ID] {
		if d.day >= m.Days.First {
			r.lead(gridSide+1+int(d.day-m.Days.First), blockOf(m.tabs[routineRunsSheet.name], own.right, d.stretch), say.T("the runs of %s", say.Day(d.day.Date())))
		}
	}
}

func routineKey(id int64) string { return fmt.Sprint("routine ", id) }
