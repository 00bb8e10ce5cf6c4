package diagnose_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/diagnose"
)

func facts(t *testing.T) diagnose.Facts {
	t.Helper()
	log := filepath.Join(t.TempDir(), "backstop.log")
	lines := `time=2026-03-02T08:00:00.000Z level=INFO msg=started version="backstop 1.0"` + "\n" +
		`time=2026-03-02T08:00:01.000Z level=ERROR msg="a job failed" job=others error="files of quay-01.cove.example: cannot be opened"` + "\n" +
		`2026/03/02 quay-01 said something without our marks` + "\n"
	if err := os.WriteFile(log, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	return diagnose.Facts{
		Version: "backstop 1.0 (abc)", Log: log, Own: map[string]string{"theme": "dark"},
		Formats: []backup.FormatInfo{{Name: "netbackup_bpdbjobs", Version: 3}},
		Desk:    desk.Diagnosis{Layout: 16, SQLite: "3.54.1", Bytes: 4096, Counts: map[string]int64{"incidents": 7}, Settings: map[string]string{"views.incidents": `[{"Name":"Harbour","Clients":["quay-01.cove.example"]}]`}},
	}
}

// read gives the texts of a zip by their names.
func read(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	texts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name] = string(raw)
	}
	return texts
}

func TestWrite_tellsWithoutNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.zip")
	if err := diagnose.Write(path, facts(t)); err != nil {
		t.Fatal(err)
	}
	got := read(t, path)
	for name, want := range map[string][]string{
		"about.txt":    {"backstop 1.0 (abc)", "layout 16", "SQLite 3.54.1", "folded to its shape"},
		"counts.txt":   {"incidents 7"},
		"formats.txt":  {"netbackup_bpdbjobs 3"},
		"settings.txt": {"this computer: theme = dark", "views.incidents = ", `"Clients":["xxxx-##.xxxx.xxxxxxx"]`},
		"log.txt":      {`time=2026-03-02T08:00:01.000Z level=ERROR msg="a job failed"`, "cannot be opened", "xxxx-##.xxxx.xxxxxxx"},
	} {
		for _, w := range want {
			if !strings.Contains(got[name], w) {
				t.Errorf("%s lacks %q:\n%s", name, w, got[name])
			}
		}
		for _, secret := range []string{"quay", "cove", "Harbour"} {
			if strings.Contains(got[name], secret) {
				t.Errorf("%s names %s:\n%s", name, secret, got[name])
			}
		}
	}
}

func TestWrite_withNamesIfWanted(t *testing.T) {
	f, path := facts(t), filepath.Join(t.TempDir(), "d.zip")
	f.Names = true
	if err := diagnose.Write(path, f); err != nil {
		t.Fatal(err)
	}
	got := read(t, path)
	for name, want := range map[string]string{"about.txt": "name hosts, jobs, clients and people", "settings.txt": "Harbour", "log.txt": "quay-01.cove.example"} {
		if !strings.Contains(got[name], want) {
			t.Errorf("%s lacks %q:\n%s", name, want, got[name])
		}
	}
}

func TestWrite_leavesNothingHalf(t *testing.T) {
	folder := t.TempDir()
	f := facts(t)
	f.Log = folder // no file: it cannot be read
	if err := diagnose.Write(filepath.Join(folder, "d.zip"), f); err == nil {
		t.Error("no error")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
