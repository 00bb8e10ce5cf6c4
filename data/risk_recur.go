package data

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"backstop/app/desk"
	"backstop/app/risk"
	"backstop/app/say"
)

// recurrencePart is how many entries of the timeline one transaction looks at.
const recurrencePart = 50_000

// recurrences asks about the routines whose incidents something happened to: opened, closed, merged, given another category.
func (f *finder) recurrences(ctx context.Context, tx *sql.Tx, m riskMark) (more bool, err error) {
	var newest int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM timeline").Scan(&newest); err != nil {
		return false, err
	}
	upto := min(newest, m.upto+recurrencePart)
	routines, err := all(ctx, tx, one[int64], `SELECT DISTINCT (SELECT MIN(o.id) FROM routines r JOIN `+sameRoutine+` WHERE r.id = i.routine) FROM
		(SELECT DISTINCT subject_id FROM timeline WHERE seq > ? AND seq <= ? AND subject = 'incident') t
		JOIN incidents i ON i.id = t.subject_id WHERE i.routine IS NOT NULL ORDER BY 1`, m.upto, upto)
	if err != nil {
		return false, err
	}
	for _, routine := range routines {
		if err := f.recur(ctx, tx, routine, f.horizon(m)); err != nil {
			return false, say.Error("routine %d: %w", routine, err)
		}
	}
	more = upto < newest
	return more, f.lookedAt(ctx, tx, m, upto, more)
}

// recur asks about the incidents of a routine under all names of its client; the first of them stands for it.
func (f *finder) recur(ctx context.Context, tx *sql.Tx, routine int64, from time.Time) error {
	off, err := analysesOff(ctx, tx, routine)
	if err != nil || off.Recurrence {
		return err
	}
	of, ids, err := ofSiblings(ctx, tx, "routine", routine)
	if err != nil {
		return err
	}
	since := from.Add(-risk.Window).UnixMilli()
	r := desk.RiskCases{From: from}
	if r.About, err = f.about(ctx, tx, routine); err != nil {
		return err
	}
	r.About.Kind = risk.Recurrence
	if err := each(ctx, tx, func(rows *sql.Rows) error {
		var c desk.RiskCase
		var at int64
		err := rows.Scan(&c.ID, &at, &c.Company, &c.Category, &c.Closing, &c.Failure, &r.Source)
		c.At = time.UnixMilli(at).UTC()
		r.Cases = append(r.Cases, c)
		return err
	}, `SELECT i.id, COALESCE(i.failed, i.opened), `+rowsCompany+`, i.category, i.closing, i.failure, i.source FROM incidents i JOIN sources s ON s.id = i.source
		JOIN routines r ON r.id = i.routine `+placedIn+` WHERE i.`+of+` AND (i.failed >= ? OR i.failed IS NULL AND i.opened >= ?) ORDER BY i.id`, slices.Concat(ids, []any{since, since})...); err != nil {
		return err
	}
	if r.Known, err = loadRisks(ctx, tx, of+" AND kind = ?", append(ids, int64(risk.Recurrence))...); err != nil {
		return err
	}
	return f.save(ctx, tx, f.Rules.Recur(r))
}
