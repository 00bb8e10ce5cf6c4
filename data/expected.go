package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
)

// covering are the sources whose data tells about a routine: those that report it, are looked after and have a rhythm.
const covering = `FROM routine_sources rs JOIN sources c ON c.id = rs.source
	WHERE rs.routine = x.routine AND c.removed IS NULL AND c.paused = 0 AND c.rhythm <> 1 AND c.covered IS NOT NULL`

// PendingRoutines are those with a due time that has come and that data covers, by id.
func (s *Store) PendingRoutines(ctx context.Context, now time.Time, unread []int64) ([]int64, error) {
	var w where
	w.add("x.look <= ?", now.UnixMilli())
	not, args := notIn("c.id", unread)
	w.add("x.needs <= (SELECT MAX(c.covered) "+covering+not+")", args...)
	return all(ctx, s.read, one[int64], "SELECT x.routine FROM expected x"+w.String()+" ORDER BY x.routine", w.args...)
}

func notIn(column string, ids []int64) (clause string, args []any) {
	if len(ids) == 0 {
		return "", nil
	}
	for _, id := range ids {
		args = append(args, id)
	}
	return " AND " + column + " NOT IN (" + marks(len(ids)) + ")", args
}

// JudgeRoutines asks the rule about routines and opens what it finds missed, in one transaction. What explains each is kept with it.
func (s *Store) JudgeRoutines(ctx context.Context, judged time.Time, unread, ids []int64, rule func(desk.RoutineFacts) (desk.Judgement, error)) (opened int, err error) {
	quick := context.WithoutCancel(ctx)
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			facts, err := routineFacts(quick, tx, id, unread)
			if errors.Is(err, sql.ErrNoRows) {
				continue // somebody was faster
			}
			if err != nil {
				return say.Error("routine %d: %w", id, err)
			}
			j, err := rule(facts)
			if err != nil {
				return err
			}
			if err := s.saveJudgement(quick, tx, judged, id, j); err != nil {
				return err
			}
			opened += len(j.Changes)
		}
		return nil
	})
	if err != nil {
		opened = 0
	}
	return opened, err
}

func (s *Store) saveJudgement(ctx context.Context, tx *sql.Tx, judged time.Time, routine int64, j desk.Judgement) error {
	changes, err := saveChanges(ctx, tx, judged, j.Changes, nil)
	if err != nil {
		return err
	}
	for i, m := range j.Missed {
		starts := []int64{}
		for _, t := range m.Starts {
			starts = append(starts, t.UnixMilli())
		}
		text, err := json.Marshal(starts)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO misses (incident, routine, due, latest, opens, closes, starts, covered, file, late) VALUES (?,?,?,?,?,?,?,?,?,?)",
			changes[i].Incident.ID, routine, m.Due.UnixMilli(), m.Latest.UnixMilli(), m.Opens.UnixMilli(), m.Closes.UnixMilli(), string(text), m.Covered.UnixMilli(), m.File, m.Late); err != nil {
			return err
		}
	}
	if err := s.indexText(ctx, tx, changes); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE expected SET due = ?, look = ?, needs = ? WHERE routine = ?", j.From.UnixMilli(), j.Look.UnixMilli(), j.Needs.UnixMilli(), routine)
	return err
}

// routineFacts gathers what judging a routine needs; sql.ErrNoRows when nothing of it is to be judged any more.
func routineFacts(ctx context.Context, tx *sql.Tx, id int64, unread []int64) (desk.RoutineFacts, error) {
	f := desk.RoutineFacts{ID: id}
	var set settingRow
	var due, covered sql.NullInt64
	if err := tx.QueryRowContext(ctx, `SELECT r.tool, r.name, r.client, r.kind, r.vital, r.format, x.due, `+settingList("s.")+`
		FROM expected x JOIN routines r ON r.id = x.routine LEFT JOIN routine_settings s ON s.routine = r.id WHERE x.routine = ?`, id).
		Scan(append([]any{&f.Tool, &f.Name, &f.Client, &f.Kind, &f.Known, &f.Format, &due}, set.targets()...)...); err != nil {
		return f, err
	}
	f.Settings, f.From = set.settings(), instant(due)
	var pruned sql.NullInt64 // what ran before is not known any more
	if err := tx.QueryRowContext(ctx, "SELECT MAX(before) FROM prunings").Scan(&pruned); err != nil {
		return f, err
	}
	if edge := instant(pruned); edge.After(f.From) {
		f.From = edge
	}
	not, args := notIn("c.id", unread)
	if err := tx.QueryRowContext(ctx, `SELECT c.id, c.covered, COALESCE(c.covered_by, 0), COALESCE((SELECT path FROM files WHERE id = c.covered_by), '')
		`+strings.ReplaceAll(covering, "x.routine", "?")+not+" ORDER BY c.covered DESC LIMIT 1", append([]any{id}, args...)...).
		Scan(&f.Source, &covered, &f.File, &f.Path); err != nil {
		return f, err
	}
	f.Cover.Until = instant(covered)
	of, ids, err := ofSiblings(ctx, tx, "routine", id)
	f.History = &routineHistory{ctx, tx, of, ids}
	return f, err
}

// routineHistory answers from the executions of one routine.
type routineHistory struct {
	ctx context.Context
	tx  *sql.Tx
	of  string // the condition for it, under any name of its client
	ids []any
}

func (h *routineHistory) Started(from, to time.Time) (started bool, err error) {
	err = h.tx.QueryRowContext(h.ctx, "SELECT EXISTS (SELECT 1 FROM executions WHERE "+h.of+" AND at >= ? AND at < ? AND kind <> ?)",
		slices.Concat(h.ids, []any{from.UnixMilli(), to.UnixMilli(), int64(backup.Restore)})...).Scan(&started)
	return started, err
}

// Before leaves out a run whose incident was closed: a person has settled what became of it.
func (h *routineHistory) Before(at time.Time) (expect.Before, error) {
	var b expect.Before
	var start, end sql.NullInt64
	var outcome int64
	var settled bool
	err := h.tx.QueryRowContext(h.ctx, `SELECT e.start, e.end, e.outcome, COALESCE(i.closing, 0) <> 0 FROM executions e LEFT JOIN incidents i ON i.execution = e.id
		WHERE e.`+h.of+` AND e.at < ? AND e.kind <> ? ORDER BY e.at DESC, e.id DESC LIMIT 1`, slices.Concat(h.ids, []any{at.UnixMilli(), int64(backup.Restore)})...).
		Scan(&start, &end, &outcome, &settled)
	if errors.Is(err, sql.ErrNoRows) {
		return b, nil
	}
	b.Start, b.End = instant(start), instant(end)
	b.Running = backup.Outcome(outcome) == backup.Running && !settled
	return b, err
}

func (h *routineHistory) Starts(before time.Time, most int) ([]time.Time, error) {
	return all(h.ctx, h.tx, func(rows *sql.Rows) (time.Time, error) {
		var at sql.NullInt64
		err := rows.Scan(&at)
		return instant(at), err
	}, "SELECT at FROM executions WHERE "+h.of+" AND at < ? AND outcome <> ? AND kind <> ? ORDER BY at DESC, id DESC LIMIT ?",
		slices.Concat(h.ids, []any{before.UnixMilli(), int64(backup.Missed), int64(backup.Restore), most})...)
}

func (h *routineHistory) Opened(due time.Time) (opened bool, err error) {
	err = h.tx.QueryRowContext(h.ctx, "SELECT EXISTS (SELECT 1 FROM incidents WHERE "+h.of+" AND due = ?)", slices.Concat(h.ids, []any{due.UnixMilli()})...).Scan(&opened)
	return opened, err
}

func (h *routineHistory) Longest(most int) (time.Duration, error) {
	runs, err := recentRuns(h.ctx, h.tx, h.of, h.ids, most)
	return expect.UsualOf(runs, time.UTC).Longest, err
}

// expectFrom makes the judging of a routine begin, go on, or end as its settings want it.
func expectFrom(ctx context.Context, tx *sql.Tx, routine int64, before, after desk.RoutineSettings) error {
	if after.Disabled || after.Expectation.None() {
		_, err := tx.ExecContext(ctx, "DELETE FROM expected WHERE routine = ?", routine)
		return err
	}
	if !before.Disabled && !before.Expectation.None() && before.CoverFrom.Equal(after.CoverFrom) {
		_, err := tx.ExecContext(ctx, "UPDATE expected SET look = 0, needs = 0 WHERE routine = ?", routine)
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO expected (routine, due, look, needs) VALUES (?,?,0,0)", routine, after.CoverFrom.UnixMilli())
	return err
}
