//go:build !headless

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// rejects has a folder whose one file nothing reads, and chooses that file.
func (o *office) rejects(name, content string) (path string) {
	o.t.Helper()
	o.enter()
	folder := o.t.TempDir()
	path = filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
	o.addsFolder(folder)
	o.tap("Add")
	source := o.sources()[0].Name
	if _, err := o.desk.Import(o.t.Context(), ines, desk.ImportRequest{Source: source, Paths: []string{path}}, nil); err != nil {
		o.t.Fatal(err)
	}
	o.settle()
	tableOf[desk.FileRow](o).Select(o.files()[0].ID)
	o.settle()
	return path
}

// A rejected file is looked at, tried again, and ignored with a reason; that is seen in the settings and taken back.
func TestRejected_isIgnoredAndHeededAgain(t *testing.T) {
	o := emptyOffice(t)
	path := o.rejects("plan-2026-03.txt", "Mondays: orchard\nTuesdays: meadow\n")
	o.at.Canvas().Focus(tableOf[desk.FileRow](o))
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.shows("SHA-256", "It begins with (UTF-8, line ends LF):", "Mondays: orchard\nTuesdays: meadow")
	o.press(fyne.KeyEscape)
	o.tap("Try again")
	o.shows("plan-2026-03.txt is not read: no known export begins with")

	o.tap("Ignore files like this…")
	o.shows("plan-*-*.txt", "In the list: 1 file that could not be read.")
	o.tap("Ignore")
	o.shows("Say why: nothing in such a file will open an incident")
	o.fill("plan-*.txt", "the plan of the week is no export")
	o.shows("In the list: 1 file that could not be read.")
	o.tap("Ignore")
	o.shows("Ignored from now on.")
	if s := o.sources()[0]; s.Rejected != 0 || o.figures().Rejected != 0 {
		t.Errorf("still counted as rejected: %d, %d", s.Rejected, o.figures().Rejected)
	}
	if f := o.files()[0]; !f.Ignored || f.Path != path {
		t.Errorf("the file is %+v", f)
	}
	o.visit("Settings")
	o.tap("Ignored files")
	o.shows("plan-*.txt", "the plan of the week is no export", "ines")
	o.press(fyne.KeyHome, fyne.KeySpace)
	o.tap("Read them again…")
	o.fill("it is an export after all")
	o.tap("Read them")
	o.shows("No files are ignored")
	steps, source := o.recorded(timeline.Source), o.sources()[0].Name
	for i, want := range []string{
		"ines files ignored, files: plan-*.txt, source: " + source + ", reason: the plan of the week is no export",
		"ines files no longer ignored, files: plan-*.txt, source: " + source + ", reason: it is an export after all",
	} {
		if at := len(steps) - 2 + i; at < 0 || steps[at] != want {
			t.Errorf("on record: %q, want %s", steps, want)
		}
	}
	if n := o.figures().Rejected; n != 1 {
		t.Errorf("%d rejected again", n)
	}
}

// The report for the authors shows how the file is laid out and nothing of whose it is, and can be copied.
func TestRejected_isReportedWithoutNames(t *testing.T) {
	o := emptyOffice(t)
	o.rejects("lohn.csv", "Job|Host|Ende\nLohnlauf|db-01.orchard.example|31.03.2026 22:00\nMelanie Obst|10.1.2.3|31.03.2026 23:00\n")
	o.tap("Report for the authors…")
	o.shows("Nothing is sent.", "Job|Host|Ende", "Xxxxxxxx|xx-##.xxxxxxx.xxxxxxx|##.##.#### ##:##", "Xxxxxxx Xxxx|##.#.#.#|##.##.#### ##:##")
	o.hides("Melanie", "Lohnlauf|", "10.1.2.3", "db-01")
	o.tap("Copy")
	if text := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(text, "Ending of its name: .csv") || strings.Contains(text, "orchard") {
		t.Errorf("copied: %s", text)
	}
}
