package data

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/panel"
	"backstop/app/people"
	"backstop/app/risk"
)

// fill has a source of a branch report what leaves rows wherever a source can leave some. Everything of it bears the word.
func (d *aDesk) fill(word string) {
	d.t.Helper()
	d.source = d.addSource(backup.Source{Name: word + " exports", Company: word, Branch: word, Rhythm: backup.FixedRhythm, Every: 24 * time.Hour})
	of := func(change ...func(*backup.Execution)) []func(*backup.Execution) {
		return append(change, func(e *backup.Execution) {
			e.Instance, e.Routine, e.Client, e.Tool, e.Code = word+"-vault", word+"-"+e.Routine, word+"-"+e.Client, word+" tool", "7"+word
		})
	}
	size := func(n int64) func(*backup.Execution) { return func(e *backup.Execution) { e.Bytes = backup.N(n) } }
	var usual []any
	for i := range 12 {
		usual = append(usual, night(fmt.Sprintf("%s-%d", word, i), backup.Success, of(from(float64(-24*(14-i))), size(1000+int64(i)))...))
	}
	d.read(-30, append(usual, &backup.BadRecord{Line: 99, Reason: word + " line that nobody understands"})...)
	failed := night(word+"-20", backup.Failed, of(says(word+" cannot be reached"), from(-30))...)
	failed.Log = word + " log"
	d.read(-20, failed, night(word+"-21", backup.Partial, of(says(word+" skipped files"), from(-29))...), night(word+"-22", backup.Running, of(from(-28))...))
	d.read(-4, night(word+"-23", backup.Success, of(from(-6), size(9000))...))
	_, err := d.desk.Intake(desk.System(), desk.ImportRules{}).Reject(d.t.Context(), d.export(word+" riddle.csv", at(-1)).File, word+": no format claims it", nil)
	d.must(err)
	d.now = at(48)
	_, err = d.desk.Sweep(d.t.Context(), desk.System())
	d.must(err)
}

// both is a desk of two branches, and alone one that has only the first of them: what is seen through the first must be all there is alone.
func both(t *testing.T) (both, alone *aDesk) {
	t.Helper()
	desks := make([]*aDesk, 2)
	for i := range desks {
		d := openDesk(t, filepath.Join(t.TempDir(), "desk.db"))
		d.fill("alpha")
		if i == 0 {
			d.fill("zulu")
		}
		desks[i] = d
	}
	return desks[0], desks[1]
}

// writes take a scope and change something: they are tested for themselves.
var writes = []string{"Apply", "ApplyRisks", "ChangeRoutines"}

// questions are what each kind of argument is asked with. A new kind of question needs some here.
func questions() map[reflect.Type][]any {
	var some []int64
	for id := range int64(36) {
		some = append(some, id+1)
	}
	period := figure.Period{From: at(-24 * 20), To: at(48), Zone: time.UTC}
	calendar := panel.Calendar{Zone: time.UTC}
	incidents := []any{desk.IncidentQuery{}, desk.IncidentQuery{Text: "zulu"}, desk.IncidentQuery{Companies: []string{"zulu"}}, desk.IncidentQuery{Text: "cannot", Limit: 20}}
	for _, by := range desk.IncidentSorts {
		incidents = append(incidents, desk.IncidentQuery{Sort: by, Limit: 30, Desc: true})
	}
	runs := []any{desk.ExecutionQuery{}, desk.ExecutionQuery{Text: "zulu", Limit: 9}, desk.ExecutionQuery{Outcomes: []backup.Outcome{backup.Failed}, Limit: 9}, desk.ExecutionQuery{Tools: []string{"zulu tool"}}, desk.ExecutionQuery{Text: "reached", Limit: 5}}
	for _, by := range desk.ExecutionSorts {
		runs = append(runs, desk.ExecutionQuery{Sort: by, Limit: 30})
	}
	return map[reflect.Type][]any{
		reflect.TypeFor[[]int64]():              {some},
		reflect.TypeFor[[]incident.ID]():        each2[incident.ID](some),
		reflect.TypeFor[[]risk.ID]():            each2[risk.ID](some),
		reflect.TypeFor[incident.ID]():          singles[incident.ID](some),
		reflect.TypeFor[incident.ExecutionID](): singles[incident.ExecutionID](some),
		reflect.TypeFor[risk.ID]():              singles[risk.ID](some),
		reflect.TypeFor[int64]():                singles[int64](some[:12]),
		reflect.TypeFor[desk.IntakeRules](): {desk.IntakeRules{
			Policy: func(backup.Execution, desk.ToolSettings, desk.RoutineSettings) incident.Policy {
				return incident.Policy{}
			},
			Awaits: func(desk.RoutineSettings, time.Time) bool { return false },
		}},
		reflect.TypeFor[int]():                 {50},
		reflect.TypeFor[time.Time]():           {at(-24 * 20)},
		reflect.TypeFor[desk.IncidentQuery]():  incidents,
		reflect.TypeFor[desk.ExecutionQuery](): runs,
		reflect.TypeFor[desk.FactQuery]():      {desk.FactQuery{Period: period}},
		reflect.TypeFor[desk.FileQuery]():      {desk.FileQuery{}, desk.FileQuery{Source: 2}, desk.FileQuery{Status: backup.Rejected}},
		reflect.TypeFor[desk.KeptQuery]():      {desk.KeptQuery{}, desk.KeptQuery{Source: 2}},
		reflect.TypeFor[desk.PanelQuery]():     {desk.PanelQuery{Calendar: calendar, First: calendar.Of(at(-24 * 20)), Last: calendar.Of(at(48)), Group: "branch"}},
		reflect.TypeFor[desk.RoutineQuery]():   {desk.RoutineQuery{}, desk.RoutineQuery{Text: "zulu"}, desk.RoutineQuery{Sort: "last", Limit: 9}},
		reflect.TypeFor[desk.RiskQuery]():      {desk.RiskQuery{Resolved: true}, desk.RiskQuery{Text: "zulu"}},
		reflect.TypeFor[desk.SessionQuery]():   {desk.SessionQuery{Any: true, Limit: 99}, desk.SessionQuery{Client: "zulu-harbour", Any: true, Limit: 9}, desk.SessionQuery{Text: "zulu", Any: true, Limit: 9}},
		reflect.TypeFor[desk.TimelineQuery]():  {desk.TimelineQuery{}, desk.TimelineQuery{Limit: 5}},
		reflect.TypeFor[desk.EntryQuery]():     {desk.EntryQuery{From: at(-9999), To: at(9999)}},
	}
}

func singles[T ~int64](ids []int64) []any {
	var all []any
	for _, id := range ids {
		all = append(all, T(id))
	}
	return all
}

// each2 is the whole list, and each alone.
func each2[T ~int64](ids []int64) []any {
	all := []any{}
	for _, id := range ids {
		all = append(all, []T{T(id)})
	}
	return all
}

// A method of the store that takes a scope gives through a branch what it would give if there were nothing else. It asks every one there
// is: a new read cannot be forgotten.
func TestScope_noReadReachesPastIt(t *testing.T) {
	two, one := both(t)
	seen := desk.Through([]desk.Window{{Branch: 1}})
	two.reads(func(name string, args []any) {
		narrow := answer(t, two.Store, name, seen, args)
		if want := answer(t, one.Store, name, desk.Everything(), args); narrow != want {
			at := 0
			for at < min(len(narrow), len(want)) && narrow[at] == want[at] {
				at++
			}
			t.Errorf("%s(%.80v) through a branch: …%.200s\nwant what there is without the other: …%.200s", name, args, narrow[max(at-80, 0):], want[max(at-80, 0):])
		}
		if strings.Contains(answers(narrow, args), "zulu") {
			t.Errorf("%s(%.80v) tells of another branch: %.800s", name, args, narrow)
		}
		if nothing := answer(t, two.Store, name, desk.Scope{}, args); strings.Contains(answers(nothing, args), "alpha") {
			t.Errorf("%s(%.80v) tells something to whom nobody gave anything: %.800s", name, args, nothing)
		}
	})
}

// reads calls ask with each read of the store that takes a scope, and with each way to ask it.
func (d *aDesk) reads(ask func(name string, args []any)) {
	d.t.Helper()
	of, asked := reflect.TypeFor[desk.Store](), questions()
	for i := range of.NumMethod() {
		m := of.Method(i)
		if m.Type.NumIn() < 2 || m.Type.In(1) != reflect.TypeFor[desk.Scope]() || slices.Contains(writes, m.Name) {
			continue
		}
		for _, args := range ways(d.t, m, asked) {
			ask(m.Name, args)
		}
	}
}

// answers is an answer as far as it does not repeat the question.
func answers(said string, args []any) string {
	for _, a := range args {
		if strings.Contains(fmt.Sprint(a), "zulu") {
			return ""
		}
	}
	return said
}

// ways are all combinations of arguments behind context and scope; a function to call is left to answer.
func ways(t testing.TB, m reflect.Method, asked map[reflect.Type][]any) [][]any {
	t.Helper()
	all := [][]any{nil}
	for i := 2; i < m.Type.NumIn(); i++ {
		in := m.Type.In(i)
		choices, known := asked[in]
		if in.Kind() == reflect.Func {
			choices, known = []any{nil}, true
		}
		if !known {
			t.Errorf("%s: say what to ask it with: %s", m.Name, in)
			return nil
		}
		var longer [][]any
		for _, a := range all {
			for _, c := range choices {
				longer = append(longer, append(slices.Clone(a), c))
			}
		}
		all = longer
	}
	return all
}

// answer is all that a method gives, as text.
func answer(t testing.TB, s *Store, name string, scope desk.Scope, args []any) string {
	t.Helper()
	m := reflect.ValueOf(s).MethodByName(name)
	var said []any
	in := []reflect.Value{reflect.ValueOf(t.Context()), reflect.ValueOf(scope)}
	for i, a := range args {
		if a == nil {
			in = append(in, reflect.MakeFunc(m.Type().In(i+2), func(got []reflect.Value) []reflect.Value {
				for _, g := range got {
					said = append(said, g.Interface())
				}
				return nil
			}))
			continue
		}
		in = append(in, reflect.ValueOf(a))
	}
	for _, out := range m.Call(in) {
		if out.Kind() == reflect.Func {
			for v, err := range out.Seq2() {
				said = append(said, v.Interface(), plainError(err.Interface()))
			}
			continue
		}
		said = append(said, plainError(out.Interface()))
	}
	text, err := json.Marshal(said)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

func plainError(v any) any {
	switch v := v.(type) {
	case error:
		return v.Error()
	case []desk.KeptFile:
		for i := range v {
			v[i].Reading = nil // no fact
		}
		return fmt.Sprintf("%+v", v)
	}
	return v
}

// Every table with something of a source is covered; a new one is noticed.
func TestScope_coversEveryTable(t *testing.T) {
	d := newDesk(t)
	// Text finds ids alone, which are looked up in what is covered.
	names := map[string]bool{"incidents_text": true, "placings": true, "moved_from": true, "users": true, "user_branches": true, "branches": true, "locations": true, "location_routines": true, "location_clients": true, "location_users": true}
	for _, v := range covered(desk.Through([]desk.Window{{Branch: 1}})) {
		names[v.table] = true
	}
	for _, row := range d.rows(`SELECT DISTINCT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name IN ('source', 'routine', 'execution', 'incident', 'file', 'risk', 'question', 'client', 'host')`) {
		if !names[row] {
			t.Errorf("%s holds what belongs to a source, and no scope covers it", row)
		}
	}
}

// What a person sees is what they were given, and what they may change is no more.
func TestScope_ofAnOperator(t *testing.T) {
	d, _ := both(t)
	admin := d.users()
	jan := d.hired(admin, "Jan", people.Operator)
	count := func(a desk.Actor) int {
		t.Helper()
		ids, err := d.desk.IncidentIDs(t.Context(), a, desk.IncidentQuery{})
		d.must(err)
		return len(ids)
	}
	all := count(admin)
	if n := count(jan.Actor); n != all {
		t.Errorf("a new Operator sees %d of %d", n, all)
	}
	d.must(d.desk.GiveSight(t.Context(), admin, jan.User, desk.Sight{Branches: []int64{1}}))
	of, err := d.desk.IncidentIDs(t.Context(), admin, desk.IncidentQuery{Companies: []string{"alpha"}})
	d.must(err)
	if n := count(jan.Actor); n != len(of) || n == all {
		t.Errorf("an Operator of a branch with %d of %d incidents sees %d", len(of), all, n)
	}
	equal(t, d.said("branch given"), "user 3 by Rosa: name: Jan, branch: alpha / alpha")
	theirs, err := d.desk.IncidentIDs(t.Context(), admin, desk.IncidentQuery{Companies: []string{"zulu"}, Causes: []incident.Cause{incident.CauseFailed, incident.CausePartial}})
	d.must(err)
	own, err := d.desk.IncidentIDs(t.Context(), jan.Actor, desk.IncidentQuery{Causes: []incident.Cause{incident.CauseFailed, incident.CausePartial}})
	d.must(err)
	if err := d.desk.Note(t.Context(), jan.Actor, theirs[:1], "mine?"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("a note on another branch's incident: %v", err)
	}
	if err := d.desk.Merge(t.Context(), jan.Actor, desk.MergeRequest{Into: own[0], From: theirs[:1]}); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("merging another branch's incident: %v", err)
	}
	d.must(d.desk.Merge(t.Context(), admin, desk.MergeRequest{Into: own[0], From: theirs[:1]}))
	account := incident.Account{Category: "Network", Description: "x", Solution: "y"}
	if err := d.desk.Close(t.Context(), jan.Actor, own[:1], incident.ClosedSuccess, account, nil); !errors.Is(err, incident.ErrNotAllowed) || !strings.Contains(err.Error(), "outside what you may see") {
		t.Errorf("closing a group that holds another branch's incident: %v", err)
	}
	d.must(d.desk.Close(t.Context(), admin, own[:1], incident.ClosedSuccess, account, nil))
}

// A Client sees the routines and clients of their virtual locations.
func TestScope_ofAClient(t *testing.T) {
	d, _ := both(t)
	admin := d.users()
	d.source, _ = d.sourceOf("alpha exports")
	d.read(-3, night("90", backup.Failed, under("alpha-vault"), func(e *backup.Execution) { e.Client, e.Tool = "buoy", "alpha tool" }))
	eva := d.hired(admin, "Eva", people.Client)
	clients := func() []string {
		t.Helper()
		c, err := d.desk.ExecutionChoices(t.Context(), eva.Actor)
		d.must(err)
		return c.Clients
	}
	if got := clients(); len(got) > 0 {
		t.Errorf("a Client without a virtual location sees %v", got)
	}
	jan := d.hired(admin, "Jan", people.Operator)
	if err := d.desk.SaveLocation(t.Context(), admin, desk.Location{Name: "Quay", Branch: 1, Clients: []string{"BUOY"}, Users: []people.ID{jan.User.ID}}); err == nil {
		t.Error("an Operator in a virtual location")
	}
	if err := d.desk.SaveLocation(t.Context(), admin, desk.Location{Name: "Quay", Branch: 1}); err == nil {
		t.Error("a virtual location that shows everything")
	}
	d.must(d.desk.SaveLocation(t.Context(), admin, desk.Location{Name: "Quay", Branch: 1, Clients: []string{"BUOY"}, Users: []people.ID{eva.User.ID}}))
	equal(t, clients(), "buoy")
	ids, err := d.desk.ExecutionIDs(t.Context(), eva.Actor, desk.ExecutionQuery{})
	if err != nil || len(ids) != 1 {
		t.Errorf("a Client sees %v, %v", ids, err)
	}
	all, err := d.desk.Locations(t.Context(), admin)
	d.must(err)
	d.must(d.desk.RemoveLocation(t.Context(), admin, all[0].ID, all[0].Name))
	if got := clients(); len(got) > 0 {
		t.Errorf("a Client whose virtual location is gone sees %v", got)
	}
	equal(t, d.said("location added"), "user 0 by Rosa: location: Quay, routines: , clients: BUOY, users: Eva")
}

func (d *aDesk) sourceOf(name string) (backup.Source, bool) {
	all, err := d.Sources(d.t.Context())
	d.must(err)
	i := slices.IndexFunc(all, func(s backup.Source) bool { return s.Name == name })
	return all[i], i >= 0
}

// users makes Rosa the first user.
func (d *aDesk) users() desk.Actor {
	d.t.Helper()
	_, err := d.desk.FirstUser(d.t.Context(), rosa, people.User{Name: "Rosa", Email: "rosa@meadow.example"}, own)
	d.must(err)
	d.hired(rosa, "Max", people.Manager)
	in, err := d.desk.SignIn(d.t.Context(), "Rosa", own)
	d.must(err)
	return in.Actor
}

// hired is a new user who has signed in with a password of their own.
func (d *aDesk) hired(by desk.Actor, name string, r people.Role) desk.SignedIn {
	d.t.Helper()
	_, first, err := d.desk.AddUser(d.t.Context(), by, people.User{Name: name, Email: strings.ToLower(name) + "@meadow.example", Role: r})
	d.must(err)
	in, err := d.desk.SignIn(d.t.Context(), name, first)
	d.must(err)
	d.must(d.desk.ChangePassword(d.t.Context(), in.Actor, first, own))
	return in
}

// A scheduled report is made from all there is. What it is about is changed by those who see all of that.
func TestScope_ofScheduledReports(t *testing.T) {
	d, _ := both(t)
	admin := d.users()
	jan := d.hired(admin, "Jan", people.Operator)
	d.must(d.desk.SaveView(t.Context(), admin, desk.View{Name: "Alpha", Query: desk.IncidentQuery{Companies: []string{"alpha"}}}))
	d.must(d.desk.SaveView(t.Context(), admin, desk.View{Name: "Zulu", Query: desk.IncidentQuery{Companies: []string{"zulu"}}}))
	report := desk.Template{Name: "Morning", Span: figure.SpanDay, Scope: desk.ReportScope{View: "Alpha"}}
	d.must(d.desk.SaveTemplate(t.Context(), admin, report))
	daily := desk.Schedule{Template: "Morning", Times: figure.Times{Rhythm: figure.Daily, Hour: 7}, Zone: "UTC", Folder: t.TempDir(), Kinds: []string{".html"}}
	if err := d.desk.SaveSchedule(t.Context(), jan.Actor, daily); !errors.Is(err, desk.ErrNoRight) {
		t.Errorf("an Operator schedules a report: %v", err)
	}
	d.must(d.desk.SaveSchedule(t.Context(), admin, daily))
	wide := desk.Template{Name: " MORNING ", Span: figure.SpanDay}
	changes := map[string]func(desk.Actor) error{
		"the template":          func(a desk.Actor) error { return d.desk.SaveTemplate(t.Context(), a, wide) },
		"the template's name":   func(a desk.Actor) error { return d.desk.RenameTemplate(t.Context(), a, "Morning", "Evening") },
		"the view":              func(a desk.Actor) error { return d.desk.SaveView(t.Context(), a, desk.View{Name: " alpha"}) },
		"that there is a view":  func(a desk.Actor) error { return d.desk.RemoveView(t.Context(), a, "Alpha") },
		"another view":          func(a desk.Actor) error { return d.desk.SaveView(t.Context(), a, desk.View{Name: "Zulu"}) },
		"another template":      func(a desk.Actor) error { return d.desk.SaveTemplate(t.Context(), a, desk.Template{Name: "Noon"}) },
		"that there is another": func(a desk.Actor) error { return d.desk.RemoveTemplate(t.Context(), a, "Noon") },
	}
	d.must(d.desk.GiveSight(t.Context(), admin, jan.User, desk.Sight{Branches: []int64{1}}))
	for _, what := range []string{"the template", "the template's name", "the view", "that there is a view"} {
		if err := changes[what](jan.Actor); !errors.Is(err, desk.ErrNoRight) || !strings.Contains(err.Error(), "somebody who sees everything") {
			t.Errorf("an Operator of a branch changes %s: %v", what, err)
		}
	}
	for _, what := range []string{"another view", "another template", "that there is another"} {
		d.must(changes[what](jan.Actor))
	}
	d.must(d.desk.GiveSight(t.Context(), admin, jan.User, desk.Sight{Everything: true}))
	for _, what := range []string{"the template", "the view"} {
		d.must(changes[what](jan.Actor))
	}
}
