package ui

import (
	"context"
	"sort"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	figures "backstop/app/figure"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// The rows that a figure counts, each kind in a window of its own.

// openRows opens a window with a table and a line that says how many rows there are and what they are.
func (u *UI) openRows(title, words string, build func(w *openWindow) (fyne.CanvasObject, string)) {
	u.openAnew("rows "+title, look.Printable(title), func(w *openWindow) content {
		table, said := build(w)
		about := widget.NewLabel(words)
		about.Wrapping = fyne.TextWrapWord
		about.Importance = widget.LowImportance
		about.Hidden = words == ""
		count := widget.NewLabel(said)
		count.Importance = widget.LowImportance
		top := container.New(layout.NewCustomPaddedLayout(look.Gap, 0, look.Gap, look.Gap), container.NewVBox(heading(title), about))
		u.simpleKeys(w)
		return content{object: container.NewBorder(top, count, nil, nil, table), size: fyne.NewSize(1000, 600), reload: func(desk.Event) {}}
	})
}

// openIncidents opens a list of incidents, as they are now.
func (u *UI) openIncidents(title, words string, ids []int64) {
	u.openRows(title, words, func(w *openWindow) (fyne.CanvasObject, string) {
		rows := lister[desk.IncidentRow, struct{}]{
			ids: func(_ context.Context, _ struct{}, limit int) ([]int64, error) {
				if limit > 0 {
					return ids[:min(limit, len(ids))], nil
				}
				return ids, nil
			},
			rows: func(ctx context.Context, ids []int64) ([]desk.IncidentRow, error) {
				return u.desk.IncidentRows(ctx, u.actor, ids)
			},
			id: func(r desk.IncidentRow) int64 { return r.ID },
		}
		m := newPagedModel(u.ctx, rows, u.work)
		g := grid.New(m, incidentColumns(u)...)
		m.changed = func(fresh bool, err error) {
			u.showError(w.Window, err)
			g.Reload()
		}
		m.drawn = func() { g.Refresh() }
		g.OnlyLook()
		g.OnOpen = func(id int64) { u.openIncident(id, "") }
		g.OnLink = func(_ string, id int64) { u.openIncident(id, "") }
		g.SetEmpty(noRows(say.T("No incident is counted here."), ""))
		m.ask(struct{}{})
		return g, say.Many(len(ids), "1 incident", "%s incidents")
	})
}

// openRuns opens the runs that count.
func (u *UI) openRuns(title, words string, f figures.Facts, counts func(figures.Run) bool) {
	u.openRows(title, words, func(w *openWindow) (fyne.CanvasObject, string) {
		rows := &list[figures.Run]{id: runKey}
		for _, r := range f.Runs {
			if counts(r) {
				rows.rows = append(rows.rows, r)
			}
		}
		g := grid.New(rows, u.runColumns(f)...)
		g.OnlyLook()
		open := func(key int64) {
			switch r, ok := rows.find(key); {
			case !ok:
			case r.ID == 0:
				u.openIncident(r.Incident, "")
			default:
				u.openExecution(r.Last)
			}
		}
		g.OnOpen = open
		g.OnLink = func(_ string, key int64) { open(key) }
		g.SetEmpty(noRows(say.T("No run is counted here."), ""))
		g.Reload()
		return g, say.Many(len(rows.rows), "1 run", "%s runs")
	})
}

// runKey tells runs apart: one that did not start has an incident and no execution.
func runKey(r figures.Run) int64 {
	if r.ID == 0 {
		return -r.Incident
	}
	return r.ID
}

func (u *UI) runColumns(f figures.Facts) []grid.Column[figures.Run] {
	type row = figures.Run
	return []grid.Column[row]{
		{Key: "id", Title: say.T("Run"), Width: 96, Right: true, Link: true, Text: func(r row) string {
			if r.ID == 0 {
				return say.T("incident %s", idText(r.Incident))
			}
			return idText(r.Last)
		}},
		{Key: "at", Title: say.T("Began"), Width: 124, Text: func(r row) string { return u.clockText(time.UnixMilli(r.At)) }},
		{Key: "routine", Title: say.T("Routine"), Width: 172, Text: func(r row) string { return f.Routines[r.Routine].Policy }},
		{Key: "client", Title: say.T("Client"), Width: 156, Text: func(r row) string { return f.Routines[r.Routine].Client }},
		{Key: "tool", Title: say.T("Tool"), Width: 112, Text: func(r row) string { return f.Routines[r.Routine].Tool }},
		{Key: "first", Title: say.T("First try"), Width: 124, Text: func(r row) string { return outcomeWord(r.First) }, Tone: func(r row) look.Tone { return outcomeTone(r.First) }},
		{Key: "end", Title: say.T("In the end"), Width: 124, Text: func(r row) string { return outcomeWord(r.End) }, Tone: func(r row) look.Tone { return outcomeTone(r.End) }},
	}
}

// openCopies opens the clients that count, the one with the oldest copy first.
func (u *UI) openCopies(title, words string, f figures.Facts, p figures.Period, counts func(figures.Copy) bool) {
	type row struct {
		figures.Copy
		key int64
	}
	u.openRows(title, words, func(w *openWindow) (fyne.CanvasObject, string) {
		rows := &list[row]{id: func(r row) int64 { return r.key }}
		for i, c := range f.Copies {
			if counts(c) {
				rows.rows = append(rows.rows, row{c, int64(i + 1)})
			}
		}
		sort.SliceStable(rows.rows, func(i, j int) bool { return rows.rows[i].Age(p.To) > rows.rows[j].Age(p.To) })
		g := grid.New(rows, []grid.Column[row]{
			{Key: "client", Title: say.T("Client"), Width: 220, Text: func(r row) string { return r.Client }},
			{Key: "age", Title: say.T("Without a good copy"), Width: 232, Text: func(r row) string { return copyText(r.Copy, p.To) }, Tone: func(r row) look.Tone { return copyTone(r.Copy, p.To) }},
			{Key: "at", Title: say.T("Last good copy"), Width: 124, Text: func(r row) string { return u.clockText(r.At) }},
			{Key: "execution", Title: say.T("Execution"), Width: 96, Right: true, Link: true, Text: func(r row) string {
				if r.Execution == 0 {
					return ""
				}
				return idText(r.Execution)
			}},
		}...)
		g.OnlyLook()
		open := func(key int64) {
			if r, ok := rows.find(key); ok && r.Execution != 0 {
				u.openExecution(r.Execution)
			}
		}
		g.OnOpen = open
		g.OnLink = func(_ string, key int64) { open(key) }
		g.SetEmpty(noRows(say.T("No client is counted here."), ""))
		g.Reload()
		return g, say.Many(len(rows.rows), "1 client", "%s clients")
	})
}

// runsBetween are the runs of a period among those in order of time.
func runsBetween(runs []figures.Run, p figures.Period) []figures.Run {
	at := func(t time.Time) int {
		return sort.Search(len(runs), func(i int) bool { return runs[i].At >= t.UnixMilli() })
	}
	return runs[at(p.From):at(p.To)]
}
