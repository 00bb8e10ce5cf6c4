package report

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/desk"
)

// What is written comes back: texts that look like codes or markup, and the wall clock of the zone on both sides of a change of clocks.
func TestCells_comeBack(t *testing.T) {
	table := desk.Table{Title: "Cells", Zone: lisbon, Columns: []desk.Column{{Title: "Text"}, {Title: "At", Kind: desk.Clock}, {Title: "N", Kind: desk.Decimal}}}
	night := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC) // 01:30 comes twice in Lisbon
	lines := [][]any{
		{`<b>&"quoted"</b>`, night, 0.1},
		{"_x0041_ and _x005F_", night.Add(time.Hour), -3.0},
		{"  two lines\nand a tab\t ", time.Date(1900, 3, 1, 0, 0, 0, 0, lisbon), 1e-7},
		{"_x004_ is no code", time.Date(1899, 12, 31, 0, 0, 0, 0, lisbon), 1e15},
	}
	table.Rows = listed(lines...)
	f := opened(t, saved(t, "x.xlsx", table))
	for i, want := range []string{"2026-10-25 01:30", "2026-10-25 01:30", "1900-03-01 00:00", "1899-12-31 00:00"} {
		if got := at(t, f, "Cells", fmt.Sprint("B", i+4)); got != want {
			t.Errorf("row %d: the time reads %q, want %q", i+4, got, want)
		}
		if got := at(t, f, "Cells", fmt.Sprint("A", i+4)); got != lines[i][0] {
			t.Errorf("row %d: %q reads %q", i+4, lines[i][0], got)
		}
	}
}

// The rows of a sheet wait in a file of their own, and none is left behind, also after a failure.
func TestCells_leaveNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	waiting := 0
	table := aTable()
	table.Rows = func(yield func([]any, error) bool) {
		yield(full("1"), nil)
		waiting = len(files(t, dir))
	}
	path := saved(t, "x.xlsx", table)
	if left := files(t, dir); waiting != 1 || len(left) > 0 {
		t.Errorf("%d files while it is written, %q afterwards", waiting, left)
	}
	table.Rows = func(yield func([]any, error) bool) { yield(nil, os.ErrDeadlineExceeded) }
	if _, err := (Writer{}).Table(t.Context(), filepath.Join(filepath.Dir(path), "y.xlsx"), table); err == nil {
		t.Error("a table that breaks off is saved")
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left behind %q", left)
	}
}

// No part of the file is there twice, and what a sheet says around its rows stands in the order that Excel insists on.
func TestCells_stayInTheirPlace(t *testing.T) {
	z, err := zip.OpenReader(saved(t, "x.xlsx", aTable(full("1"))))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	names := map[string]int{}
	for _, f := range z.File {
		names[f.Name]++
	}
	if names["xl/worksheets/sheet1.xml"] != 1 || len(names) != len(z.File) {
		t.Errorf("parts %v", names)
	}
	part, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), `fitToPage="true"`) || strings.Contains(string(raw), "filterMode") {
		t.Errorf("the sheet does not fit the width of a page, or says that it is filtered: %.400s", raw)
	}
	last := 0
	for _, tag := range []string{"<sheetPr", "<dimension", "<sheetViews", "<cols", "<sheetData>", `<row r="4"`, "</sheetData>", "<autoFilter", "<mergeCells", "<conditionalFormatting", "<pageMargins", "<pageSetup", "<headerFooter"} {
		i := strings.Index(string(raw), tag)
		if i < last {
			t.Errorf("%s stands at %d, behind what should follow it", tag, i)
		}
		last = i
	}
}
