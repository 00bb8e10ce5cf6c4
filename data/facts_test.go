package data

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
)

// theNight is the day on which the runs of these tests begin.
var theNight = figure.Period{From: at(-8), To: at(16), Zone: time.UTC}

// nightOfSix has one run of each fate on clients of their own, and a coordinator that only starts others.
func nightOfSix(t *testing.T) *aDesk {
	t.Helper()
	d := newDesk(t)
	of := func(client string) func(*backup.Execution) { return func(e *backup.Execution) { e.Client = client } }
	restore := func(e *backup.Execution) { e.Kind = backup.Restore }
	under := func(parent string) func(*backup.Execution) { return func(e *backup.Execution) { e.Parent = parent } }
	d.read(0,
		night("1", backup.Success, of("quay")),
		night("2", backup.Failed, of("pier")),
		night("3", backup.Failed, of("dock")), night("4", backup.Success, of("dock"), again, from(-4)),
		night("5", backup.Partial, of("mole")),
		night("6", backup.Missed, of("slip")),
		night("7", backup.Running, of("buoy")),
		night("8", backup.Failed, of("quay"), restore, from(-3)),
		night("9", backup.Failed, of("fleet")), night("10", backup.Failed, of("crane"), under("9")),
		night("old", backup.Success, of("PIER"), from(-100)),
	)
	return d
}

func (d *aDesk) figures(p figure.Period, scope desk.ReportScope) desk.PeriodFigures {
	d.t.Helper()
	f, err := d.desk.PeriodFigures(d.t.Context(), rosa, p, scope)
	d.must(err)
	return f
}

func figuresSay(s figure.Sums, keys ...figure.Key) string {
	var said []string
	for _, k := range keys {
		v := s.Values[k]
		said = append(said, fmt.Sprintf("%s %.2f", k, v.N))
	}
	return fmt.Sprint(said)
}

func TestPeriodFigures_ofRuns(t *testing.T) {
	d := nightOfSix(t)
	got := d.figures(theNight, desk.ReportScope{})
	// six runs: quay, pier, dock, mole, slip, crane. The coordinator's child is counted in its place.
	if said, want := figuresSay(got.Now, figure.AllRuns, figure.FirstRate, figure.EndRate, figure.NotGood), "[runs 6.00 first_attempt 0.17 final 0.33 runs_not_good 4.00]"; said != want {
		t.Errorf("%s, want %s", said, want)
	}
	if got.Prior.Values[figure.FirstRate].Known {
		t.Errorf("no run began the day before, and the rate is %+v", got.Prior.Values[figure.FirstRate])
	}
	day := got.Now.Days[0]
	if day.Runs[backup.Running] != 1 || day.Runs[backup.Success] != 2 || day.Runs[backup.Missed] != 1 {
		t.Errorf("outcomes of the day %v", day.Runs)
	}
	f, err := d.desk.Figures(t.Context(), rosa)
	d.must(err)
	if f.FirstTryRuns != 6 || f.FirstTryGood != 1 {
		t.Errorf("the line above the table says %d of %d", f.FirstTryGood, f.FirstTryRuns)
	}
}

func TestPeriodFigures_ofCopies(t *testing.T) {
	d := nightOfSix(t)
	d.now = at(20)
	got := d.figures(theNight, desk.ReportScope{})
	said := map[string]string{}
	for _, c := range got.Facts.Copies {
		said[c.Client] = c.At.Format("02 15:04") + " " + c.Age(theNight.To).String()
	}
	want := map[string]string{
		"quay": "02 03:00 21h0m0s", "dock": "02 05:00 19h0m0s", // the repetition made it
		"PIER": "26 05:00 115h0m0s", // one host under two spellings
		"mole": "01 00:00 22h0m0s", "slip": "01 00:00 22h0m0s", "buoy": "01 00:00 22h0m0s", "fleet": "01 00:00 22h0m0s", "crane": "01 00:00 22h0m0s",
	}
	if fmt.Sprint(said) != fmt.Sprint(want) {
		t.Errorf("copies\n %v, want\n %v", said, want)
	}
	if n := got.Now.Values[figure.NoCopy3].N; n != 1 {
		t.Errorf("%v clients without a copy for three days", n)
	}
}

// A copy that has expired by the end is none any more; a partial run is one where those of its routine open no incident.
func TestPeriodFigures_ofCopiesThatHold(t *testing.T) {
	d := newDesk(t)
	good := func(id string, client string, hours float64, change func(*backup.Execution)) backup.Execution {
		return night(id, backup.Success, func(e *backup.Execution) {
			e.Client, e.Routine, e.Start, e.End = client, "FILES of "+client, at(hours), at(hours+1)
			change(e)
		})
	}
	partial := func(e *backup.Execution) { e.Outcome = backup.Partial }
	d.read(1,
		good("1", "quay", -100, func(*backup.Execution) {}), good("2", "quay", -30, func(e *backup.Execution) { e.Expires = at(-1) }), // expired
		good("3", "dock", -90, func(*backup.Execution) {}), good("4", "dock", -20, func(e *backup.Execution) { e.Expires = at(40) }),
		good("5", "pier", -80, func(*backup.Execution) {}), good("6", "pier", -10, partial), // as its tool: not enough
		good("7", "mole", -70, func(*backup.Execution) {}), good("8", "mole", -5, partial), // enough for this one
	)
	ids, err := d.desk.RoutineIDs(t.Context(), rosa, desk.RoutineQuery{Clients: []string{"mole"}})
	d.must(err)
	_, err = d.desk.ChangeRoutines(t.Context(), rosa, ids, "open files are known", func(s *desk.RoutineSettings) { s.Partial = backup.No })
	d.must(err)
	copies := func() string {
		var said []string
		for _, c := range d.figures(figure.Period{From: at(-24), To: at(0), Zone: time.UTC}, desk.ReportScope{}).Facts.Copies {
			said = append(said, fmt.Sprintf("%s %.0f", c.Client, c.At.Sub(at(0)).Hours()))
		}
		return strings.Join(said, ", ")
	}
	d.now = at(2)
	if got, want := copies(), "dock -19, mole -4, pier -79, quay -99"; got != want {
		t.Errorf("copies %q, want %q", got, want)
	}
	tool := func(c backup.Choice) desk.ToolSettings { return desk.ToolSettings{Partial: c} }
	d.must(d.desk.ChangeTool(t.Context(), rosa, night("", backup.Success, func(*backup.Execution) {}).Tool, "skipped files are known", tool(backup.No)))
	if got, want := copies(), "dock -19, mole -4, pier -9, quay -99"; got != want {
		t.Errorf("where partial is enough for all of the tool: %q, want %q", got, want)
	}
}

// Each figure of incidents counts the rows that its filter lists, and both count what plain SQL does.
func TestPeriodFigures_areTraced(t *testing.T) {
	d := nightOfSix(t)
	ids, err := d.desk.IncidentIDs(t.Context(), rosa, desk.IncidentQuery{Sort: "id"})
	d.must(err)
	account := incident.Account{Category: "Network", Description: "The link was down.", Solution: "It is up."}
	d.now = at(2)
	d.must(d.desk.Note(t.Context(), rosa, ids[:1], "Looking."))
	d.now = at(4)
	d.must(d.desk.Close(t.Context(), rosa, ids[:1], incident.ClosedMissed, account, nil))
	d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: ids[1], From: ids[2:3]}))
	d.now = at(30)
	d.must(d.desk.Close(t.Context(), rosa, ids[3:4], incident.ClosedSuccess, account, nil))
	for _, c := range []struct {
		p    figure.Period
		want map[figure.Key]string
	}{
		{theNight, map[figure.Key]string{
			figure.Opened: "SELECT COUNT(*) FROM incidents WHERE opened BETWEEN :from AND :to - 1", figure.Closed: "SELECT COUNT(*) FROM incidents WHERE closed BETWEEN :from AND :to - 1",
			figure.Open: "SELECT COUNT(*) FROM incidents WHERE opened < :to AND COALESCE(closed, :to) >= :to", figure.OpenMerged: "SELECT COUNT(*) FROM incidents WHERE into_id > 0",
			figure.Lost: "SELECT COUNT(*) FROM incidents WHERE closing = 2", figure.Reprocessed: "SELECT 0", figure.FalseAlarms: "SELECT 0",
			figure.FirstAction: "SELECT COUNT(DISTINCT subject_id) FROM timeline WHERE subject = 'incident' AND actor <> 'system'", figure.ToClose: "SELECT 1",
		}},
		{figure.Period{From: theNight.To, To: theNight.To.Add(24 * time.Hour), Zone: time.UTC}, map[figure.Key]string{
			figure.Opened: "SELECT 0", figure.Closed: "SELECT 1", figure.Open: "SELECT COUNT(*) FROM incidents WHERE closed IS NULL", figure.OpenMerged: "SELECT 1",
			figure.Lost: "SELECT 0", figure.Reprocessed: "SELECT 0", figure.FalseAlarms: "SELECT 1", figure.FirstAction: "SELECT 0", figure.ToClose: "SELECT 1",
		}},
	} {
		d.now = at(60)
		sums := d.figures(c.p, desk.ReportScope{}).Now
		for k, query := range c.want {
			q, ok := desk.IncidentsOf(k, c.p, desk.IncidentQuery{})
			if !ok {
				t.Fatalf("%s has no filter", k)
			}
			listed, err := d.desk.IncidentIDs(t.Context(), rosa, q)
			d.must(err)
			n := d.rows("WITH b(f, t) AS (SELECT ?, ?) SELECT * FROM ("+named(query)+")", c.p.From.UnixMilli(), c.p.To.UnixMilli())
			if got := fmt.Sprint(sums.Values[k].Count); got != n[0] || fmt.Sprint(len(listed)) != n[0] {
				t.Errorf("%s of %s: the figure says %s, its filter lists %d, SQL counts %s", k, c.p.From, got, len(listed), n[0])
			}
		}
	}
	first := d.figures(theNight, desk.ReportScope{}).Now.Values
	if a, b := first[figure.FirstAction].N, first[figure.ToClose].N; a != 4 || b != 4 {
		t.Errorf("acted on after %v h, closed after %v h, want 4 (the middle of 2 and, of the merged ones, 4 and 4) and 4", a, b)
	}
}

func named(query string) string {
	for _, n := range []string{"from", "to"} {
		query = strings.ReplaceAll(query, ":"+n, "(SELECT "+n[:1]+" FROM b)")
	}
	return query
}

func TestPeriodFigures_keepToTheirScope(t *testing.T) {
	d := nightOfSix(t)
	d.source = d.addSource(backup.Source{Name: "branch", Company: "Meadow", Branch: "Faro"})
	d.read(1, night("21", backup.Failed, func(e *backup.Execution) { e.Client, e.Routine = "lagoon", "SQL" }), night("22", backup.Success, func(e *backup.Execution) { e.Client = "cove" }))
	d.now = at(20)
	for _, c := range []struct {
		scope  desk.ReportScope
		want   string
		copies string
	}{
		{desk.ReportScope{}, "[runs 8.00 opened 5.00]", "PIER buoy cove crane dock fleet lagoon mole quay slip"},
		{desk.ReportScope{Companies: []string{"Meadow"}}, "[runs 2.00 opened 1.00]", "cove lagoon"},
		{desk.ReportScope{Branches: []string{"Faro", "Beja"}}, "[runs 2.00 opened 1.00]", "cove lagoon"},
		{desk.ReportScope{Routines: []string{"SQL"}}, "[runs 1.00 opened 1.00]", "lagoon"},
		{desk.ReportScope{Tools: []string{"restic"}}, "[runs 0.00 opened 0.00]", ""},
	} {
		got := d.figures(theNight, c.scope)
		if said := figuresSay(got.Now, figure.AllRuns, figure.Opened); said != c.want {
			t.Errorf("%+v: %s, want %s", c.scope, said, c.want)
		}
		var clients []string
		for _, x := range got.Facts.Copies {
			clients = append(clients, x.Client)
		}
		if said := strings.Join(clients, " "); said != c.copies {
			t.Errorf("%+v: copies of %s, want %s", c.scope, said, c.copies)
		}
	}
}

// A copy that has expired is none, and one saved in part is where partial runs of its routine or tool open no incident.
func TestPeriodFigures_goodCopies(t *testing.T) {
	d := newDesk(t)
	until := func(hours float64) func(*backup.Execution) {
		return func(e *backup.Execution) { e.Expires = at(hours) }
	}
	d.read(0,
		night("1", backup.Success, from(-50), of("FS", "quay")), night("2", backup.Success, from(-26), of("FS", "quay"), until(-3)),
		night("3", backup.Success, from(-49), of("FS", "dock"), until(-3)),
		night("4", backup.Success, from(-48), of("FS", "pier"), until(30)),
		night("5", backup.Success, from(-47), of("FS", "mole")), night("6", backup.Partial, from(-23), of("FS", "mole")),
	)
	copies := func() string {
		t.Helper()
		var said []string
		for _, c := range d.figures(figure.Period{From: at(-60), To: at(0), Zone: time.UTC}, desk.ReportScope{}).Facts.Copies {
			said = append(said, fmt.Sprint(c.Client, " ", c.Execution))
		}
		return strings.Join(said, ", ")
	}
	if got, want := copies(), "dock 0, mole 5, pier 4, quay 1"; got != want {
		t.Errorf("copies %s, want %s", got, want)
	}
	_, err := d.desk.ChangeRoutines(t.Context(), rosa, []int64{4}, "open files are left out on purpose", func(s *desk.RoutineSettings) { s.Partial = backup.No })
	d.must(err)
	if got, want := copies(), "dock 0, mole 6, pier 4, quay 1"; got != want {
		t.Errorf("where the routine's partial runs open nothing: %s, want %s", got, want)
	}
	_, err = d.desk.ChangeRoutines(t.Context(), rosa, []int64{4}, "as the tool", func(s *desk.RoutineSettings) { s.Partial = backup.Undecided })
	d.must(err)
	d.must(d.desk.ChangeTool(t.Context(), rosa, "Veeam", "open files are left out on purpose", desk.ToolSettings{Partial: backup.No}))
	if got, want := copies(), "dock 0, mole 6, pier 4, quay 1"; got != want {
		t.Errorf("where the tool's partial runs open nothing: %s, want %s", got, want)
	}
}
