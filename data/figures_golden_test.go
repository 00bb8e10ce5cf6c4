package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
)

// twoDays are the first and the second of March, whole: hours -32 to 16 of the morning.
var twoDays = figure.Period{From: at(-32), To: at(16), Zone: time.UTC}

// countedByHand is what happened in two days, with everything beside it that a figure must not count: each trap stands on a client of its own.
func countedByHand(t *testing.T) *aDesk {
	t.Helper()
	d := newDesk(t)
	id := 0
	run := func(client string, hours float64, o backup.Outcome, change ...func(*backup.Execution)) backup.Execution {
		id++
		return night(fmt.Sprint(id), o, append([]func(*backup.Execution){of("FILES", client), from(hours)}, change...)...)
	}
	kind := func(k backup.Kind) func(*backup.Execution) { return func(e *backup.Execution) { e.Kind = k } }
	d.read(0,
		run("quay", -32, backup.Success), run("quay", 16, backup.Success), // at the very beginning; at the very end, which is outside
		run("pier", -30, backup.Failed), run("pier", -29, backup.Success, again), // good in the end
		run("dock", -33, backup.Failed, says("no space left on device")), run("dock", -31, backup.Failed, again), run("dock", -7, backup.Success), // the first began before
		run("mole", 15.5, backup.Failed), run("mole", 17, backup.Success, again), // made good after the end
		run("slip", -6, backup.Partial, of("DB", "slip")), run("buoy", -5, backup.Running),
		run("lock", -20, backup.Cancelled, of("DB", "lock")), run("lock", -44, backup.Success, of("DB", "lock")), run("lock", 18, backup.Success, of("DB", "lock")),
		run("cove", -3, backup.Success, func(e *backup.Execution) { e.Tries, e.FirstOutcome = 3, backup.Failed }), // one id, three tries
		run("bight", -4, backup.Failed), run("bight", -3, backup.Running, again), run("bay", -34, backup.Failed), // tried again now; before the beginning
		run("quay", -10, backup.Failed, kind(backup.Restore)),
		run("fleet", -12, backup.Failed, func(e *backup.Execution) { e.Session = "all" }), run("crane", -12, backup.Failed, func(e *backup.Execution) { e.Parent = "all" }),
		run("rill", -2, backup.Missed), run("holm", -9, backup.Success), // a copy of just one day
		run("weir", -60, backup.Failed), run("dune", -70, backup.Failed), // these become runs that did not start
		run("tarn", -130, backup.Success), run("tarn", -100, backup.Success, func(e *backup.Execution) { e.Expires = at(16) }), // has expired by the end
		run("TARN", -90, backup.Success, kind(backup.Log)), run("tarn", -50, backup.Success, kind(backup.Administrative)),
	)
	for _, x := range []struct {
		client, set   string
		opened, acted float64 // acted: 0 for never
		closed        float64
	}{
		{"lock", "state = 4, closing = 2, category = 'Network'", -32, -30, -26},
		{"dock", "state = 4, closing = 3, category = 'Capacity'", -40, 0, -32},
		{"weir", "state = 4, closing = 1, category = 'Network', execution = NULL, cause = 3, due = failed + 49 * 3600000", -11, -10, -1},
		{"slip", "state = 4, closing = 1, category = 'Schedule'", -8, 0, 16},
		{"bay", "state = 3, team = 'Network team', until = " + fmt.Sprint(at(20).UnixMilli()), 12, 15, 0},
		{"crane", "state = 5, into_id = (SELECT id FROM incidents WHERE client = 'bay')", -12, 0, 0},
		{"rill", "state = 1", 16, 0, 0},
		{"dune", "state = 3, team = 'Storage', until = " + fmt.Sprint(at(10).UnixMilli()) + ", execution = NULL, cause = 3, due = failed + 30 * 3600000", -60, 0, 0},
	} {
		if x.acted != 0 {
			d.now = at(x.acted)
			d.must(d.desk.Note(t.Context(), rosa, []int64{d.incidentOn(x.client)}, "Looking."))
		}
		closed := any(nil)
		if x.closed != 0 {
			closed = at(x.closed).UnixMilli()
		}
		_, err := d.write.Exec("UPDATE incidents SET "+x.set+", opened = ?, closed = ? WHERE client = ?", at(x.opened).UnixMilli(), closed, x.client)
		d.must(err)
	}
	d.now = at(60)
	equal(t, d.rows("SELECT client FROM incidents ORDER BY client"), "bay", "crane", "dock", "dune", "lock", "rill", "slip", "weir")
	return d
}

func (d *aDesk) incidentOn(client string) int64 {
	d.t.Helper()
	var id int
	d.must(d.count(d.t.Context(), &id, "SELECT id FROM incidents WHERE client = ?", client))
	return int64(id)
}

// runsSQL are the runs once more: tries are numbered through from one that repeats nothing to the next.
const runsSQL = `numbered AS (
	SELECT r.tool, r.name, r.client, e.routine, e.at, e.id, e.outcome, IIF(e.tries > 1 AND e.first_outcome > 0, e.first_outcome, e.outcome) AS first,
		SUM(e.retry = 0) OVER (PARTITION BY e.routine ORDER BY e.at, e.id) AS n
	FROM executions e JOIN routines r ON r.id = e.routine WHERE e.kind <> 5 AND e.session NOT IN (SELECT parent FROM executions)),
joined AS (
	SELECT DISTINCT tool, name, client, routine, n, FIRST_VALUE(at) OVER run AS at, FIRST_VALUE(first) OVER run AS first, LAST_VALUE(outcome) OVER run AS last FROM numbered WHERE n > 0
	WINDOW run AS (PARTITION BY routine, n ORDER BY at, id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
runs AS (
	SELECT tool, name, client, at, first, last FROM joined WHERE at BETWEEN :from AND :to - 1
	UNION ALL SELECT tool, policy, client, due, 5, 5 FROM incidents WHERE execution IS NULL AND cause = 3 AND due BETWEEN :from AND :to - 1),
copies AS (
	SELECT LOWER(r.client) AS host, :to - COALESCE(MAX(CASE WHEN e.outcome = 2 AND COALESCE(e.expires, :to + 1) > :to THEN COALESCE(e.end, e.start) END), MIN(e.at)) AS age
	FROM executions e JOIN routines r ON r.id = e.routine WHERE e.kind IN (1, 2) AND e.at < :to GROUP BY 1),
cases AS (
	SELECT i.*, opened BETWEEN :from AND :to - 1 AS came, COALESCE(closed BETWEEN :from AND :to - 1, 0) AS went, opened < :to AND COALESCE(closed, :to) >= :to AS open,
		(SELECT MIN(t.at) FROM timeline t WHERE t.subject = 'incident' AND t.subject_id = i.id AND t.actor <> 'system') AS acted FROM incidents i)`

// median is the middle of an expression over cases, in hours.
func median(of, where string) string {
	return "SELECT PRINTF('%.2f', AVG(v) / 3600000.0) FROM (SELECT v, ROW_NUMBER() OVER (ORDER BY v) AS n, COUNT(*) OVER () AS c FROM (SELECT " + of + " AS v FROM cases WHERE " + where + ")) WHERE n IN ((c + 1) / 2, (c + 2) / 2)"
}

// Every figure is what was counted by hand, and what a statement over the tables finds that knows nothing of the program's own.
func TestPeriodFigures_equalSQL(t *testing.T) {
	d := countedByHand(t)
	got := d.figures(twoDays, desk.ReportScope{})
	age := func(days string) string { return "SELECT COUNT(*) FROM copies WHERE age > " + days + " * 86400000" }
	for key, tt := range map[figure.Key]struct{ sql, hand string }{
		figure.AllRuns:     {"SELECT COUNT(*) FROM runs WHERE first > 1", "12"},
		figure.FirstRate:   {"SELECT PRINTF('%.2f', AVG(first = 2)) FROM runs WHERE first > 1", "0.25"},
		figure.EndRate:     {"SELECT PRINTF('%.2f', AVG(last = 2)) FROM runs WHERE first > 1", "0.50"},
		figure.NotGood:     {"SELECT COUNT(*) FROM runs WHERE first > 1 AND last > 2", "5"},
		figure.Opened:      {"SELECT SUM(came) FROM cases", "5"},
		figure.Closed:      {"SELECT SUM(went) FROM cases", "3"},
		figure.Open:        {"SELECT SUM(open) FROM cases", "4"},
		figure.OpenMerged:  {"SELECT SUM(open) FROM cases WHERE into_id > 0", "1"},
		figure.Lost:        {"SELECT SUM(went) FROM cases WHERE closing = 2", "1"},
		figure.Reprocessed: {"SELECT SUM(went) FROM cases WHERE closing = 3", "1"},
		figure.FalseAlarms: {"SELECT SUM(went) FROM cases WHERE closing = 1", "1"},
		figure.FirstAction: {median("acted - opened", "came AND acted"), "2.00"},
		figure.ToClose:     {median("closed - opened", "went"), "8.00"},
		figure.NoCopy1:     {age("1"), "9"},
		figure.NoCopy3:     {age("3"), "3"},
		figure.NoCopy7:     {age("7"), "0"},
	} {
		said := strings.TrimSuffix(fmt.Sprintf("%.2f", got.Now.Values[key].N), ".00")
		if def, _ := figure.Find(key); def.Unit != figure.Number {
			said = fmt.Sprintf("%.2f", got.Now.Values[key].N)
		}
		if found := d.counts(tt.sql); said != tt.hand || strings.Join(found, "") != tt.hand {
			t.Errorf("%s: the figure says %s, SQL %s, by hand %s", key, said, found, tt.hand)
		}
	}
	if n := len(figure.Definitions); n != 16 {
		t.Errorf("there are %d figures, and 16 are counted here", n)
	}
}

// The tables behind the charts: days, failing routines and clients, ages, categories, teams, copies and lost windows.
func TestPeriodFigures_tablesEqualSQL(t *testing.T) {
	d := countedByHand(t)
	got := d.figures(twoDays, desk.ReportScope{})
	s := got.Now
	tables := map[string][]string{}
	add := func(table string, cells ...any) {
		tables[table] = append(tables[table], strings.ReplaceAll(strings.TrimSuffix(fmt.Sprintln(cells...), "\n"), " ", " | "))
	}
	for _, x := range s.Days {
		add("days", x.Counted, x.FirstGood, x.Runs[backup.Success], x.Runs[backup.Partial]+x.Runs[backup.Failed]+x.Runs[backup.Missed]+x.Runs[backup.Cancelled], x.Runs[backup.Running], x.Opened, x.Closed, x.Open)
	}
	for _, x := range s.Routines {
		add("routines", x.Policy, x.Bad, x.Runs, x.Opened, x.Lost)
	}
	for _, x := range s.Clients {
		add("clients", x.Client, x.Bad, x.Runs, x.Opened, x.Lost)
	}
	for i, n := range s.Ages {
		add("ages", i, n)
	}
	for _, x := range s.Categories {
		add("categories", x.Name, x.Together, x.Closed[1], x.Closed[2], x.Closed[3])
	}
	for _, x := range s.Teams {
		add("teams", strings.Fields(x.Name)[0], x.Waiting, x.Overrun)
	}
	for _, x := range got.Facts.Copies {
		add("copies", strings.ToLower(x.Client), x.Age(twoDays.To).Hours())
	}
	for l, err := range d.Losses(t.Context(), desk.Everything(), []int64{d.incidentOn("lock")}) {
		d.must(err)
		add("lost", l.Client, l.Before.Sub(at(0)).Hours(), l.After.Sub(at(0)).Hours())
	}
	add("open before", s.OpenBefore)
	failing := func(by string) string {
		return "SELECT x, SUM(bad), SUM(runs), SUM(came), SUM(lost) FROM (SELECT " + by + ` AS x, last > 2 AS bad, 1 AS runs, 0 AS came, 0 AS lost FROM runs WHERE first > 1
			UNION ALL SELECT ` + strings.Replace(by, "name", "policy", 1) + ", 0, 0, came, went AND closing = 2 FROM cases) GROUP BY x HAVING SUM(bad) > 0 ORDER BY 2 DESC, 4 DESC, 1"
	}
	lost := "(SELECT COALESCE(e.end, e.start) FROM executions e WHERE e.routine = i.routine AND e.outcome = 2 AND e.kind IN (1, 2) AND e.at "
	for table, tt := range map[string]struct {
		sql  string
		hand []string
	}{
		"days": {
			`SELECT (SELECT SUM(first > 1) FROM runs WHERE at BETWEEN d AND d + 86399999), (SELECT SUM(first = 2) FROM runs WHERE at BETWEEN d AND d + 86399999),
			(SELECT SUM(last = 2) FROM runs WHERE at BETWEEN d AND d + 86399999), (SELECT SUM(last > 2) FROM runs WHERE at BETWEEN d AND d + 86399999), (SELECT SUM(last = 1) FROM runs WHERE at BETWEEN d AND d + 86399999),
			(SELECT COUNT(*) FROM cases WHERE opened BETWEEN d AND d + 86399999), (SELECT COUNT(*) FROM cases WHERE closed BETWEEN d AND d + 86399999),
			(SELECT COUNT(*) FROM cases WHERE opened < d + 86400000 AND COALESCE(closed, :to) >= d + 86400000) FROM (SELECT :from AS d UNION ALL SELECT :from + 86400000)`,
			[]string{"6 | 2 | 3 | 3 | 0 | 3 | 2 | 3", "6 | 1 | 3 | 2 | 2 | 2 | 1 | 4"},
		},
		"routines": {failing("name"), []string{"FILES | 3 | 10 | 3 | 0", "DB | 2 | 2 | 2 | 1"}},
		"clients":  {failing("client"), []string{"crane | 1 | 1 | 1 | 0", "lock | 1 | 1 | 1 | 1", "slip | 1 | 1 | 1 | 0", "weir | 1 | 1 | 1 | 0", "rill | 1 | 1 | 0 | 0"}},
		"ages": {`SELECT a.column1 - 1, SUM(:to - c.opened > a.column2 * 3600000 AND :to - c.opened <= a.column3 * 3600000) FROM (VALUES (1, -1, 4), (2, 4, 24), (3, 24, 72), (4, 72, 168), (5, 168, 999999)) a
			JOIN cases c ON c.open GROUP BY 1`, []string{"0 | 1", "1 | 1", "2 | 1", "3 | 1", "4 | 0"}},
		"categories": {"SELECT category, COUNT(*), SUM(closing = 1), SUM(closing = 2), SUM(closing = 3) FROM cases WHERE went GROUP BY 1 ORDER BY 2 DESC, 1", []string{"Network | 2 | 1 | 1 | 0", "Capacity | 1 | 0 | 0 | 1"}},
		"teams":      {"SELECT SUBSTR(team, 1, 7), COUNT(*), SUM(until < :to) FROM cases WHERE open AND state = 3 GROUP BY team ORDER BY 2 DESC, 1", []string{"Network | 1 | 0", "Storage | 1 | 1"}},
		"copies": {"SELECT host, PRINTF('%g', age / 3600000.0) FROM copies ORDER BY host", []string{
			"bay | 50", "bight | 20", "buoy | 21", "cove | 18", "crane | 28", "dock | 22", "dune | 86", "fleet | 28", "holm | 24", "lock | 59", "mole | 0.5", "pier | 44", "quay | 47", "rill | 18", "slip | 22", "tarn | 105", "weir | 76",
		}},
		"lost":        {"SELECT client, (MAX(" + lost + "< i.failed ORDER BY e.at DESC LIMIT 1)) - :to) / 3600000 + 16, (" + lost + "> i.failed ORDER BY e.at LIMIT 1) - :to) / 3600000 + 16 FROM incidents i WHERE closing = 2", []string{"lock | -43 | 19"}},
		"open before": {"SELECT COUNT(*) FROM cases WHERE opened < :from AND COALESCE(closed, :from) >= :from", []string{"2"}},
	} {
		said := tables[table]
		if table == "copies" {
			slices.Sort(said)
		}
		if found := d.counts(tt.sql); strings.Join(said, "\n") != strings.Join(tt.hand, "\n") || strings.Join(found, "\n") != strings.Join(tt.hand, "\n") {
			t.Errorf("%s: they say\n  %s\nSQL\n  %s\nby hand\n  %s", table, strings.Join(said, "\n  "), strings.Join(found, "\n  "), strings.Join(tt.hand, "\n  "))
		}
	}
}

// counts is what a statement finds over runs, copies and cases of the two days.
func (d *aDesk) counts(query string) []string {
	d.t.Helper()
	return d.rows("WITH b(f, t) AS (SELECT ?, ?), "+named(runsSQL)+" "+named(query), twoDays.From.UnixMilli(), twoDays.To.UnixMilli())
}
