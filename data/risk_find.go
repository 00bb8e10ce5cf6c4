package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"backstop/app/desk"
	"backstop/app/risk"
)

// finder looks for risks in what is new.
type finder struct {
	desk.RiskSweep
	found   desk.FoundRisks
	drifted drifted
}

// analysis looks at the next part of what is new in one transaction, and tells whether there is more.
type analysis struct {
	name string
	look func(ctx context.Context, tx *sql.Tx, m riskMark) (more bool, err error)
	news string // a query that finds a row when there is something new since the mark
}

// FindRisks looks for risks in what is new since it last looked, in transactions that are each over soon. With nothing new it writes
// nothing.
func (s *Store) FindRisks(ctx context.Context, w desk.RiskSweep) (desk.FoundRisks, error) {
	f := &finder{RiskSweep: w}
	for _, a := range []analysis{
		{"drift", f.drifts, "SELECT 1 FROM executions WHERE id > ? UNION ALL SELECT 1 FROM risk_again LIMIT 1"},
		{"absence", f.absences, "SELECT 1 FROM executions WHERE id > ? LIMIT 1"},
		{"switches", f.switches, "SELECT 1 FROM timeline WHERE seq > ? AND subject = 'routine' LIMIT 1"},
		{"recurrence", f.recurrences, "SELECT 1 FROM timeline WHERE seq > ? AND subject = 'incident' LIMIT 1"},
	} {
		if err := s.analyse(ctx, a); err != nil {
			return f.found, err
		}
	}
	return f.found, nil
}

func (s *Store) analyse(ctx context.Context, a analysis) error {
	m, err := markOf(ctx, s.read, a.name)
	if err != nil {
		return err
	}
	news, err := all(ctx, s.read, one[int], a.news, m.upto)
	for more := len(news) > 0; more && err == nil; {
		if err = ctx.Err(); err != nil {
			break
		}
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			quick := context.WithoutCancel(ctx) // many small statements; the driver starts a goroutine each to watch a context that can end
			m, err := markOf(quick, tx, a.name)
			if err != nil {
				return err
			}
			more, err = a.look(quick, tx, m)
			return err
		})
	}
	return err
}

// riskMark is how far an analysis has looked, and when.
type riskMark struct {
	analysis string
	upto     int64
	judged   time.Time
}

func markOf(ctx context.Context, q querier, analysis string) (riskMark, error) {
	m := riskMark{analysis: analysis}
	var judged sql.NullInt64
	err := q.QueryRowContext(ctx, "SELECT upto, judged FROM risk_marks WHERE analysis = ?", analysis).Scan(&m.upto, &judged)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	m.judged = instant(judged)
	return m, err
}

// lookedAt moves a mark on. The instant is that of the last part, so that a sweep in several parts has one horizon.
func (f *finder) lookedAt(ctx context.Context, tx *sql.Tx, m riskMark, upto int64, more bool) error {
	judged := m.judged
	if !more {
		judged = f.Judged
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO risk_marks VALUES (?,?,?) ON CONFLICT DO UPDATE SET upto = excluded.upto, judged = excluded.judged", m.analysis, upto, millis(judged))
	return err
}

// horizon is where history begins: a Window ago, or when the last sweep looked, if that is longer ago.
func (f *finder) horizon(m riskMark) time.Time {
	h := f.Judged.Add(-risk.Window)
	if !m.judged.IsZero() && m.judged.Before(h) {
		return m.judged
	}
	return h
}

func (f *finder) save(ctx context.Context, tx *sql.Tx, changes []risk.Change) error {
	saved, err := saveRisks(ctx, tx, otherInstant(f.Now, f.Judged), changes)
	f.found.Found += saved.Found
	f.found.WentOn += saved.WentOn
	return err
}

// about is what a risk of a routine is about.
func (f *finder) about(ctx context.Context, tx *sql.Tx, routine int64) (risk.About, error) {
	a := risk.About{Routine: routine}
	return a, tx.QueryRowContext(ctx, "SELECT tool, name, client FROM routines WHERE id = ?", routine).Scan(&a.Tool, &a.Policy, &a.Client)
}

// analysesOff are those that do not run on a routine: a person may have said so under any name of its client.
func analysesOff(ctx context.Context, tx *sql.Tx, routine int64) (off desk.Analyses, err error) {
	ids, err := siblings(ctx, tx, routine)
	for _, id := range ids {
		s, err := routineSettings(ctx, tx, id)
		if err != nil {
			return off, err
		}
		off.Volume, off.Duration = off.Volume || s.Off.Volume, off.Duration || s.Off.Duration
		off.Policy, off.Recurrence = off.Policy || s.Off.Policy, off.Recurrence || s.Off.Recurrence
	}
	return off, err
}

func companyOf(ctx context.Context, tx *sql.Tx, source, routine int64) (company string, err error) {
	return company, tx.QueryRowContext(ctx, "SELECT "+rowsCompany+" FROM sources s LEFT JOIN routines r ON r.id = ? "+placedIn+" WHERE s.id = ?", routine, source).Scan(&company)
}
