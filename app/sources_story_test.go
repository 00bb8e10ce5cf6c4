//go:build !headless

package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/backup"
	"backstop/app/desk"
)

// addsFolder opens the form and fills what it asks for first: the folder; its name follows.
func (o *office) addsFolder(folder string) {
	o.t.Helper()
	o.visit("Sources")
	o.tap("Add a folder…")
	o.fill(folder)
}

func (o *office) chooseSource(row int) {
	o.t.Helper()
	table := tableOf[desk.SourceState](o)
	table.Select(o.sources()[row].ID)
	o.settle()
}

func TestSources_addsAFolder(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	folder := filepath.Join(t.TempDir(), "tapes")
	o.addsFolder(folder)
	o.choose("month/day")
	o.tap("Add")
	if o.dialogOpen() {
		t.Fatalf("the form is still open: %s", o.text())
	}
	sources := o.sources()
	if len(sources) != 1 || sources[0].Folder != folder || sources[0].Name != "tapes" || sources[0].Order != backup.MonthFirst || sources[0].After != backup.Leave {
		t.Fatalf("sources: %+v", sources)
	}
	o.shows("tapes", folder[:12], "not looked at yet")
	if got, want := o.sourceSteps(), []string{"ines added, name: tapes, folder: " + folder + ", date order: month/day"}; !slices.Equal(got, want) {
		t.Errorf("on record: %q, want %q", got, want)
	}
}

func TestSources_refusesWhatCannotBe(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	folder := t.TempDir()
	o.addsFolder(folder)
	o.tap("Add")
	for _, tt := range []struct {
		name string
		fill []string // folder, name, tool, server, zone
		says string
	}{
		{"no folder", []string{""}, "Choose a folder."},
		{"blanks", []string{"   "}, "Choose a folder."},
		{"part of a path", []string{"exports"}, `Give the whole path of the folder; "exports" is only a part.`},
		{"a folder twice", []string{folder, "again"}, `The source "` + filepath.Base(folder) + `" watches this folder already.`},
		{"a name twice", []string{filepath.Join(folder, "other"), filepath.Base(folder)}, `A source named "` + filepath.Base(folder) + `" exists already.`},
		{"no name", []string{filepath.Join(folder, "other"), " "}, "A source needs a name."},
		{"an unknown zone", []string{filepath.Join(folder, "other"), "other", "", "", "Europe/Lisboa"}, `Time zone "Europe/Lisboa" is not known; use a name such as Europe/Lisbon.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o.t = t
			o.addsFolder("")
			o.fill(tt.fill...)
			o.tap("Add")
			o.shows(tt.says)
			o.tap("Cancel")
			if n := len(o.sources()); n != 1 {
				t.Errorf("%d sources", n)
			}
		})
	}
}

func TestSources_keepsANameThatWasTyped(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	folder := t.TempDir()
	o.addsFolder(filepath.Join(folder, "one"))
	o.fill(filepath.Join(folder, "one"), "vault")
	o.fill(filepath.Join(folder, "two"))
	o.tap("Add")
	if s := o.sources(); len(s) != 1 || s[0].Name != "vault" || filepath.Base(s[0].Folder) != "two" {
		t.Errorf("sources: %+v", s)
	}
}

func TestSources_editsPausesResumesAndRemoves(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	folder := t.TempDir()
	o.addsFolder(folder)
	o.fill(folder, "vault")
	o.tap("Add")
	o.chooseSource(0)

	o.tap("Edit…")
	o.shows("Edit vault")
	o.fill(folder, "vault", "NetBackup", "", "Europe/Lisbon")
	o.tap("Save")
	o.shows("NetBackup")

	o.tap("Edit…")
	o.fill("")
	o.tap("Save")
	o.shows("pause or remove the source")
	o.press(fyne.KeyEscape)

	o.tap("Pause…")
	o.fill("  ")
	o.tap("Pause")
	o.shows("Say why; it goes on record.")
	o.fill("The server is being moved.")
	o.tap("Pause")
	if !o.sources()[0].Paused {
		t.Fatal("it is not paused")
	}
	o.shows("paused")

	o.tap("Resume")
	if o.sources()[0].Paused {
		t.Fatal("it is still paused")
	}

	o.tap("Remove…")
	o.tap("Remove")
	o.shows("Say why; it goes on record.")
	o.fill("The server is gone.")
	o.tap("Remove")
	if s := o.sources(); len(s) != 0 {
		t.Fatalf("sources: %+v", s)
	}
	o.shows("No sources yet")
	want := []string{
		"ines added, name: vault, folder: " + folder,
		"ines changed, tool: NetBackup, zone: Europe/Lisbon",
		"ines changed, paused: false → true, reason: The server is being moved.",
		"ines changed, paused: true → false",
		"ines removed, reason: The server is gone.",
	}
	if got := o.sourceSteps(); !slices.Equal(got, want) {
		t.Errorf("on record:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// years is a history of 250 old failures, one a day, and one of last night.
func years() string {
	var b strings.Builder
	day := time.Date(2025, 6, 10, 2, 0, 0, 0, time.UTC)
	for i := range 250 {
		start := day.AddDate(0, 0, i)
		b.WriteString(job(fmt.Sprint(720000+i), "58", "CELLAR-FULL", "cellar.meadow.example", fmt.Sprint(start.Unix()), fmt.Sprint(start.Add(5*time.Minute).Unix())))
	}
	return b.String() + job("729999", "58", "ATTIC-FULL", "attic.meadow.example", "1772413200", "1772413800")
}

func TestSources_asksAboutOldFailures(t *testing.T) {
	for _, tt := range []struct {
		answer string
		open   int
		says   string
	}{
		{"Open all", 251, "all"},
		{"Last 30 days", 15, "the last 30 days"},
		{"Last 7 days", 1, "the last 7 days"},
		{"None", 1, "none"},
	} {
		t.Run(tt.answer, func(t *testing.T) {
			o := emptyOffice(t)
			o.enter()
			o.drops(o.file("history.txt", years()))
			o.tap("Import")
			o.shows("251 executions new, 1 incident opened")
			o.tap("OK")
			o.visit("Sources")
			o.shows("250 old failures, from 2025-06-10 02:00 to 2026-02-14 02:00")
			o.tap(tt.answer)
			o.hides("old failures")
			if got := o.figures(); got.Open != tt.open || got.Questions != 0 {
				t.Errorf("%d are open, %d questions wait", got.Open, got.Questions)
			}
			steps, want := o.sourceSteps(), fmt.Sprintf("ines answered, answer: %s, opened: %d", tt.says, tt.open-1)
			if steps[len(steps)-1] != want {
				t.Errorf("on record: %q, want %q", steps, want)
			}
		})
	}
}

func TestSources_byKeysAlone(t *testing.T) {
	o := newOffice(t)
	for _, item := range o.at.MainMenu().Items[1].Items {
		if item.Label == "Sources" {
			item.Action()
		}
	}
	o.press(fyne.KeyDown, fyne.KeySpace) // the first row's files
	o.press(fyne.KeyReturn)
	o.shows("Edit " + desk.ByHand)
	o.press(fyne.KeyEscape)
	if o.at.Canvas().Focused() != fyne.Focusable(tableOf[desk.SourceState](o)) {
		t.Error("the focus is not back on the sources")
	}
	if o.ui.Window("incident 2") != nil {
		t.Error("the hidden table heard the keys")
	}
}
