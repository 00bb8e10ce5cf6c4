//go:build !headless

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// chooseMenu takes an entry of the main menu by its words.
func (o *office) chooseMenu(words string) {
	o.t.Helper()
	for _, menu := range o.ui.Main().MainMenu().Items {
		for _, item := range menu.Items {
			if item.Label == words {
				item.Action()
				o.settle()
				return
			}
		}
	}
	o.t.Fatalf("no entry of the menu says %q", words)
}

const saveAs = "Save as Excel or CSV…"

// The list is saved as it is filtered and shown, with real times and numbers; the file is there whole and offered to be opened.
func TestSaving_theTableAsExcel(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	o.chooseMenu(saveAs)
	o.shows("Save the list of incidents", "Excel workbook (.xlsx)")
	o.fill(filepath.Join(dir, "gone"), "morning")
	o.tap("Save")
	o.shows("is no folder")
	o.fill(dir, "sub/morning")
	o.tap("Save")
	o.shows("Give the file a name")
	o.fill(dir, "morning")
	o.tap("Save")
	path := filepath.Join(dir, "morning.xlsx")
	o.shows("Saved", path)
	o.tap("Close")

	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Incidents")
	if err != nil {
		t.Fatal(err)
	}
	got := make([]string, len(rows))
	for i, r := range rows {
		got[i] = strings.Join(r, " | ")
	}
	want := []string{
		"Incidents",
		"Filter: State open. Saved 2026-03-02 09:30:00 by ines.",
		"ID | Opened (UTC) | Title | Client | Tool | Failure | State | Closing Status | Merged Incidents | Assignee | Age (hours)",
		"2 | 2026-03-02 09:30 | HOMES-DIFF Full partial | homes-01.meadow.example | NetBackup | 1 | New |  |  |  | 0.0",
		"1 | 2026-03-02 09:30 | LEDGER-FULL Full failed | ledger-02.meadow.example | NetBackup | 58 | New |  |  |  | 0.0",
	}
	for i, w := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], w[:min(len(w), 60)]) {
			t.Fatalf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestSaving_asksBeforeItReplaces(t *testing.T) {
	o := newOffice(t)
	path := o.file("list.csv", "what was there")
	o.chooseMenu(saveAs)
	o.choose("CSV (.csv)")
	o.fill(filepath.Dir(path), "list")
	o.tap("Save")
	o.shows("There is a file list.csv already", "Replace it")
	if raw, err := os.ReadFile(path); err != nil || string(raw) != "what was there" {
		t.Errorf("before the person agreed the file reads %q, %v", raw, err)
	}
	o.tap("Replace it")
	raw, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(raw), "LEDGER-FULL Full failed") || !strings.Contains(string(raw), "2026-03-02 09:30:00") {
		t.Errorf("the file reads %q, %v", raw, err)
	}
}

func TestSaving_remembersTheFolder(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	o.chooseMenu(saveAs)
	o.fill(dir, "one")
	o.tap("Save")
	o.tap("Close")
	var kept string
	if err := o.desk.Preference(t.Context(), "save.folder", &kept); err != nil || kept != dir {
		t.Errorf("the folder kept is %q, %v; want %q", kept, err, dir)
	}
}

// Every list has it: the sources, their files, and the record, each with its own filter.
func TestSaving_otherLists(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct{ page, want string }{
		{"Sources", "dropped files,no folder"},
		{"Timeline", ",2026-03-02 09:30:00,system,2,incident,opened,"},
	} {
		o.visit(c.page)
		dir := t.TempDir()
		o.chooseMenu(saveAs)
		o.choose("CSV (.csv)")
		o.fill(dir, "list")
		o.tap("Save")
		raw, err := os.ReadFile(filepath.Join(dir, "list.csv"))
		if err != nil || !strings.Contains(string(raw), c.want) {
			t.Errorf("%s: %q, %v; want %q in it", c.page, raw, err, c.want)
		}
		o.tap("Close")
	}
	o.visit("Settings")
	o.chooseMenu(saveAs)
	o.shows("No list here")
}
