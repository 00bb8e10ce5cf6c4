package data

import (
	"context"
	"fmt"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// findSession loads an execution as reprocessing needs it.
func findSession(ctx context.Context, q querier, id incident.ExecutionID) (incident.Session, error) {
	rows, err := executionRows(ctx, q, "e.id = ?", id)
	if err != nil {
		return incident.Session{}, err
	}
	if len(rows) == 0 {
		return incident.Session{}, fmt.Errorf("execution %d: %w", id, desk.ErrNotFound)
	}
	return rows[0].AsSession(), nil
}

// Sessions lists executions that may have made something good, soonest first.
func (s *Store) Sessions(ctx context.Context, _ desk.Scope, q desk.SessionQuery) ([]desk.ExecutionRow, error) {
	var w where
	if !q.Any {
		w.add("e.outcome IN (?, ?)", int64(backup.Success), int64(backup.Partial))
	}
	in(&w, "e.id", q.IDs)
	if !q.From.IsZero() {
		w.add("e.at >= ?", q.From.UnixMilli())
	}
	if !q.To.IsZero() {
		w.add("e.at < ?", q.To.UnixMilli())
	}
	if q.Routine != 0 {
		w.add("e.routine = ?", q.Routine)
	}
	if q.Client != "" {
		names, err := hostNames(ctx, s.read, q.Client)
		if err != nil {
			return nil, err
		}
		w.add("e.routine IN (SELECT id FROM routines WHERE client COLLATE NOCASE IN ("+marks(len(names))+"))", names...)
	}
	for _, word := range strings.Fields(q.Text) {
		like := likeWord(word)
		w.add(`(e.routine IN (SELECT id FROM routines WHERE name LIKE ? ESCAPE '\' OR client LIKE ? ESCAPE '\' OR tool LIKE ? ESCAPE '\') OR e.session LIKE ? ESCAPE '\')`, like, like, like, like)
	}
	return executionRows(ctx, s.read, strings.TrimPrefix(w.String(), " WHERE ")+" ORDER BY e.at, e.id LIMIT ?", append(w.args, q.Limit)...)
}

// LaterTries are the later tries of the run that opened an incident.
func (s *Store) LaterTries(ctx context.Context, _ desk.Scope, id incident.ID) ([]incident.ExecutionID, error) {
	in, err := findIncident(ctx, s.read, id)
	if err != nil || in.Execution == 0 {
		return nil, err
	}
	var ids []incident.ExecutionID
	err = eachTry(ctx, s.read, func(t incident.Try, retry bool) bool {
		if retry {
			ids = append(ids, t.ID)
		}
		return retry
	}, triesOf+"(e.at, e.id) > (SELECT at, id FROM executions WHERE id = ?) ORDER BY e.at, e.id LIMIT ?", in.Routine, in.Execution, maxTries)
	return ids, err
}
