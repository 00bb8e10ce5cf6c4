package data

import (
	"context"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// findSession loads an execution as reprocessing needs it.
func findSession(ctx context.Context, q querier, id incident.ExecutionID) (incident.Session, error) {
	rows, err := executionRows(ctx, q, "e.id = ?", id)
	if err != nil {
		return incident.Session{}, err
	}
	if len(rows) == 0 {
		return incident.Session{}, say.Error("execution %d: %w", id, desk.ErrNotFound)
	}
	return rows[0].AsSession(), nil
}

// Sessions lists executions that may have made something good, soonest first.
func (s *Store) Sessions(ctx context.Context, scope desk.Scope, q desk.SessionQuery) ([]desk.ExecutionRow, error) {
	s = s.within(scope)
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
		names, err := hostNames(ctx, s.read)
		if err != nil {
			return nil, err
		}
		w.add("e.routine IN (SELECT id FROM routines WHERE host = ?)", names.Host(q.Client))
	}
	for _, word := range strings.Fields(q.Text) {
		like := likeWord(word)
		w.add(`(e.routine IN (SELECT id FROM routines WHERE name LIKE ? ESCAPE '\' OR client LIKE ? ESCAPE '\' OR tool LIKE ? ESCAPE '\') OR e.session LIKE ? ESCAPE '\')`, like, like, like, like)
	}
	return executionRows(ctx, s.read, strings.TrimPrefix(w.String(), " WHERE ")+" ORDER BY e.at, e.id LIMIT ?", append(w.args, q.Limit)...)
}

// LaterTries are the later tries of the run that opened an incident: those that the tool marks as repetitions, and those of the same due
// time where one is expected.
func (s *Store) LaterTries(ctx context.Context, scope desk.Scope, id incident.ID) ([]incident.ExecutionID, error) {
	s = s.within(scope)
	in, err := findIncident(ctx, s.read, id)
	if err != nil || in.Routine == 0 {
		return nil, err
	}
	var ids []incident.ExecutionID
	if err := eachTry(ctx, s.read, func(t incident.Try, retry bool) bool {
		if retry {
			ids = append(ids, t.ID)
		}
		return retry
	}, triesOf+"e.routine = ? AND (e.at, e.id) > (SELECT at, id FROM executions WHERE id = ?) ORDER BY e.at, e.id LIMIT ?", in.Routine, in.Execution, maxTries); err != nil {
		return nil, err
	}
	settings, err := routineSettings(ctx, s.read, in.Routine)
	if err != nil {
		return nil, err
	}
	w, ok := desk.WindowOf(settings, in.Failed)
	if !ok {
		return ids, nil
	}
	of, routines, err := ofSiblings(ctx, s.read, "routine", in.Routine)
	if err != nil {
		return nil, err
	}
	joined, err := all(ctx, s.read, one[incident.ExecutionID], "SELECT id FROM executions WHERE "+of+" AND at >= ? AND at < ? AND id <> ? AND kind <> ? ORDER BY at, id LIMIT ?",
		append(routines, in.Failed.UnixMilli(), w.To.UnixMilli(), in.Execution, int64(backup.Restore), maxTries)...)
	for _, j := range joined {
		if !slices.Contains(ids, j) {
			ids = append(ids, j)
		}
	}
	return ids, err
}
