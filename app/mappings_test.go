package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/cli"
)

const sharedMappings = `[{"name":"Nachtwerk","shape":"csv","delimiter":";","columns":{"routine":"Auftrag","client":"Rechner","start":"Start","status":"Ergebnis","bytes":"Menge"},
"constants":{"tool":"Nachtwerk"},"outcomes":{"gut":"success","schlecht":"failed"},"layouts":{"start":"2.1.2006 15:04"},"decimal":","}]`

// A mapping comes as a file from somebody else, reads an export that no format knows, and goes out as a file again.
func TestCLI_readsWhatAMappingTeaches(t *testing.T) {
	s := newShell(t)
	s.write("mappings.json", sharedMappings)
	s.write("night.csv", "Auftrag;Rechner;Start;Ergebnis;Menge\nNacht;fs-01;01.03.2026 22:00;gut;1,5 GB\nNacht;fs-02;01.03.2026 22:00;schlecht;0 B\nNacht;fs-03;01.03.2026 22:00;anders;0 B\n")
	s.prints([]string{"mappings"})
	if _, said, status := s.run("import", "FOLDER/night.csv"); status != cli.Unclean || said != "" {
		t.Errorf("before it was taught: status %d, %s", status, said)
	}
	if _, said, status := s.run("import", "--mapping", "Nachtwerk", "FOLDER/night.csv"); status != cli.Usage || !strings.Contains(said, `mapping "Nachtwerk": not found; none was saved yet`) {
		t.Errorf("a mapping that is not there: status %d, %s", status, said)
	}
	s.prints([]string{"mappings", "--import", "FOLDER/mappings.json"}, "1 mappings taken from FOLDER/mappings.json")
	out, said, status := s.run("import", "--now", "2026-03-02T08:00:00Z", "--zone", "UTC", "--mapping", "Nachtwerk", "FOLDER/night.csv")
	want := "FOLDER/night.csv: mapping: Nachtwerk, 2 executions (2 new, 0 updated, 0 unchanged), 1 incidents opened\n" +
		"  line 4: the mapping does not say what the status \"anders\" means\n"
	if status != cli.Unclean || said != "" || out != want {
		t.Errorf("status %d, %s prints\n%s", status, said, out)
	}
	s.prints([]string{"executions", "--json"},
		`{"tool":"Nachtwerk","format":"mapping: Nachtwerk","routine":"Nacht","client":"fs-01","kind":"backup","outcome":"success","native_status":"gut","start":"2026-03-01T22:00:00Z","bytes":1610612736}`,
		`{"tool":"Nachtwerk","format":"mapping: Nachtwerk","routine":"Nacht","client":"fs-02","kind":"backup","outcome":"failed","native_status":"schlecht","start":"2026-03-01T22:00:00Z","bytes":0}`)
	s.prints([]string{"mappings", "--export", "FOLDER/again.json"}, "1 mappings written to FOLDER/again.json")
	s.prints([]string{"mappings", "--import", "FOLDER/again.json"}, "1 mappings taken from FOLDER/again.json")
	if raw, err := os.ReadFile(filepath.Join(s.folder, "again.json")); err != nil || !strings.Contains(string(raw), `"schlecht": "failed"`) {
		t.Errorf("exported %s, %v", raw, err)
	}
	s.write("bad.json", `[{"name":"half","shape":"csv","delimiter":";"}]`)
	if _, said, status := s.run("mappings", "--import", "FOLDER/bad.json"); status != cli.CouldNot || !strings.Contains(said, `mapping "half": choose the column that says how a run ended`) {
		t.Errorf("a mapping that cannot be used: status %d, %s", status, said)
	}
	s.prints([]string{"verify"}, s.verified()...)
}

// verified is what verify prints of a database that is sound.
func (s *shell) verified() []string {
	s.t.Helper()
	out, _, _ := s.run("verify")
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "clean: ") {
		s.t.Errorf("verify prints %q", lines)
	}
	return lines
}
