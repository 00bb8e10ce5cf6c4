//go:build !headless

package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/people"
)

// signsIn enters a name and a password where the desk asks for them.
func (o *office) signsIn(name, password string) {
	o.t.Helper()
	o.look(o.ui.Main())
	o.fill(name, password)
	o.tap("Sign in")
}

// The second user makes everybody sign in; each sees what the role lets them, and the rest greyed.
func TestUsers_signInFromTheSecondOn(t *testing.T) {
	o := newOffice(t)
	o.tap("Users")
	o.shows("One person works here", "who can open it can read it")
	o.tap("Add…")
	o.fill("Rosa Lima", "rosa", stone, stone)
	o.tap("Add")
	o.shows(`"rosa" is no e-mail address`)
	o.fill("Rosa Lima", "rosa@meadow.example", stone, stone)
	o.tap("Add")
	o.shows("rosa@meadow.example", "Now add the others")
	o.tap("Add…")
	o.fill("Max", "max@meadow.example")
	o.choose(people.Manager.String())
	o.shows("sees everything and changes nothing")
	o.tap("Add")
	o.shows("First password of Max", "not shown again")
	first := o.written()
	o.tap("Done")
	o.shows("There is a second user now")

	o.signsIn("max", "a guess")
	o.shows("The name or the password is wrong.")
	o.signsIn("max", first)
	o.shows("Choose your password")
	o.fill(stone, stone+"s")
	o.tap("Use it")
	o.shows("not the same")
	o.fill(stone, stone)
	o.tap("Use it")
	o.shows("Max · Manager", "LEDGER-FULL")
	o.menu("Help", "What is protected")
	o.shows("no lock on the file", "shows tampering, it does not prevent it")
	o.tap("OK")
	o.row("1")
	o.letter('n')
	o.shows("Notes: a Manager sees everything and changes nothing: handling incidents and risks is for Admin or Operator.")
	o.tap("Users")
	o.tap("Add…")
	o.shows("Not for your role", "managing users and branches is for Admin")
	o.tap("OK")

	o.menu("User", "Switch user…")
	o.shows("Sign in")
	o.signsIn("Rosa Lima", stone)
	o.shows("Rosa Lima · Admin")
}

const stone = "a calm wall of stone"

// written is what stands in the open dialog's field.
func (o *office) written() string {
	for _, object := range o.objects() {
		if f, ok := object.(interface {
			TypedShortcut(fyne.Shortcut)
			SelectedText() string
		}); ok {
			f.TypedShortcut(&fyne.ShortcutSelectAll{})
			return f.SelectedText()
		}
	}
	o.t.Fatal("no field is shown")
	return ""
}

// menu takes an entry of the window's menu.
func (o *office) menu(menu, entry string) {
	o.t.Helper()
	for _, m := range o.ui.Main().MainMenu().Items {
		for _, i := range m.Items {
			if m.Label == menu && strings.HasPrefix(i.Label, entry) {
				if i.Disabled {
					o.t.Fatalf("%s is greyed", i.Label)
				}
				i.Action()
				o.settle()
				return
			}
		}
	}
	o.t.Fatalf("the menu has no %s", entry)
}

// A Client has the log and the panel, and nothing else.
func TestUsers_aClientSeesRunsAlone(t *testing.T) {
	o := newOffice(t)
	admin := hire(t, o.desk)[people.Admin]
	sources, err := o.desk.Sources(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	of := sources[0].Source
	of.Company, of.Branch = "Meadow", "Lisbon"
	if _, err := o.desk.SaveSource(t.Context(), admin, of, ""); err != nil {
		t.Fatal(err)
	}
	users, err := o.desk.Users(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	client := users[slices.IndexFunc(users, func(x people.User) bool { return x.Role == people.Client })]
	if err := o.desk.SaveLocation(t.Context(), admin, desk.Location{Name: "Homes", Branch: 1, Routines: []string{"HOMES-DIFF"}, Users: []people.ID{client.ID}}); err != nil {
		t.Fatal(err)
	}
	o.enter()
	o.signsIn("Client", stone)
	o.shows("Client · Client", "2 executions")
	o.tap("Incidents")
	o.shows("Incidents is not for your role", "Looking at more than executions and the panel is for Admin, Operator or Manager")
	o.tap("OK")
	o.tap("Panel")
	o.shows("Panel")
	runs, err := o.desk.ExecutionIDs(t.Context(), admin, desk.ExecutionQuery{})
	if err != nil || len(runs) != 3 {
		t.Errorf("there are %v, %v", runs, err)
	}
}

// Who types is there, though nothing is asked of the desk.
func TestUsers_theDeskWaitsForWhoTypes(t *testing.T) {
	o := newOffice(t)
	hire(t, o.desk)
	o.enter()
	o.signsIn("Operator", stone)
	o.row("1")
	o.letter('n')
	for range 4 {
		o.now = o.now.Add(6 * time.Minute)
		o.at.Canvas().Focused().TypedRune('x')
		o.passes()
	}
	o.shows("Note on 1")
	for range 3 {
		o.now = o.now.Add(6 * time.Minute)
		o.passes()
	}
	o.shows("Locked. Operator was here.")
}

// Nobody touched anything: the windows hide until somebody signs in again, and then stand as they were.
func TestUsers_theDeskLocksItself(t *testing.T) {
	o := newOffice(t)
	admin := hire(t, o.desk)[people.Admin]
	o.enter()
	o.signsIn("Operator", stone)
	o.open("1")
	o.look(o.ui.Main())
	o.passes()
	for range 3 { // what others do is no sign of the one at this desk
		o.now = o.now.Add(6 * time.Minute)
		if err := o.desk.Note(o.t.Context(), admin, []int64{1}, "looked"); err != nil {
			t.Fatal(err)
		}
		o.passes()
	}
	o.shows("Locked. Operator was here.")
	o.signsIn("Operator", stone)
	o.shows("Operator · Operator")
	if o.ui.Window("incident 1") == nil {
		t.Error("the incident's window is gone")
	}
}

// passes lets the timers run that wait for longer.
func (o *office) passes() {
	later := o.later
	o.later = nil
	for _, l := range later {
		l.run()
	}
	o.settle()
}
