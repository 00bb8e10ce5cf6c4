//go:build !headless

package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"backstop/app/desk"
	"backstop/app/incident"
)

func TestHandling_showsTheFacts(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.shows("LEDGER-FULL", "ledger-02.meadow.example", "NetBackup", "700101", "2026-03-01 00:00", "10 min", "cannot", "New", "assigned to nobody", "700101,0,3,58")
}

func TestHandling_opensOneWindowAnIncident(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	first := o.at
	o.open("1")
	if o.at != first {
		t.Error("the second open made another window")
	}
	first.Close()
	if o.ui.Window("incident 1") != nil {
		t.Error("the window is closed and still known")
	}
}

func TestHandling_renamesAndUndoes(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	before := o.incident(1).Title
	o.letter('e')
	o.fill("")
	o.tap("Rename")
	o.shows("A title is needed.")
	o.fill("Ledger unreachable")
	o.tap("Rename")
	if got := o.incident(1).Title; got != "Ledger unreachable" {
		t.Errorf("title %q", got)
	}
	o.shows("1 · Ledger unreachable", "Renamed.")
	o.tap("Undo")
	if got := o.incident(1).Title; got != before {
		t.Errorf("after the undo it is %q, want %q", got, before)
	}
	o.shows("Taken back.")
	o.steps(1, "system opened", "ines renamed", "ines undone")
}

func TestHandling_takesIt(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.tap("Actions")
	o.shows("Undo (the last step is not yours, or it is too late)")
	o.tap("Update Status")
	o.tap("Update")
	o.shows("A service note is needed")
	o.fill("Calling the owner of the client.")
	o.tap("Update")
	in := o.incident(1)
	if in.State != incident.InProgress || in.Assignee != "ines" {
		t.Errorf("%v, assigned to %q", in.State, in.Assignee)
	}
	o.shows("In Progress", "assigned to you")
}

// What waits for others comes back by itself, to whom it belonged; the windows say so in numbers only.
func TestHandling_holdsUntilItsTime(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.letter('s')
	o.fill("Attended.")
	o.tap("Update")
	o.letter('s')
	o.choose("On Hold")
	o.tap("Update")
	o.shows("Name the team that must act.")
	o.fill("Network team", "2026-03-02 09:29", "The firewall rule.")
	o.tap("Update")
	o.shows("is past", "in the future")
	o.fill("Network team", "next week")
	o.tap("Update")
	o.shows("is no time")
	o.tap("tomorrow 08:00")
	o.tap("Update")
	in := o.incident(1)
	if want := time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC); in.State != incident.OnHold || in.Team != "Network team" || !in.Until.Equal(want) {
		t.Fatalf("%v, team %q, until %v", in.State, in.Team, in.Until)
	}
	o.shows("On Hold", "Network team, until 2026-03-03 08:00")

	o.now = time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC) // the laptop slept
	test.AssertNotificationSent(t, fyne.NewNotification("Backstop", "1 incident back from hold"), func() {
		if _, err := o.desk.Sweep(t.Context(), desk.Actor{Name: "system"}); err != nil {
			t.Fatal(err)
		}
		o.settle()
	})
	if in := o.incident(1); in.State != incident.InProgress || in.Assignee != "ines" {
		t.Errorf("%v, assigned to %q", in.State, in.Assignee)
	}
	if due, applied := o.said(1, "due"), o.said(1, "applied"); due != "2026-03-03T08:00:00Z" || applied != "2026-03-03T10:00:00Z" {
		t.Errorf("due %s, applied %s", due, applied)
	}
	o.steps(1, "system opened", "ines progressed", "ines held", "system resumed")
	o.shows("In Progress")

	o.letter('s') // the team is offered the next time
	o.choose("On Hold")
	if teams, err := o.desk.Teams(t.Context(), ines); err != nil || !slices.Equal(teams, []string{"Network team"}) {
		t.Errorf("teams %q, %v", teams, err)
	}
}

func TestHandling_notes(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.letter('n')
	o.fill("   ")
	o.tap("Add note")
	o.shows("The note is empty.")
	o.fill("Restarted the agent.\nThe next run is watched.")
	o.tap("Add note")
	if got := o.said(1, "note"); got != "Restarted the agent.\nThe next run is watched." {
		t.Errorf("note %q", got)
	}
	if o.incident(1).State != incident.New {
		t.Error("a note changed the state")
	}
}

// closeAsLost closes the incident that is looked at.
func (o *office) closeAsLost() {
	o.t.Helper()
	from := o.at
	o.letter('c')
	o.look(o.ui.Window("close 1 of 1"))
	o.choose("Missed (lost)")
	o.choose("Network")
	o.fill("The client was unplugged.", "Plugged in; the window had passed.")
	o.tap("Close 1 incident")
	o.look(from)
}

func TestHandling_closesAsMissed(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	from := o.at
	o.letter('c')
	o.look(o.ui.Window("close 1 of 1"))
	o.shows("Network") // proposed from the failure
	for _, missing := range []struct{ says, choose, description, solution string }{
		{"Choose a closing status.", "", "", ""},
		{"A description is needed", "Missed (lost)", "", ""},
		{"A solution is needed", "", "The client was unplugged.", ""},
	} {
		if missing.choose != "" {
			o.choose(missing.choose)
		}
		o.fill(missing.description, missing.solution)
		o.tap("Close 1 incident")
		o.shows(missing.says)
	}
	o.tap("Cancel")
	o.look(from)
	o.closeAsLost()
	o.look(from)
	in := o.incident(1)
	if in.State != incident.Closed || in.Closing != incident.ClosedMissed || in.Category != "Network" || in.Description != "The client was unplugged." || in.Solution != "Plugged in; the window had passed." {
		t.Errorf("%v %v %q %q %q", in.State, in.Closing, in.Category, in.Description, in.Solution)
	}
	o.shows("Closed", "Missed (lost)", "The client was unplugged.")
}

// What is not available says why, as a key and in the menu, and nothing is written.
func TestHandling_refusesOnWhatIsClosed(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.closeAsLost()
	for _, key := range "esca" {
		o.letter(key)
		if o.dialogOpen() {
			t.Fatalf("%c opened a form", key)
		}
		o.shows("1 is closed: reopen it first")
	}
	o.tap("Actions")
	for _, item := range []string{"Edit", "Update Status", "Close", "Assign"} {
		o.shows(item + " (1 is closed: reopen it first)")
	}
	o.shows("Notes", "Seen (no later evidence contradicts how 1 was closed)")
	o.tap("Notes")
	o.fill("Told the manager.")
	o.tap("Add note")
	o.steps(1, "system opened", "ines closed", "ines noted")
}

func TestHandling_refusesOnWhatIsMerged(t *testing.T) {
	o := newOffice(t)
	if err := o.desk.Merge(t.Context(), ines, desk.MergeRequest{Into: 1, From: []int64{2}}); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.open("1")
	o.shows("Merged incidents 1")
	o.ui.Main().Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	from := o.at
	o.letter('c')
	o.look(o.ui.Window("close 1 of 1"))
	o.shows("1 merged incident will be closed with it")
	o.tap("Cancel")
	o.look(from)
	o.turn(fyne.Key3)
	o.at.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.look(o.ui.Window("incident 2"))
	o.letter('n')
	o.shows("Notes: 2 is merged into 1: open that one.")
	o.tap("Actions")
	o.shows("Close (2 is merged into 1: open that one)", "Reopen (2 is merged into 1: open that one)")
	o.at.Canvas().Overlays().Top().Hide()
	o.tap("Open 1")
	o.steps(2, "system opened", "ines merged")
	if o.ui.Window("incident 1") == nil {
		t.Error("it does not lead to its destination")
	}
}

// turn brings a tab up by its shortcut.
func (o *office) turn(key fyne.KeyName) {
	o.at.Canvas().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
	o.settle()
}

func TestHandling_reopens(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.letter('r')
	o.shows("1 is not closed")
	o.closeAsLost()
	o.letter('r')
	o.tap("Reopen")
	o.shows("A reason is needed")
	o.fill("The position was found on the second library.")
	o.tap("Reopen")
	if in := o.incident(1); in.State != incident.InProgress || in.Closing != incident.NotClosed {
		t.Errorf("%v %v", in.State, in.Closing)
	}
	if got := o.said(1, "reason"); got != "The position was found on the second library." {
		t.Errorf("reason %q", got)
	}
}

func TestHandling_assigns(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.letter('a')
	o.fill("rui")
	o.tap("Assign")
	if got := o.incident(1).Assignee; got != "rui" {
		t.Errorf("assigned to %q", got)
	}
	o.shows("assigned to rui")
}

// A later report says that the run ended well after all: the closing as lost is marked until somebody has seen it.
func TestHandling_marksChangedEvidence(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.closeAsLost()
	o.imports(job("700101", "0", "LEDGER-FULL", "ledger-02.meadow.example", "1772323200", "1772330400"))
	if !o.incident(1).EvidenceChanged {
		t.Fatal("the closing is not marked")
	}
	o.shows("Evidence changed")
	o.tap("Seen…")
	o.tap("Seen")
	o.shows("A note is needed")
	o.fill("That run restored nothing usable.")
	o.tap("Seen")
	if o.incident(1).EvidenceChanged {
		t.Error("the mark stayed")
	}
	if strings.Contains(o.text(), "Evidence changed") {
		t.Error("the mark is still shown")
	}
}

// Several at once from the table; Undo takes all of them back.
func TestHandling_actsOnMany(t *testing.T) {
	o := newOffice(t)
	table := o.at.Canvas().Focused().(interface {
		fyne.Focusable
		fyne.Shortcutable
	})
	table.TypedShortcut(&fyne.ShortcutSelectAll{})
	o.shows("2 selected")
	table.TypedRune('e')
	o.shows("Edit: one incident at a time.")
	table.TypedRune('n')
	o.fill("Both clients were moved to another network.")
	o.tap("Add note")
	o.shows("2 incidents: Noted.")
	for _, id := range []int64{1, 2} {
		o.steps(id, "system opened", "ines noted")
	}
	o.tap("Undo")
	for _, id := range []int64{1, 2} {
		o.steps(id, "system opened", "ines noted", "ines undone")
	}
	o.tap("Close…")
	o.look(o.ui.Window("close 1 of 2"))
	o.choose("Success (false alarm)")
	o.choose("Schedule")
	o.fill("A planned stop.", "None needed.")
	o.tap("Close 2 incidents")
	for _, id := range []int64{1, 2} {
		if in := o.incident(id); in.Closing != incident.ClosedSuccess || in.Category != "Schedule" {
			t.Errorf("%d: %v %q", id, in.Closing, in.Category)
		}
	}
}

// One refusal refuses all, and says which.
func TestHandling_ofManyIsAllOrNothing(t *testing.T) {
	o := newOffice(t)
	table := o.at.Canvas().Focused().(interface {
		fyne.Focusable
		fyne.Shortcutable
	})
	table.TypedShortcut(&fyne.ShortcutSelectAll{})
	table.TypedRune('n')
	if err := o.desk.Merge(t.Context(), ines, desk.MergeRequest{Into: 1, From: []int64{2}}); err != nil { // by somebody else, meanwhile
		t.Fatal(err)
	}
	o.fill("Both.")
	o.tap("Add note")
	o.shows("2 is merged into 1: open that one.")
	o.steps(1, "system opened", "ines took in")
}

func TestHandling_walksThroughTheList(t *testing.T) {
	o := newOffice(t)
	o.open("2")
	canvas := o.at.Canvas().(fyne.Shortcutable)
	canvas.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt})
	o.settle()
	o.shows("1 · LEDGER-FULL", "700101,0,3,58")
	if o.ui.Window("incident 1") != o.at || o.ui.Window("incident 2") != nil {
		t.Error("the window is known by the old number")
	}
	o.letter('n')
	o.fill("On the second.")
	o.tap("Add note")
	o.steps(1, "system opened", "ines noted")
	canvas.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	o.settle()
	o.shows("2 · HOMES-DIFF")
}

func TestHandling_showsTheTimeline(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.letter('s')
	o.fill("Attended.")
	o.tap("Update")
	o.turn(fyne.Key2)
	o.shows("put In Progress", "state: New → In Progress", "note: Attended.", "opened", "Verified up to entry 5")
	c, err := o.desk.TimelineChoices(t.Context(), ines)
	if want := []string{"imported", "opened", "progressed"}; err != nil || !slices.Equal(c.People, []string{"ines", "system"}) || !slices.Equal(c.Actions[len(c.Actions)-3:], want) {
		t.Errorf("filters offer %+v, %v", c, err)
	}
	o.tap("Own window")
	o.look(o.ui.Window("timeline 1"))
	o.shows("put In Progress")
}

// Everything with keys alone: the fields follow each other by Tab, Escape leaves a dialog, and the focus is back where it was.
func TestHandling_byKeysAlone(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.turn(fyne.Key2)
	canvas := o.at.Canvas()
	before := canvas.Focused()
	press := func(k fyne.KeyName) {
		canvas.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		o.settle()
	}
	before.TypedRune('s')
	press(fyne.KeyRight) // the second status
	canvas.FocusNext()
	test.Type(canvas.Focused(), "Storage team")
	canvas.FocusNext()
	test.Type(canvas.Focused(), "2026-03-02 12:00")
	for range 5 { // the calendar and three quick choices lie between
		canvas.FocusNext()
	}
	test.Type(canvas.Focused(), "A disk is replaced.")
	canvas.Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	o.settle()
	if in := o.incident(1); in.State != incident.OnHold || in.Team != "Storage team" {
		t.Fatalf("%v, team %q; shown: %s", in.State, in.Team, o.text())
	}
	if canvas.Focused() != before {
		t.Error("the focus is not back where it was")
	}
	before.TypedRune('c')
	o.settle()
	closing := o.ui.Window("close 1 of 1")
	if closing == nil {
		t.Fatal("C did not open the wizard")
	}
	closing.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if o.ui.Window("close 1 of 1") != nil {
		t.Error("Escape did not leave the wizard")
	}
	before.TypedRune('n')
	o.settle()
	if !o.dialogOpen() {
		t.Fatal("N did not open the form")
	}
	press(fyne.KeyEscape)
	if o.dialogOpen() || canvas.Focused() != before {
		t.Error("Escape did not leave the form")
	}
	canvas.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	o.settle()
	if in := o.incident(1); in.State != incident.New {
		t.Errorf("after the undo it is %v", in.State)
	}
}

func TestHandling_editsTheCategories(t *testing.T) {
	o := newOffice(t)
	o.tap("Settings")
	o.tap("Add…")
	o.fill("network")
	o.tap("Add")
	o.shows("There is a category")
	o.fill("Tape robot")
	o.tap("Add")
	o.shows("Tape robot")
	list, err := o.desk.Categories(t.Context(), ines)
	if err != nil || list[len(list)-1].Name != "Tape robot" {
		t.Fatalf("%v, %v", list, err)
	}
}
