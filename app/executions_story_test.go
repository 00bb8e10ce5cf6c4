//go:build !headless

package main

import (
	"slices"
	"strings"
	"testing"

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
