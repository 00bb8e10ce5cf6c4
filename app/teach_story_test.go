//go:build !headless

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"backstop/app/desk"
)

// odd is an export that no format knows: odd headers, semicolons, windows-1252, day before month, a comma in its sizes.
const odd = "Vorgangsbezeichnung;Gerät;Lief ab;Umfang;Befund;Vermerk\r\n" +
	"Tagesende;büro-01;03/04/2026 22:00;1,5 GB;iO;\r\n" +
	"Tagesende;büro-02;04/04/2026 22:00;0,2 GB;niO;Platte voll\r\n"

// The person is asked what the file does not tell, step by step; then the file is read by what was said.
func TestTeach_anExportThatNobodyKnows(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	folder := t.TempDir()
	path := filepath.Join(folder, "tagesende.csv")
	raw, err := charmap.Windows1252.NewEncoder().Bytes([]byte(odd))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	o.addsFolder(folder)
	o.tap("Add")
	source := o.sources()[0].Name
	if _, err := o.desk.Import(t.Context(), ines, desk.ImportRequest{Source: source, Paths: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	files := tableOf[desk.FileRow](o)
	files.Select(o.files()[0].ID)
	o.settle()
	o.tap("Teach…")

	o.look(o.ui.Window("teach " + path))
	o.shows("windows-1252", "6 columns and 2 records in view", "Befund", "büro-02")
	o.tap("Next")
	o.tap("Next")
	o.shows("Name the backup tool")
	o.fill("Abendwerk")
	o.tap("Next")
	o.shows("Choose the column that says how a run ended")
	o.chooses("How the run ended", "Befund")
	o.chooses("Routine (job, policy)", "Vorgangsbezeichnung")
	o.chooses("Client (machine)", "Gerät")
	o.tap("Next")
	o.shows("Say how the start is written: its values do not tell day from month")
	o.choose("3 April 2026, 22:00")
	o.chooses("Error text", "Vermerk")
	o.tap("Next")
	o.shows("iO", "niO")
	o.tap("Next")
	o.shows(`Say what "iO" means`)
	o.chooses("iO", "success: all that was asked for was saved")
	o.chooses("niO", "failed: nothing usable was saved")
	o.tap("Next")
	o.shows("2 executions: 1 success, 1 failed", "Platte voll", "1.5 GiB")
	o.tap("Keep the mapping")

	rows, err := o.desk.Mappings(t.Context(), ines)
	if err != nil || len(rows) != 1 || rows[0].Mapping.Name != "Abendwerk "+source || len(rows[0].Sources) != 1 {
		t.Fatalf("kept: %+v, %v", rows, err)
	}
	var read []string
	for e, err := range o.desk.Executions(t.Context(), ines, desk.ExecutionQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, e.Client+" "+e.Outcome.String()+" "+e.Start.Format("2006-01-02")+" "+e.Bytes.String())
	}
	if got := strings.Join(read, ", "); got != "büro-01 success 2026-04-03 1610612736, büro-02 failed 2026-04-04 214748365" {
		t.Errorf("read: %s", got)
	}
	if in := o.incident(1); in.Client != "büro-02" || in.Cause.String() != "failed" {
		t.Errorf("incident 1 is %+v", in)
	}
}

// A workbook is taught by the sheet that holds the runs, and read like any other export from then on.
func TestTeach_aSheetOfAWorkbook(t *testing.T) {
	o := emptyOffice(t)
	o.enter()
	folder := t.TempDir()
	path := filepath.Join(folder, "runs.xlsx")
	writeWorkbook(t, path, map[string][][]any{
		"Cover": {{"Runs of the week", "made by hand"}},
		"Runs":  {{"Auftrag", "Gerät", "Beginn", "Ergebnis"}, {"Tagesende", "büro-01", time.Date(2026, 4, 3, 22, 0, 0, 0, time.UTC), "Erfolg"}},
	})
	o.addsFolder(folder)
	o.tap("Add")
	source := o.sources()[0].Name
	if _, err := o.desk.Import(t.Context(), ines, desk.ImportRequest{Source: source, Paths: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	tableOf[desk.FileRow](o).Select(o.files()[0].ID)
	o.settle()
	o.tap("Teach…")
	o.look(o.ui.Window("teach " + path))
	o.chooses("Of what it holds take", "Runs")
	o.shows("4 columns and 1 record in view", "büro-01")
	o.tap("Next")
	o.fill("Abendwerk")
	o.chooses("Client (machine)", "Gerät")
	o.tap("Next")
	o.tap("Next")
	o.shows("1 execution: 1 success")
	o.tap("Keep the mapping")
	var read []string
	for e, err := range o.desk.Executions(t.Context(), ines, desk.ExecutionQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, e.Client+" "+e.Outcome.String()+" "+e.Start.Format("2006-01-02"))
	}
	if len(read) != 1 || read[0] != "büro-01 success 2026-04-03" {
		t.Errorf("read: %q", read)
	}
}

func writeWorkbook(t *testing.T, path string, sheets map[string][][]any) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, cells := range rows {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", n+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = f.DeleteSheet("Sheet1")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// chooses takes an option of the choice that stands behind the words.
func (o *office) chooses(words, option string) {
	o.t.Helper()
	behind := false
	for _, object := range o.objects() {
		behind = behind || saidBy(object) == words
		if c, ok := object.(interface{ SetSelected(string) }); ok && behind {
			c.SetSelected(option)
			if said := saidBy(object); said != option {
				o.t.Fatalf("%q behind %q is %q", option, words, said)
			}
			o.settle()
			return
		}
	}
	o.t.Fatalf("no choice stands behind %q; there is: %s", words, o.text())
}
