package data

import (
	"context"
	"database/sql"
	"time"

	"backstop/app/backup"
	"backstop/app/risk"
	"backstop/app/say"
)

// absencePart is how many new executions one transaction looks at.
const absencePart = 100_000

// absences keeps who was seen when, by the next new executions; after the last of them it asks who is gone, and who came back.
func (f *finder) absences(ctx context.Context, tx *sql.Tx, m riskMark) (more bool, err error) {
	var newest int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM executions").Scan(&newest); err != nil {
		return false, err
	}
	upto := min(newest, m.upto+absencePart)
	more = upto < newest
	if err := f.refreshPresences(ctx, tx, m.upto, upto); err != nil {
		return false, err
	}
	if !more {
		if err := f.findAbsent(ctx, tx); err != nil {
			return false, err
		}
		if err := f.findBack(ctx, tx); err != nil {
			return false, err
		}
	}
	return more, f.lookedAt(ctx, tx, m, upto, more)
}

// refreshPresences looks at the clients in policies that have new executions.
func (f *finder) refreshPresences(ctx context.Context, tx *sql.Tx, from, upto int64) error {
	names, err := hostNames(ctx, tx)
	if err != nil {
		return err
	}
	seen, err := all(ctx, tx, func(rows *sql.Rows) (risk.About, error) {
		var a risk.About
		err := rows.Scan(&a.Tool, &a.Policy, &a.Client)
		a.Client = names.Named(a.Client)
		return a, err
	}, `SELECT r.tool, r.name, MIN(r.client) FROM (SELECT DISTINCT routine FROM executions WHERE id > ? AND id <= ?) e JOIN routines r ON r.id = e.routine
		GROUP BY r.tool, r.name, r.host`, from, upto)
	if err != nil {
		return err
	}
	policies := map[risk.About]map[string][]int64{}
	for _, a := range seen {
		policy := risk.About{Tool: a.Tool, Policy: a.Policy}
		if policies[policy] == nil {
			if policies[policy], err = routinesByHost(ctx, tx, policy); err != nil {
				return err
			}
		}
		if err := f.refreshPresence(ctx, tx, a, policies[policy][names.Host(a.Client)]); err != nil {
			return err
		}
	}
	return nil
}

// routinesByHost are the routines of a policy, by the one name of their client in lower case.
func routinesByHost(ctx context.Context, tx *sql.Tx, policy risk.About) (map[string][]int64, error) {
	found := map[string][]int64{}
	return found, each(ctx, tx, func(rows *sql.Rows) error {
		var id int64
		var host string
		err := rows.Scan(&id, &host)
		found[host] = append(found[host], id)
		return err
	}, "SELECT id, host FROM routines WHERE tool = ? AND name = ?", policy.Tool, policy.Policy)
}

// refreshPresence takes the client's newest run in the policy, and its interval from the last ones.
func (f *finder) refreshPresence(ctx context.Context, tx *sql.Tx, a risk.About, routines []int64) error {
	var starts []time.Time
	var successes int
	var newest struct{ execution, at, source, routine int64 }
	for _, routine := range routines {
		if err := each(ctx, tx, func(rows *sql.Rows) error {
			var id, at, source int64
			var outcome backup.Outcome
			err := rows.Scan(&id, &at, &source, &outcome)
			starts = append(starts, time.UnixMilli(at))
			if outcome == backup.Success {
				successes++
			}
			if at > newest.at || at == newest.at && id > newest.execution {
				newest.execution, newest.at, newest.source, newest.routine = id, at, source, routine
			}
			return err
		}, "SELECT id, at, source, outcome FROM executions WHERE routine = ? AND at IS NOT NULL AND kind <> ? ORDER BY at DESC LIMIT ?", routine, int64(backup.Restore), risk.MostStarts); err != nil {
			return err
		}
	}
	if len(starts) == 0 {
		return nil // restores only, or runs without a time
	}
	var due any
	if overdue, ok := f.Rules.Pace(starts, successes); ok {
		due = overdue.UnixMilli()
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO presences (tool, policy, client, source, routine, execution, at, overdue) VALUES (?,?,?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET source = excluded.source, routine = excluded.routine, execution = excluded.execution, at = excluded.at, overdue = excluded.overdue`,
		a.Tool, a.Policy, a.Client, newest.source, newest.routine, newest.execution, newest.at, due)
	return err
}

const presenceColumns = "p.tool, p.policy, p.client, p.source, p.routine, p.execution, p.at, COALESCE(p.overdue, 0), " + rowsCompany + " FROM presences p JOIN sources s ON s.id = p.source LEFT JOIN routines r ON r.id = p.routine " + placedIn

func scanPresence(rows *sql.Rows) (p risk.Presence, err error) {
	var at, overdue int64
	err = rows.Scan(&p.Tool, &p.Policy, &p.Client, &p.Source, &p.Routine, &p.Last.ID, &at, &overdue, &p.Company)
	p.Kind, p.Last.At, p.Overdue = risk.Absence, time.UnixMilli(at).UTC(), time.UnixMilli(overdue).UTC()
	return p, err
}

// findAbsent asks about those whose time is over and whose absence was not told yet.
func (f *finder) findAbsent(ctx context.Context, tx *sql.Tx) error {
	awaited, err := all(ctx, tx, scanPresence, "SELECT "+presenceColumns+" WHERE p.overdue IS NOT NULL AND p.told <> p.execution AND p.overdue < (SELECT MAX(at) FROM executions) ORDER BY p.at, p.tool, p.policy, p.client")
	if err != nil {
		return err
	}
	for _, p := range awaited {
		settings, err := routineSettings(ctx, tx, p.Routine)
		if err != nil {
			return err
		}
		if settings.Off.Policy || settings.Disabled {
			continue
		}
		if err := f.absent(ctx, tx, p); err != nil {
			return say.Error("%s in %s: %w", p.Client, p.Policy, err)
		}
	}
	return nil
}

func (f *finder) absent(ctx context.Context, tx *sql.Tx, p risk.Presence) error {
	around, err := aroundPresence(ctx, tx, p)
	if err != nil {
		return err
	}
	known, err := loadRisks(ctx, tx, "kind = ? AND tool = ? AND policy = ?", int64(risk.Absence), p.Tool, p.Policy)
	if err != nil {
		return err
	}
	p.Routine = 0 // it is about all the client's routines in the policy
	changes, gone := f.Rules.Absent(p, around, known)
	if !gone {
		return nil
	}
	if err := f.save(ctx, tx, changes); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE presences SET told = execution WHERE tool = ? AND policy = ? AND client = ?", p.Tool, p.Policy, p.Client)
	return err
}

// aroundPresence is what else ran.
func aroundPresence(ctx context.Context, tx *sql.Tx, p risk.Presence) (risk.Around, error) {
	var a risk.Around
	var overdue sql.NullInt64
	if err := tx.QueryRowContext(ctx, "SELECT MAX(overdue) FROM presences WHERE tool = ? AND policy = ?", p.Tool, p.Policy).Scan(&overdue); err != nil {
		return a, err
	}
	a.Overdue = instant(overdue)
	for _, other := range []struct {
		run   *risk.Run
		query string
		args  []any
	}{
		{&a.InPolicy, "tool = ? AND policy = ? AND client <> ?", []any{p.Tool, p.Policy, p.Client}},
		{&a.InSource, "source = ? AND NOT (tool = ? AND policy = ?)", []any{p.Source, p.Tool, p.Policy}},
	} {
		if err := each(ctx, tx, func(rows *sql.Rows) (err error) {
			*other.run, err = scanNewest(rows)
			return err
		}, "SELECT execution, at FROM presences WHERE "+other.query+" ORDER BY at DESC, execution DESC LIMIT 1", other.args...); err != nil {
			return a, err
		}
	}
	return a, nil
}

func scanNewest(rows *sql.Rows) (r risk.Run, err error) {
	var at int64
	err = rows.Scan(&r.ID, &at)
	r.At = time.UnixMilli(at).UTC()
	return r, err
}

// findBack tells open risks that what was gone ran again.
func (f *finder) findBack(ctx context.Context, tx *sql.Tx) error {
	names, err := hostNames(ctx, tx)
	if err != nil {
		return err
	}
	open, err := loadRisks(ctx, tx, "kind = ? AND resolved IS NULL", int64(risk.Absence))
	if err != nil {
		return err
	}
	for _, r := range open {
		runs, err := all(ctx, tx, scanNewest, "SELECT execution, at FROM presences WHERE tool = ? AND policy = ? AND (client = ? OR ? = '') ORDER BY at DESC LIMIT 1", r.Tool, r.Policy, names.Named(r.Client), r.Client)
		if err != nil {
			return err
		}
		for _, run := range runs {
			if c, ok := f.Rules.Back(r, run); ok {
				if err := f.save(ctx, tx, []risk.Change{c}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
