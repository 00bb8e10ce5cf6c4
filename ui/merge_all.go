package ui

import (
	"context"
	"slices"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// mergeAll is the button at the end of the filters. It counts the open incidents among all that match, and a press freezes
// which they are.
type mergeAll struct {
	page   *incidentsPage
	button *button
	ids    []int64
	asked  int
	cancel context.CancelFunc // of the question under way
}

func newMergeAll(p *incidentsPage) *mergeAll {
	m := &mergeAll{page: p, cancel: func() {}}
	m.button = newButton("", nil, m.press)
	m.set(nil)
	return m
}

func (m *mergeAll) set(ids []int64) {
	m.ids = ids
	m.button.SetText(mergeWords(len(ids)))
	enable(m.button, len(ids) > 1)
}

// mergeWords are those of the buttons that merge.
func mergeWords(n int) string { return say.Many(n, "Merge 1 Incident", "Merge %s Incidents") }

// ask counts anew what the filters match; what was counted stays until the answer is there.
func (m *mergeAll) ask(q desk.IncidentQuery) {
	q.States, q.Sort, q.Desc = stillOpen(q.States), "id", false
	m.cancel()
	m.asked++
	asked := m.asked
	if len(q.States) == 0 {
		m.set(nil)
		return
	}
	ctx, cancel := context.WithCancel(m.page.ui.ctx)
	m.cancel = cancel
	ask(m.page.ui.work, func() ([]int64, error) { return m.page.ui.desk.IncidentIDs(ctx, m.page.ui.actor, q) }, func(ids []int64, err error) {
		if asked == m.asked && err == nil {
			m.set(ids)
		}
	})
}

// stillOpen are the open states among those that a filter lets through.
func stillOpen(states []incident.State) []incident.State {
	if len(states) == 0 {
		return desk.OpenStates
	}
	return slices.DeleteFunc(slices.Clone(states), func(s incident.State) bool { return !slices.Contains(desk.OpenStates, s) })
}

func (m *mergeAll) press() {
	m.page.act.askMerge(slices.Clone(m.ids), m.page.matching())
}

// matching says in words which incidents the table shows.
func (p *incidentsPage) matching() string {
	if p.unfiltered() {
		return say.T("all that are open")
	}
	return say.T("all that match %s", p.filterText())
}
