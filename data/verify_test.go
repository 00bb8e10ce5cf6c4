package data

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
)

func TestVerify_findsRowsThatPointNowhere(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed))
	outside(t, d.path, "DELETE FROM routines")
	findings := d.verified().Findings
	slices.Sort(findings)
	equal(t, findings, "rows of executions point to rows of routines that are gone", "rows of incidents point to rows of routines that are gone",
		"rows of routine_sources point to rows of routines that are gone")
}

// Damage is a finding, not a reason to give up: verify is asked for when something seems wrong.
func TestVerify_findsADamagedFile(t *testing.T) {
	for _, table := range []string{"executions", "timeline"} {
		t.Run(table, func(t *testing.T) {
			d := newDesk(t)
			var records []any
			for i := range 400 {
				records = append(records, night(fmt.Sprint(i), backup.Failed))
			}
			d.read(0, records...)
			page := d.rows("SELECT rootpage FROM sqlite_schema WHERE name = ?", table)
			d.must(d.Close())
			overwritePage(t, d.path, page[0])
			if v := openDesk(t, d.path).verified(); len(v.Findings) == 0 || !strings.Contains(strings.Join(v.Findings, "\n"), "the database file is damaged") {
				t.Errorf("findings: %q", v.Findings)
			}
		})
	}
}

func overwritePage(t *testing.T, path, page string) {
	t.Helper()
	const size = 4096
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var n int64
	if _, err := fmt.Sscan(page, &n); err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte(strings.Repeat("damaged!", size/8)), (n-1)*size); err != nil {
		t.Fatal(err)
	}
}

func TestBackup(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed), night("2", backup.Success))
	path := filepath.Join(t.TempDir(), "copy of März #1.db")
	d.must(d.desk.Backup(t.Context(), rosa, path))
	equal(t, d.said("copied"), "database 0 by rosa: file: "+filepath.Base(path))

	copied := openDesk(t, path)
	if v := copied.verified(); len(v.Findings) > 0 || v.Entries != d.verified().Entries-1 {
		t.Errorf("copy: %d entries of %d, findings %q", v.Entries, d.verified().Entries, v.Findings)
	}
	equal(t, copied.rows("SELECT session FROM executions"), "1", "2")
	if found := idsOf(t, copied.Store, desk.IncidentQuery{Text: "daily"}); len(found) != 1 {
		t.Errorf("the search of the copy finds %v", found)
	}
}

func TestBackup_refusesAFileThatIsThere(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), "precious.txt")
	d.must(os.WriteFile(path, []byte("precious"), 0o600))
	if err := d.desk.Backup(t.Context(), rosa, path); err == nil || !strings.Contains(err.Error(), "exists; choose another name") {
		t.Errorf("error = %v", err)
	}
	raw, err := os.ReadFile(path)
	d.must(err)
	equal(t, []string{string(raw)}, "precious")
	equal(t, d.said("copied"))
}

func TestBackup_leavesNothingWhenItFails(t *testing.T) {
	d := newDesk(t)
	folder := t.TempDir()
	cancelled := cancelledContext(t)
	if err := d.desk.Backup(cancelled, rosa, filepath.Join(folder, "copy.db")); err == nil {
		t.Error("a cancelled copy succeeded")
	}
	left, err := os.ReadDir(folder)
	d.must(err)
	if len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
