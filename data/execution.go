package data

import (
	"context"
	"database/sql"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// Execution gives everything about one execution.
func (s *Store) Execution(ctx context.Context, scope desk.Scope, id incident.ExecutionID) (desk.ExecutionDetail, error) {
	s = s.within(scope)
	var d desk.ExecutionDetail
	rows, err := executionRows(ctx, s.read, "e.id = ?", id)
	if err != nil || len(rows) == 0 {
		return d, say.Error("execution %d: %w", id, orNotFound(err))
	}
	d.Row = rows[0]
	if d.File, err = evidenceOf(ctx, s.read, id); err != nil {
		return d, err
	}
	if d.Source, err = sourceSeen(ctx, s.read, d.File.Source); err != nil {
		return d, err
	}
	if err := s.addIncidents(ctx, scope, &d); err != nil {
		return d, err
	}
	d.History, err = lastRunsOf(ctx, s.read, d.Row.RoutineID)
	return d, err
}

// evidenceOf is the line of the ledger that an execution was read from.
func evidenceOf(ctx context.Context, q querier, id incident.ExecutionID) (file desk.FileRow, err error) {
	return file, each(ctx, q, func(rows *sql.Rows) error {
		file, err = scanFile(rows)
		return err
	}, "SELECT "+fileColumns+" FROM files f JOIN sources s ON s.id = f.source WHERE f.id = (SELECT file FROM executions WHERE id = ?)", id)
}

func lastRunsOf(ctx context.Context, q querier, routine int64) ([]desk.ExecutionRow, error) {
	return executionRows(ctx, q, "e.routine = ? ORDER BY e.at DESC, e.id DESC LIMIT ?", routine, lastRuns)
}

// addIncidents adds the incident that an execution opened, and those that it made good.
func (s *Store) addIncidents(ctx context.Context, scope desk.Scope, d *desk.ExecutionDetail) error {
	ids, err := all(ctx, s.read, one[int64], "SELECT DISTINCT incident FROM links WHERE session = ? AND proposed = 0 ORDER BY incident", d.Row.ID)
	if err != nil {
		return err
	}
	if d.MadeGood, err = s.IncidentRows(ctx, scope, ids); err != nil || d.Row.Incident == 0 {
		return err
	}
	opened, err := s.IncidentRows(ctx, scope, []int64{d.Row.Incident})
	if len(opened) > 0 {
		d.Opened = &opened[0]
	}
	return err
}
