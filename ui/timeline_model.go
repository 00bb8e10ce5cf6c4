package ui

import (
	"context"
	"iter"
	"slices"
	"sort"

	"backstop/app/desk"
	"backstop/app/timeline"
	"backstop/ui/grid"
)

// recordReader is what a timeline asks of the desk.
type recordReader interface {
	Timeline(ctx context.Context, actor desk.Actor, q desk.TimelineQuery) ([]timeline.Entry, error)
	TimelineChoices(ctx context.Context, actor desk.Actor) (desk.TimelineChoices, error)
}

// entryModel brings entries into the grid, the newest first, and more of them as one scrolls. The record only ever grows at its
// newest end, so what was read stays true.
type entryModel struct {
	ctx   context.Context
	desk  recordReader
	actor desk.Actor
	work  worker

	entries []timeline.Entry
	more    bool // there are older ones
	asking  bool
	query   desk.TimelineQuery
	epoch   int

	changed func(fresh bool, err error)
}

var (
	_ grid.Rows[timeline.Entry] = (*entryModel)(nil)
	_ grid.Indexer              = (*entryModel)(nil)
)

// Len implements grid.Rows. While there are older entries, one row that is on its way stands for them.
func (m *entryModel) Len() int {
	if m.more {
		return len(m.entries) + 1
	}
	return len(m.entries)
}

// ID implements grid.Rows.
func (m *entryModel) ID(i int) int64 {
	if i >= len(m.entries) {
		return 0
	}
	return m.entries[i].Seq
}

// Row implements grid.Rows.
func (m *entryModel) Row(i int) (timeline.Entry, bool) {
	if i >= len(m.entries) {
		m.readOn()
		return timeline.Entry{}, false
	}
	return m.entries[i], true
}

// Index implements grid.Indexer: sequence numbers fall from row to row.
func (m *entryModel) Index(seq int64) (int, bool) {
	i := sort.Search(len(m.entries), func(i int) bool { return m.entries[i].Seq <= seq })
	return i, i < len(m.entries) && m.entries[i].Seq == seq
}

// ask shows what matches from the newest.
func (m *entryModel) ask(q desk.TimelineQuery) {
	m.query = q
	m.epoch++
	m.asking = false
	m.read(0, func(page []timeline.Entry) bool {
		m.entries, m.more = page, len(page) == pageSize
		return true
	})
}

// reload brings what is new on top of what is there.
func (m *entryModel) reload() {
	m.read(0, func(page []timeline.Entry) bool {
		if len(m.entries) == 0 || len(page) == 0 || page[len(page)-1].Seq > m.entries[0].Seq {
			m.entries, m.more = page, len(page) == pageSize // more is new than one page tells
			return true
		}
		fresh := slices.IndexFunc(page, func(e timeline.Entry) bool { return e.Seq <= m.entries[0].Seq })
		m.entries = append(slices.Clone(page[:fresh]), m.entries...)
		return false
	})
}

// readOn brings the next older page.
func (m *entryModel) readOn() {
	if m.asking || len(m.entries) == 0 {
		return
	}
	m.asking = true
	m.read(m.entries[len(m.entries)-1].Seq, func(page []timeline.Entry) bool {
		m.asking = false
		m.entries, m.more = append(m.entries, page...), len(page) == pageSize
		return false
	})
}

// all reads every entry that matches, newest first, page by page.
func (m *entryModel) all(ctx context.Context, q desk.TimelineQuery) iter.Seq2[timeline.Entry, error] {
	return func(yield func(timeline.Entry, error) bool) {
		for q.Before, q.Limit = 0, pageSize; ; {
			page, err := m.desk.Timeline(ctx, m.actor, q)
			if err != nil {
				yield(timeline.Entry{}, err)
				return
			}
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
				q.Before = e.Seq
			}
			if len(page) < pageSize {
				return
			}
		}
	}
}

func (m *entryModel) read(before int64, keep func([]timeline.Entry) (fresh bool)) {
	q, epoch := m.query, m.epoch
	q.Before, q.Limit = before, pageSize
	ask(m.work, func() ([]timeline.Entry, error) { return m.desk.Timeline(m.ctx, m.actor, q) }, func(page []timeline.Entry, err error) {
		switch {
		case epoch != m.epoch:
		case err != nil:
			m.asking = false
			m.changed(false, err)
		default:
			m.changed(keep(page), nil)
		}
	})
}
