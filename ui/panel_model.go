package ui

import (
	"context"
	"strconv"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/panel"
	"backstop/app/say"
	"backstop/ui/chart"
	"backstop/ui/look"
)

// panelModel brings routines and their days into the heat map: the lines in view first, the others as they come.
type panelModel struct {
	ui       *UI
	query    desk.PanelQuery
	span     int       // days
	last     panel.Day // the last day to show; 0 for the newest
	routines []desk.PanelRoutine
	cells    [][]panel.Cell // of the routines; nil while they are on their way
	shown    []int          // places of the routines that are shown
	only     panel.Result   // show only routines that have such a day; Empty shows all
	counts   map[panel.Result]int
	done     int
	wanted   int // the place that somebody looked at and that was not there
	epoch    int
	cancel   context.CancelFunc
	changed  func(fresh bool, err error)
}

var _ chart.Heat = (*panelModel)(nil)

const (
	panelPart  = 40 // routines that are read at once
	panelReads = 2  // parts that are read beside each other
)

func newPanelModel(u *UI) *panelModel {
	m := &panelModel{ui: u, span: panelSpans[1].days, cancel: func() {}, counts: map[panel.Result]int{}}
	m.query.Calendar = panel.Calendar{Zone: u.zone}
	return m
}

// page goes to the days before or after those that are shown. After the newest there are none.
func (m *panelModel) page(by int) {
	last := m.query.Last + panel.Day(by*m.span)
	if m.last = last; last >= m.query.Calendar.Of(m.ui.now()) {
		m.last = 0
	}
}

// panelReading is one reading of a panel.
type panelReading struct {
	ctx      context.Context
	epoch    int
	query    desk.PanelQuery
	routines []desk.PanelRoutine
	asked    []bool // by part
}

// read asks for the routines and then for their days, part by part. What is shown stays until the first part is there.
func (m *panelModel) read(fresh bool) {
	m.cancel()
	ctx, cancel := context.WithCancel(m.ui.ctx)
	m.cancel = cancel
	m.epoch++
	r, now, span, last := &panelReading{ctx: ctx, epoch: m.epoch, query: m.query}, m.ui.now(), m.span, m.last
	ask(m.ui.work, func() (struct{}, error) { return struct{}{}, m.readRoutines(r, now, span, last) }, func(_ struct{}, err error) {
		switch {
		case r.epoch != m.epoch:
		case err != nil:
			m.changed(false, err)
		default:
			m.begin(r, fresh)
		}
	})
}

func (m *panelModel) readRoutines(r *panelReading, now time.Time, span int, last panel.Day) (err error) {
	q := &r.query
	days := func(last panel.Day) {
		q.First, q.Last = last-panel.Day(span-1), last
		r.routines, err = m.ui.desk.PanelRoutines(r.ctx, m.ui.actor, *q)
	}
	if last != 0 {
		days(last)
		return err
	}
	if days(q.Calendar.Of(now)); err != nil || len(r.routines) > 0 {
		return err
	}
	newest, err := m.newest(r.ctx, *q)
	if err == nil {
		days(newest)
	}
	return err
}

// begin reads the part in view, and then shows what was read: its first part, and what is known of the others.
func (m *panelModel) begin(r *panelReading, fresh bool) {
	r.asked = make([]bool, (len(r.routines)+panelPart-1)/panelPart)
	if len(r.asked) == 0 {
		m.take(r, 0, nil)
		m.changed(fresh, nil)
		return
	}
	if fresh {
		m.wanted = 0
	}
	m.readPart(r, min(m.wanted/panelPart, len(r.asked)-1), func(part int, cells [][]panel.Cell) {
		m.take(r, part, cells)
		m.changed(fresh, nil)
		for range panelReads {
			m.readNext(r)
		}
	})
}

// readNext goes on with the part that somebody looks at, else with the one behind it that was not read yet.
func (m *panelModel) readNext(r *panelReading) {
	for i := range r.asked {
		if part := (m.wanted/panelPart + i) % len(r.asked); !r.asked[part] {
			m.readPart(r, part, func(part int, cells [][]panel.Cell) {
				m.put(part, cells)
				m.narrow()
				m.changed(false, nil)
				m.readNext(r)
			})
			return
		}
	}
}

func (m *panelModel) readPart(r *panelReading, part int, use func(part int, cells [][]panel.Cell)) {
	r.asked[part] = true
	var ids []int64
	for _, routine := range r.routines[part*panelPart : min((part+1)*panelPart, len(r.routines))] {
		ids = append(ids, routine.ID)
	}
	ask(m.ui.work, func() ([][]panel.Cell, error) { return m.ui.desk.PanelCells(r.ctx, m.ui.actor, r.query, ids) }, func(cells [][]panel.Cell, err error) {
		switch {
		case r.epoch != m.epoch:
		case err != nil:
			m.changed(false, err)
		default:
			use(part, cells)
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

// take shows another reading. Of the same days it keeps what was read before until the newer is there.
func (m *panelModel) take(r *panelReading, part int, cells [][]panel.Cell) {
	before := map[int64][]panel.Cell{}
	if m.query.First == r.query.First && m.query.Last == r.query.Last && m.query.Calendar == r.query.Calendar {
		for i, routine := range m.routines {
			before[routine.ID] = m.cells[i]
		}
	}
	m.query.First, m.query.Last = r.query.First, r.query.Last
	m.routines, m.cells, m.done = r.routines, make([][]panel.Cell, len(r.routines)), 0
	clear(m.counts)
	for i, routine := range r.routines {
		m.set(i, before[routine.ID])
	}
	m.put(part, cells)
	m.narrow()
}

// put takes the cells of a part.
func (m *panelModel) put(part int, cells [][]panel.Cell) {
	m.done += len(cells)
	for i, row := range cells {
		m.set(part*panelPart+i, row)
	}
}

// set takes the cells of a routine.
func (m *panelModel) set(i int, row []panel.Cell) {
	for _, c := range m.cells[i] {
		m.counts[c.Result]--
	}
	for _, c := range row {
		m.counts[c.Result]++
	}
	m.cells[i] = row
}

// narrow picks the routines that are shown.
func (m *panelModel) narrow() {
	m.shown = nil
	for i := range m.routines {
		if m.only == panel.Empty || has(m.cells[i], m.only) {
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
			return say.T("no branch")
		}
		return r.Branch
	}
	return ""
}

// Column implements chart.Heat: the day, and the month where it begins.
func (m *panelModel) Column(col int) (name, above string) {
	date := (m.query.First + panel.Day(col)).Date()
	if col == 0 || date.Day() == 1 {
		above = monthOf(date)
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
	if m.cells[i] == nil {
		m.wanted = i
	}
	if col < 0 || col >= len(m.cells[i]) {
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
	return say.Decimal(shortNumber(value, unit)) + units[unit:unit+1]
}

// shortNumber has three digits at most.
func shortNumber(value float64, unit int) string {
	if unit == 0 || value >= 9.95 {
		return strconv.FormatFloat(value, 'f', 0, 64)
	}
	return strconv.FormatFloat(value, 'f', 1, 64)
}
