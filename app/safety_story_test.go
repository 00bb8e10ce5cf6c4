//go:build !headless

package main

import (
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/backup"
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

// Everything goes to another machine as one file, from the window or a command: what is taken in there is all that was, and the kept
// files can be read again from it. A desk in use takes nothing in.
func TestSafety_exportsEverything(t *testing.T) {
	o := newOffice(t)
	o.settings("Safety")
	o.tap("Export everything…")
	folder := t.TempDir()
	o.shows("each table as JSON lines", "passwords")
	o.fill(folder, "all")
	o.tap("Save")
	o.shows("all.zip is written")
	o.tap("OK")
	if _, err := o.desk.TakeAll(t.Context(), ines, filepath.Join(folder, "all.zip"), nil); err == nil {
		t.Error("a desk in use took an export in")
	}

	s := newShell(t)
	out, said, status := s.run("take-in", "--from-export", filepath.Join(folder, "all.zip"))
	if status != 0 || !strings.Contains(out, "and 1 kept files, up to head ") {
		t.Fatalf("take-in: %d, %s%s", status, out, said)
	}
	if out, _, status := s.run("verify"); status != 0 {
		t.Errorf("verify: %d, %s", status, out)
	}
	if out, _, _ := s.run("executions", "--json"); len(sessions(t, out)) != 3 {
		t.Errorf("executions: %s", out)
	}
	s.with(func(d *desk.Desk) error {
		read, err := d.ReadAgain(t.Context(), ines, desk.ReadAgainRequest{}, false, nil)
		if len(read) != 1 || read[0].Status != backup.Imported || read[0].Unchanged != 3 {
			t.Errorf("read again: %+v", read)
		}
		return err
	})
	if _, said, status := s.run("take-in", "--from-export", filepath.Join(folder, "all.zip")); status != 3 || !strings.Contains(said, "is not empty") {
		t.Errorf("take-in again: %d, %s", status, said)
	}
	if out, _, status := s.run("export", "--out", "FOLDER/again.zip"); status != 0 || !strings.Contains(out, "exported ") {
		t.Errorf("export: %d, %s", status, out)
	}
}
