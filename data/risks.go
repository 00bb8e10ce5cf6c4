package data

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/risk"
	"backstop/app/say"
	"backstop/app/timeline"
)

var riskColumns = strings.Fields("kind key mark routine source tool policy client level company category found since usual value state assignee solution resolved")

func riskValues(r risk.Risk) []any {
	return []any{
		int64(r.Kind), r.Key(), r.Mark, orNull(r.Routine), r.Source, r.Tool, r.Policy, r.Client, r.Level, r.Company, r.Category,
		r.Found.UnixMilli(), r.Since.UnixMilli(), r.Usual, r.Value, int64(r.State), r.Assignee, r.Solution, millis(r.Resolved),
	}
}

func scanRisk(rows *sql.Rows) (risk.Risk, error) {
	var r risk.Risk
	var key string
	var routine, resolved sql.NullInt64
	var found, since int64
	err := rows.Scan(&r.ID, &r.Newest, &r.Kind, &key, &r.Mark, &routine, &r.Source, &r.Tool, &r.Policy, &r.Client, &r.Level, &r.Company, &r.Category,
		&found, &since, &r.Usual, &r.Value, &r.State, &r.Assignee, &r.Solution, &resolved)
	r.Routine, r.Found, r.Since, r.Resolved = routine.Int64, time.UnixMilli(found).UTC(), time.UnixMilli(since).UTC(), instant(resolved)
	return r, err
}

// loadRisks gives risks with their evidence.
func loadRisks(ctx context.Context, q querier, where string, args ...any) ([]risk.Risk, error) {
	found, err := all(ctx, q, scanRisk, "SELECT id, changed, "+strings.Join(riskColumns, ", ")+" FROM risks WHERE "+where+" ORDER BY id", args...)
	if err != nil {
		return nil, err
	}
	for i := range found {
		r := &found[i]
		if r.Runs, err = all(ctx, q, scanRiskRun, "SELECT execution, at, value, role FROM risk_runs WHERE risk = ? ORDER BY at, execution", r.ID); err != nil {
			return nil, err
		}
		if r.Incidents, err = all(ctx, q, one[incident.ID], "SELECT incident FROM risk_incidents WHERE risk = ? ORDER BY incident", r.ID); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func scanRiskRun(rows *sql.Rows) (risk.Run, error) {
	var run risk.Run
	var at int64
	err := rows.Scan(&run.ID, &at, &run.Value, &run.Role)
	run.At = time.UnixMilli(at).UTC()
	return run, err
}

func findRisk(ctx context.Context, q querier, id risk.ID) (risk.Risk, error) {
	found, err := loadRisks(ctx, q, "id = ?", id)
	if err != nil {
		return risk.Risk{}, err
	}
	if len(found) == 0 {
		return risk.Risk{}, say.Error("risk %d: %w", id, desk.ErrNotFound)
	}
	return found[0], nil
}

// Risks gives risks in the order asked for.
func (s *Store) Risks(ctx context.Context, scope desk.Scope, ids []risk.ID) ([]risk.Risk, error) {
	s = s.within(scope)
	found := make([]risk.Risk, len(ids))
	var err error
	for i, id := range ids {
		if found[i], err = findRisk(ctx, s.read, id); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// ApplyRisks runs rule on each risk, beside the others about the same, and saves what it returns with the timeline entries,
// in one transaction: all or nothing.
func (s *Store) ApplyRisks(ctx context.Context, scope desk.Scope, judged time.Time, ids []risk.ID, rule func(r risk.Risk, alike []risk.Risk) (risk.Change, error)) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			r, err := findRisk(ctx, tx, id)
			if err != nil {
				return err
			}
			if out, err := hidden(ctx, tx, scope, "risks", int64(id)); err != nil || out {
				return say.Error("risk %d: %w", id, orNotFound(err))
			}
			alike, err := loadRisks(ctx, tx, "key = ? AND id <> ?", r.Key(), id)
			if err != nil {
				return err
			}
			c, err := rule(r, alike)
			if err != nil {
				return err // the rule's own words; nothing was written
			}
			if _, err := saveRisks(ctx, tx, judged, []risk.Change{c}); err != nil {
				return err
			}
		}
		return nil
	})
}

// saveRisks writes risks as the rules left them, new ones included, and their entries. It is the only way to save one, and refuses what
// a person does about a risk that belongs to nobody.
func saveRisks(ctx context.Context, tx *sql.Tx, judged time.Time, changes []risk.Change) (saved desk.FoundRisks, err error) {
	for _, c := range changes {
		r := &c.Risk
		if err := checkOwner(ctx, tx, c); err != nil {
			return saved, err
		}
		if r.ID == 0 {
			saved.Found++
		} else {
			saved.WentOn++
		}
		if err := writeRisk(ctx, tx, r); err != nil {
			return saved, err
		}
		for i := range c.Entries {
			c.Entries[i].SubjectID, c.Entries[i].Judged = int64(r.ID), judged
		}
		if err := appendEntries(ctx, tx, c.Entries); err != nil {
			return saved, err
		}
		if n := len(c.Entries); n > 0 {
			if _, err := tx.ExecContext(ctx, "UPDATE risks SET changed = ? WHERE id = ?", c.Entries[n-1].Seq, r.ID); err != nil {
				return saved, err
			}
		}
	}
	return saved, nil
}

// checkOwner holds a change against the risk as it is stored, whatever the rule was given.
func checkOwner(ctx context.Context, tx *sql.Tx, c risk.Change) error {
	var owner string
	if c.Risk.ID != 0 {
		if err := tx.QueryRowContext(ctx, "SELECT assignee FROM risks WHERE id = ?", c.Risk.ID).Scan(&owner); err != nil {
			return say.Error("risk %d: %w", c.Risk.ID, err)
		}
	}
	for _, e := range c.Entries {
		if owner == "" && e.Actor != timeline.System && e.Action != risk.Assigned {
			return say.Error("assign risk %d to somebody first: %w", c.Risk.ID, incident.ErrNotAllowed)
		}
	}
	return nil
}

func writeRisk(ctx context.Context, tx *sql.Tx, r *risk.Risk) error {
	values := riskValues(*r)
	if r.ID == 0 {
		done, err := tx.ExecContext(ctx, "INSERT INTO risks ("+strings.Join(riskColumns, ", ")+") VALUES ("+marks(len(values))+")", values...)
		if err != nil {
			return err
		}
		id, err := done.LastInsertId()
		if err != nil {
			return err
		}
		r.ID = risk.ID(id)
	} else if _, err := tx.ExecContext(ctx, "UPDATE risks SET "+strings.Join(riskColumns, " = ?, ")+" = ? WHERE id = ?", append(values, r.ID)...); err != nil {
		return say.Error("risk %d: %w", r.ID, err)
	}
	return writeEvidence(ctx, tx, *r)
}

// writeEvidence adds what is new of the evidence; nothing of it is ever taken away.
func writeEvidence(ctx context.Context, tx *sql.Tx, r risk.Risk) error {
	for _, run := range r.Runs {
		if _, err := tx.ExecContext(ctx, `INSERT INTO risk_runs VALUES (?,?,?,?,?)
			ON CONFLICT DO UPDATE SET at = excluded.at, value = excluded.value, role = excluded.role WHERE (at, value, role) IS NOT (excluded.at, excluded.value, excluded.role)`,
			r.ID, run.ID, run.At.UnixMilli(), run.Value, int64(run.Role)); err != nil {
			return say.Error("risk %d, execution %d: %w", r.ID, run.ID, err)
		}
	}
	for _, id := range r.Incidents {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO risk_incidents VALUES (?,?)", r.ID, id); err != nil {
			return say.Error("risk %d, incident %d: %w", r.ID, id, err)
		}
	}
	return nil
}
