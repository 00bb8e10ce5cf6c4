package data

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// maxTries bounds the walk along one run.
const maxTries = 50

// run collects the other tries of an execution's run: backwards while a try is marked as a repetition, forwards likewise.
// An incident that the execution itself has counts as the run's.
func run(ctx context.Context, tx *sql.Tx, f incident.Finding, settings desk.RoutineSettings) (before, after []incident.Try, err error) {
	own, err := incidentOf(ctx, tx, int64(f.ID))
	if err != nil {
		return nil, nil, err
	}
	if own != 0 {
		before = append(before, incident.Try{ID: f.ID, Outcome: f.Execution.Outcome, Incident: own})
	}
	at := f.Execution.At()
	if at.IsZero() {
		return before, nil, nil
	}
	if f.Execution.Retry {
		if err := eachTry(ctx, tx, func(t incident.Try, retry bool) bool {
			before = append([]incident.Try{t}, before...)
			return retry
		}, triesOf+"e.routine = ? AND (e.at, e.id) < (?, ?) ORDER BY e.at DESC, e.id DESC LIMIT ?", f.Routine, at.UnixMilli(), f.ID, maxTries); err != nil {
			return nil, nil, err
		}
	}
	if err := eachTry(ctx, tx, func(t incident.Try, retry bool) bool {
		if retry {
			after = append(after, t)
		}
		return retry
	}, triesOf+"e.routine = ? AND (e.at, e.id) > (?, ?) ORDER BY e.at, e.id LIMIT ?", f.Routine, at.UnixMilli(), f.ID, maxTries); err != nil {
		return nil, nil, err
	}
	return inWindow(ctx, tx, f, settings, before, after)
}

// inWindow adds the tries that the expectation joins: those of the same due time, and the incident of the run that was thought not to
// have started then.
func inWindow(ctx context.Context, tx *sql.Tx, f incident.Finding, settings desk.RoutineSettings, before, after []incident.Try) ([]incident.Try, []incident.Try, error) {
	at := f.Execution.At()
	w, ok := desk.WindowOf(settings, at)
	if !ok || f.Execution.Kind == backup.Restore {
		return before, after, nil
	}
	known := map[incident.ExecutionID]bool{f.ID: true}
	for _, t := range slices.Concat(before, after) {
		known[t.ID] = true
	}
	add := func(to *[]incident.Try) func(incident.Try, bool) bool {
		return func(t incident.Try, _ bool) bool {
			if !known[t.ID] {
				*to = append(*to, t)
			}
			return true
		}
	}
	of, ids, err := ofSiblings(ctx, tx, "routine", f.Routine)
	if err != nil {
		return nil, nil, err
	}
	for _, side := range []struct {
		to    *[]incident.Try
		query string
		bound time.Time
	}{
		{&before, "e.at >= ? AND (e.at, e.id) < (?, ?)", w.From},
		{&after, "e.at < ? AND (e.at, e.id) > (?, ?)", w.To},
	} {
		args := slices.Concat(ids, []any{side.bound.UnixMilli(), at.UnixMilli(), f.ID, maxTries})
		if err := eachTry(ctx, tx, add(side.to), triesOf+"e."+of+" AND "+side.query+" ORDER BY e.at, e.id LIMIT ?", args...); err != nil {
			return nil, nil, err
		}
	}
	missed, err := all(ctx, tx, one[incident.ID], "SELECT incident FROM misses WHERE "+of+" AND opens <= ? AND closes > ?", slices.Concat(ids, []any{at.UnixMilli(), at.UnixMilli()})...)
	for _, id := range missed {
		before = append(before, incident.Try{Outcome: backup.Missed, Incident: id})
	}
	return before, after, err
}

// triesOf are executions as tries of a run.
const triesOf = "SELECT e.id, e.outcome, e.retry, COALESCE(i.id, 0) FROM executions e LEFT JOIN incidents i ON i.execution = e.id WHERE "

// eachTry reads tries until use has enough.
func eachTry(ctx context.Context, q querier, use func(t incident.Try, retry bool) bool, query string, args ...any) error {
	stop := say.Error("enough")
	err := each(ctx, q, func(rows *sql.Rows) error {
		var t incident.Try
		var retry bool
		if err := rows.Scan(&t.ID, &t.Outcome, &retry, &t.Incident); err != nil {
			return err
		}
		if !use(t, retry) {
			return stop
		}
		return nil
	}, query, args...)
	if errors.Is(err, stop) {
		return nil
	}
	return err
}

// children are the executions in hand that name this one as their coordinator.
func children(ctx context.Context, tx *sql.Tx, e backup.Execution) ([]incident.Try, error) {
	if e.Session == "" {
		return nil, nil
	}
	var tries []incident.Try
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var t incident.Try
		var child backup.Execution
		var start, end sql.NullInt64
		if err := rows.Scan(&t.ID, &t.Outcome, &t.Incident, &start, &end); err != nil {
			return err
		}
		if child.Start, child.End = instant(start), instant(end); backup.SameRun(child, e) {
			tries = append(tries, t)
		}
		return nil
	}, `SELECT e.id, e.outcome, COALESCE(i.id, 0), e.start, e.end FROM executions e JOIN routines r ON r.id = e.routine LEFT JOIN incidents i ON i.execution = e.id
		WHERE e.parent = ? AND e.parent <> '' AND r.tool = ? AND e.instance = ?`, e.Session, e.Tool, e.Instance)
	return tries, err
}
