package data

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/risk"
	"backstop/app/say"
)

// A run that is new to the analyses of drift, and the series that it belongs to.
type (
	freshRun struct {
		id, at int64
		source int64
		series series
	}
	series struct {
		routine int64  // the first seen of its names of the client
		level   string // in lower case
	}
	freshSeries struct {
		series
		first, last int64
		source      int64
		isNew       map[incident.ExecutionID]bool
	}
)

// drifting are the successes whose sizes and durations are compared: of backups, copies and administrative runs.
const drifting = "e.outcome = 2 AND e.kind IN (1, 3, 4)"

// driftPart is how many series one transaction judges.
const driftPart = 200

// drifted is what one sweep has to judge: gathered once, judged series by series. How far was looked is kept with the last of them;
// one that is cut off before judges again what it has judged, which finds nothing twice.
type drifted struct {
	gathered bool
	rest     []freshSeries
	upto     int64
	again    []int64 // known executions among them
}

// drifts judges the new runs of the next series by what is usual for them.
func (f *finder) drifts(ctx context.Context, tx *sql.Tx, m riskMark) (more bool, err error) {
	w := &f.drifted
	if !w.gathered {
		if err := w.gather(ctx, tx, m.upto, f.horizon(m).UnixMilli()); err != nil {
			return false, err
		}
	}
	part := w.rest[:min(driftPart, len(w.rest))]
	w.rest = w.rest[len(part):]
	for _, s := range part {
		if err := f.drift(ctx, tx, s); err != nil {
			return false, say.Error("routine %d: %w", s.routine, err)
		}
	}
	if len(w.rest) > 0 {
		return true, nil
	}
	for _, id := range w.again {
		if _, err := tx.ExecContext(ctx, "DELETE FROM risk_again WHERE execution = ?", id); err != nil {
			return false, err
		}
	}
	return false, f.lookedAt(ctx, tx, m, w.upto, false)
}

// gather finds the new runs, and the known ones that say something else now, that are not history.
func (w *drifted) gather(ctx context.Context, tx *sql.Tx, from, horizon int64) error {
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM executions").Scan(&w.upto); err != nil {
		return err
	}
	fresh, err := all(ctx, tx, scanFresh, freshRuns+"e.id > ? AND e.at >= ? AND "+drifting+" ORDER BY e.id", from, horizon)
	if err != nil {
		return err
	}
	again, err := all(ctx, tx, scanFresh, freshRuns+"e.id IN (SELECT execution FROM risk_again) AND e.at >= ? AND "+drifting, horizon)
	if err != nil {
		return err
	}
	fresh = append(fresh, again...)
	if err := underFirstName(ctx, tx, fresh); err != nil {
		return err
	}
	w.again, err = all(ctx, tx, one[int64], "SELECT execution FROM risk_again")
	w.rest, w.gathered = bySeries(fresh), true
	return err
}

// underFirstName makes the names of a client one: the first seen stands for the others.
func underFirstName(ctx context.Context, tx *sql.Tx, fresh []freshRun) error {
	first := map[int64]int64{}
	for i := range fresh {
		routine := &fresh[i].series.routine
		if first[*routine] == 0 {
			ids, err := siblings(ctx, tx, *routine)
			if err != nil {
				return err
			}
			first[*routine] = ids[0]
		}
		*routine = first[*routine]
	}
	return nil
}

const freshRuns = "SELECT e.id, e.at, e.source, e.routine, e.level FROM executions e WHERE "

func scanFresh(rows *sql.Rows) (freshRun, error) {
	var r freshRun
	err := rows.Scan(&r.id, &r.at, &r.source, &r.series.routine, &r.series.level)
	r.series.level = strings.ToLower(r.series.level)
	return r, err
}

// bySeries gathers new runs, in the order in which their series come.
func bySeries(fresh []freshRun) []freshSeries {
	var found []freshSeries
	place := map[series]int{}
	for _, r := range fresh {
		i, ok := place[r.series]
		if !ok {
			i = len(found)
			place[r.series] = i
			found = append(found, freshSeries{r.series, r.at, r.at, r.source, map[incident.ExecutionID]bool{}})
		}
		s := &found[i]
		s.first, s.last, s.source = min(s.first, r.at), max(s.last, r.at), r.source
		s.isNew[incident.ExecutionID(r.id)] = true
	}
	return found
}

// drift judges the new runs of one series by size and by duration, where its settings have that.
func (f *finder) drift(ctx context.Context, tx *sql.Tx, s freshSeries) error {
	off, err := analysesOff(ctx, tx, s.routine)
	if err != nil {
		return err
	}
	of, ids, err := ofSiblings(ctx, tx, "routine", s.routine)
	if err != nil {
		return err
	}
	about, err := f.about(ctx, tx, s.routine)
	if err != nil {
		return err
	}
	if about.Company, err = companyOf(ctx, tx, s.source, s.routine); err != nil {
		return err
	}
	for _, a := range []struct {
		kind  risk.Kind
		off   bool
		value string
		known string
	}{
		{risk.Volume, off.Volume, "e.bytes", "e.bytes IS NOT NULL"},
		{risk.Duration, off.Duration, "e.end - e.start", "e.end >= e.start"},
	} {
		if a.off {
			continue
		}
		r := desk.RiskSeries{About: about, Source: s.source, New: s.isNew}
		r.About.Kind = a.kind
		if r.Runs, err = seriesRuns(ctx, tx, s, a.value, a.known); err != nil {
			return err
		}
		if len(r.Runs) == 0 {
			continue
		}
		if r.About.Level, err = levelOf(ctx, tx, r.Runs[len(r.Runs)-1]); err != nil {
			return err
		}
		if r.Known, err = loadRisks(ctx, tx, of+" AND kind = ? AND level = ? COLLATE NOCASE", slices.Concat(ids, []any{int64(a.kind), r.About.Level})...); err != nil {
			return err
		}
		if err := f.save(ctx, tx, f.Rules.Drift(r)); err != nil {
			return err
		}
	}
	return nil
}

// levelOf is the level as the tool writes it.
func levelOf(ctx context.Context, tx *sql.Tx, r risk.Run) (level string, err error) {
	return level, tx.QueryRowContext(ctx, "SELECT level FROM executions WHERE id = ?", r.ID).Scan(&level)
}

// seriesRuns are the successes of a series whose value is known: from the first new one to the last, and those before that they are
// compared with; oldest first.
func seriesRuns(ctx context.Context, tx *sql.Tx, s freshSeries, value, known string) ([]risk.Run, error) {
	of, ids, err := ofSiblings(ctx, tx, "e.routine", s.routine)
	if err != nil {
		return nil, err
	}
	query := "SELECT e.id, e.at, " + value + " FROM executions e WHERE " + of + " AND e.level = ? COLLATE NOCASE AND " + known + " AND " + drifting
	before, err := all(ctx, tx, scanValue, query+" AND e.at < ? ORDER BY e.at DESC, e.id DESC LIMIT ?", slices.Concat(ids, []any{s.level, s.first, risk.MostCompared})...)
	if err != nil {
		return nil, err
	}
	slices.Reverse(before)
	runs, err := all(ctx, tx, scanValue, query+" AND e.at BETWEEN ? AND ? ORDER BY e.at, e.id", slices.Concat(ids, []any{s.level, s.first, s.last})...)
	return append(before, runs...), err
}

func scanValue(rows *sql.Rows) (risk.Run, error) {
	var r risk.Run
	var at int64
	err := rows.Scan(&r.ID, &at, &r.Value)
	r.At = time.UnixMilli(at).UTC()
	return r, err
}
