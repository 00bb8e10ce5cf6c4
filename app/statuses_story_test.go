//go:build !headless

package main

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// toStatuses goes to the status map and puts the cursor on a code.
func (o *office) toStatuses(code string) {
	o.t.Helper()
	o.visit("Settings")
	o.tap("Status map")
	o.onStatus(code)
}

func (o *office) onStatus(code string) {
	o.t.Helper()
	table := tableOf[desk.StatusRow](o)
	rows, err := o.desk.Statuses(o.t.Context(), ines)
	if err != nil {
		o.t.Fatal(err)
	}
	for range rows {
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	}
	for i, r := range rows {
		if r.Tool == "NetBackup" && r.Code == code && r.Count > 0 {
			o.at.Canvas().Focus(table)
			for range i {
				table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			}
			return
		}
	}
	o.t.Fatalf("code %s is not listed: %+v", code, rows)
}

// settingSteps are the newest entries about settings, the newest first: action and reason.
func (o *office) settingSteps() []string {
	o.t.Helper()
	entries, err := o.desk.Timeline(o.t.Context(), ines, desk.TimelineQuery{Subject: timeline.Setting})
	if err != nil {
		o.t.Fatal(err)
	}
	var steps []string
	for _, e := range entries {
		steps = append(steps, e.Action+": "+e.Details[len(e.Details)-1].To)
	}
	return steps
}

// The site's NetBackup ends with status 1 whenever a pagefile is in use. Ines maps it, judges the night again and closes what it opened.
func TestStatuses_aWordIsMappedAndTheNightJudgedAgain(t *testing.T) {
	o := newOffice(t)
	o.toStatuses("1")
	o.shows("What tools' words mean", "some files or databases", "partial")
	o.at.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.settle()
	o.shows("What NetBackup means by it", "1 time so far")
	o.choose("success")
	o.tap("Change")
	o.shows("Say why")
	o.fill("the pagefile is always in use")
	o.tap("Change")
	if o.dialogOpen() {
		t.Fatalf("the form is still open: %s", o.text())
	}
	o.shows("Runs in hand stay as they were judged.", "1 changed here")
	if in := o.incident(2); in.State != incident.New {
		t.Errorf("the incident became %s by itself", in.State)
	}

	o.tap("Judge again…")
	o.look(o.ui.Window("judge again all tools"))
	o.shows("Of 3 runs 1 count as another outcome, 0 incidents would open, 1 open ones are offered to be closed as Success.", "1 run with code 1, until now partial")
	o.tap("Judge again")
	o.shows("Say why")
	o.fill("pagefile")
	o.tap("Judge again")
	if got, want := fmt.Sprint(o.settingSteps()[:2]), "[judged again: pagefile status mapped: the pagefile is always in use]"; got != want {
		t.Errorf("on record: %s, want %s", got, want)
	}
	for e := range o.desk.Executions(t.Context(), ines, desk.ExecutionQuery{}) {
		if e.Code == "1" && (e.Outcome != backup.Success || e.Told != backup.Partial) {
			t.Errorf("code 1 counts as %s, told as %s", e.Outcome, e.Told)
		}
	}

	o.look(o.ui.Window("close 2 of 1")) // the one list in which closing as Success is offered
	o.shows("Success")
}

// What opens an incident is changed for a routine: that leads to judging its runs in hand.
func TestStatuses_settingsLeadToJudgingAgain(t *testing.T) {
	o := newOffice(t)
	o.visit("Routines")
	o.press(fyne.KeyHome, fyne.KeySpace)
	o.tap("Settings…")
	o.chooseFor("Partial run", "opens none")
	o.fill("Its pagefile is always in use.")
	o.tap("Save")
	o.shows("1 routine changed. Runs in hand stay as they were judged.")
	o.tap("Judge again…")
	r := o.routine("HOMES-DIFF")
	o.look(o.ui.Window("judge again HOMES-DIFF · Full on " + r.Client))
	o.shows("would open", "offered to be closed as Success")
}

func TestStatuses_neverOpensAndIsReset(t *testing.T) {
	o := newOffice(t)
	o.toStatuses("58")
	o.tap("Change…")
	o.choose("no, never")
	o.fill("a laptop")
	o.tap("Change")
	o.shows("no, decided here")
	o.imports(job("700201", "58", "LAPTOPS", "lap-07.meadow.example", "1772409600", "1772410200"))
	if ids, err := o.desk.IncidentIDs(t.Context(), ines, desk.IncidentQuery{}); err != nil || len(ids) != 2 {
		t.Fatalf("%d incidents, %v", len(ids), err)
	}
	o.toStatuses("58")
	o.tap("Reset to built-in…")
	o.fill("it is no laptop any more")
	o.tap("Reset")
	o.imports(job("700202", "58", "LAPTOPS", "lap-07.meadow.example", "1772496000", "1772496600"))
	if ids, err := o.desk.IncidentIDs(t.Context(), ines, desk.IncidentQuery{}); err != nil || len(ids) != 3 {
		t.Fatalf("%d incidents, %v", len(ids), err)
	}
	if got, want := fmt.Sprint(o.settingSteps()), "[status reset: it is no laptop any more status mapped: a laptop]"; got != want {
		t.Errorf("on record: %s, want %s", got, want)
	}
}
