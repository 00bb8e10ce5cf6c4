package report

import (
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

var gridSheet = sheet{name: "Routine x day", list: func(m *maker) {
	columns := []desk.Column{textColumn("Routine", 26), textColumn("Client", 24), textColumn("Tool", 14)}
	for d := m.Days.First; d <= m.Days.Last; d++ {
		columns = append(columns, textColumn(d.Date().Format("01-02"), 6.5))
	}
	var key []string
	for _, r := range panel.Results {
		key = append(key, days[r].mark+" "+r.String())
	}
	r := m.list("Routine x day", "The worst result of each day: "+strings.Join(key, ", ")+". An empty day had no run.", columns)
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
			row := []any{x.Name, x.Client, x.Tool}
			for _, c := range cells[i] {
				d := days[c.Result]
				row = append(row, painted{d.mark, look{fill: d.fill, ink: d.ink, centre: true, line: true}})
			}
			r.add(row, "routines")
		}
	}
	r.finish()
}}
