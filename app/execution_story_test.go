//go:build !headless

package main

import (
	"testing"

	"fyne.io/fyne/v2"

	"backstop/app/incident"
)

// From an incident to the run that opened it and back; and from the run that made it good.
func TestExecution_leadsToItsIncidentAndBack(t *testing.T) {
	o := newOffice(t)
	o.open("1")
	o.turn(fyne.Key5) // History
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.look(o.ui.Window("execution 1"))
	o.shows("LEDGER-FULL on ledger-02.meadow.example  ·  700101", "failed", "58", "the client cannot be connected", "jobs.txt", "line 1", "700101,0,3,58")
	o.tap("Incident 1")
	o.look(o.ui.Window("incident 1"))

	o.look(o.ui.Main())
	account := incident.Account{Category: "Network", Description: "switch", Solution: "cable"}
	if err := o.desk.CloseReprocessed(t.Context(), ines, []int64{2}, incident.Reprocessing{Account: account, Pairs: []incident.Pair{{Incident: 2, Session: 3}}}, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.clear()
	o.at.Canvas().Focus(o.table())
	o.open("2")
	o.turn(fyne.Key4) // Reprocessing
	o.press(fyne.KeyHome, fyne.KeyReturn)
	made := o.ui.Window("execution 3")
	o.look(made)
	o.shows("success", "No log was kept")
	o.turn(fyne.Key2)
	o.shows("Incidents 1", "made good", "Reprocessed")
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.look(o.ui.Window("incident 2"))
	o.press(fyne.KeyHome, fyne.KeyReturn)
	if o.ui.Window("execution 3") != made {
		t.Error("the second open made another window")
	}
	made.Close()
	if o.ui.Window("execution 3") != nil {
		t.Error("the window is closed and still known")
	}
}
