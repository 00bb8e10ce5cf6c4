package data

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// A copy of each day, the first tick after a missed day included; what need not be kept goes.
func TestCopies_ofEachDay(t *testing.T) {
	d := newDesk(t)
	for _, day := range []int{0, 0, 1, 2, 5, 6, 7, 8, 9, 10} { // a weekend without the program, and two ticks on the first day
		d.now = monday.AddDate(0, 0, day)
		d.must(d.desk.CopyDaily(t.Context(), desk.System()))
	}
	list, err := d.Copies(t.Context())
	d.must(err)
	var days []string
	for _, c := range list {
		days = append(days, c.Made.Format("01-02 ")+string(c.Why))
	}
	equal(t, days, "03-12 daily", "03-11 daily", "03-10 daily", "03-09 daily", "03-08 daily", "03-07 daily", "03-04 daily", "03-02 daily")
}

// A copy is a database of its own, with all that was there; what is written later is not in it.
func TestCopy_holdsAll(t *testing.T) {
	d := newDesk(t)
	want(t, d.read(0, night("1", backup.Failed)), 1, 0, 0, 1)
	c, err := d.desk.CopyNow(t.Context(), rosa, nil)
	d.must(err)
	d.read(1, night("2", backup.Failed))
	equal(t, d.said("copied"), "database 0 by rosa: why: asked for")
	copied := openDesk(t, c.Path)
	equal(t, copied.rows("SELECT session FROM executions"), "1")
	if v := copied.verified(); len(v.Findings) > 0 {
		t.Errorf("findings: %q", v.Findings)
	}
}

// What keeps a copy from being made is told, and it is tried again later, not at every tick.
func TestCopyDaily_failsAndIsTriedAgain(t *testing.T) {
	d := newDesk(t)
	d.must(os.WriteFile(d.vault, []byte("in the way"), 0o600)) // no folder can be made there
	if err := d.desk.CopyDaily(t.Context(), desk.System()); err == nil {
		t.Fatal("a copy was made in a file")
	}
	s, err := d.desk.Copies(t.Context(), rosa)
	if !strings.Contains(s.Failed, "the folder of copies cannot be") || err == nil && runtime.GOOS != "windows" { // to which a file is no folder that is there
		t.Errorf("status %+v, %v", s, err)
	}
	d.must(os.Remove(d.vault))
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{30 * time.Second, 0}, {16 * time.Minute, 1}} {
		d.now = monday.Add(tt.after)
		d.must(d.desk.CopyDaily(t.Context(), desk.System()))
		if s, err = d.desk.Copies(t.Context(), rosa); len(s.Copies) != tt.want || err != nil {
			t.Errorf("%s later: %+v, %v", tt.after, s, err)
		}
	}
	if s.Failed != "" {
		t.Errorf("it still says %q", s.Failed)
	}
}

func TestOpen_clearsHalfACopy(t *testing.T) {
	d := newDesk(t)
	half := filepath.Join(d.vault, "20260302-080000-daily.db.17"+partEnd)
	other := filepath.Join(d.vault, "of another program.txt")
	d.must(errors.Join(os.MkdirAll(d.vault, 0o700), os.WriteFile(half, nil, 0o600), os.WriteFile(other, nil, 0o600), d.Close()))
	d = openDesk(t, d.path)
	if _, err := os.Stat(half); !os.IsNotExist(err) {
		t.Errorf("half a copy is left: %v", err)
	}
	if list, err := d.Copies(t.Context()); len(list) > 0 || err != nil {
		t.Errorf("listed: %+v, %v", list, err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}
