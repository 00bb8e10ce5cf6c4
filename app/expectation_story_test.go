//go:build !headless

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// nightly is a routine that ran at two each night up to the morning on which everything here begins.
func nightly(policy, client string, from, nights int) string {
	var b strings.Builder
	first := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	for i := from; i < from+nights; i++ {
		start := first.AddDate(0, 0, i)
		b.WriteString(job(fmt.Sprint(800000+1000*len(policy)+i), "0", policy, client, fmt.Sprint(start.Unix()), fmt.Sprint(start.Add(20*time.Minute).Unix())))
	}
	return b.String()
}

// newWinter has five weeks of three routines behind it.
func newWinter(t *testing.T) *office {
	t.Helper()
	o := emptyOffice(t)
	for _, r := range []string{"BARN", "STABLE", "WINDMILL"} {
		o.imports(nightly(r, strings.ToLower(r)+".meadow.example", -34, 35))
	}
	o.enter()
	return o
}

// accepts confirms what the history of all routines proposes.
func (o *office) accepts() {
	o.t.Helper()
	o.visit("Routines")
	o.tap("Learn from history…")
	o.look(o.ui.Window("proposals"))
	o.shows("3 proposals for 3 routines", "daily at 02:00", "35 of 35", "97 %", "Learned from 35 runs, the newest: Mon 2026-03-02 02:00")
	o.tap("Accept 3 proposals")
	o.shows("Say why; it goes on record.")
	o.fill("They have run so all winter.")
	o.tap("Accept 3 proposals")
	o.look(o.ui.Main())
}

// delivers gives the source a rhythm, through its form.
func (o *office) delivers(every string) {
	o.t.Helper()
	o.visit("Sources")
	o.shows("cannot notice missed runs")
	o.chooseSource(0)
	o.tap("Edit…")
	o.chooseFor("Rhythm", "something comes at least every …")
	o.fill("", desk.ByHand, "", "", "", "", "", "", "soon", "")
	o.tap("Save")
	o.shows(`"soon" is no length of time`)
	o.fill("", desk.ByHand, "", "", "", "", "", "", every, "")
	o.tap("Save")
	o.shows("Say why the rhythm is changed")
	o.fill("", desk.ByHand, "", "", "", "", "", "", every, "The exports are dropped every morning.")
	o.tap("Save")
	o.shows("every " + every)
}

func (o *office) causes() []incident.Cause {
	o.t.Helper()
	ids, err := o.desk.IncidentIDs(o.t.Context(), ines, desk.IncidentQuery{States: desk.OpenStates, Sort: "id"})
	if err != nil {
		o.t.Fatal(err)
	}
	rows, err := o.desk.IncidentRows(o.t.Context(), ines, ids)
	if err != nil {
		o.t.Fatal(err)
	}
	var causes []incident.Cause
	for _, r := range rows {
		causes = append(causes, r.Cause)
	}
	return causes
}

// The whole of it: what history proposes is accepted, the exports stop, and that is one incident; when they come again, what was really
// missed is judged, and the silence offers its closing.
func TestExpectations_fromProposalToIncident(t *testing.T) {
	o := newWinter(t)
	o.accepts()
	o.shows("3 routines changed.", "daily at 02:00")
	o.delivers("26 h")
	o.now = o.now.AddDate(0, 0, 2)
	o.sweeps()
	o.sweeps() // twice changes nothing
	if got := o.causes(); !slices.Equal(got, []incident.Cause{incident.CauseSilent}) {
		t.Fatalf("open are %v", got)
	}
	o.visit("Sources")
	o.shows("silent since 2026-03-02 09:30")
	o.visit("Incidents")
	o.tapRow(0)
	o.look(o.ui.Window("incident 1"))
	o.shows("silent", "something comes at least every 26 h", "2026-03-02 09:30")
	o.hides("Close as Success…")

	o.imports(nightly("BARN", "barn.meadow.example", 1, 2) + nightly("STABLE", "stable.meadow.example", 1, 2) + nightly("WINDMILL", "windmill.meadow.example", 2, 1) +
		job("900001", "0", "LAST", "barn.meadow.example", "1772611200", "1772614800")) // of 2026-03-04, 08:00 to 09:00
	o.sweeps()
	if got := o.causes(); !slices.Equal(got, []incident.Cause{incident.CauseSilent, incident.CauseMissed}) {
		t.Errorf("open are %v", got)
	}
	o.shows("Data came again, 2026-03-04 09:30", "Close as Success…")
	missed := o.incident(2)
	if missed.Policy != "WINDMILL" || !missed.Due.Equal(time.Date(2026, 3, 3, 2, 0, 0, 0, time.UTC)) {
		t.Errorf("missed is %s, due %v", missed.Policy, missed.Due)
	}
	o.visitMain("Incidents")
	o.tapRow(0)
	o.look(o.ui.Window("incident 2"))
	o.shows("did not start", "2026-03-03 02:00", "2026-03-02 02:00,  2026-03-01 02:00,  2026-02-28 02:00", "data until 2026-03-04 09:00, in jobs.txt")
}

// visitMain goes back to the main window.
func (o *office) visitMain(page string) {
	o.t.Helper()
	o.look(o.ui.Main())
	o.visit(page)
}

// tapRow opens the row at a place of the table of incidents.
func (o *office) tapRow(at int) {
	o.t.Helper()
	table := o.table()
	o.at.Canvas().Focus(table)
	o.press(fyne.KeyHome)
	for range at {
		o.press(fyne.KeyDown)
	}
	o.press(fyne.KeyReturn)
}

// What is dismissed, with a reason, is not proposed again.
func TestProposals_areDismissed(t *testing.T) {
	o := newWinter(t)
	o.visit("Routines")
	o.tap("Learn from history…")
	o.look(o.ui.Window("proposals"))
	o.press(fyne.KeyEscape)
	o.look(o.ui.Main())
	if s := o.routine("BARN").Settings; !s.Expectation.None() {
		t.Fatal("it was applied by itself")
	}
	o.tap("Learn from history…")
	o.look(o.ui.Window("proposals"))
	o.tap("Dismiss (D)")
	o.shows("Say why; it goes on record.", "daily at 02:00")
	o.fill("They are started by hand.")
	o.tap("Dismiss (D)")
	o.shows("Nothing to propose")
	o.press(fyne.KeyEscape)
	o.look(o.ui.Main())
	o.at.Canvas().Focus(tableOf[desk.RoutineRow](o))
	o.press(fyne.KeyHome)
	o.types("p")
	o.look(o.ui.Window("proposals"))
	o.shows("0 proposals for 1 routine", "Nothing to propose")
	said := "ines proposal dismissed, proposed: daily at 02:00, expected: 0 2 * * *, UTC, grace 1 h, learned, reason: They are started by hand."
	o.isOnRecord(timeline.Routine, said, said, said)
}

// Two names of a host are one when a person says so.
func TestAliases_areConfirmedAndRemoved(t *testing.T) {
	o := emptyOffice(t)
	o.imports(job("700101", "0", "HOMES", "homes-01", "1772323200", "1772323800") + job("700102", "0", "HOMES", "homes-01.meadow.example", "1772326800", "1772327700"))
	o.enter()
	o.visit("Settings")
	o.tap("Client names")
	o.shows("homes-01.meadow.example", "suggested: the same short name")
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.shows("homes-01 is homes-01.meadow.example.", "They count as one host from now on.")
	o.tap("Confirm")
	o.shows("Say why; it goes on record.")
	o.fill("The same machine, says its owner.")
	o.tap("Confirm")
	o.shows("confirmed", "Confirmed.")
	o.hides("suggested")
	o.isOnRecord(timeline.Setting, "ines alias added, alias: homes-01 = homes-01.meadow.example, reason: The same machine, says its owner.")

	o.press(fyne.KeyHome)
	o.tap("Remove…")
	o.fill("It was another one.")
	o.tap("Remove")
	o.shows("suggested: the same short name")
	if left, err := o.desk.Aliases(t.Context(), ines); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	o.tap("Add…")
	o.fill("homes", "homes-01", "What people call it.")
	o.tap("Add")
	o.shows("homes", "confirmed")
	o.visit("Settings")
	o.press(fyne.KeyEnd, fyne.KeyReturn)
	o.fill("homes", "homes-01.meadow.example", "Its whole name.")
	o.tap("Save")
	o.shows("Saved.")
	if left, err := o.desk.Aliases(t.Context(), ines); err != nil || len(left) != 1 || left[0] != (desk.Alias{Name: "homes", Host: "homes-01.meadow.example"}) {
		t.Errorf("left: %v, %v", left, err)
	}
}
