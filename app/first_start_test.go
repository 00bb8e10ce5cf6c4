//go:build !headless

package main

import (
	"fmt"
	"testing"

	"backstop/app/desk"
)

func TestFirstStart_offersWhatToDo(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	o.shows("No incidents. Drop exports here or add a folder", "Add a folder…", "Try the sample exports", "0 incidents")
	o.tap("Add a folder…")
	o.shows("Add a folder", "After reading")
	o.tap("Cancel")
	o.shows("No sources yet", "No files")
}

func TestFirstStart_triesTheSamples(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	o.tap("Try the sample exports")
	o.shows("Imported", "8 files read: ")
	o.tap("OK")
	f := o.figures()
	if f.Open < 8 {
		t.Fatalf("the samples opened %d incidents", f.Open)
	}
	o.shows(fmt.Sprintf("%d incidents", f.Open), "State: open")
	o.hides("Drop exports here", " new")
	if got := o.figure("open"); got != fmt.Sprint(f.Open) {
		t.Errorf("the figure says %s open, the database %d", got, f.Open)
	}
	if rows := rowsOf(o.table()); len(rows) < 8 || rows[0] == "" {
		t.Errorf("rows in view: %q", rows)
	}
	if files, err := o.desk.Files(t.Context(), ines, desk.FileQuery{}); err != nil || len(files) != 8 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

// The menu offers them again: nothing is doubled.
func TestFirstStart_triesTheSamplesTwice(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	o.tap("Try the sample exports")
	o.tap("OK")
	before := o.figures()
	for _, item := range o.at.MainMenu().Items[0].Items {
		if item.Label == "Import the sample exports" {
			item.Action()
		}
	}
	o.settle()
	o.shows("8 files imported before.")
	o.hides("read:")
	o.tap("OK")
	if after := o.figures(); after != before {
		t.Errorf("figures went from %+v to %+v", before, after)
	}
}
