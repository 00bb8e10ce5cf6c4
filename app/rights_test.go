package main

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/people"
)

// whoMay says of each use case of the desk who may ask for it. A use case that stands nowhere here, or in two places, fails the test.
var whoMay = map[string]string{
	"Admin Operator Manager Client": `Execution ExecutionIDs ExecutionRows ExecutionChoices Executions ExecutionLog Log PanelRoutines PanelCells
		ChangePassword SignOut Role`,
	"Admin Operator Manager": `IncidentIDs IncidentRows Incident Incidents Figures Choices Timeline TimelineChoices PeriodFigures Within HandOver PanelMissed
		DuplicatesOfTheDay Candidates Sessions SuggestPairs RiskIDs RiskRows Risk Risks RiskChoices
		RoutineIDs RoutineRows RoutineChoices RoutineSettings OfferedOf ProposeExpectations ProposeRhythm Explanations DueTimes Calendars ToolSettings
		Ignored PreviewIgnore Sources Files Questions StaleFiles Statuses Mappings Aliases SuggestAliases Categories Teams Draft Handlers
		Views ExecutionViews Templates Schedules Reports Suppressions Workbook SaveWorkbook SaveSummary MakeDueReports Verify
		Copies Check Head Carries Retention Forgotten`,
	"Admin Manager": `Users Branches SightOf Locations Placings PreviewMove`,
	"Admin Operator": `Rename Progress Hold Note Assign Seen Close CloseReprocessed Reopen Undo CanUndo Merge MergeAll Unmerge KeepDraft TakeOver
		AssignRisks ProgressRisks CloseRisks IgnoreRisks ReopenRisks SaveView RemoveView SaveExecutionView RemoveExecutionView SaveTemplate RenameTemplate RemoveTemplate Import DropBranches AnswerQuestion FirstLines ReadForgotten LeaveForgotten`,
	"Admin": `GoOn FoldersWait CopyNow CopyDaily ExportAll TakeAll SetRetention PreviewPruning Prune PruneDue HoldLegally ReleaseHold
		IgnoreFiles HeedFiles SaveSource RemoveSource ReadAgain Rejudge MapStatus ResetStatuses ChangeTool ChangeRoutines ConfirmProposals DismissProposals SaveCalendar ConfirmAliases ChangeAlias RemoveAliases
		AddCategory RenameCategory RetireCategory SaveSchedule RemoveSchedule SaveMapping TakeMappings RemoveMapping LookAt TryMapping
		Sweep NoticeOthers AcceptClock Backup Diagnose FirstUser AddUser ChangeUser GivePassword PassOn SetLock AddBranch GiveSight SaveLocation RemoveLocation
		SavePlacings MoveRoutines MoveBack`,
	"": `ResetPassword`, // from the command line alone
}

// forAnybody tells nothing that belongs to somebody, or is what signing in is made of. Intake is asked who brings a file with each file.
const forAnybody = "Formats Meaning Now Listen FoundDamage Doubt Sheets ClockQuestion NoticeZone MovedZone Preference SavePreference SaveTable SaveHandOver Intake SignIn SignInNeeded LockAfter"

// staff is one desk where everybody has signed in.
func staff(t *testing.T) (*desk.Desk, map[people.Role]desk.Actor) {
	t.Helper()
	a, err := New(t.Context(), Options{DB: filepath.Join(t.TempDir(), "desk.db"), Cost: people.Cost{Passes: 1, Memory: 8, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Stop() })
	return a.Desk, hire(t, a.Desk)
}

// hire makes a user of each role, named after it, and signs them in.
func hire(t *testing.T, d *desk.Desk) map[people.Role]desk.Actor {
	t.Helper()
	actors := map[people.Role]desk.Actor{}
	const own = "a calm wall of stone" // everybody has the same here
	if _, err := d.FirstUser(t.Context(), desk.Actor{Name: "os user"}, people.User{Name: "Admin", Email: "admin@meadow.example"}, own); err != nil {
		t.Fatal(err)
	}
	admin := desk.Actor{Name: "os user"} // the first user needs no sign-in yet
	for _, r := range people.Roles {
		if r != people.Admin {
			_, first, err := d.AddUser(t.Context(), admin, people.User{Name: r.String(), Email: strings.ToLower(r.String()) + "@meadow.example", Role: r})
			if err != nil {
				t.Fatal(err)
			}
			in, err := d.SignIn(t.Context(), r.String(), first)
			if err != nil || !in.OneTime {
				t.Fatalf("%s with the first password: %+v, %v", r, in, err)
			}
			if _, err := d.ExecutionIDs(t.Context(), in.Actor, desk.ExecutionQuery{}); !errors.Is(err, desk.ErrNoRight) {
				t.Fatalf("%s may look around with a password that somebody else knows: %v", r, err)
			}
			if err := d.ChangePassword(t.Context(), in.Actor, first, own); err != nil {
				t.Fatal(err)
			}
		}
		in, err := d.SignIn(t.Context(), r.String(), own)
		if err != nil || in.OneTime {
			t.Fatalf("%s: %+v, %v", r, in, err)
		}
		if actors[r] = in.Actor; r == people.Admin {
			admin = in.Actor
		}
	}
	return actors
}

func TestRights_ofEveryRoleInEveryUseCase(t *testing.T) {
	d, actors := staff(t)
	for name, roles := range whoMayEach(t) {
		for _, r := range people.Roles {
			want := slices.Contains(strings.Fields(roles), r.String())
			if want && name == "CanUndo" {
				continue // it says no to what there is not
			}
			err := attempt(t, d, name, actors[r])
			if refused := errors.Is(err, desk.ErrNoRight); refused == want {
				t.Errorf("%s by %s: %v", name, r, err)
			}
		}
		if name == "SignOut" || name == "Role" {
			continue // they ask nothing of who has not signed in, and tell nothing
		}
		if err := attempt(t, d, name, desk.Actor{Name: "Admin"}); !errors.Is(err, desk.ErrSignIn) && name != "CanUndo" {
			t.Errorf("%s by somebody who has not signed in: %v", name, err)
		}
	}
}

// whoMayEach gives the roles of every use case there is.
func whoMayEach(t *testing.T) map[string]string {
	t.Helper()
	each := map[string]string{}
	add := func(name, roles string) {
		if _, twice := each[name]; twice {
			t.Errorf("%s stands in the table twice", name)
		}
		each[name] = roles
	}
	for roles, names := range whoMay {
		for _, name := range strings.Fields(names) {
			add(name, roles)
		}
	}
	open := strings.Fields(forAnybody)
	of := reflect.TypeFor[*desk.Desk]()
	for i := range of.NumMethod() {
		name := of.Method(i).Name
		if _, known := each[name]; !known && !slices.Contains(open, name) {
			t.Errorf("%s is a new use case: say who may ask for it", name)
		}
	}
	return each
}

// attempt asks for a use case with arguments that mean nothing, and gives its error. Whoever may do it gets as far as the arguments.
func attempt(t *testing.T, d *desk.Desk, name string, actor desk.Actor) (err error) {
	t.Helper()
	method := reflect.ValueOf(d).MethodByName(name)
	if !method.IsValid() {
		t.Fatalf("the desk has no use case %s", name)
	}
	var in []reflect.Value
	asked := false
	for i := range method.Type().NumIn() {
		switch of := method.Type().In(i); of {
		case reflect.TypeFor[context.Context]():
			in = append(in, reflect.ValueOf(t.Context()))
		case reflect.TypeFor[desk.Actor]():
			in, asked = append(in, reflect.ValueOf(actor)), true
		case reflect.TypeFor[int64](), reflect.TypeFor[people.ID]():
			in = append(in, reflect.ValueOf(int64(-1)).Convert(of)) // there is no such thing
		default:
			in = append(in, reflect.Zero(of))
		}
	}
	if !asked {
		t.Fatalf("%s does not ask who wants it", name)
	}
	if method.Type().IsVariadic() {
		in = in[:len(in)-1]
	}
	defer func() {
		if recover() != nil {
			err = errors.New("it went on, to arguments that mean nothing")
		}
	}()
	for _, out := range method.Call(in) {
		if e, is := out.Interface().(error); is {
			err = e
		}
		if out.Kind() == reflect.Func && out.Type().CanSeq2() {
			for _, e := range out.Seq2() {
				err, _ = e.Interface().(error)
			}
		}
		if out.Kind() == reflect.Bool && name == "CanUndo" && !out.Bool() {
			err = desk.ErrNoRight // it says no more than that
		}
	}
	return err
}

func TestRights_ofWhatIsNoPerson(t *testing.T) {
	d, _ := staff(t)
	for _, tt := range []struct {
		actor desk.Actor
		may   string
		not   string
	}{
		{desk.System(), "Sweep NoticeOthers MakeDueReports", "Rename AddUser ResetPassword SaveSource"},
		{desk.Typed("rosa"), "Sweep Executions IncidentIDs Verify ResetPassword AcceptClock", "Rename Close Assign CloseRisks SaveSource AddUser ChangeUser ChangePassword"},
	} {
		for _, name := range strings.Fields(tt.may) {
			if err := attempt(t, d, name, tt.actor); errors.Is(err, desk.ErrNoRight) || errors.Is(err, desk.ErrSignIn) {
				t.Errorf("%s by %s: %v", name, tt.actor.Name, err)
			}
		}
		for _, name := range strings.Fields(tt.not) {
			if err := attempt(t, d, name, tt.actor); !errors.Is(err, desk.ErrNoRight) {
				t.Errorf("%s by %s: %v", name, tt.actor.Name, err)
			}
		}
	}
}

func TestRights_ofAFile(t *testing.T) {
	d, actors := staff(t)
	for r, want := range map[people.Role]bool{people.Admin: true, people.Operator: true, people.Manager: false, people.Client: false} {
		_, err := d.Intake(actors[r], desk.ImportRules{}).Reject(t.Context(), backup.File{SourceID: -1}, "", nil)
		if refused := errors.Is(err, desk.ErrNoRight); refused == want {
			t.Errorf("a file brought by %s: %v", r, err)
		}
	}
}
