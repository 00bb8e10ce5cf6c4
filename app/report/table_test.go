package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"backstop/app/backup"
	"backstop/app/desk"
)

var lisbon = func() *time.Location {
	z, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		panic(err)
	}
	return z
}()

// summer is a moment at which Lisbon is an hour ahead of UTC.
var summer = time.Date(2026, 7, 1, 23, 30, 15, 0, time.UTC)

func listed(rows ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func aTable(rows ...[]any) desk.Table {
	return desk.Table{Title: "Incidents", About: "Filter: State open", Zone: lisbon, Rows: listed(rows...), Columns: []desk.Column{
		{Title: "ID", Kind: desk.ID}, {Title: "Failure"}, {Title: "State", Kind: desk.Word}, {Title: "Opened", Kind: desk.Clock}, {Title: "Size", Kind: desk.Size}, {Title: "Took", Kind: desk.Span}, {Title: "Files", Kind: desk.Whole},
	}}
}

func full(failure string) []any {
	return []any{desk.Ref(1042), failure, "On Hold", summer, desk.Bytes{Count: backup.N(3 << 19)}, 90 * time.Minute, backup.N(0)}
}

var hollow = []any{desk.Ref(7), "", "", time.Time{}, desk.Bytes{}, nil, backup.Count{}}

// hostile are texts that a spreadsheet may take for a formula.
var hostile = []string{`=cmd|'/c calc'!A0`, "+1+1", "-2+3", "@SUM(A1)", " =1", "\t=1", "\r=1", "=HYPERLINK(\"http://evil.example\")"}

func saved(t *testing.T, name string, table desk.Table) string {
	t.Helper()
	path, err := Writer{}.Table(t.Context(), filepath.Join(t.TempDir(), name), table)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func opened(t *testing.T, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func at(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTable_asExcel(t *testing.T) {
	f := opened(t, saved(t, "x.xlsx", aTable(full("cannot connect"), hollow)))
	rows, err := f.GetRows("Incidents")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Incidents"},
		{"Filter: State open"},
		{"ID", "Failure", "State", "Opened (Europe/Lisbon)", "Size (MiB)", "Took (hours)", "Files"},
		{"1042", "cannot connect", "On Hold", "2026-07-02 00:30", "1.5", "1.5", "0"},
		{"7"},
	}
	if fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", rows, want)
	}
	if kind, err := f.GetCellType("Incidents", "D4"); err != nil || kind != excelize.CellTypeUnset {
		t.Errorf("the time is of type %v, %v; a date is a number", kind, err)
	}
	panes, err := f.GetPanes("Incidents")
	if err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	formats, err := f.GetConditionalFormats("Incidents")
	if err != nil || len(formats["C4:C5"]) != len(Words) {
		t.Errorf("conditional formats %v, %v", formats, err)
	}
	if !slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool { return n.RefersTo == "'Incidents'!$1:$3" }) {
		t.Errorf("no titles repeat in print: %+v", f.GetDefinedName())
	}
}

func TestTable_textStaysText(t *testing.T) {
	var rows [][]any
	for _, h := range hostile {
		rows = append(rows, full(h))
	}
	f := opened(t, saved(t, "x.xlsx", aTable(rows...)))
	for i, h := range hostile {
		at := fmt.Sprint("B", i+4)
		formula, err := f.GetCellFormula("Incidents", at)
		if err != nil || formula != "" {
			t.Errorf("%s: %q became the formula %q, %v", at, h, formula, err)
		}
		if kind, err := f.GetCellType("Incidents", at); err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%q is of type %v, %v", h, kind, err)
		}
		if got, _ := f.GetCellValue("Incidents", at); strings.TrimSpace(got) != strings.TrimSpace(h) {
			t.Errorf("%q reads %q", h, got)
		}
	}
	raw, err := os.ReadFile(saved(t, "x.CSV", aTable(rows...)))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	if err != nil || len(lines) != len(hostile)+1 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for i, line := range lines[1:] {
		if !strings.HasPrefix(line[1], "'") {
			t.Errorf("%q is %q in CSV: a spreadsheet would run it", hostile[i], line[1])
		}
	}
}

func TestTable_asCSV(t *testing.T) {
	raw, err := os.ReadFile(saved(t, "x.csv", aTable(full("no \"route\",\nto host"), hollow)))
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeffID,Failure,State,Opened (Europe/Lisbon),Size (MiB),Took (hours),Files\r\n1042,\"no \"\"route\"\",\r\nto host\",On Hold,2026-07-02 00:30:15,1.5,1.5,0\r\n7,,,,,,\r\n"
	if string(raw) != want {
		t.Errorf("got  %q\nwant %q", raw, want)
	}
}

// Excel has so many rows a sheet; the rest goes on in another.
func TestTable_isSplitWhereASheetEnds(t *testing.T) {
	defer func(n int) { lastRow = n }(lastRow)
	lastRow = 5
	f := opened(t, saved(t, "x.xlsx", aTable(full("1"), full("2"), full("3"), full("4"), full("5"))))
	if got, want := f.GetSheetList(), []string{"Incidents", "Incidents (2)", "Incidents (3)"}; !slices.Equal(got, want) {
		t.Fatalf("sheets %q, want %q", got, want)
	}
	for i, cell := range []string{"Incidents!B4", "Incidents!B5", "Incidents (2)!B4", "Incidents (2)!B5", "Incidents (3)!B4"} {
		sheet, name, _ := strings.Cut(cell, "!")
		if got := at(t, f, sheet, name); got != fmt.Sprint(i+1) {
			t.Errorf("%s is %q, want %d", cell, got, i+1)
		}
	}
	if got := at(t, f, "Incidents (3)", "B3"); got != "Failure" {
		t.Errorf("the head of a later part says %q", got)
	}
}

func TestTable_withoutRows(t *testing.T) {
	f := opened(t, saved(t, "x.xlsx", aTable()))
	if got := at(t, f, "Incidents", "A4"); got != "None." {
		t.Errorf("an empty list says %q", got)
	}
}

func TestTable_cutsNothingInSilence(t *testing.T) {
	for _, c := range []struct {
		text string
		cut  bool
	}{{strings.Repeat("é", 32767), false}, {strings.Repeat("é", 32768), true}, {strings.Repeat("😀", 16383), false}, {strings.Repeat("😀", 20000), true}} {
		f := opened(t, saved(t, "x.xlsx", aTable(full(c.text))))
		got := at(t, f, "Incidents", "B4")
		if said := strings.Contains(got, "cut; the whole text has"); said != c.cut || units(got) > most || !c.cut && got != c.text {
			t.Errorf("%d characters: %d are there, cut is said: %v", len([]rune(c.text)), len([]rune(got)), said)
		}
	}
}

// A file is there whole or not at all, only for its owner, and nothing is left beside it.
func TestTable_isWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "list.xlsx")
	if err := os.WriteFile(path, []byte("the old one"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the disk of the database is gone")
	table := aTable()
	table.Rows = func(yield func([]any, error) bool) { _ = yield(full("1"), nil) && yield(nil, broken) }
	for _, name := range []string{path, filepath.Join(dir, "list.csv")} {
		if _, err := (Writer{}).Table(t.Context(), name, table); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if raw, err := os.ReadFile(path); err != nil || string(raw) != "the old one" {
		t.Errorf("the old file reads %q, %v", raw, err)
	}
	if names := files(t, dir); !slices.Equal(names, []string{"list.xlsx"}) {
		t.Errorf("left behind: %q", names)
	}
	if _, err := (Writer{}).Table(t.Context(), path, aTable()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// On Windows a file that is open in Excel cannot be replaced.
func TestTable_isSavedBesideOneThatIsOpen(t *testing.T) {
	defer func() { rename = os.Rename }()
	dir := t.TempDir()
	path := filepath.Join(dir, "list.xlsx")
	for _, name := range []string{"list.xlsx", "list (2).xlsx"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rename = func(from, to string) error {
		if to == path {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: errors.New("the process cannot access the file because it is being used by another process")}
		}
		return os.Rename(from, to)
	}
	written, err := Writer{}.Table(t.Context(), path, aTable())
	if want := filepath.Join(dir, "list (3).xlsx"); err != nil || written != want {
		t.Errorf("written to %q, %v; want %q", written, err, want)
	}
	if names := files(t, dir); len(names) != 3 {
		t.Errorf("files %q", names)
	}
}

func TestTable_saysWhereItCannotWrite(t *testing.T) {
	_, err := Writer{}.Table(t.Context(), filepath.Join(t.TempDir(), "gone", "list.xlsx"), aTable())
	if err == nil || !strings.Contains(err.Error(), "nothing can be written into") || strings.Contains(err.Error(), ".part") {
		t.Errorf("error %v", err)
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSheetName(t *testing.T) {
	for in, want := range map[string]string{
		"Incidents": "Incidents", "a:b/c\\d?e*f[g]": "a b c d e f g", "'quoted'": "quoted", "": "Sheet ", "history": "Sheet history",
		strings.Repeat("x", 40): strings.Repeat("x", 31),
	} {
		if got := sheetName(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// What waits until the workbook is put together lies in the folder that was given, under a name that the data folder is rid of at the next
// start, and is gone in the end: a report that is killed leaves nothing on the machine.
func TestWriter_leavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	waiting := func() (names []string) {
		files, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			names = append(names, f.Name())
		}
		return names
	}
	table, during := aTable(), []string(nil)
	table.Rows = func(yield func([]any, error) bool) {
		yield(full("no route"), nil)
		during = waiting()
	}
	if _, err := (Writer{Temporary: folder}).Table(t.Context(), filepath.Join(t.TempDir(), "incidents.xlsx"), table); err != nil {
		t.Fatal(err)
	}
	if len(during) != 1 || !strings.HasPrefix(during[0], "stage-") || len(waiting()) > 0 {
		t.Errorf("waiting: %q, left: %q", during, waiting())
	}
}
