package report

import (
	"fmt"
	"slices"
	"strings"

	"backstop/app/desk"
	"backstop/app/panel"
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

// gridSheet is written after the lists, since its marks point at their rows.
var gridSheet = sheet{name: "Routine x day", page: func(m *maker) {
	columns := []desk.Column{textColumn("Routine", 26), textColumn("Client", 24), textColumn("Tool", 14)}
	for d := m.Days.First; d <= m.Days.Last; d++ {
		columns = append(columns, textColumn(d.Date().Format("01-02"), 6.5))
	}
	var key []string
	for _, r := range panel.Results {
		key = append(key, days[r].mark+" "+r.String())
	}
	r := m.list("Routine x day", "The worst result of each day: "+strings.Join(key, ", ")+". An empty day had no run. A routine leads to its runs, and a day that was not all success to the runs of that day.", columns)
	for page := range slices.Chunk(m.Routines, 200) {
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
	row := []any{x.Name, x.Client, x.Tool}
	own := m.blocks[routineRunsSheet.name][routineKey(x.ID)]
	for _, c := range cells {
		d := days[c.Result]
		row = append(row, painted{d.mark, look{fill: d.fill, ink: d.ink, centre: true, line: true}})
	}
	r.add(row, "routines")
	r.lead(1, own, "all runs of the period")
	for i := range cells {
		day := m.Days.First + panel.Day(i)
		r.lead(4+i, m.days[routineDay{x.ID, day}], "the runs of "+day.Date().Format(dayForm))
	}
}

func routineKey(id int64) string { return fmt.Sprint("routine ", id) }
