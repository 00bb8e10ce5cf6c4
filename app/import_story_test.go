//go:build !headless

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"backstop/app/backup"
	"backstop/app/desk"
)

// files are the ledger's, the oldest first.
func (o *office) files() []desk.FileRow {
	o.t.Helper()
	files, err := o.desk.Files(o.t.Context(), ines, desk.FileQuery{})
	if err != nil {
		o.t.Fatal(err)
	}
	slices.Reverse(files)
	return files
}

func TestImport_asksBeforeItReadsADrop(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	path := o.file("night.txt", night())
	o.drops(path)
	o.shows("Import 1 path?", path, "left where they are")
	o.tap("Cancel")
	if len(o.files()) != 0 {
		t.Fatal("it was read although the person said no")
	}
	o.drops(path)
	o.press(fyne.KeyReturn) // the button has the focus
	o.shows("1 file read: 3 executions new, 2 incidents opened.")
	o.tap("OK")
	o.shows("2 incidents", "LEDGER-FULL")
	if files := o.files(); len(files) != 1 || files[0].SourceName != desk.ByHand || files[0].Executions != 3 {
		t.Errorf("files: %+v", files)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the original is gone: %v", err)
	}
}

func TestImport_saysWhatWasNotRead(t *testing.T) {
	o := newOffice(t)
	good := job("700201", "58", "CRATES-FULL", "crates-01.meadow.example", "1772323200", "1772323800")
	o.drops(o.file("holiday.txt", "We are back on Monday.\n"), o.file("crates.txt", good), o.file("again.txt", good))
	o.tap("Import")
	o.shows("1 file read: 1 execution new, 1 incident opened. 1 file imported before.", "1 file not read:", "holiday.txt: ")
	o.tap("OK")
	o.visit("Sources")
	o.shows("rejected", "holiday.txt")
	var refused desk.FileRow
	for _, f := range o.files() {
		if f.Status == backup.Rejected {
			refused = f
		}
	}
	if refused.Reason == "" {
		t.Fatal("the ledger has no reason")
	}
	o.shows(refused.Reason[:30]) // the whole is in its window

	o.tap("Only what was rejected")
	ledger := tableOf[desk.FileRow](o)
	if rows := rowsOf(ledger); len(rows) != 1 {
		t.Errorf("rows: %q", rows)
	}
	o.at.Canvas().Focus(ledger)
	o.press(fyne.KeyHome, fyne.KeyReturn)
	o.shows("holiday.txt", refused.Reason, "SHA-256 "+refused.SHA256)
	o.press(fyne.KeyEscape)
	if o.at.Canvas().Focused() != fyne.Focusable(ledger) {
		t.Error("the focus is not back on the ledger")
	}
}

// severalFiles are exports of one failed job each.
func (o *office) severalFiles(n int) []string {
	o.t.Helper()
	folder := o.t.TempDir()
	for i := range n {
		path := filepath.Join(folder, fmt.Sprintf("export-%02d.txt", i))
		if err := os.WriteFile(path, []byte(job(fmt.Sprint(710000+i), "58", fmt.Sprintf("ORCHARD-%02d", i), "orchard.meadow.example", "1772323200", "1772323800")), 0o600); err != nil {
			o.t.Fatal(err)
		}
	}
	paths, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		o.t.Fatal(err)
	}
	return paths
}

// The person looks after 300 ms, and calls it off when the first file is in.
func TestImport_canBeCalledOff(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	paths := o.severalFiles(20)
	o.drops(paths...)
	o.shows("Import 20 paths?", "… and 8 more")
	o.pressButton("Import")
	o.hides("Reading")
	o.due()
	o.shows("Reading 20 paths …", "Cancel")
	during := ""
	stop := o.desk.Listen(func(e desk.Event) {
		if e.Incidents && during == "" {
			during = o.text()
			o.pressButton("Cancel")
		}
	})
	defer stop()
	o.settle()
	if want := "Reading file 1 of 20: " + paths[0]; !strings.Contains(during, want) {
		t.Errorf("%q is not shown; there is: %s", want, during)
	}
	o.shows("Called off", "What was read before stays. 1 file read: 1 execution new, 1 incident opened.")
	o.tap("OK")
	o.hides("Reading")
	o.shows("1 incident")
	if files := o.files(); len(files) != 1 || filepath.Base(files[0].Path) != "export-00.txt" || files[0].Executions != 1 {
		t.Errorf("files: %+v", files)
	}
	if o.incident(1).Title == "" || o.figures().Open != 1 {
		t.Error("the file that was finished is not whole")
	}

	o.drops(paths...) // and the next import works
	o.tap("Import")
	o.shows("19 files read: 19 executions new, 19 incidents opened. 1 file imported before.")
	o.tap("OK")
	o.shows("20 incidents")
}

// due does what comes due within a second, and no work.
func (o *office) due() {
	later := o.later
	o.later = nil
	for _, l := range later {
		l.run()
	}
}

// pressButton is tap while work is under way.
func (o *office) pressButton(words string) {
	for _, object := range o.objects() {
		if b, ok := object.(fyne.Tappable); ok && saidBy(object) == words {
			test.TapAt(b, middle(object))
			return
		}
	}
}

func TestImport_oneAtATime(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	second, during := o.file("two.txt", job("700301", "58", "BARN-FULL", "barn.meadow.example", "1772323200", "1772323800")), ""
	stop := o.desk.Listen(func(e desk.Event) {
		if e.Incidents && during == "" {
			o.drop(fyne.NewPos(400, 300), []fyne.URI{storage.NewFileURI(second)})
			o.settle()
			o.pressButton("Import")
			during = o.text()
			o.pressButton("OK")
		}
	})
	defer stop()
	o.drops(o.file("one.txt", night()))
	o.tap("Import")
	if !strings.Contains(during, "One import at a time") {
		t.Errorf("the second import says: %s", during)
	}
	o.shows("1 file read: 3 executions new")
}
