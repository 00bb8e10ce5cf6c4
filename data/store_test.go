package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

func TestOpen_anyPath(t *testing.T) {
	names := []string{"plain", "with blank", "Zürich ж", "a#b", "100%", "x%41y", "[old]", "semi;colon&and=", "quo'te"}
	if runtime.GOOS != "windows" {
		names = append(names, "what?", "star*", `back\slash`, `"quoted"`)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), name)
			path := filepath.Join(folder, name+".db")
			d := openDesk(t, path)
			d.source = d.addSource(backup.Source{Name: "here"})
			want(t, d.read(0, night("1", backup.Failed)), 1, 0, 0, 1)
			d.must(d.Close())
			files, err := os.ReadDir(folder)
			d.must(err)
			for _, f := range files {
				if !strings.HasPrefix(f.Name(), name+".db") {
					t.Errorf("left %q beside the database", f.Name())
				}
			}
			equal(t, openDesk(t, path).rows("SELECT name FROM sources"), "here")
		})
	}
}

func TestOpen_onlyItsOwnerReads(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the folder's rights decide there
	}
	folder := filepath.Join(t.TempDir(), "made for it")
	d := openDesk(t, filepath.Join(folder, "desk.db"))
	d.source = d.addSource(backup.Source{Name: "here"})
	d.must(d.Backup(t.Context(), filepath.Join(folder, "copy.db"), nil))
	d.must(filepath.WalkDir(folder, func(path string, f os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := f.Info()
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %s", path, info.Mode())
		}
		return err
	}))
}

// Pragmas given in another way than in the DSN reach one pooled connection only, so they are asked back.
func TestOpen_settingsAreInForce(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		db           *sql.DB
		pragma, want string
	}{
		{d.write, "journal_mode", "wal"},
		{d.write, "synchronous", "2"}, // FULL
		{d.write, "foreign_keys", "1"},
		{d.write, "busy_timeout", "5000"},
		{d.Store.read.(*sql.DB), "query_only", "1"},
		{d.Store.read.(*sql.DB), "busy_timeout", "5000"},
	} {
		var got string
		d.must(tt.db.QueryRow("PRAGMA " + tt.pragma).Scan(&got))
		if got != tt.want {
			t.Errorf("%s = %s, want %s", tt.pragma, got, tt.want)
		}
	}
	if _, err := d.Store.read.(*sql.DB).Exec("DELETE FROM sources"); err == nil {
		t.Error("a connection for lists can write")
	}
}

// Two programs on one file: whoever comes second waits for the first.
func TestStore_writersWaitForEachOther(t *testing.T) {
	one := newDesk(t)
	two := openDesk(t, one.path)
	const each = 40
	var group sync.WaitGroup
	for _, d := range []*aDesk{one, two, one, two} {
		group.Go(func() {
			for range each {
				if err := d.note(t.Context(), []timeline.Entry{{Subject: timeline.Setting, At: monday, Actor: "rosa", Action: "noted"}}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	equal(t, one.rows("SELECT COUNT(*) FROM timeline WHERE action = 'noted'"), fmt.Sprint(4*each))
	if v := one.verified(); len(v.Findings) > 0 {
		t.Errorf("findings: %q", v.Findings)
	}
}

func TestStore_saysThatAnotherProgramWrites(t *testing.T) {
	one := newDesk(t)
	two, err := Open(t.Context(), Options{Path: one.path, Wait: time.Millisecond})
	one.must(err)
	defer two.Close()
	one.must(one.inTx(t.Context(), func(*sql.Tx) error {
		if err := two.note(t.Context(), nil); !errors.Is(err, desk.ErrBusy) {
			t.Errorf("error = %v, want %v", err, desk.ErrBusy)
		}
		return nil
	}))
}

func TestOpen_twoAtOnceOnANewFile(t *testing.T) {
	for range 10 {
		path := filepath.Join(t.TempDir(), "desk.db")
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				s, err := Open(context.Background(), Options{Path: path})
				if err != nil {
					t.Error(err)
					return
				}
				s.Close()
			})
		}
		group.Wait()
	}
}
