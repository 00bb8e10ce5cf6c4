package ui

import (
	"context"
	"strconv"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/panel"
	"backstop/ui/chart"
	"backstop/ui/look"
)

// panelModel brings routines and their days into the heat map: the first lines at once, the others as they come.
type panelModel struct {
	ui       *UI
	query    desk.PanelQuery
	span     int // days
	routines []desk.PanelRoutine
	cells    [][]panel.Cell // of the first routines; the others are on their way
	shown    []int          // places of the routines that are shown
	only     panel.Result   // show only routines that have such a day; Empty shows all
	counts   map[panel.Result]int
	done     int
	epoch    int
	cancel   context.CancelFunc
	changed  func(fresh bool, err error)
}

var _ chart.Heat = (*panelModel)(nil)

// panelPart is how many routines are read at once.
const panelPart = 40

func newPanelModel(u *UI) *panelModel {
	m := &panelModel{ui: u, span: panelSpans[1].days, cancel: func() {}, counts: map[panel.Result]int{}}
	m.query.Calendar = panel.Calendar{Zone: u.zone}
	return m
}

// read asks for the routines and then for their days, part by part. What is shown stays until the first part is there.
func (m *panelModel) read(fresh bool) {
	m.cancel()
	ctx, cancel := context.WithCancel(m.ui.ctx)
	m.cancel = cancel
	m.epoch++
	q, now, span, epoch := m.query, m.ui.now(), m.span, m.epoch
	var routines []desk.PanelRoutine
	ask(m.ui.work, func() (desk.PanelQuery, error) {
		var err error
		q.Last = q.Calendar.Of(now)
		q.First = q.Last - panel.Day(span-1)
		if routines, err = m.ui.desk.PanelRoutines(ctx, m.ui.actor, q); err != nil || len(routines) > 0 {
			return q, err
		}
		if q.Last, err = m.newest(ctx, q); err != nil {
			return q, err
		}
		q.First = q.Last - panel.Day(span-1)
		routines, err = m.ui.desk.PanelRoutines(ctx, m.ui.actor, q)
		return q, err
	}, func(q desk.PanelQuery, err error) {
		switch {
		case epoch != m.epoch:
		case err != nil:
			m.changed(false, err)
		default:
			m.query.First, m.query.Last = q.First, q.Last
			m.readPart(ctx, q, routines, nil, fresh)
		}
	})
}

// newest is the day of the newest run; where nothing ran lately, the panel ends with it.
func (m *panelModel) newest(ctx context.Context, q desk.PanelQuery) (panel.Day, error) {
	ids, err := m.ui.desk.ExecutionIDs(ctx, m.ui.actor, desk.ExecutionQuery{Tools: q.Tools, Clients: q.Clients, Desc: true, Limit: 1})
	if err != nil || len(ids) == 0 {
		return q.Last, err
	}
	rows, err := m.ui.desk.ExecutionRows(ctx, m.ui.actor, ids)
	if err != nil || len(rows) == 0 || rows[0].At().IsZero() {
		return q.Last, err
	}
	return min(q.Calendar.Of(rows[0].At()), q.Last), nil
}

func (m *panelModel) readPart(ctx context.Context, q desk.PanelQuery, routines []desk.PanelRoutine, cells [][]panel.Cell, fresh bool) {
	from, epoch := len(cells), m.epoch
	ids := make([]int64, 0, panelPart)
	for _, r := range routines[from:min(from+panelPart, len(routines))] {
		ids = append(ids, r.ID)
	}
	ask(m.ui.work, func() ([][]panel.Cell, error) { return m.ui.desk.PanelCells(ctx, m.ui.actor, q, ids) }, func(part [][]panel.Cell, err error) {
		if epoch != m.epoch {
			return
		}
		if err != nil {
			m.changed(false, err)
			return
		}
		cells = append(cells, part...)
		if from == 0 || len(cells) == len(routines) || fresh {
			m.take(routines, cells)
			m.changed(fresh && from == 0, nil)
		}
		if len(cells) < len(routines) {
			m.readPart(ctx, q, routines, cells, fresh)
		}
	})
}

func (m *panelModel) take(routines []desk.PanelRoutine, cells [][]panel.Cell) {
	m.routines, m.cells, m.done = routines, cells, len(cells)
	clear(m.counts)
	for _, row := range cells {
		for _, c := range row {
			m.counts[c.Result]++
		}
	}
	m.narrow()
}

// narrow picks the routines that are shown.
func (m *panelModel) narrow() {
	m.shown = nil
	for i := range m.routines {
		if m.only == panel.Empty || i < len(m.cells) && has(m.cells[i], m.only) {
			m.shown = append(m.shown, i)
		}
	}
}

func has(cells []panel.Cell, r panel.Result) bool {
	for _, c := range cells {
		if c.Result == r {
			return true
		}
	}
	return false
}

// Rows implements chart.Heat.
func (m *panelModel) Rows() int { return len(m.shown) }

// Columns implements chart.Heat.
func (m *panelModel) Columns() int {
	if m.routines == nil {
		return 0
	}
	return int(m.query.Last-m.query.First) + 1
}

// Title implements chart.Heat.
func (m *panelModel) Title(row int) (title, group string) {
	r := m.routines[m.shown[row]]
	if group = m.groupOf(r); row > 0 && group == m.groupOf(m.routines[m.shown[row-1]]) {
		group = ""
	}
	return routineTitle(r), group
}

func (m *panelModel) groupOf(r desk.PanelRoutine) string {
	switch m.query.Group {
	case "tool":
		return r.Tool
	case "client":
		return r.Client
	case "branch":
		if r.Branch == "" {
			return "no branch"
		}
		return r.Branch
	}
	return ""
}

// Column implements chart.Heat: the day, and the month where it begins.
func (m *panelModel) Column(col int) (name, above string) {
	date := (m.query.First + panel.Day(col)).Date()
	if col == 0 || date.Day() == 1 {
		above = date.Format("January 2006")
	}
	return date.Format("2"), above
}

// Cell implements chart.Heat.
func (m *panelModel) Cell(row, col int) (chart.HeatCell, bool) {
	_, c, ok := m.cell(row, col)
	if !ok {
		return chart.HeatCell{}, false
	}
	text := shortSize(c.Bytes)
	if c.Runs > 1 {
		text = countText(c.Runs) + "× " + text
	}
	return chart.HeatCell{Day: dayOf(c.Result), Text: text}, true
}

func (m *panelModel) cell(row, col int) (desk.PanelRoutine, panel.Cell, bool) {
	if row < 0 || row >= len(m.shown) {
		return desk.PanelRoutine{}, panel.Cell{}, false
	}
	i := m.shown[row]
	if i >= len(m.cells) || col < 0 || col >= len(m.cells[i]) {
		return m.routines[i], panel.Cell{}, false
	}
	return m.routines[i], m.cells[i][col], true
}

// dayOf is the colour of a result.
func dayOf(r panel.Result) look.Day {
	switch r {
	case panel.Lost:
		return look.DayLost
	case panel.Open:
		return look.DayOpen
	case panel.Partial:
		return look.DayPartial
	case panel.Running:
		return look.DayRunning
	case panel.Reprocessed:
		return look.DayReprocessed
	case panel.Success:
		return look.DaySuccess
	case panel.Expired:
		return look.DayExpired
	case panel.Empty:
	}
	return look.NoRun
}

// shortSize is a size for a small cell: "1.4T", in units of 1024.
func shortSize(c backup.Count) string {
	n, ok := c.Value()
	if !ok {
		return ""
	}
	const units = "BKMGTPE"
	value, unit := float64(n), 0
	for value >= 999.5 && unit < len(units)-1 {
		value, unit = value/1024, unit+1
	}
	return shortNumber(value, unit) + units[unit:unit+1]
}

// shortNumber has three digits at most.
func shortNumber(value float64, unit int) string {
	if unit == 0 || value >= 9.95 {
		return strconv.FormatFloat(value, 'f', 0, 64)
	}
	return strconv.FormatFloat(value, 'f', 1, 64)
}
