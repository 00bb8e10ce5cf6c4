package data

import (
	"context"
	"database/sql"
	"errors"

	"backstop/app/backup"
	"backstop/app/incident"
)

// lateRun is an execution that comes after its run was thought not to have started.
type lateRun struct{ missed, execution int64 }

// judgeLate tells the incidents of missed runs what this file brings: the run itself, or the tool's own word that there was none.
func (g *ingest) judgeLate(ctx context.Context) error {
	var from, to sql.NullInt64
	if err := g.tx.QueryRowContext(ctx, "SELECT MIN(at), MAX(at) FROM executions WHERE id > ? AND EXISTS (SELECT 1 FROM misses)", g.high).Scan(&from, &to); err != nil {
		return err
	}
	found, err := g.lateRuns(ctx, `misses m JOIN routines r ON r.id = m.routine JOIN `+sameRoutine+` CROSS JOIN executions e ON e.routine = o.id AND e.at >= m.opens AND e.at < m.closes
		WHERE m.closes > ? AND m.opens <= ? AND e.id > ?`, from.Int64, to.Int64, g.high)
	if err != nil {
		return err
	}
	for _, c := range g.changed {
		if c.from.At().Equal(c.to.At()) {
			continue
		}
		redated, err := g.lateRuns(ctx, `executions e JOIN routines r ON r.id = e.routine JOIN `+sameRoutine+` CROSS JOIN misses m ON m.routine = o.id AND e.at >= m.opens AND e.at < m.closes
			WHERE e.id = ?`, c.id)
		if err != nil {
			return err
		}
		found = append(found, redated...)
	}
	for _, l := range found {
		if err := g.late(ctx, l.missed, l.execution); err != nil {
			return err
		}
	}
	return nil
}

// judgeRenamed tells the incidents of missed runs of what ran then under another name of the client. A run that has an incident of its
// own keeps it.
func (g *ingest) judgeRenamed(ctx context.Context) error {
	found, err := g.lateRuns(ctx, `misses m JOIN incidents i ON i.id = m.incident AND i.execution IS NULL JOIN routines r ON r.id = m.routine
		JOIN `+sameRoutine+` AND o.id <> r.id CROSS JOIN executions e ON e.routine = o.id AND e.at >= m.opens AND e.at < m.closes
		WHERE NOT EXISTS (SELECT 1 FROM incidents x WHERE x.execution = e.id)`)
	if err != nil {
		return err
	}
	for _, l := range found {
		if err := g.late(ctx, l.missed, l.execution); err != nil {
			return err
		}
	}
	return nil
}

func (g *ingest) lateRuns(ctx context.Context, pairs string, args ...any) ([]lateRun, error) {
	return all(ctx, g.tx, func(rows *sql.Rows) (lateRun, error) {
		var l lateRun
		err := rows.Scan(&l.missed, &l.execution)
		return l, err
	}, "SELECT m.incident, e.id FROM "+pairs+" AND e.kind <> 5 ORDER BY e.at, e.id", args...)
}

// late joins an execution to the incident of a missed run, unless a run was joined to it before: then it is one of its tries.
func (g *ingest) late(ctx context.Context, missed, execution int64) error {
	if missed == 0 {
		return nil
	}
	in, err := findIncident(ctx, g.tx, incident.ID(missed))
	if err != nil {
		return err
	}
	f, err := g.finding(ctx, execution)
	if err != nil {
		return err
	}
	joined, err := outcomeOf(ctx, g.tx, in.Execution)
	if err != nil || joined != 0 && (joined != backup.Missed || f.Execution.Outcome == backup.Missed) {
		return err
	}
	if err := g.change(ctx, in.ID, func(to incident.Incident) (incident.Change, bool) {
		return g.Rules.RanLate(to, in.ID, f.ID, f.Execution)
	}); err != nil || in.Into == 0 {
		return err
	}
	in.Execution, in.Session = f.ID, f.Execution.Session // a merged one is only tied to it: the entry is its destination's
	return g.save(ctx, []incident.Change{{Incident: in}})
}

func outcomeOf(ctx context.Context, q querier, id incident.ExecutionID) (o backup.Outcome, err error) {
	err = q.QueryRowContext(ctx, "SELECT outcome FROM executions WHERE id = ?", id).Scan(&o)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return o, err
}

// missedBefore is the incident that a due time has already, or 0: a tool may report a miss that was noticed, or report it twice.
func (g *ingest) missedBefore(ctx context.Context, in incident.Incident) (id int64, err error) {
	if in.Cause != incident.CauseMissed || in.Due.IsZero() {
		return 0, nil
	}
	of, args, err := ofSiblings(ctx, g.tx, "routine", in.Routine)
	if err != nil {
		return 0, err
	}
	err = g.tx.QueryRowContext(ctx, "SELECT id FROM incidents WHERE "+of+" AND due = ?", append(args, in.Due.UnixMilli())...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, err
}
