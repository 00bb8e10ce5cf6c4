package main

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"backstop/app/cli"
)

// The night has four runs with a time: two were good, one failed, one is at work. The figures are told as lines too.
func TestCLI_report(t *testing.T) {
	s := newShell(t).aNight()
	s.prints([]string{"report", "--out", "FOLDER/r.xlsx", "--from", "2026-03-01", "--to", "2026-03-02"}, "written to FOLDER/r.xlsx")
	s.prints([]string{"report", "--out", "FOLDER/r.html", "--from", "2026-03-01"}, "written to FOLDER/r.html")
	out, _, _ := s.run("report", "--json", "--out", s.folder+"/r.xlsx", "--from", "2026-03-01", "--to", "2026-03-02")
	for _, want := range []string{
		`{"figure":"first_attempt","value":0.6666666666666666,"before":null,"unit":"share","from":"2026-03-01T00:00:00Z","to":"2026-03-02T00:00:00Z"}`,
		`{"figure":"runs","value":3,"before":0,"unit":"number",`, `{"figure":"lost","value":0,`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%s\nis not in\n%s", want, out)
		}
	}
	f, err := excelize.OpenFile(s.folder + "/r.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := f.GetCellValue("Management", "B7"); err != nil || got != "3" {
		t.Errorf("the workbook counts %q runs, %v", got, err)
	}
	for line, want := range map[string]string{
		"report": "name the file to write with --out",
		"report --out FOLDER/r.pdf --from 2026-03-01":                  "it ends in .xlsx or .html",
		"report --out FOLDER/r.xlsx --to 2026-03-01":                   "--to needs a --from",
		"report --out FOLDER/r.xlsx --from soon":                       `"soon" is no time`,
		"report --out FOLDER/r.xlsx --from 2026-03-02 --to 2026-03-01": "ends before it begins",
	} {
		_, said, status := s.run(strings.Fields(strings.ReplaceAll(line, "FOLDER", s.folder))...)
		if status != cli.Usage || !strings.Contains(said, want) {
			t.Errorf("%s: status %d, %q; want %q", line, status, said, want)
		}
	}
	if _, said, status := s.run("report", "--out", s.folder+"/gone/r.xlsx"); status != cli.CouldNot || !strings.Contains(said, "nothing can be written into") {
		t.Errorf("status %d, %q", status, said)
	}
}
