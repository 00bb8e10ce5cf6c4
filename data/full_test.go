package data

import (
	"errors"
	"fmt"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
)

// When the disk is full nothing of a file is kept, and the fault has a name; when there is room again the same file comes in whole. The
// database is kept from growing, which is to SQLite what a full disk is.
func TestIngest_fullDisk(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed))
	var records []any
	for i := range 200 {
		records = append(records, night(fmt.Sprint("full ", i), backup.Failed, says(fmt.Sprint("a long story ", i))))
	}
	var pages int
	d.must(d.write.QueryRow("PRAGMA page_count").Scan(&pages))
	limit := func(n int) { d.must(d.write.QueryRow(fmt.Sprint("PRAGMA max_page_count = ", n)).Scan(&n)) }
	limit(pages)
	x := d.export("big.csv", at(1), records...)
	_, err := d.desk.Intake(desk.System(), desk.ImportRules{}).Ingest(t.Context(), x.File, x.each())
	if !errors.Is(err, desk.ErrFull) {
		t.Fatalf("error = %v, want %v", err, desk.ErrFull)
	}
	equal(t, d.rows("SELECT COUNT(*) FROM executions"), "1")
	equal(t, d.rows("SELECT COUNT(*) FROM files"), "1")
	if v := d.verified(); len(v.Findings) > 0 {
		t.Errorf("findings: %q", v.Findings)
	}
	limit(pages * 100)
	want(t, d.take(x), 200, 0, 0, 200)
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
