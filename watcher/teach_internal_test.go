package watcher

import (
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/backup"
)

const ownExport = "Auftrag;Rechner;Start;Ergebnis\nNacht;fs-01;31.03.2026 22:00;gut\nNacht;fs-02;31.03.2026 22:00;schlecht\n"

func ownMapping() backup.Mapping {
	return backup.Mapping{
		Name: "own", Version: 3, Shape: backup.CSV, Delimiter: ";",
		Columns:   map[backup.Field]string{backup.FieldRoutine: "Auftrag", backup.FieldClient: "Rechner", backup.FieldStart: "Start", backup.FieldStatus: "Ergebnis"},
		Constants: map[backup.Field]string{backup.FieldTool: "Own"}, Outcomes: map[string]string{"gut": "success", "schlecht": "failed"},
		Layouts: map[backup.Field]string{backup.FieldStart: "2.1.2006 15:04"},
	}
}

// A mapping reads what no format claims; one that wants other columns reads nothing, and a format goes before any of them.
func TestReader_readsByAMappingOfTheSource(t *testing.T) {
	other := ownMapping()
	other.Name, other.Columns[backup.FieldBytes] = "other", "Menge"
	for name, c := range map[string]struct {
		taught []backup.Mapping
		only   bool
		text   string
		format string // "" where the file is rejected
	}{
		"the one that fits":         {[]backup.Mapping{other, ownMapping()}, false, ownExport, "mapping: own"},
		"none fits":                 {[]backup.Mapping{other}, false, ownExport, ""},
		"a format goes before":      {[]backup.Mapping{ownMapping()}, false, "diary\nrun a success\n", "diary"},
		"unless the person says so": {[]backup.Mapping{ownMapping()}, true, ownExport, "mapping: own"},
	} {
		d, path := newFakeDesk(), filepath.Join(t.TempDir(), "a.csv")
		d.taught, d.only = c.taught, c.only
		write(t, path, c.text)
		results, err := newTestReader(t, d).Read(t.Context(), byHand, []string{path}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.format == "" {
			if results[0].Status != backup.Rejected || !strings.Contains(results[0].Reason, "no known export") {
				t.Errorf("%s: %+v", name, results[0])
			}
			continue
		}
		if got := d.last().file; got.Format != c.format || c.format == "mapping: own" && got.Version != 3 {
			t.Errorf("%s: read as %s, version %d", name, got.Format, got.Version)
		}
	}
}

// A trial reads everything and leaves nothing behind.
func TestReader_triesAMapping(t *testing.T) {
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "a.csv")
	write(t, path, ownExport+"Nacht;fs-03;gestern;gut\n")
	r := newTestReader(t, d)
	s, proposed, err := r.Look(t.Context(), byHand, path, backup.Mapping{})
	if err != nil || s.Encoding != "UTF-8" || s.Delimiter != ";" || proposed.Columns[backup.FieldClient] != "Rechner" {
		t.Fatalf("looks like %+v, proposed %+v, %v", s, proposed, err)
	}
	trial, err := r.Try(t.Context(), byHand, path, ownMapping(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if trial.Executions != 2 || trial.Outcomes[backup.Failed] != 1 || trial.Bad != 1 || trial.Problems[0].Line != 4 || trial.First[1].Client != "fs-02" {
		t.Errorf("tried: %+v", trial)
	}
	if len(d.took) > 0 || len(d.rejected) > 0 || len(spoolFiles(t, r)) > 0 || len(keptFiles(t, r)) > 0 {
		t.Errorf("something was left: %+v %v %v %v", d.took, d.rejected, spoolFiles(t, r), keptFiles(t, r))
	}
}
