package data

import (
	"context"
	"database/sql"

	"backstop/app/backup"
	"backstop/app/risk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// switches asks about the routines that people disabled or enabled, by the record.
func (f *finder) switches(ctx context.Context, tx *sql.Tx, m riskMark) (more bool, err error) {
	var newest int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM timeline").Scan(&newest); err != nil {
		return false, err
	}
	upto := min(newest, m.upto+recurrencePart)
	routines, err := all(ctx, tx, one[int64], "SELECT DISTINCT subject_id FROM timeline WHERE seq > ? AND seq <= ? AND subject = 'routine' ORDER BY subject_id", m.upto, upto)
	if err != nil {
		return false, err
	}
	for _, routine := range routines {
		if err := f.switched(ctx, tx, routine, m.upto); err != nil {
			return false, say.Error("routine %d: %w", routine, err)
		}
	}
	more = upto < newest
	return more, f.lookedAt(ctx, tx, m, upto, more)
}

// switched asks about one routine: it was disabled since the mark, or it is enabled, as are the others of its client in the policy.
func (f *finder) switched(ctx context.Context, tx *sql.Tx, routine, since int64) error {
	settings, err := routineSettings(ctx, tx, routine)
	if err != nil {
		return err
	}
	a, err := f.about(ctx, tx, routine)
	if err != nil {
		return err
	}
	known, err := loadRisks(ctx, tx, "kind = ? AND tool = ? AND policy = ?", int64(risk.Absence), a.Tool, a.Policy)
	switch {
	case err != nil:
		return err
	case !settings.Disabled:
		return f.switchedOn(ctx, tx, a, known)
	case settings.Off.Policy:
		return nil
	}
	e, err := disabledBy(ctx, tx, routine, since)
	if err != nil || e.Seq == 0 {
		return err
	}
	var source int64
	if err := tx.QueryRowContext(ctx, "SELECT source FROM routines WHERE id = ?", routine).Scan(&source); err != nil || source == 0 {
		return err
	}
	if a.Company, err = companyOf(ctx, tx, source, routine); err != nil {
		return err
	}
	last, err := all(ctx, tx, scanNewest, "SELECT id, at FROM executions WHERE routine = ? AND at IS NOT NULL AND kind <> ? ORDER BY at DESC, id DESC LIMIT 1", routine, int64(backup.Restore))
	if err != nil {
		return err
	}
	return f.save(ctx, tx, f.Rules.Off(a, source, append(last, risk.Run{})[0], e, known))
}

// disabledBy is the newest entry since that says that a routine was disabled; the zero entry for none.
func disabledBy(ctx context.Context, tx *sql.Tx, routine, since int64) (found timeline.Entry, err error) {
	return found, each(ctx, tx, func(rows *sql.Rows) error {
		e, details, _, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if e.Details, err = timeline.ParseText(details); err == nil && risk.SaysOff(e) {
			found = e
		}
		return err
	}, "SELECT "+entryColumns+" FROM timeline WHERE subject = 'routine' AND subject_id = ? AND seq > ? ORDER BY seq", routine, since)
}

func (f *finder) switchedOn(ctx context.Context, tx *sql.Tx, a risk.About, known []risk.Risk) error {
	var others int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM routines r JOIN routine_settings s ON s.routine = r.id WHERE s.disabled AND r.tool = ? AND r.name = ? AND r.client = ? COLLATE NOCASE`,
		a.Tool, a.Policy, a.Client).Scan(&others); err != nil || others > 0 {
		return err
	}
	a.Kind = risk.Absence
	for _, r := range known {
		if r.Key() != a.Key() {
			continue
		}
		if c, ok := f.Rules.On(r); ok {
			if err := f.save(ctx, tx, []risk.Change{c}); err != nil {
				return err
			}
		}
	}
	return nil
}
