package data

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

// aDamaged has a copy with one execution, brought two more after it, and was closed.
func aDamaged(t *testing.T) (d *aDesk, r Recovery) {
	t.Helper()
	d = newDesk(t)
	d.read(0, night("1", backup.Failed))
	_, err := d.desk.CopyNow(t.Context(), rosa, nil)
	d.must(err)
	d.read(1, night("2", backup.Failed), night("3", backup.Success))
	d.must(d.Close())
	return d, Recovery{Path: d.path, Staging: d.staging, Copies: d.vault, Aside: filepath.Join(filepath.Dir(d.path), "damaged")}
}

// harms are what disks, virus scanners and people do to a file.
var harms = map[string]func(d *aDesk){
	"a damaged page": func(d *aDesk) { d.scribble(4096, 4096) },
	"the header":     func(d *aDesk) { d.scribble(0, 100) },
	"truncated": func(d *aDesk) {
		info, err := os.Stat(d.path)
		d.must(errors.Join(err, os.Truncate(d.path, info.Size()/2)))
	},
	"emptied": func(d *aDesk) { d.must(os.Truncate(d.path, 0)) },
	"gone":    func(d *aDesk) { d.must(os.Remove(d.path)) },
}

// scribble overwrites bytes of the file.
func (d *aDesk) scribble(at int64, n int) {
	d.t.Helper()
	f, err := os.OpenFile(d.path, os.O_RDWR, 0)
	d.must(err)
	_, err = f.WriteAt([]byte(strings.Repeat("~", n)), at)
	d.must(errors.Join(err, f.Close()))
}

// Whatever was done to the file, opening or the check says so, and the desk goes on from the copy with everything that it held; what was
// there is kept aside, and the timeline says what was given up.
func TestRecovery_fromTheNewestCopy(t *testing.T) {
	for name, harm := range harms {
		t.Run(name, func(t *testing.T) {
			d, r := aDamaged(t)
			harm(d)
			if said := d.foundDamaged(); !strings.Contains(said, "damaged") && !strings.Contains(said, "malformed") && !strings.Contains(said, "Tree") {
				t.Fatalf("the damage is not found: %q", said)
			}
			found := &desk.Damage{Said: "it is " + name, Last: desk.Contents{Entries: 99, Head: strings.Repeat("ab", 32)}}
			d.must(r.Look(t.Context(), found))
			if found.Holds.Executions != 1 || !found.Holds.Readable || found.Copy.Path == "" {
				t.Fatalf("found: %+v", found)
			}
			aside, err := r.Restore(t.Context(), found, "rosa", monday, nil)
			d.must(err)
			if _, err := os.Stat(filepath.Join(aside, filepath.Base(d.path))); err != nil && name != "gone" {
				t.Errorf("the damaged file is not kept: %v", err)
			}
			source := d.source
			d = openDesk(t, d.path)
			d.source = source
			equal(t, d.rows("SELECT session FROM executions"), "1")
			v := d.verified(strings.Repeat("ab", 32))
			if len(v.Findings) > 0 || len(v.Restored) != 2 {
				t.Errorf("findings %q, restored %q", v.Findings, v.Restored)
			}
			want(t, d.read(1, night("2", backup.Failed), night("3", backup.Success)), 2, 0, 0, 1)
		})
	}
}

// foundDamaged is what opening says, else what the check does.
func (d *aDesk) foundDamaged() string {
	s, err := Open(d.t.Context(), Options{Path: d.path})
	if errors.Is(err, desk.ErrDamaged) {
		return err.Error()
	}
	d.must(err)
	defer s.Close()
	said, err := s.Check(d.t.Context())
	d.must(err)
	return said
}

// A damaged index of the text search costs nothing: it is made anew, and finds again.
func TestCheck_makesTheTextIndexAnew(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed, says("no route to host")))
	if _, err := d.write.Exec("DELETE FROM incidents_text_data WHERE id > 10"); err != nil {
		t.Fatal(err)
	}
	damage, err := soundFile(t.Context(), d.path)
	if d.must(err); !aboutText(damage) {
		t.Fatalf("the damage is not found: %q", damage)
	}
	said, err := d.Check(t.Context())
	if d.must(err); said != "" {
		t.Errorf("still damaged: %s", said)
	}
	ids, err := d.desk.IncidentIDs(t.Context(), rosa, desk.IncidentQuery{Text: "no route"})
	if d.must(err); len(ids) != 1 {
		t.Errorf("found: %v", ids)
	}
}

// What was lost is counted as far as the file can be read.
func TestRecovery_countsWhatIsLost(t *testing.T) {
	d, r := aDamaged(t)
	found := &desk.Damage{}
	d.must(r.Look(t.Context(), found))
	lost := found.Lost()
	if !lost.Readable || lost.Executions != 2 || lost.Incidents != 1 || lost.Files != 1 || lost.Entries < 2 {
		t.Errorf("lost: %+v", lost)
	}
}

// A copy that is damaged itself is passed over for an older one.
func TestRecovery_passesOverABadCopy(t *testing.T) {
	d := newDesk(t)
	good, err := d.desk.CopyNow(t.Context(), rosa, nil)
	d.must(err)
	d.now = at(24)
	bad, err := d.desk.CopyNow(t.Context(), rosa, nil)
	d.must(err)
	d.must(os.Truncate(bad.Path, bad.Size/2))
	found := &desk.Damage{}
	d.must(Recovery{Path: d.path, Copies: d.vault}.Look(t.Context(), found))
	if found.Copy.Path != good.Path || found.Bad != 1 {
		t.Errorf("found: %+v", found)
	}
}

// Nothing is moved under a program that is at work on the file, nor for a copy that cannot be read.
func TestRecovery_movesNothingInVain(t *testing.T) {
	d, r := aDamaged(t)
	found := &desk.Damage{}
	d.must(r.Look(t.Context(), found))
	other := openDesk(t, d.path)
	if _, err := r.Restore(t.Context(), found, "rosa", monday, nil); !errors.Is(err, desk.ErrBusy) {
		t.Errorf("beside another program: %v", err)
	}
	d.must(other.Close())
	d.must(os.Truncate(found.Copy.Path, 1000))
	if _, err := r.Restore(t.Context(), found, "rosa", monday, nil); err == nil {
		t.Error("half a copy was put in place")
	}
	again := openDesk(t, d.path)
	equal(t, again.rows("SELECT COUNT(*) FROM executions"), "3")
	equal(t, again.said(timeline.Restored))
}
