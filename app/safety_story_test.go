//go:build !headless

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
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

// Nothing is pruned until it is switched on, with a look at what would go and a reason; what is held stays; the report's cover says what went.
func TestRetention_isSwitchedOn(t *testing.T) {
	o := emptyOffice(t)
	var old strings.Builder
	for i := range 40 {
		begin := o.now.AddDate(-3, 0, i).Unix()
		old.WriteString(job(fmt.Sprint(600100+i), "0", "HOMES-DIFF", "homes-01.meadow.example", fmt.Sprint(begin), fmt.Sprint(begin+600)))
	}
	o.imports(old.String())
	o.enter()
	o.settings("Retention")
	o.shows("Off: nothing is pruned.", "Nothing is held")
	o.tap("Change…")
	o.tap("Drop what is older than this")
	o.fill("25", "13", "the disk is small")
	o.tap("Keep")
	o.shows("Look first what would go")
	o.tap("What would go now?")
	o.shows("Today this would drop: 10 executions of 2023-03-02 to 2023-03-11, 0 raw logs, 0 kept files")
	o.tap("Keep")
	o.shows("On: executions go after 25 months")

	o.tap("Hold…")
	o.choose("routine, by its name")
	o.fill("HOMES-DIF", "a dispute")
	o.tap("Hold")
	o.shows("There is no routine")
	o.fill("HOMES-DIFF", "a dispute")
	o.tap("Hold")
	o.shows("HOMES-DIFF | a dispute")
	o.tap("Prune now…")
	o.shows("Nothing has come of age.")
	o.tap("Retention")
	o.at.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	o.tap("Release…")
	o.fill("it was settled")
	o.tap("Release")

	o.tap("Prune now…")
	o.shows("10 executions of 2023-03-02 to 2023-03-11")
	o.tap("Prune")
	o.shows("Pruned: 10 executions", "Up to now 10 executions of 2023-03-02 to 2023-03-11 went.")
	entries, err := o.desk.Timeline(t.Context(), ines, desk.TimelineQuery{Action: "pruned"})
	if err != nil || len(entries) != 1 || entries[0].Details[0].To != "executions after 25 months, raw logs and kept files after 13" {
		t.Errorf("entries: %+v, %v", entries, err)
	}
	s, err := o.desk.Copies(t.Context(), ines)
	if err != nil || len(s.Copies) != 1 || s.Copies[0].Why != desk.BeforePruning {
		t.Errorf("copies: %+v, %v", s, err)
	}
	w, err := o.desk.Workbook(t.Context(), ines, desk.Report{Period: figure.Period{From: o.now.AddDate(0, 0, -7), To: o.now, Zone: time.UTC}})
	if err != nil || !strings.HasPrefix(w.Pruned, "10 executions of 2023-03-02 to 2023-03-11") {
		t.Errorf("the cover says %q, %v", w.Pruned, err)
	}
	o.imports(old.String() + job("700900", "0", "HOMES-DIFF", "homes-01.meadow.example", "1772413200", "1772414100"))
	ids, err := o.desk.ExecutionIDs(t.Context(), ines, desk.ExecutionQuery{})
	if err != nil || len(ids) != 31 {
		t.Errorf("%d executions, %v", len(ids), err)
	}
}
