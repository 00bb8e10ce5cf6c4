package ui

import (
	"context"
	"slices"

	"backstop/app/desk"
	"backstop/ui/grid"
)

// pageSize is how many rows are read at once.
const pageSize = 200

// keepRows bounds the rows in memory; a million incidents are ids only.
const keepRows = 20 * pageSize

// rowReader is what the model asks of the desk.
type rowReader interface {
	IncidentIDs(ctx context.Context, actor desk.Actor, q desk.IncidentQuery) ([]int64, error)
	IncidentRows(ctx context.Context, actor desk.Actor, ids []int64) ([]desk.IncidentRow, error)
}

// incidentModel pages incidents into the grid. It answers at once from memory: a row that is not there yet is drawn empty and
// fetched, one that is stale is drawn as it was. Answers to an older question are dropped.
type incidentModel struct {
	desk  rowReader
	actor desk.Actor
	work  worker
	ctx   context.Context

	ids     []int64
	rows    map[int64]desk.IncidentRow
	fetched map[int64]int // id → epoch of its row
	asked   map[int]int   // page → epoch
	epoch   int
	query   desk.IncidentQuery
	cancel  context.CancelFunc // of the question under way
	whole   bool               // ids are all there, not only the first page
	newest  int64              // id when the person looked
	arrived int                // since then

	changed func(fresh bool, err error) // fresh: another order or filter, from the first row
	drawn   func()                      // rows came in
}

var (
	_ grid.Rows[desk.IncidentRow] = (*incidentModel)(nil)
	_ grid.Indexer                = (*incidentModel)(nil)
)

func newIncidentModel(ctx context.Context, d rowReader, actor desk.Actor, work worker) *incidentModel {
	return &incidentModel{desk: d, actor: actor, work: work, ctx: ctx, rows: map[int64]desk.IncidentRow{}, fetched: map[int64]int{}, asked: map[int]int{}, cancel: func() {}}
}

// Len implements grid.Rows.
func (m *incidentModel) Len() int { return len(m.ids) }

// ID implements grid.Rows.
func (m *incidentModel) ID(i int) int64 { return m.ids[i] }

// Index implements grid.Indexer.
func (m *incidentModel) Index(id int64) (int, bool) {
	i := slices.Index(m.ids, id)
	return i, i >= 0
}

// Row implements grid.Rows.
func (m *incidentModel) Row(i int) (desk.IncidentRow, bool) {
	row, ok := m.rows[m.ids[i]]
	if !ok || m.fetched[m.ids[i]] != m.epoch {
		m.fetch(i / pageSize)
	}
	return row, ok
}

// look takes all there is as seen and gives the newest of it.
func (m *incidentModel) look() int64 {
	m.newest, m.arrived = 0, 0
	for _, id := range m.ids {
		m.newest = max(m.newest, id)
	}
	return m.newest
}

// ask shows what matches q from its first row: the first page at once, all ids when they are there.
func (m *incidentModel) ask(q desk.IncidentQuery) {
	m.query = q
	ctx := m.begin()
	epoch, first := m.epoch, q
	first.Limit = pageSize
	ask(m.work, func() ([]int64, error) { return m.desk.IncidentIDs(ctx, m.actor, first) }, func(ids []int64, err error) {
		if epoch != m.epoch {
			return
		}
		if err == nil {
			m.ids, m.whole = ids, len(ids) < pageSize
		}
		m.changed(true, err)
		if err == nil && !m.whole {
			m.readAll(ctx, epoch)
		}
	})
}

// reload asks the same question again and keeps what is shown until the answer is there.
func (m *incidentModel) reload() { m.readAll(m.begin(), m.epoch) }

func (m *incidentModel) begin() context.Context {
	m.cancel()
	ctx, cancel := context.WithCancel(m.ctx)
	m.cancel = cancel
	m.epoch++
	clear(m.asked)
	return ctx
}

func (m *incidentModel) readAll(ctx context.Context, epoch int) {
	q := m.query
	ask(m.work, func() ([]int64, error) { return m.desk.IncidentIDs(ctx, m.actor, q) }, func(ids []int64, err error) {
		if epoch != m.epoch {
			return
		}
		if err == nil {
			m.take(ids)
		}
		m.changed(false, err)
	})
}

// take keeps all ids and counts those that came in since the person looked: ids only ever grow.
func (m *incidentModel) take(ids []int64) {
	m.ids = ids
	if !m.whole {
		m.whole = true
		m.look()
		return
	}
	m.arrived = 0
	for _, id := range ids {
		if id > m.newest {
			m.arrived++
		}
	}
}

func (m *incidentModel) fetch(page int) {
	if m.asked[page] == m.epoch {
		return
	}
	m.asked[page] = m.epoch
	ids := slices.Clone(m.ids[page*pageSize : min((page+1)*pageSize, len(m.ids))])
	epoch := m.epoch
	ask(m.work, func() ([]desk.IncidentRow, error) { return m.desk.IncidentRows(m.ctx, m.actor, ids) }, func(rows []desk.IncidentRow, err error) {
		if epoch != m.epoch {
			return // a newer question has been asked
		}
		if err != nil {
			m.changed(false, err)
			return
		}
		m.keep(rows)
		m.drawn()
	})
}

func (m *incidentModel) keep(rows []desk.IncidentRow) {
	if len(m.rows)+len(rows) > keepRows {
		clear(m.rows)
		clear(m.fetched)
		clear(m.asked)
	}
	for _, r := range rows {
		m.rows[r.ID] = r
		m.fetched[r.ID] = m.epoch
	}
}
