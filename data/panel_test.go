package data

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/panel"
)

// panelSQL is the matrix of DESIGN.md 8 once more, written as one statement over the tables: the result of each execution and each
// missed run, then the worst of a routine's day. Days are those of UTC, beginning at an hour.
const panelSQL = `WITH told AS (
	SELECT e.routine, e.at, CASE
		WHEN i.id IS NOT NULL THEN CASE i.closing WHEN 2 THEN 1 WHEN 3 THEN 5 WHEN 1 THEN 6 ELSE 2 END
		WHEN e.outcome = 1 OR e.will_retry = 1 AND e.outcome <> 2 THEN 4
		WHEN e.outcome = 3 THEN 3
		WHEN e.outcome <> 2 THEN 1
		WHEN e.expires <= ?1 THEN 7
		ELSE 6 END AS result, e.bytes
	FROM executions e LEFT JOIN incidents i ON i.execution = e.id WHERE e.kind <> 5 AND e.retry = 0
	UNION ALL
	SELECT routine, failed, CASE closing WHEN 2 THEN 1 WHEN 3 THEN 5 WHEN 1 THEN 6 ELSE 2 END, NULL FROM incidents WHERE execution IS NULL AND routine IS NOT NULL
)
SELECT routine, (at - ?2 * 3600000) / 86400000 AS day, MIN(result), COUNT(*), SUM(bytes) FROM told GROUP BY routine, day`

// matrix is what the statement finds, by routine and day.
func (d *aDesk) matrix(start int) map[string]string {
	d.t.Helper()
	found := map[string]string{}
	d.must(each(d.t.Context(), d.Store.read, func(rows *sql.Rows) error {
		var routine, day int64
		var result, n int
		var size sql.NullInt64
		err := rows.Scan(&routine, &day, &result, &n, &size)
		found[fmt.Sprint(routine, " ", day)] = fmt.Sprintf("%v, %d runs, %v", panel.Result(result), n, counted(size))
		return err
	}, panelSQL, d.now.UnixMilli(), start))
	return found
}

// estate is two weeks of forty routines in which everything happened, and what became of it.
func estate(t *testing.T) *aDesk {
	d := newDesk(t)
	r := rand.New(rand.NewPCG(3, 5))
	outcomes := []backup.Outcome{backup.Success, backup.Success, backup.Success, backup.Partial, backup.Failed, backup.Missed, backup.Cancelled, backup.Running}
	var records []any
	for i := range 900 {
		records = append(records, night(fmt.Sprint("s", i), outcomes[r.IntN(len(outcomes))], from(-24*14*r.Float64()-1), func(e *backup.Execution) {
			e.Routine, e.Client = fmt.Sprint("R", r.IntN(20)), fmt.Sprint("c", r.IntN(2))
			e.Tool = []string{"Veeam", "restic"}[len(e.Routine)%2]
			e.Bytes = backup.N(r.Int64N(1000))
			if r.IntN(3) == 0 {
				e.Bytes, e.Expires = backup.Count{}, at(24*(r.Float64()*14-7))
			}
			e.WillRetry = e.Outcome == backup.Failed && r.IntN(5) == 0
			if r.IntN(20) == 0 {
				e.Kind = backup.Restore
			}
		}))
	}
	d.take(d.export("x.csv", d.now, records[:600]...), desk.ImportRules{OpenAll: true})
	d.source = d.addSource(backup.Source{Name: "branch", Company: "Meadow", Branch: "Faro"})
	d.take(d.export("y.csv", d.now, slices.DeleteFunc(records[600:], func(r any) bool { return r.(backup.Execution).Tool == "Veeam" })...), desk.ImportRules{OpenAll: true})
	_, err := d.write.Exec("DELETE FROM incidents_text; UPDATE incidents SET state = 4, closing = 1 + id % 3 WHERE id % 2 = 0; UPDATE incidents SET execution = NULL, cause = 3 WHERE id % 7 = 1; DELETE FROM incidents WHERE id % 11 = 5")
	d.must(err)
	return d
}

// The panel agrees with the statement whenever its days begin, whatever part of the estate and of the time it shows.
func TestPanel_equalsSQL(t *testing.T) {
	d := estate(t)
	names := []string{"", "Veeam", "restic"}
	groups := append([]string{""}, desk.PanelGroups...)
	rapid.Check(t, func(t *rapid.T) {
		q := desk.PanelQuery{Calendar: panel.Calendar{Zone: time.UTC, Start: rapid.IntRange(0, 23).Draw(t, "start")}, Group: rapid.SampledFrom(groups).Draw(t, "group")}
		q.Last = q.Calendar.Of(d.now) - panel.Day(rapid.IntRange(0, 5).Draw(t, "back"))
		q.First = q.Last - panel.Day(rapid.IntRange(0, 16).Draw(t, "days"))
		if name := rapid.SampledFrom(names).Draw(t, "tool"); name != "" {
			q.Tools = []string{name}
		}
		want := d.matrix(q.Calendar.Start)
		routines, err := d.desk.PanelRoutines(d.t.Context(), rosa, q)
		d.must(err)
		ids := make([]int64, len(routines))
		for i, r := range routines {
			ids[i] = r.ID
			if len(q.Tools) > 0 && r.Tool != q.Tools[0] {
				t.Errorf("%s is of %s", r.Name, r.Tool)
			}
		}
		if sorted := d.grouped(q, ids); !slices.Equal(sorted, ids) {
			t.Errorf("grouped by %q: %v, want %v", q.Group, ids, sorted)
		}
		cells, err := d.desk.PanelCells(d.t.Context(), rosa, q, ids)
		d.must(err)
		shown := 0
		for i, id := range ids {
			for n, c := range cells[i] {
				got, key := "", fmt.Sprint(id, " ", int(q.First)+n)
				if c.Result != panel.Empty {
					got = fmt.Sprintf("%v, %d runs, %v", c.Result, c.Runs, c.Bytes)
					shown++
				}
				if got != want[key] {
					t.Errorf("routine and day %s: %q, want %q", key, got, want[key])
				}
			}
		}
		if wanted := d.wanted(q, want); shown != wanted {
			t.Errorf("%d cells have a colour, want %d", shown, wanted)
		}
	})
}

// grouped are routines in the order of their group, then name, client and tool.
func (d *aDesk) grouped(q desk.PanelQuery, ids []int64) []int64 {
	d.t.Helper()
	sorted, err := all(d.t.Context(), d.Store.read, one[int64], `SELECT r.id FROM routines r JOIN sources s ON s.id = r.source JOIN json_each(?1) j ON j.value = r.id
		ORDER BY CASE ?2 WHEN 'tool' THEN r.tool WHEN 'client' THEN r.client WHEN 'branch' THEN s.company || ' ' || s.branch ELSE '' END, r.name, r.client, r.tool, r.id`, jsonOf(ids), q.Group)
	d.must(err)
	return sorted
}

// wanted counts what the statement finds in the part that was asked for.
func (d *aDesk) wanted(q desk.PanelQuery, matrix map[string]string) int {
	of := map[string]bool{}
	for _, line := range d.rows("SELECT id, tool FROM routines") {
		id, tool, _ := strings.Cut(line, " | ")
		of[id] = len(q.Tools) == 0 || tool == q.Tools[0]
	}
	n := 0
	for key := range matrix {
		id, text, _ := strings.Cut(key, " ")
		day, err := strconv.Atoi(text)
		d.must(err)
		if of[id] && panel.Day(day) >= q.First && panel.Day(day) <= q.Last {
			n++
		}
	}
	return n
}

// The day behind a cell holds as many runs as the cell counts.
func TestPanel_countsItsExecutions(t *testing.T) {
	d := estate(t)
	q := desk.PanelQuery{Calendar: panel.Calendar{Zone: time.UTC, Start: 12}}
	q.Last = q.Calendar.Of(d.now)
	q.First = q.Last - 15
	routines, err := d.desk.PanelRoutines(t.Context(), rosa, q)
	d.must(err)
	for _, r := range routines {
		cells, err := d.desk.PanelCells(t.Context(), rosa, q, []int64{r.ID})
		d.must(err)
		for n, c := range cells[0] {
			day := q.First + panel.Day(n)
			found, err := d.desk.ExecutionIDs(t.Context(), rosa, desk.ExecutionQuery{
				RoutineIDs: []int64{r.ID}, From: q.Calendar.Begin(day), To: q.Calendar.Begin(day + 1), Kinds: []backup.Kind{backup.Data},
			})
			d.must(err)
			missed := d.rows("SELECT COUNT(*) FROM incidents WHERE execution IS NULL AND routine = ? AND failed >= ? AND failed < ?",
				r.ID, q.Calendar.Begin(day).UnixMilli(), q.Calendar.Begin(day+1).UnixMilli())
			if fmt.Sprint(c.Runs-len(found)) != missed[0] {
				t.Errorf("%s on %s: %d runs, of them %s missed, but %d executions", r.Name, day.Date().Format(time.DateOnly), c.Runs, missed[0], len(found))
			}
		}
	}
}

// A coordinator whose children failed says nothing of its own.
func TestPanel_leavesCoordinatorsToTheirChildren(t *testing.T) {
	d := newDesk(t)
	child := func(e *backup.Execution) { e.Parent = "1" }
	d.read(0, night("2", backup.Failed, child, from(-5.5)), night("1", backup.Failed))
	q := desk.PanelQuery{Calendar: panel.Calendar{Zone: time.UTC}}
	q.First = q.Calendar.Of(at(-6))
	q.Last = q.First
	cells, err := d.desk.PanelCells(t.Context(), rosa, q, []int64{1})
	d.must(err)
	if c := cells[0][0]; c.Result != panel.Open || c.Runs != 2 {
		t.Errorf("%+v", c)
	}
}
