//go:build !headless

package main

import (
	"path/filepath"
	"testing"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// settings turns to a part of the settings.
func (o *office) settings(part string) {
	o.t.Helper()
	o.tap("Settings")
	o.tap(part)
}

// The copies are listed with what they were made for; one more is made at once, and one is saved elsewhere, never over another file.
func TestSafety_copies(t *testing.T) {
	o := newOffice(t)
	o.settings("Safety")
	o.shows("No copies yet", "Copies of the database")
	if err := o.desk.CopyDaily(t.Context(), desk.System()); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.shows("2026-03-02 09:30 | daily")
	o.tap("Copy now")
	o.shows("Copied and checked: ", "asked for")
	entries, err := o.desk.Timeline(t.Context(), ines, desk.TimelineQuery{Subject: timeline.Database})
	if err != nil || len(entries) != 1 || entries[0].Action != "copied" {
		t.Errorf("entries: %+v, %v", entries, err)
	}

	folder := t.TempDir()
	for _, says := range []string{"is written", "There is a file vault.db already; give another name"} {
		o.tap("Save a copy elsewhere…")
		o.fill(folder, "vault")
		o.tap("Save")
		o.shows(says)
		if says == "is written" {
			o.tap("OK")
		}
	}
	s := newShell(t)
	s.db = filepath.Join(folder, "vault.db")
	if out, _, status := s.run("verify"); status != 0 {
		t.Errorf("verify of the copy: %d, %s", status, out)
	}
}
