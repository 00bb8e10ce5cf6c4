package data

import (
	"context"
	"database/sql"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// Offered are the open incidents of routines that today's settings would not open, by id.
func (s *Store) Offered(ctx context.Context, scope desk.Scope, rules desk.IntakeRules, routines []int64) ([]int64, error) {
	s = s.within(scope)
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // it only reads
	var w where
	w.add("r.id IN ("+fromJSON+")", jsonOf(routines))
	return offered(ctx, tx, rules, w)
}

// offered finds the open incidents that today's settings would not open: none of their runs, and none of those merged into them.
// w filters incidents i with their routines r.
func offered(ctx context.Context, tx *sql.Tx, rules desk.IntakeRules, w where) ([]int64, error) {
	w.add("d.state IN (?, ?, ?)", int64(incident.New), int64(incident.InProgress), int64(incident.OnHold))
	ids, err := all(ctx, tx, one[int64], "SELECT DISTINCT d.id FROM incidents i JOIN incidents d ON d.id = COALESCE(i.into_id, i.id) JOIN routines r ON r.id = i.routine"+w.String()+" ORDER BY d.id", w.args...)
	if err != nil {
		return nil, err
	}
	var found []int64
	for _, id := range ids {
		calls, err := anyCalls(ctx, tx, rules, id)
		if err != nil {
			return nil, err
		}
		if !calls {
			found = append(found, id)
		}
	}
	return found, nil
}

// anyCalls tells whether today's settings would open an incident, or one of those merged into it.
func anyCalls(ctx context.Context, tx *sql.Tx, rules desk.IntakeRules, destination int64) (bool, error) {
	ids, err := all(ctx, tx, one[int64], "SELECT id FROM incidents WHERE id = ?1 OR into_id = ?1", destination)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		if calls, err := calls(ctx, tx, rules, id); err != nil || calls {
			return calls, err
		}
	}
	return false, nil
}

func calls(ctx context.Context, tx *sql.Tx, rules desk.IntakeRules, id int64) (bool, error) {
	var cause incident.Cause
	var execution, routine, due sql.NullInt64
	if err := tx.QueryRowContext(ctx, "SELECT cause, execution, routine, due FROM incidents WHERE id = ?", id).Scan(&cause, &execution, &routine, &due); err != nil {
		return false, err
	}
	if !routine.Valid {
		return true, nil // it is no run at all
	}
	settings, err := routineSettings(ctx, tx, routine.Int64)
	if err != nil {
		return false, err
	}
	if !execution.Valid {
		return cause != incident.CauseMissed || rules.Awaits(settings, instant(due)), nil
	}
	f, err := finding(ctx, tx, rules, execution.Int64)
	if err != nil {
		return false, err
	}
	if f.Execution.Outcome == backup.Running {
		return cause != incident.CauseStalled || !settings.Disabled, nil
	}
	_, yes := incident.Calls(f.Execution, f.Policy)
	return yes, nil
}
