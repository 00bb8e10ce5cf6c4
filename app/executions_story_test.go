//go:build !headless

package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/incident"
)

// log are the rows of the log in view.
func (o *office) log() []string {
	o.t.Helper()
	return rowsOf(tableOf[desk.LoggedRow](o))
}

// The log lists what succeeded too, finds by words, and leads to a run and its incident.
func TestExecutions_listsFindsAndOpens(t *testing.T) {
	o := newOffice(t)
	account := incident.Account{Category: "Network", Description: "switch", Solution: "cable"}
	if err := o.desk.CloseReprocessed(t.Context(), ines, []int64{2}, incident.Reprocessing{Account: account, Pairs: []incident.Pair{{Incident: 2, Session: 3}}}, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.visit("Executions")
	rows := o.log()
	if len(rows) != 3 || !strings.Contains(rows[0], "| NetBackup | success | 15 min | 5.0 GiB | 912 |") {
		t.Fatalf("the log begins %q", rows)
	}
	o.shows("3 executions")
	if !strings.Contains(rows[0], "made good 2") || !strings.Contains(rows[1], "| partial | partial, repro") {
		t.Errorf("reprocessing is not told: %q", rows)
	}

	o.types("/") // goes to the search of the page
	o.types("ledger")
	if rows := o.log(); len(rows) != 1 || !strings.Contains(rows[0], "LEDGER-FULL") {
		t.Errorf("a search for ledger shows %q", rows)
	}
	o.shows(`1 execution  ·  filter: text "ledger"`)
	o.at.Canvas().Focus(tableOf[desk.LoggedRow](o))
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.look(o.ui.Window("execution 1"))
	o.look(o.ui.Main())
	o.clear()
	if rows := o.log(); len(rows) != 3 {
		t.Errorf("without filters it shows %d rows", len(rows))
	}
}

// What comes in while the log is open appears in it.
func TestExecutions_followsTheImport(t *testing.T) {
	o := newOffice(t)
	o.visit("Executions")
	o.imports(job("700104", "0", "LEDGER-FULL", "ledger-02.meadow.example", "1772406000", "1772406600"))
	if !slices.ContainsFunc(o.log(), func(row string) bool { return strings.Contains(row, "2026-03-01 23:00 | LEDGER-FULL") }) {
		t.Errorf("it shows %q", o.log())
	}
}

// A range between two times narrows the log, whole days or not, and stays with a view that is kept under a name.
func TestExecutions_timeRangeAndViews(t *testing.T) {
	o := newOffice(t)
	o.visit("Executions")
	o.tap("Time")
	o.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace) // the last one asks
	o.fill("2026-03-01", "yesterday")
	o.tap("Show")
	o.shows(`"yesterday" is no time: write it as YYYY-MM-DD, or with HH:MM`)
	o.fill("2026-03-02", "2026-03-01")
	o.tap("Show")
	o.shows("The range ends before it begins.")
	o.fill("2026-03-01", "2026-03-01 00:30")
	o.tap("Show")
	o.shows("Time: 2026-03-01 00:00 to 202…", "1 execution  ·  filter: Since 2026-03-01 00:00, Before 2026-03-01 00:30")
	if rows := o.log(); len(rows) != 1 || !strings.Contains(rows[0], "LEDGER-FULL") {
		t.Errorf("it shows %q", rows)
	}

	o.tap("Views")
	o.tap("Save this filter as a view…")
	o.fill("the night it failed")
	o.tap("Save")
	o.clear()
	o.tap("Time")
	o.press(fyne.KeyHome, fyne.KeySpace, fyne.KeyEscape) // the last 24 hours
	o.shows("1 execution  ·  filter: last 24 hours")
	o.tap("Views")
	o.tap("the night it failed")
	o.shows("Time: 2026-03-01 00:00 to 202…", "1 execution")
	views, err := o.desk.ExecutionViews(t.Context(), ines)
	if err != nil || len(views) != 1 || !views[0].Query.To.Equal(time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)) {
		t.Fatalf("%+v, %v", views, err)
	}
	if others, err := o.desk.Views(t.Context(), ines); err != nil || len(others) != 0 {
		t.Errorf("the views of incidents are %v, %v", others, err)
	}
	o.tap("Views")
	o.tap("Remove a view…")
	o.shows("Saved views")
}

// A view that ends now moves on with the clock.
func TestExecutions_aQuickRangeFollowsTheClock(t *testing.T) {
	o := newOffice(t)
	if err := o.desk.SaveExecutionView(t.Context(), ines, desk.ExecutionView{Name: "today", Query: desk.ExecutionQuery{Last: 24 * time.Hour}}); err != nil {
		t.Fatal(err)
	}
	o.visit("Executions")
	o.tap("Views")
	o.tap("today")
	o.shows("1 execution  ·  filter: last 24 hours", "Time: last 24 hours")
	o.now = o.now.Add(24 * time.Hour)
	o.press(fyne.KeyF5)
	o.shows("0 executions  ·  filter: last 24 hours")
}
