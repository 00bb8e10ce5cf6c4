package data

import (
	"context"
	"database/sql"
	"time"

	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/incident"
)

// Unfinished are the runs that are still running as far as is known, and have no incident, oldest first.
func (s *Store) Unfinished(ctx context.Context, now time.Time) ([]desk.Unfinished, error) {
	return all(ctx, s.read, func(rows *sql.Rows) (desk.Unfinished, error) {
		var u desk.Unfinished
		var set settingRow
		var start sql.NullInt64
		var routine int64
		err := rows.Scan(append([]any{&u.Execution, &start, &routine}, set.targets()...)...)
		u.Start, u.Settings = instant(start), set.settings()
		u.Usual = func() (time.Duration, error) {
			of, routines, err := ofSiblings(ctx, s.read, "routine", routine)
			if err != nil {
				return 0, err
			}
			runs, err := recentRuns(ctx, s.read, of, routines, expect.UsualRuns)
			return expect.UsualOf(runs, time.UTC).Duration, err
		}
		return u, err
	}, `SELECT e.id, e.start, e.routine, `+settingList("s.")+` FROM executions e INDEXED BY executions_running LEFT JOIN routine_settings s ON s.routine = e.routine
		WHERE e.outcome = 1 AND e.at <= ? AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.execution = e.id) ORDER BY e.at, e.id`, now.UnixMilli())
}

// OpenStalled asks the rule about one execution and opens its incident, with what explains it, unless it has one.
func (s *Store) OpenStalled(ctx context.Context, judged time.Time, id incident.ExecutionID, x desk.Stall, rules desk.IntakeRules, rule func(incident.Finding) (incident.Change, bool)) (opened bool, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		f, err := finding(ctx, tx, rules, int64(id))
		if err != nil {
			return err
		}
		change, calls := rule(f)
		if !calls {
			return nil
		}
		saved, err := saveChanges(ctx, tx, judged, []incident.Change{change}, nil)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO stalls (incident, since, most, usual, late) VALUES (?,?,?,?,?)",
			saved[0].Incident.ID, x.Since.UnixMilli(), x.Limit.Milliseconds(), x.Usual.Milliseconds(), x.Late); err != nil {
			return err
		}
		opened = true
		return s.indexText(ctx, tx, saved)
	})
	return opened && err == nil, err
}
