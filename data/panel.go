package data

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/panel"
)

var panelOrders = map[string]string{
	"": "r.name, r.client", "tool": "r.tool, r.name, r.client", "branch": "6, 7, r.name, r.client", "client": "r.client, r.name",
}

// PanelRoutines lists the routines that ran in the days asked for, or were missed in them. Restores are no backups.
func (s *Store) PanelRoutines(ctx context.Context, scope desk.Scope, q desk.PanelQuery) ([]desk.PanelRoutine, error) {
	s = s.within(scope)
	from, to := q.Calendar.Begin(q.First).UnixMilli(), q.Calendar.Begin(q.Last+1).UnixMilli()
	var w where
	w.add(`(EXISTS (SELECT 1 FROM executions e WHERE e.routine = r.id AND e.at >= ? AND e.at < ? AND e.kind <> ?)
		OR r.id IN (SELECT routine FROM incidents WHERE execution IS NULL AND failed >= ? AND failed < ?))`, from, to, int64(backup.Restore), from, to)
	in(&w, "r.tool", q.Tools)
	in(&w, "r.client", q.Clients)
	in(&w, rowsBranch, q.Branches)
	for _, word := range strings.Fields(q.Text) {
		condition, args := anyLike(word, "r.name", "r.client", "r.tool", "r.schedule")
		w.add("("+condition+")", args...)
	}
	return all(ctx, s.read, func(rows *sql.Rows) (desk.PanelRoutine, error) {
		var r desk.PanelRoutine
		return r, rows.Scan(&r.ID, &r.Tool, &r.Name, &r.Client, &r.Schedule, &r.Company, &r.Branch)
	}, `SELECT r.id, r.tool, r.name, r.client, r.schedule, `+rowsCompany+", "+rowsBranch+`
		FROM routines r LEFT JOIN sources s ON s.id = r.source `+placedIn+w.String()+" ORDER BY "+panelOrders[q.Group]+", r.tool, r.schedule, r.id", w.args...)
}

// PanelRuns gives the runs of routines in a span, each routine's in the order of their times, with what became of them. A routine
// without one is not told.
func (s *Store) PanelRuns(ctx context.Context, scope desk.Scope, routines []int64, from, to time.Time, use func(routine int64, runs []panel.Run)) error {
	s = s.within(scope)
	for part := range slices.Chunk(routines, 500) {
		runs, err := s.panelRuns(ctx, part, from, to)
		if err != nil {
			return err
		}
		if err := s.addCases(ctx, part, from, to, runs); err != nil {
			return err
		}
		if err := s.addExplained(ctx, runs); err != nil {
			return err
		}
		for _, id := range part {
			if len(runs[id]) > 0 {
				use(id, runs[id])
			}
		}
	}
	return nil
}

func (s *Store) panelRuns(ctx context.Context, routines []int64, from, to time.Time) (map[int64][]panel.Run, error) {
	var w where
	in(&w, "routine", routines)
	w.add("at >= ? AND at < ? AND kind <> ?", from.UnixMilli(), to.UnixMilli(), int64(backup.Restore))
	runs := map[int64][]panel.Run{}
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var r panel.Run
		var routine, at int64
		var bytes, expires sql.NullInt64
		err := rows.Scan(&routine, &r.ID, &at, &r.Outcome, &bytes, &expires, &r.Retry, &r.WillRetry)
		r.At, r.Bytes, r.Expires = time.UnixMilli(at), counted(bytes), instant(expires)
		runs[routine] = append(runs[routine], r)
		return err
	}, "SELECT routine, id, at, outcome, bytes, expires, retry, will_retry FROM executions INDEXED BY executions_by_routine"+w.String()+" ORDER BY routine, at, id", w.args...)
	if err != nil {
		return nil, err
	}
	return runs, each(ctx, s.read, func(rows *sql.Rows) error { // what retention dropped still counts for its day
		var r panel.Run
		var routine, at int64
		var bytes sql.NullInt64
		err := rows.Scan(&routine, &at, &r.Outcome, &bytes)
		r.At, r.Bytes = time.UnixMilli(at), counted(bytes)
		runs[routine] = insertRun(runs[routine], r)
		return err
	}, "SELECT routine, at, outcome, bytes FROM tombstones"+w.String(), w.args...)
}

// addCases gives runs their incidents, and adds the missed ones that no export tells.
func (s *Store) addCases(ctx context.Context, routines []int64, from, to time.Time, runs map[int64][]panel.Run) error {
	cases := map[int64]*panel.Case{}
	var w where
	in(&w, "routine", routines)
	w.add("failed >= ? AND failed < ?", from.Add(-backup.Restart).UnixMilli(), to.Add(backup.Restart).UnixMilli())
	if err := each(ctx, s.read, func(rows *sql.Rows) error {
		var c panel.Case
		var routine, failed int64
		var execution sql.NullInt64
		if err := rows.Scan(&c.ID, &routine, &execution, &failed, &c.State, &c.Closing); err != nil {
			return err
		}
		if execution.Valid {
			cases[execution.Int64] = &c
		} else if at := time.UnixMilli(failed); !at.Before(from) && at.Before(to) {
			runs[routine] = insertRun(runs[routine], panel.Run{At: at, Outcome: backup.Missed, Case: &c})
		}
		return nil
	}, "SELECT id, routine, execution, failed, state, closing FROM incidents INDEXED BY incidents_by_routine"+w.String(), w.args...); err != nil {
		return err
	}
	for _, of := range runs {
		for i := range of {
			if of[i].ID != 0 {
				of[i].Case = cases[of[i].ID]
			}
		}
	}
	return nil
}

func insertRun(runs []panel.Run, r panel.Run) []panel.Run {
	i, _ := slices.BinarySearchFunc(runs, r, func(a, b panel.Run) int { return a.At.Compare(b.At) })
	return slices.Insert(runs, i, r)
}

// addExplained marks coordinators that opened no incident because a child in hand has failed.
func (s *Store) addExplained(ctx context.Context, runs map[int64][]panel.Run) error {
	var bare []int64
	places := map[int64]*panel.Run{}
	for _, of := range runs {
		for i := range of {
			if r := &of[i]; r.Case == nil && r.Outcome.Final() && r.Outcome != backup.Success {
				bare = append(bare, r.ID)
				places[r.ID] = r
			}
		}
	}
	for part := range slices.Chunk(bare, 500) {
		var w where
		in(&w, "e.id", part)
		w.add("e.session <> ''")
		if err := each(ctx, s.read, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			places[id].Explained = err == nil
			return err
		}, `SELECT e.id FROM executions e`+w.String()+` AND EXISTS (SELECT 1 FROM executions c WHERE c.parent = e.session AND c.parent <> '' AND c.instance = e.instance
			AND c.outcome > ? AND ABS(c.at - e.at) <= ?)`, append(w.args, int64(backup.Success), backup.Restart.Milliseconds())...); err != nil {
			return err
		}
	}
	return nil
}
