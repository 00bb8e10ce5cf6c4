package data

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/risk"
)

// nights are runs of FS-DAILY a day apart, the last of them in the night before the morning; sizes in GiB.
func nights(sizes ...int64) []any {
	var records []any
	for i, size := range sizes {
		hours := -6 - 24*float64(len(sizes)-1-i)
		records = append(records, night(fmt.Sprint(i+1), backup.Success, from(hours), sized(size)))
	}
	return records
}

func sized(gib int64) func(*backup.Execution) {
	return func(e *backup.Execution) { e.Bytes = backup.N(gib << 30) }
}

func lasting(minutes int) func(*backup.Execution) {
	return func(e *backup.Execution) { e.End = e.Start.Add(time.Duration(minutes) * time.Minute) }
}

func of(routine, client string) func(*backup.Execution) {
	return func(e *backup.Execution) { e.Routine, e.Client = routine, client }
}

// sweep looks for risks and tells how many are new and how many went on.
func (d *aDesk) sweep() string {
	d.t.Helper()
	swept, err := d.desk.Sweep(d.t.Context(), rosa)
	d.must(err)
	return fmt.Sprint(swept.Risks.Found, " ", swept.Risks.WentOn)
}

const riskFacts = "SELECT id, kind, policy, client, level, category, mark, state, usual, value FROM risks ORDER BY id"

func TestRisks_drift(t *testing.T) {
	d := newDesk(t)
	d.read(0, nights(10, 10, 10, 10, 10, 30)...)
	if got := d.sweep(); got != "1 0" {
		t.Fatalf("swept %s", got)
	}
	equal(t, d.rows(riskFacts), fmt.Sprintf("1 | 1 | FS-DAILY | harbour | full |  | 6 | 1 | %d | %d", 10<<30, 30<<30))
	equal(t, d.rows("SELECT execution, role FROM risk_runs"), "1 | 1", "2 | 1", "3 | 1", "4 | 1", "5 | 1", "6 | 2")
	equal(t, d.said("found"), "risk 1 by system: kind: volume, tool: Veeam, routine: FS-DAILY, client: harbour, level: full, execution: 6, value: 32212254720 bytes, usual: 10737418240 bytes, compared: 1, 2, 3, 4, 5")

	before := d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risk_marks")
	if got := d.sweep(); got != "0 0" {
		t.Errorf("swept again: %s", got)
	}
	equal(t, d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risk_marks"), before...)

	d.now = at(24)
	d.read(24, night("7", backup.Success, from(18), sized(30)))
	if got := d.sweep(); got != "0 1" {
		t.Errorf("the next night: %s", got)
	}
	d.verified()
}

// Even if it were forgotten how far was looked, nothing doubles.
func TestRisks_lookedAtFromTheBeginning(t *testing.T) {
	d := newDesk(t)
	d.read(0, append(nights(10, 10, 10, 10, 10, 30, 31), night("8", backup.Failed, from(-5), says("no space")), night("9", backup.Failed, from(-4), says("no space")), night("10", backup.Failed, from(-3), says("no space")))...)
	if got := d.sweep(); got != "2 0" {
		t.Fatalf("swept %s", got)
	}
	before := d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risks")
	outside(t, d.path, "DELETE FROM risk_marks")
	if got := d.sweep(); got != "0 0" {
		t.Errorf("from the beginning: %s", got)
	}
	equal(t, d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risks"), before...)
}

func TestRisks_comparesOnlyWhatIsComparable(t *testing.T) {
	five := slices.Clip(nights(10, 10, 10, 10, 10))
	last := func(change ...func(*backup.Execution)) backup.Execution {
		return night("6", backup.Success, append([]func(*backup.Execution){from(-5), sized(30)}, change...)...)
	}
	for name, tt := range map[string]struct {
		records []any
		want    string
	}{
		"same routine and level":  {append(five, last()), "1 0"},
		"level in other case":     {append(five, last(func(e *backup.Execution) { e.Level = "FULL" })), "1 0"},
		"another level":           {append(five, last(func(e *backup.Execution) { e.Level = "incremental" })), "0 0"},
		"another client":          {append(five, last(of("FS-DAILY", "quay"))), "0 0"},
		"a log backup":            {append(five, last(func(e *backup.Execution) { e.Kind = backup.Log })), "0 0"},
		"a restore":               {append(five, last(func(e *backup.Execution) { e.Kind = backup.Restore })), "0 0"},
		"a partial run":           {append(five, last(func(e *backup.Execution) { e.Outcome = backup.Partial })), "0 0"},
		"size unknown":            {append(five, last(func(e *backup.Execution) { e.Bytes = backup.Count{} })), "0 0"},
		"size and duration":       {append(five, last(lasting(180))), "2 0"},
		"no end":                  {append(five, last(func(e *backup.Execution) { e.End = time.Time{} })), "1 0"},
		"an end before the start": {append(five, last(lasting(-180))), "1 0"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.read(0, tt.records...)
			if got := d.sweep(); got != tt.want {
				t.Errorf("swept %s, want %s: %q", got, tt.want, d.rows(riskFacts))
			}
		})
	}
}

func TestRisks_ofOldHistory(t *testing.T) {
	d := newDesk(t)
	var records []any
	for i := range 100 {
		size := int64(10)
		if i == 40 || i == 95 { // 60 days ago, and five
			size = 30
		}
		records = append(records, night(fmt.Sprint(i), backup.Success, from(-24*float64(100-i)), sized(size)))
	}
	d.read(0, records...)
	if got := d.sweep(); got != "1 0" {
		t.Errorf("swept %s: %q", got, d.rows(riskFacts))
	}
	equal(t, d.rows("SELECT mark FROM risks"), "96")
}

// A run that was still at work when it was first read is judged when it has ended, and one that is corrected is judged again.
func TestRisks_ofWhatIsSaidLater(t *testing.T) {
	d := newDesk(t)
	d.read(0, append(nights(10, 10, 10, 10, 10), night("6", backup.Running, from(-1), sized(0)), night("7", backup.Success, from(-2), sized(11), of("FS-WEEKLY", "quay")))...)
	if got := d.sweep(); got != "0 0" {
		t.Fatalf("swept %s", got)
	}
	d.now = at(3)
	d.read(3, night("6", backup.Success, from(-1), sized(2)))
	if got := d.sweep(); got != "1 0" {
		t.Errorf("after it ended: %s, %q", got, d.rows(riskFacts))
	}
	equal(t, d.rows("SELECT COUNT(*) FROM risk_again"), "0")
}

func TestRisks_recurrence(t *testing.T) {
	d := newDesk(t)
	fail := func(hours float64, session string) {
		d.now = at(hours)
		d.read(hours, night(session, backup.Failed, from(hours-6), says("connection reset by peer")))
	}
	fail(-480, "1")
	fail(-240, "2")
	if got := d.sweep(); got != "0 0" {
		t.Fatalf("two: %s", got)
	}
	fail(0, "3")
	if got := d.sweep(); got != "1 0" {
		t.Fatalf("three: %s", got)
	}
	equal(t, d.rows("SELECT kind, category, value, mark FROM risks"), "4 | Network | 3 | 3")
	equal(t, d.rows("SELECT incident FROM risk_incidents"), "1", "2", "3")

	account := incident.Account{Category: "Client or agent", Description: "the agent hangs", Solution: "restarted"}
	d.must(d.desk.Close(t.Context(), rosa, []int64{1, 2, 3}, incident.ClosedMissed, account, nil))
	if got := d.sweep(); got != "0 0" {
		t.Errorf("closed under another category: %s", got)
	}
	fail(24, "4")
	d.must(d.desk.Close(t.Context(), rosa, []int64{4}, incident.ClosedMissed, account, nil))
	if got := d.sweep(); got != "0 1" {
		t.Errorf("a fourth of that category: %s", got)
	}
	equal(t, d.rows("SELECT kind, category, value, key FROM risks"), "4 | Client or agent | 4 | recurrence\x1f1\x1f\x1fclient or agent")
}

// A routine was moved to another company: what recurs there goes on in the risk that is open, which moves along.
func TestRisks_recurrenceOfAMovedRoutine(t *testing.T) {
	d := inLisbon(t)
	d.must(d.desk.AddBranch(t.Context(), rosa, "Pier", "Porto"))
	fail := func(hours float64, session string) {
		d.now = at(hours)
		d.read(hours, night(session, backup.Failed, from(hours-6), says("connection reset by peer")))
	}
	fail(-480, "1")
	fail(-240, "2")
	fail(0, "3")
	if got := d.sweep(); got != "1 0" {
		t.Fatalf("three: %s", got)
	}
	equal(t, d.rows("SELECT company FROM risks"), "Meadow")
	d.place(backup.Placing{Pattern: "FS-DAILY", Branch: d.branch("Porto")})
	_, err := d.desk.MoveRoutines(t.Context(), rosa)
	d.must(err)
	fail(24, "4")
	if got := d.sweep(); got != "0 1" {
		t.Errorf("a fourth, after the move: %s", got)
	}
	equal(t, d.rows("SELECT company, value, key FROM risks"), "Pier | 4 | recurrence\x1f1\x1fpier\x1fnetwork")
}

func TestRisks_falseAlarmsDoNotRecur(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed, from(-30)), night("2", backup.Failed, from(-20)), night("3", backup.Failed, from(-10)))
	d.must(d.desk.Close(t.Context(), rosa, []int64{2}, incident.ClosedSuccess, incident.Account{Category: "Other", Description: "a", Solution: "b"}, nil))
	if got := d.sweep(); got != "0 0" {
		t.Errorf("swept %s", got)
	}
}

// week imports what policies did in the night before a day.
func (d *aDesk) week(day int, runs ...string) {
	d.t.Helper()
	hours := 24 * float64(day)
	d.now = at(hours)
	var records []any
	for i, r := range runs {
		var routine, client string
		_, err := fmt.Sscanf(r, "%s %s", &routine, &client)
		d.must(err)
		records = append(records, night(fmt.Sprint(day, "-", i), backup.Success, from(hours-6), sized(10), of(routine, client)))
	}
	d.read(hours, records...)
}

func TestRisks_absence(t *testing.T) {
	d := newDesk(t)
	for day := range 7 {
		d.week(day, "FS harbour", "FS quay", "SQL pier", "SQL mole", "CAT vault")
		d.sweep()
	}
	for day := 7; day < 10; day++ {
		d.week(day, "FS quay", "CAT vault")
		if got := d.sweep(); got != "0 0" {
			t.Fatalf("day %d: %s, %q", day, got, d.rows(riskFacts))
		}
	}
	d.week(10, "FS quay", "CAT vault")
	if got := d.sweep(); got != "2 0" {
		t.Fatalf("four days without: %s, %q", got, d.rows(riskFacts))
	}
	equal(t, d.rows("SELECT kind, policy, client, since FROM risks ORDER BY policy"), append(append([]string{}, "3 | FS | harbour | "+millisOf(6*24 - 6)[0]), "3 | SQL |  | "+millisOf(6*24 - 6)[0])...)
	for day := 11; day < 20; day++ {
		d.week(day, "FS quay", "CAT vault")
		if got := d.sweep(); got != "0 0" {
			t.Errorf("day %d: %s", day, got)
		}
	}
	d.week(20, "FS harbour", "FS quay", "SQL mole", "CAT vault")
	if got := d.sweep(); got != "0 2" {
		t.Errorf("they came back: %s", got)
	}
	equal(t, d.said("came back"), "risk 1 by system: execution: 62, ran: 2026-03-22T02:00:00Z", "risk 2 by system: execution: 64, ran: 2026-03-22T02:00:00Z")
	d.week(21, "FS harbour", "FS quay", "SQL mole", "CAT vault")
	if got := d.sweep(); got != "0 0" {
		t.Errorf("the next night: %s", got)
	}
}

// A source that is silent proves nothing, whatever the clock says.
func TestRisks_absenceNeedsProof(t *testing.T) {
	d := newDesk(t)
	for day := range 7 {
		d.week(day, "FS harbour", "SQL pier")
	}
	d.now = at(24 * 60)
	d.must(d.desk.AcceptClock(t.Context(), rosa, "two months went by"))
	if got := d.sweep(); got != "0 0" {
		t.Errorf("swept %s: %q", got, d.rows(riskFacts))
	}
}

func TestRisks_settings(t *testing.T) {
	for name, off := range map[string]func(*desk.RoutineSettings){
		"volume":     func(s *desk.RoutineSettings) { s.Off.Volume = true },
		"duration":   func(s *desk.RoutineSettings) { s.Off.Duration = true },
		"absence":    func(s *desk.RoutineSettings) { s.Off.Policy = true },
		"recurrence": func(s *desk.RoutineSettings) { s.Off.Recurrence = true },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.week(-30, "FS harbour", "FS quay")
			_, err := d.desk.ChangeRoutines(t.Context(), rosa, []int64{1}, "it varies", off)
			d.must(err)
			for day := -29; day < -10; day++ {
				d.week(day, "FS harbour", "FS quay")
			}
			d.read(0, night("big", backup.Success, from(-9.5*24), sized(90), lasting(900), of("FS", "harbour")),
				night("a", backup.Failed, from(-9.4*24), of("FS", "harbour")), night("b", backup.Failed, from(-9.3*24), of("FS", "harbour")), night("c", backup.Failed, from(-9.2*24), of("FS", "harbour")))
			for day := -8; day <= 0; day++ {
				d.week(day, "FS quay")
			}
			d.sweep()
			var want []string
			for _, k := range risk.Kinds {
				if k.String() != name {
					want = append(want, fmt.Sprint(int(k)))
				}
			}
			equal(t, d.rows("SELECT kind FROM risks ORDER BY kind"), want...)
		})
	}
}

// A risk without owner is refused by the store itself: by whatever rule, and past the store too.
func TestApplyRisks_refuseWithoutAnOwner(t *testing.T) {
	d := newDesk(t)
	d.read(0, nights(10, 10, 10, 10, 10, 30)...)
	d.sweep()
	before := d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risks")
	careless := func(to risk.State) func(r risk.Risk, _ []risk.Risk) (risk.Change, error) {
		return func(r risk.Risk, _ []risk.Risk) (risk.Change, error) {
			owned := r
			owned.Assignee = "rosa" // a rule that was fooled
			c, err := risk.Close(owned, "done", "rosa", monday)
			c.Risk.State = to
			return c, err
		}
	}
	for _, s := range []risk.State{risk.New, risk.InProgress, risk.Closed, risk.Ignored} {
		if err := d.ApplyRisks(t.Context(), desk.Everything(), time.Time{}, []risk.ID{1}, careless(s)); !errors.Is(err, incident.ErrNotAllowed) {
			t.Errorf("to %s: %v", s, err)
		}
	}
	for what, err := range map[string]error{
		"status": d.desk.ProgressRisks(t.Context(), rosa, []int64{1}, "x"), "close": d.desk.CloseRisks(t.Context(), rosa, []int64{1}, "x"), "ignore": d.desk.IgnoreRisks(t.Context(), rosa, []int64{1}, "x"),
	} {
		if !errors.Is(err, incident.ErrNotAllowed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, set := range []string{"state = 2", "state = 3, resolved = 1", "solution = 'x'"} {
		if _, err := d.Store.write.ExecContext(t.Context(), "UPDATE risks SET "+set); err == nil {
			t.Errorf("%s: nothing refuses it", set)
		}
	}
	equal(t, d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risks"), before...)

	d.must(d.desk.AssignRisks(t.Context(), rosa, []int64{1}, "jan"))
	d.must(d.desk.ProgressRisks(t.Context(), rosa, []int64{1}, "asked the owner"))
	d.must(d.desk.CloseRisks(t.Context(), rosa, []int64{1}, "a new share; the schedule was changed"))
	equal(t, d.rows("SELECT state, assignee, solution, resolved FROM risks"), "3 | jan | a new share; the schedule was changed | "+millisOf(0)[0])
	d.must(d.desk.ReopenRisks(t.Context(), rosa, []int64{1}, "the wrong one"))
	d.must(d.desk.IgnoreRisks(t.Context(), rosa, []int64{1}, "every month"))
	equal(t, d.rows("SELECT state, resolved FROM risks"), "4 | "+millisOf(0)[0])
	equal(t, d.said("ignored"), "risk 1 by rosa: state: in_progress → ignored, reason: every month")
	d.verified()
}

func TestApplyRisks_isAllOrNothing(t *testing.T) {
	d := newDesk(t)
	d.read(0, append(nights(10, 10, 10, 10, 10), night("6", backup.Success, from(-5), sized(30), lasting(500)))...)
	if got := d.sweep(); got != "2 0" {
		t.Fatal(got)
	}
	d.must(d.desk.AssignRisks(t.Context(), rosa, []int64{1}, "jan"))
	before := d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risks")
	if err := d.desk.CloseRisks(t.Context(), rosa, []int64{1, 2}, "done"); err == nil {
		t.Error("the second has no owner")
	}
	if err := d.desk.AssignRisks(t.Context(), rosa, []int64{2, 99}, "jan"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
	equal(t, d.rows("SELECT *, (SELECT COUNT(*) FROM timeline) FROM risks"), before...)
}

func TestRisks_resolvedAreNotFoundByTheSame(t *testing.T) {
	d := newDesk(t)
	d.read(0, nights(10, 10, 10, 10, 10, 30)...)
	d.sweep()
	d.must(d.desk.AssignRisks(t.Context(), rosa, []int64{1}, "jan"))
	d.must(d.desk.CloseRisks(t.Context(), rosa, []int64{1}, "a new share"))
	outside(t, d.path, "DELETE FROM risk_marks")
	if got := d.sweep(); got != "0 0" {
		t.Errorf("looked at again: %s", got)
	}
	for i := 1; i < 12; i++ {
		d.now = at(24 * float64(i))
		d.read(24*float64(i), night(fmt.Sprint("later ", i), backup.Success, from(24*float64(i)-6), sized(30)))
		if got := d.sweep(); got != "0 0" {
			t.Errorf("night %d: %s", i, got)
		}
	}
	d.now = at(24 * 13)
	d.read(24*13, night("small", backup.Success, from(24*13-6), sized(10)))
	if got := d.sweep(); got != "1 0" {
		t.Errorf("what used to be usual no longer is: %s", got)
	}
}

func TestRisks_detail(t *testing.T) {
	d := newDesk(t)
	d.read(0, nights(10, 10, 10, 10, 10, 30, 10, 10)...)
	d.sweep()
	detail, err := d.desk.Risk(t.Context(), rosa, 1)
	d.must(err)
	if len(detail.Runs) != 6 || detail.Runs[5].ID != 6 || len(detail.Later) != 2 || detail.Later[0].ID != 7 || detail.Risk.Runs[5].Role != risk.Off {
		t.Errorf("%d runs, %d later", len(detail.Runs), len(detail.Later))
	}
	if _, err := d.desk.Risk(t.Context(), rosa, 9); !errors.Is(err, desk.ErrNotFound) {
		t.Error(err)
	}
}

func TestRiskIDs(t *testing.T) {
	d := newDesk(t)
	d.read(0, append(nights(10, 10, 10, 10, 10), night("6", backup.Success, from(-5), sized(30), lasting(500)),
		night("7", backup.Failed, from(-4), says("no space left")), night("8", backup.Failed, from(-3), says("no space left")), night("9", backup.Failed, from(-2), says("no space left")))...)
	if got := d.sweep(); got != "3 0" {
		t.Fatal(got)
	}
	d.must(d.desk.AssignRisks(t.Context(), rosa, []int64{2, 3}, "jan"))
	d.must(d.desk.IgnoreRisks(t.Context(), rosa, []int64{3}, "known"))
	for _, tt := range []struct {
		q    desk.RiskQuery
		want string
	}{
		{desk.RiskQuery{}, "[1 2]"},
		{desk.RiskQuery{Resolved: true, Desc: true}, "[3 2 1]"},
		{desk.RiskQuery{Kinds: []risk.Kind{risk.Duration, risk.Recurrence}, Resolved: true}, "[2 3]"},
		{desk.RiskQuery{States: []risk.State{risk.Ignored}, Resolved: true}, "[3]"},
		{desk.RiskQuery{Assignee: "jan"}, "[2]"},
		{desk.RiskQuery{Nobody: true}, "[1]"},
		{desk.RiskQuery{Tools: []string{"NetBackup"}}, "[]"},
		{desk.RiskQuery{Routines: []string{"FS-DAILY"}, Clients: []string{"harbour"}, Sort: "kind", Desc: true, Limit: 1}, "[2]"},
		{desk.RiskQuery{Text: "capac", Resolved: true}, "[3]"},
		{desk.RiskQuery{Text: "harbour 2"}, "[2]"},
		{desk.RiskQuery{Text: "%"}, "[]"},
		{desk.RiskQuery{Routine: 1}, "[1 2]"},
		{desk.RiskQuery{OpenFrom: at(-1), OpenTo: at(0), Resolved: true}, "[]"},
		{desk.RiskQuery{OpenFrom: at(1), OpenTo: at(2), Resolved: true}, "[1 2]"},
	} {
		ids, err := d.desk.RiskIDs(t.Context(), rosa, tt.q)
		d.must(err)
		if got := fmt.Sprint(ids); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.q, got, tt.want)
		}
		rows, err := d.desk.RiskRows(t.Context(), rosa, ids)
		d.must(err)
		for i, r := range rows {
			if int64(r.ID) != ids[i] {
				t.Errorf("row %d is that of %d", i, r.ID)
			}
		}
	}
	for _, sort := range append(desk.RiskSorts, "nonsense") {
		_, err := d.desk.RiskIDs(t.Context(), rosa, desk.RiskQuery{Sort: sort})
		if (err != nil) != (sort == "nonsense") {
			t.Errorf("sorted by %s: %v", sort, err)
		}
	}
	choices, err := d.desk.RiskChoices(t.Context(), rosa)
	d.must(err)
	if got := fmt.Sprint(choices); got != "{[Veeam] [FS-DAILY] [harbour] [jan]}" {
		t.Error(got)
	}
	if f, err := d.desk.Figures(t.Context(), rosa); f.Risks != 2 || err != nil {
		t.Errorf("%d open, %v", f.Risks, err)
	}
}

// A routine that a person disables is a risk at once, told once; its runs do not end it, enabling is noted on it.
func TestRisks_disabled(t *testing.T) {
	d := newDesk(t)
	for day := range 3 {
		d.week(day, "FS harbour", "FS quay")
	}
	d.sweep()
	set := func(disabled bool) {
		t.Helper()
		_, err := d.desk.ChangeRoutines(t.Context(), rosa, []int64{1}, "moved away", func(s *desk.RoutineSettings) { s.Disabled = disabled })
		d.must(err)
	}
	set(true)
	if got := d.sweep(); got != "1 0" {
		t.Fatalf("disabled: %s, %q", got, d.rows(riskFacts))
	}
	if got := d.sweep(); got != "0 0" {
		t.Errorf("swept again: %s", got)
	}
	equal(t, d.rows("SELECT kind, policy, client, routine IS NULL, value FROM risks"), "3 | FS | harbour | 1 | 1")
	d.week(3, "FS harbour", "FS quay")
	if got := d.sweep(); got != "0 0" {
		t.Errorf("it ran although disabled: %s", got)
	}
	detail, err := d.desk.Risk(t.Context(), rosa, 1)
	d.must(err)
	if len(detail.Starts) != 4 || fmt.Sprint(detail.Routines) != "[1]" || len(detail.Runs) != 1 {
		t.Errorf("%d starts, routines %v, %d runs", len(detail.Starts), detail.Routines, len(detail.Runs))
	}
	_, err = d.desk.ChangeRoutines(t.Context(), rosa, []int64{2}, "another", func(s *desk.RoutineSettings) { s.Vital = backup.Yes })
	d.must(err)
	if got := d.sweep(); got != "0 0" {
		t.Errorf("another routine was changed: %s", got)
	}
	set(false)
	if got := d.sweep(); got != "0 1" {
		t.Errorf("enabled: %s", got)
	}
	equal(t, d.said("enabled again"), "risk 1 by system: ")
	set(true)
	if got := d.sweep(); got != "0 1" {
		t.Errorf("disabled anew while the risk is open: %s", got)
	}
	d.verified()
}

// Where the analysis is off for a routine, disabling it is none of its business.
func TestRisks_disabledWithTheAnalysisOff(t *testing.T) {
	d := newDesk(t)
	d.week(0, "FS harbour")
	_, err := d.desk.ChangeRoutines(t.Context(), rosa, []int64{1}, "moved away", func(s *desk.RoutineSettings) { s.Disabled, s.Off.Policy = true, true })
	d.must(err)
	if got := d.sweep(); got != "0 0" {
		t.Errorf("swept %s", got)
	}
}
