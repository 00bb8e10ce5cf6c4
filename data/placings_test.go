package data

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/people"
)

// inLisbon is a desk with a source of Lisbon and a branch Finance beside it.
func inLisbon(t *testing.T) *aDesk {
	t.Helper()
	d := newDesk(t)
	d.source = d.addSource(backup.Source{Name: "exports", Company: "Meadow", Branch: "Lisbon"})
	d.must(d.desk.AddBranch(t.Context(), rosa, "Meadow", "Finance"))
	return d
}

func (d *aDesk) branch(name string) int64 {
	d.t.Helper()
	all, err := d.Branches(d.t.Context())
	d.must(err)
	for _, b := range all {
		if b.Name == name {
			return b.ID
		}
	}
	d.t.Fatalf("no branch %s in %v", name, all)
	return 0
}

// place has the rules say only this.
func (d *aDesk) place(rules ...backup.Placing) {
	d.t.Helper()
	now, err := d.Placings(d.t.Context())
	d.must(err)
	d.must(d.desk.SavePlacings(d.t.Context(), rosa, now.Rules, rules))
}

// belongs says of each execution, by its session, which branch it is of.
func (d *aDesk) belongs() string {
	d.t.Helper()
	var said []string
	for e, err := range d.Executions(d.t.Context(), desk.Everything(), desk.ExecutionQuery{}) {
		d.must(err)
		said = append(said, e.Session+" "+e.Branch)
	}
	return strings.Join(said, ", ")
}

// Rules place what is imported for the first time; what is known moves when somebody asks, and can go back.
func TestPlacings_atImportAndOnRequest(t *testing.T) {
	d := inLisbon(t)
	d.read(-9, night("1", backup.Success, of("FIN-SQL", "quay"), from(-20)), night("2", backup.Failed, of("FS-DAILY", "harbour"), from(-19)))
	d.place(backup.Placing{Pattern: "fin-*", Branch: d.branch("Finance")})
	d.read(-5, night("3", backup.Failed, of("FIN-MAIL", "pier"), from(-18)), night("4", backup.Failed, of("FIN-SQL", "quay"), from(-17)))
	equal(t, []string{d.belongs()}, "1 Lisbon, 2 Lisbon, 3 Finance, 4 Lisbon")

	moves, err := d.desk.PreviewMove(t.Context(), rosa)
	d.must(err)
	one := []desk.Moved{{From: desk.Branch{Company: "Meadow", Name: "Lisbon"}, To: desk.Branch{Company: "Meadow", Name: "Finance"}, Routines: 1, Executions: 2, Incidents: 1}}
	if !reflect.DeepEqual(moves, one) {
		t.Errorf("would move %+v", moves)
	}
	equal(t, []string{d.belongs()}, "1 Lisbon, 2 Lisbon, 3 Finance, 4 Lisbon")
	moves, err = d.desk.MoveRoutines(t.Context(), rosa)
	d.must(err)
	if !reflect.DeepEqual(moves, one) {
		t.Errorf("moved %+v", moves)
	}
	equal(t, []string{d.belongs()}, "1 Finance, 2 Lisbon, 3 Finance, 4 Finance")
	incidents, err := d.desk.IncidentIDs(t.Context(), rosa, desk.IncidentQuery{Branches: []string{"Finance"}})
	d.must(err)
	equal(t, []string{fmt.Sprint(incidents)}, "[2 3]")
	panels, err := d.PanelRoutines(t.Context(), desk.Everything(), questions()[reflect.TypeFor[desk.PanelQuery]()][0].(desk.PanelQuery))
	d.must(err)
	var groups []string
	for _, p := range panels {
		groups = append(groups, p.Branch+" "+p.Name)
	}
	equal(t, groups, "Finance FIN-MAIL", "Finance FIN-SQL", "Lisbon FS-DAILY")
	choices, err := d.desk.Choices(t.Context(), rosa)
	d.must(err)
	equal(t, choices.Branches, "Finance", "Lisbon")
	state, err := d.desk.Placings(t.Context(), rosa)
	d.must(err)
	if state.Elsewhere != 0 || state.Moved != 1 {
		t.Errorf("after the move: %+v", state)
	}

	_, err = d.desk.MoveBack(t.Context(), rosa)
	d.must(err)
	equal(t, []string{d.belongs()}, "1 Lisbon, 2 Lisbon, 3 Finance, 4 Lisbon")
	if state, err = d.desk.Placings(t.Context(), rosa); err != nil || state.Elsewhere != 1 || state.Moved != 0 {
		t.Errorf("moved back: %+v, %v", state, err)
	}
	equal(t, d.said("rules changed"), "user 0 by rosa: rules: none → routine fin-*: Meadow / Finance")
	equal(t, d.said("routines moved"), "user 0 by rosa: 1 routines, 2 executions, 1 incidents: Meadow / Lisbon → Meadow / Finance")
	equal(t, d.said("routines moved back"), "user 0 by rosa: 1 routines, 2 executions, 1 incidents: Meadow / Finance → Meadow / Lisbon")
}

func TestPlacings_whatIsRefused(t *testing.T) {
	d := inLisbon(t)
	rule := backup.Placing{Client: true, Pattern: "db-*", Branch: d.branch("Finance")}
	d.place(rule)
	for _, tt := range []struct {
		before, rules []backup.Placing
		want          string
	}{
		{nil, nil, "meanwhile"},
		{[]backup.Placing{rule}, []backup.Placing{rule, {Client: true, Pattern: " DB-* ", Branch: 1}}, "already"},
		{[]backup.Placing{rule}, []backup.Placing{{Pattern: "*", Branch: 1}}, "every routine"},
	} {
		if err := d.desk.SavePlacings(t.Context(), rosa, tt.before, tt.rules); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v in place of %v: %v, want %q", tt.rules, tt.before, err, tt.want)
		}
	}
	if moved, err := d.desk.MoveBack(t.Context(), rosa); err != nil || len(moved) > 0 {
		t.Errorf("where nothing was moved, back goes %v, %v", moved, err)
	}
	equal(t, d.said("routines moved back"))
}

// A source's branch may be another than that of a routine that it reports: whoever sees one branch sees its routines, and nothing of the
// other's, by every read of the store.
func TestScope_followsTheRules(t *testing.T) {
	d := openDesk(t, t.TempDir()+"/desk.db")
	d.fill("alpha")
	alpha := d.source
	d.fill("zulu")
	d.place(backup.Placing{Pattern: "zulu-*", Branch: d.branch("zulu")}, backup.Placing{Client: true, Pattern: "ALPHA-*", Branch: d.branch("alpha")})
	guest := func(source backup.Source, word string) {
		d.source = source
		d.read(40, night(word+"-90", backup.Failed, of(word+"-GUEST", word+"-mole"), from(39), says(word+" slipped"), under(word+"-guest"), func(e *backup.Execution) { e.Tool = word + " tool" }))
	}
	guest(d.source, "alpha") // alpha's, from zulu's source
	guest(alpha, "zulu")
	_, err := d.desk.MoveRoutines(t.Context(), rosa)
	d.must(err)
	d.reads(func(name string, args []any) {
		if narrow := answer(t, d.Store, name, desk.Through([]desk.Window{{Branch: d.branch("alpha")}}), args); strings.Contains(answers(narrow, args), "zulu") {
			t.Errorf("%s(%.80v) tells of another branch: %.900s", name, args, narrow)
		}
	})
	seen, everything := desk.Through([]desk.Window{{Branch: d.branch("alpha")}}), desk.Everything()
	mine, err := d.IncidentIDs(t.Context(), seen, desk.IncidentQuery{})
	d.must(err)
	all, err := d.IncidentIDs(t.Context(), everything, desk.IncidentQuery{Branches: []string{"alpha"}})
	d.must(err)
	guests, err := d.IncidentIDs(t.Context(), seen, desk.IncidentQuery{Routines: []string{"alpha-GUEST"}})
	d.must(err)
	if !reflect.DeepEqual(mine, all) || len(guests) != 1 {
		t.Errorf("seen are %v, of the branch %v, of them placed %v", mine, all, guests)
	}
	detail, err := d.Incident(t.Context(), seen, incident.ID(guests[0]))
	if err != nil || detail.Branch != "alpha" || detail.Source.ID != 0 || detail.File.Path != "" || detail.Execution == nil {
		t.Errorf("a placed incident: %+v, %v", detail, err)
	}
}

// Sources of two branches report a routine of the same name. Each branch sees its own runs of it, and what they come to.
func TestScope_ofASharedRoutine(t *testing.T) {
	d := inLisbon(t)
	d.read(-20, night("1", backup.Success, from(-30)), night("2", backup.Failed, from(-29)))
	d.source = d.addSource(backup.Source{Name: "porto exports", Company: "Meadow", Branch: "Porto"})
	d.read(-10, night("3", backup.Partial, from(-12), under("porto"), says("porto skipped")))
	admin := d.users()
	jan := d.hired(admin, "Jan", people.Operator)
	for _, tt := range []struct {
		branch      string
		runs        int
		outcome     backup.Outcome
		first, last float64
		incidents   string
	}{{"Lisbon", 2, backup.Failed, -30, -29, "[1]"}, {"Porto", 1, backup.Partial, -12, -12, "[2]"}} {
		d.must(d.desk.GiveSight(t.Context(), admin, jan.User, desk.Sight{Branches: []int64{d.branch(tt.branch)}}))
		rows, err := d.desk.RoutineRows(t.Context(), jan.Actor, []int64{1})
		if err != nil || len(rows) != 1 {
			t.Fatalf("%s: %v, %v", tt.branch, rows, err)
		}
		if r := rows[0]; r.Runs != tt.runs || r.LastOutcome != tt.outcome || !r.First.Equal(at(tt.first)) || !r.Last.Equal(at(tt.last)) {
			t.Errorf("%s sees %+v", tt.branch, r)
		}
		ids, err := d.desk.IncidentIDs(t.Context(), jan.Actor, desk.IncidentQuery{})
		d.must(err)
		equal(t, []string{fmt.Sprint(ids)}, tt.incidents)
	}
}
