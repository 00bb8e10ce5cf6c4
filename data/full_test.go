package data

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
)

// room is what a database has to grow in.
type room interface {
	leave(kib int) // no more than this
	make()         // enough
}

// limit keeps a database itself from growing, which is to SQLite what a full disk is.
type limit struct{ *aDesk }

func (l limit) leave(kib int) {
	var pages int
	l.must(l.write.QueryRow("PRAGMA page_count").Scan(&pages))
	l.must(l.write.QueryRow(fmt.Sprint("PRAGMA max_page_count = ", pages+kib/4)).Scan(&pages))
}

func (l limit) make() { l.leave(100_000) }

func TestIngest_fullDisk(t *testing.T) {
	d := newDesk(t)
	d.runsFull(limit{d})
}

// runsFull has the disk run full, wherever on the way that a file takes: nothing is kept of what is done then, the fault has a name, and
// the source is shown to wait. When there is room again the same file comes in whole, and so does what the person did.
func (d *aDesk) runsFull(disk room) {
	d.t.Helper()
	intake := d.desk.Intake(desk.System(), desk.ImportRules{})
	d.read(0, night("1", backup.Failed))
	var records []any
	for i := range 60 {
		records = append(records, night(fmt.Sprint("full ", i), backup.Failed, says(fmt.Sprint(i, strings.Repeat(" a long story", 300)))))
	}
	x := d.export("big.csv", at(1), records...)
	note := func() error { return d.desk.Note(d.t.Context(), rosa, []int64{1}, strings.Repeat("no room ", 1000)) }
	for _, kib := range []int{0, 40, 400} {
		disk.leave(kib)
		_, err := intake.Ingest(d.t.Context(), x.File, x.each())
		d.refusedFull(fmt.Sprintf("a file, with %d KiB left", kib), err)
	}
	disk.leave(0)
	d.refusedFull("a note", note())
	d.must(intake.FolderState(d.t.Context(), d.source.ID, backup.Waiting, desk.ErrFull.Error()))
	d.shownAs(backup.Waiting)

	disk.make()
	want(d.t, d.take(x), 60, 0, 0, 60)
	d.must(note())
	d.must(intake.FolderState(d.t.Context(), d.source.ID, backup.Watching, ""))
	d.shownAs(backup.Watching)
	equal(d.t, d.rows("SELECT COUNT(*) FROM executions"), "61")
	if v := d.verified(); len(v.Findings) > 0 || len(d.said("noted")) != 1 {
		d.t.Errorf("findings: %q, notes: %d", v.Findings, len(d.said("noted")))
	}
}

// refusedFull fails unless something was refused since the disk is full, and nothing but the first file is there.
func (d *aDesk) refusedFull(what string, err error) {
	d.t.Helper()
	if !errors.Is(err, desk.ErrFull) {
		d.t.Errorf("%s: error = %v, want %v", what, err, desk.ErrFull)
	}
	equal(d.t, d.rows("SELECT (SELECT COUNT(*) FROM executions), (SELECT COUNT(*) FROM files), (SELECT COUNT(*) FROM incidents)"), "1 | 1 | 1")
	if v := d.verified(); len(v.Findings) > 0 || len(d.said("noted")) > 0 {
		d.t.Errorf("%s: findings: %q, notes: %d", what, v.Findings, len(d.said("noted")))
	}
}

// shownAs fails unless the source is shown in this state.
func (d *aDesk) shownAs(want backup.FolderState) {
	d.t.Helper()
	sources, err := d.desk.Sources(d.t.Context(), desk.System())
	d.must(err)
	for _, s := range sources {
		if s.ID == d.source.ID && s.State != want {
			d.t.Errorf("the source is shown as %q, want %q", s.State, want)
		}
	}
}

// A database that may only be read says so.
func TestStore_readOnly(t *testing.T) {
	d := newDesk(t)
	_, err := d.write.Exec("PRAGMA query_only = 1")
	d.must(err)
	if err := d.SaveSetting(t.Context(), "said", 1, nil); !errors.Is(err, desk.ErrReadOnly) {
		t.Errorf("error = %v, want %v", err, desk.ErrReadOnly)
	}
}
