package ui

import (
	"context"
	"slices"

	"backstop/ui/grid"
)

// pageSize is how many rows are read at once.
const pageSize = 200

// keepRows bounds the rows in memory; a million rows are ids only.
const keepRows = 20 * pageSize

// lister is what a paged model asks: which rows match a question, and what they hold.
type lister[R, Q any] struct {
	ids  func(ctx context.Context, q Q, limit int) ([]int64, error) // in order; limit 0: all
	rows func(ctx context.Context, ids []int64) ([]R, error)
	id   func(R) int64
}

// pagedModel pages rows into a grid. It answers at once from memory: a row that is not there yet is drawn empty and
// fetched, one that is stale is drawn as it was. Answers to an older question are dropped.
type pagedModel[R, Q any] struct {
	list lister[R, Q]
	work worker
	ctx  context.Context

	ids     []int64
	rows    map[int64]R
	fetched map[int64]int // id → epoch of its row
	asked   map[int]int   // page → epoch
	epoch   int
	query   Q
	cancel  context.CancelFunc // of the question under way
	whole   bool               // ids are all there, not only the first page
	newest  int64              // of the ids that were there when the person looked
	arrived int                // since then

	changed func(fresh bool, err error) // fresh: another order or filter, from the first row
	drawn   func()                      // rows came in
}

var (
	_ grid.Rows[struct{}] = (*pagedModel[struct{}, struct{}])(nil)
	_ grid.Indexer        = (*pagedModel[struct{}, struct{}])(nil)
)

func newPagedModel[R, Q any](ctx context.Context, list lister[R, Q], work worker) *pagedModel[R, Q] {
	return &pagedModel[R, Q]{list: list, work: work, ctx: ctx, rows: map[int64]R{}, fetched: map[int64]int{}, asked: map[int]int{}, cancel: func() {}}
}

// Len implements grid.Rows.
func (m *pagedModel[R, Q]) Len() int { return len(m.ids) }

// ID implements grid.Rows.
func (m *pagedModel[R, Q]) ID(i int) int64 { return m.ids[i] }

// Index implements grid.Indexer.
func (m *pagedModel[R, Q]) Index(id int64) (int, bool) {
	i := slices.Index(m.ids, id)
	return i, i >= 0
}

// Row implements grid.Rows.
func (m *pagedModel[R, Q]) Row(i int) (R, bool) {
	row, ok := m.rows[m.ids[i]]
	if !ok || m.fetched[m.ids[i]] != m.epoch {
		m.fetch(i / pageSize)
	}
	return row, ok
}

// look takes all there is as seen and gives the newest of it. What was seen once is no news when it comes back.
func (m *pagedModel[R, Q]) look() int64 {
	m.arrived = 0
	newest := int64(0)
	for _, id := range m.ids {
		newest = max(newest, id)
	}
	m.newest = max(m.newest, newest)
	return newest
}

// ask shows what matches q from its first row: the first page at once, all ids when they are there.
func (m *pagedModel[R, Q]) ask(q Q) {
	m.query = q
	ctx := m.begin()
	epoch := m.epoch
	ask(m.work, func() ([]int64, error) { return m.list.ids(ctx, q, pageSize) }, func(ids []int64, err error) {
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
func (m *pagedModel[R, Q]) reload() { m.readAll(m.begin(), m.epoch) }

// again asks another question about the same rows: what is shown stays until the answer is there, and nothing in it is news.
func (m *pagedModel[R, Q]) again(q Q) {
	m.query, m.whole = q, false
	m.reload()
}

func (m *pagedModel[R, Q]) begin() context.Context {
	m.cancel()
	ctx, cancel := context.WithCancel(m.ctx)
	m.cancel = cancel
	m.epoch++
	clear(m.asked)
	return ctx
}

func (m *pagedModel[R, Q]) readAll(ctx context.Context, epoch int) {
	q := m.query
	ask(m.work, func() ([]int64, error) { return m.list.ids(ctx, q, 0) }, func(ids []int64, err error) {
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
func (m *pagedModel[R, Q]) take(ids []int64) {
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

func (m *pagedModel[R, Q]) fetch(page int) {
	if m.asked[page] == m.epoch {
		return
	}
	m.asked[page] = m.epoch
	ids := slices.Clone(m.ids[page*pageSize : min((page+1)*pageSize, len(m.ids))])
	epoch := m.epoch
	ask(m.work, func() ([]R, error) { return m.list.rows(m.ctx, ids) }, func(rows []R, err error) {
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

func (m *pagedModel[R, Q]) keep(rows []R) {
	if len(m.rows)+len(rows) > keepRows {
		clear(m.rows)
		clear(m.fetched)
		clear(m.asked)
	}
	for _, r := range rows {
		id := m.list.id(r)
		m.rows[id] = r
		m.fetched[id] = m.epoch
	}
}
