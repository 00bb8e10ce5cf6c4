package desk

import (
	"context"

	"backstop/app/panel"
)

// PanelQuery says which routines and days the panel shows. Empty fields filter nothing.
type PanelQuery struct {
	Calendar    panel.Calendar
	First, Last panel.Day // both shown
	Tools       []string
	Clients     []string
	Branches    []string
	Text        string // words in tool, name, client, schedule
	Group       string // one of PanelGroups; "" sorts by routine and client
}

// PanelGroups are what routines can be grouped by.
var PanelGroups = []string{"tool", "branch", "client"}

// PanelRoutine is a line of the panel.
type PanelRoutine struct {
	ID                           int64
	Tool, Name, Client, Schedule string
	Company, Branch              string // of the source that reported it last
}

// PanelRoutines lists the routines that ran in the days asked for, or were missed in them, sorted by group, name and client.
func (d *Desk) PanelRoutines(ctx context.Context, actor Actor, q PanelQuery) ([]PanelRoutine, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return nil, err
	}
	return d.store.PanelRoutines(ctx, scope, q)
}

// PanelCells gives the days of routines from First to Last, in the order of the ids.
func (d *Desk) PanelCells(ctx context.Context, actor Actor, q PanelQuery, ids []int64) ([][]panel.Cell, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return nil, err
	}
	places := make(map[int64]int, len(ids))
	cells := make([][]panel.Cell, len(ids))
	now := d.judged(actor)
	for i, id := range ids {
		places[id] = i
		cells[i] = panel.Cells(nil, q.Calendar, q.First, q.Last, now)
	}
	before := q.Calendar.Begin(q.First - overlap) // a run that is tried again in the first day may have begun before it
	err = d.store.PanelRuns(ctx, scope, ids, before, q.Calendar.Begin(q.Last+1), func(routine int64, runs []panel.Run) {
		cells[places[routine]] = panel.Cells(runs, q.Calendar, q.First, q.Last, now)
	})
	return cells, err
}

const overlap = 2 // days

// PanelMissed are the incidents of some routines' day about runs that did not start and that no export tells of.
func (d *Desk) PanelMissed(ctx context.Context, actor Actor, c panel.Calendar, day panel.Day, routines []int64) ([]int64, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	var ids []int64
	err = d.store.PanelRuns(ctx, scope, routines, c.Begin(day), c.Begin(day+1), func(_ int64, runs []panel.Run) {
		for _, r := range runs {
			if r.ID == 0 {
				ids = append(ids, r.Case.ID)
			}
		}
	})
	return ids, err
}
