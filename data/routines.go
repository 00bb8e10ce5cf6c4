package data

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/say"
)

// isVital is what counts: a person's mark, else what the format knows.
const isVital = "(COALESCE(s.vital, 0) = 1 OR COALESCE(s.vital, 0) = 0 AND r.vital = 1)"

var routineSorts = map[string]string{
	"": "r.id", "id": "r.id", "tool": "r.tool", "name": "r.name", "client": "r.client", "kind": "r.kind", "last": "r.last", "runs": "r.runs",
	"vital": isVital, "result": "r.outcome",
	"expected": "COALESCE(s.cron, '') || COALESCE(s.every, 0)", "grace": "COALESCE(s.grace, 0)", "enabled": "COALESCE(s.disabled, 0)",
	"analyses": "COALESCE(s.no_volume + s.no_duration + s.no_policy + s.no_recurrence, 0)", "source": "(SELECT name FROM sources WHERE id = r.source)",
	"start": "r.id", "duration": "r.id", // then by what its runs tell
	"partial": "COALESCE(s.partial, 0)", "cancelled": "COALESCE(s.cancelled, 0)", "calendar": "COALESCE(s.calendar, '')",
}

// RoutineIDs gives the ids of all that match, sorted; with a Limit, the first of them.
func (s *Store) RoutineIDs(ctx context.Context, scope desk.Scope, q desk.RoutineQuery) ([]int64, error) {
	s = s.within(scope)
	column, ok := routineSorts[q.Sort]
	if !ok {
		return nil, say.Error("routines cannot be sorted by %q; use one of %v", q.Sort, desk.RoutineSorts)
	}
	if q.Sort == "start" || q.Sort == "duration" {
		return s.routinesByUsual(ctx, q)
	}
	limit := q.Limit
	if limit == 0 {
		limit = -1
	}
	w := routineWhere(q)
	order := strings.ReplaceAll(orderBy(column, q.Desc), ", id", ", r.id")
	return all(ctx, s.read, one[int64], "SELECT r.id FROM routines r LEFT JOIN routine_settings s ON s.routine = r.id"+w.String()+order+" LIMIT ?", append(w.args, limit)...)
}

// routinesByUsual sorts by what the last runs of each tell; those that tell nothing come first.
func (s *Store) routinesByUsual(ctx context.Context, q desk.RoutineQuery) ([]int64, error) {
	w := routineWhere(q)
	ids, err := all(ctx, s.read, one[int64], "SELECT r.id FROM routines r LEFT JOIN routine_settings s ON s.routine = r.id"+w.String()+" ORDER BY r.id", w.args...)
	if err != nil {
		return nil, err
	}
	usual := make(map[int64]time.Duration, len(ids))
	for _, id := range ids {
		rows, err := s.routineRow(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if usual[id] = r.Usual.Duration; q.Sort == "start" {
				usual[id] = r.Usual.At
			}
		}
	}
	slices.SortStableFunc(ids, func(a, b int64) int {
		if q.Desc {
			a, b = b, a
		}
		return cmp.Or(cmp.Compare(usual[a], usual[b]), cmp.Compare(a, b))
	})
	if q.Limit > 0 {
		ids = ids[:min(q.Limit, len(ids))]
	}
	return ids, nil
}

func routineWhere(q desk.RoutineQuery) where {
	var w where
	in(&w, "r.tool", q.Tools)
	in(&w, "r.client", q.Clients)
	in(&w, "r.kind", numbers(q.Kinds))
	in(&w, "r.source", q.Sources)
	for _, c := range []struct {
		wanted backup.Choice
		holds  string
	}{{q.Vital, isVital}, {q.Disabled, "COALESCE(s.disabled, 0) = 1"}, {q.Expected, "COALESCE(s.cron <> '' OR s.every <> 0, 0) = 1"}} {
		switch c.wanted {
		case backup.Yes:
			w.add(c.holds)
		case backup.No:
			w.add("NOT (" + c.holds + ")")
		case backup.Undecided:
		}
	}
	for _, word := range strings.Fields(q.Text) {
		condition, args := anyLike(word, "r.name", "r.client", "r.tool", "r.schedule")
		w.add("("+condition+")", args...)
	}
	return w
}

// RoutineRows gives the rows of the ids, in their order; ids that are gone are left out.
func (s *Store) RoutineRows(ctx context.Context, scope desk.Scope, ids []int64) ([]desk.RoutineRow, error) {
	s = s.within(scope)
	rows := make([]desk.RoutineRow, 0, len(ids))
	for _, id := range ids {
		found, err := s.routineRow(ctx, id)
		if err != nil {
			return nil, err
		}
		rows = append(rows, found...)
	}
	return rows, nil
}

func (s *Store) routineRow(ctx context.Context, id int64) ([]desk.RoutineRow, error) {
	zone := ""
	rows, err := all(ctx, s.read, func(rows *sql.Rows) (desk.RoutineRow, error) {
		var r desk.RoutineRow
		var set settingRow
		var first, last sql.NullInt64
		err := rows.Scan(append([]any{
			&r.ID, &r.Tool, &r.Name, &r.Client, &r.Schedule, &r.Kind, &r.Known, &r.Format, &r.Source, &r.LastOutcome, &first, &last, &r.Runs, &r.Reported, &zone,
		}, set.targets()...)...)
		r.First, r.Last, r.Settings = instant(first), instant(last), set.settings()
		return r, err
	}, `SELECT r.id, r.tool, r.name, r.client, r.schedule, r.kind, r.vital, r.format, r.source, r.outcome, r.first, r.last, r.runs,
		COALESCE(src.name, ''), COALESCE(src.zone, ''), `+settingList("s.")+`
		FROM routines r LEFT JOIN routine_settings s ON s.routine = r.id LEFT JOIN sources src ON src.id = r.source WHERE r.id = ?`, id)
	for i := range rows {
		if x := rows[i].Settings.Expectation; x.Zone != "" {
			zone = x.Zone
		}
		runs, err := recentRuns(ctx, s.read, "routine = ?", []any{id}, expect.UsualRuns)
		if err != nil {
			return nil, err
		}
		rows[i].Usual = expect.UsualOf(runs, location(zone))
	}
	return rows, err
}

// location is a zone by name; the machine's for one that is not named or not known.
func location(zone string) *time.Location {
	if l, err := time.LoadLocation(zone); err == nil && zone != "" {
		return l
	}
	return time.Local
}

// recentRuns are the newest finished runs of the routines of a condition, newest first.
func recentRuns(ctx context.Context, q querier, of string, routines []any, n int) ([]expect.Run, error) {
	return all(ctx, q, func(rows *sql.Rows) (expect.Run, error) {
		var start, end sql.NullInt64
		err := rows.Scan(&start, &end)
		return expect.Run{Start: instant(start), End: instant(end)}, err
	}, "SELECT start, end FROM executions WHERE "+of+" AND outcome IN (?, ?, ?) ORDER BY at DESC, id DESC LIMIT ?",
		slices.Concat(routines, []any{int64(backup.Success), int64(backup.Partial), int64(backup.Failed), n})...)
}

// tellRoutines keeps what the routines of this file's executions come to, and that its source reports them.
func (g *ingest) tellRoutines(ctx context.Context) error {
	for _, q := range []struct {
		text string
		args []any
	}{
		{"CREATE TABLE staged.brought AS SELECT routine, COUNT(*) AS runs FROM executions WHERE id > ? GROUP BY routine", []any{g.high}},
		{"UPDATE routines SET runs = routines.runs + n.runs, " + newestOf + " FROM staged.brought n WHERE n.routine = routines.id", nil},
		{"INSERT OR IGNORE INTO routine_sources SELECT routine, ? FROM staged.brought", []any{g.File.SourceID}},
	} {
		if _, err := g.tx.ExecContext(ctx, q.text, q.args...); err != nil {
			return err
		}
	}
	if g.result.New == g.st.records {
		return nil
	}
	if _, err := g.tx.ExecContext(ctx, `INSERT OR IGNORE INTO routine_sources SELECT DISTINCT r.id, ? FROM staged.records s
		JOIN routines r ON r.tool = s.tool AND r.name = s.name AND r.client = s.client AND r.schedule = s.schedule`, g.File.SourceID); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	for _, c := range g.changed {
		if _, err := g.tx.ExecContext(ctx, "UPDATE routines SET "+newestOf+" WHERE id = (SELECT routine FROM executions WHERE id = ?)", c.id); err != nil {
			return err
		}
	}
	return nil
}

// newestOf has a routine tell its oldest and its newest execution.
const newestOf = `first = (SELECT MIN(at) FROM executions e WHERE e.routine = routines.id),
	(kind, vital, format, source, outcome, last) = (SELECT e.kind, e.vital, e.format, e.source, e.outcome, e.at FROM executions e
		WHERE e.routine = routines.id` + newestFirst + `)`

// newestFirst gives the newest of the executions e.
const newestFirst = " ORDER BY e.at DESC, e.id DESC LIMIT 1"
