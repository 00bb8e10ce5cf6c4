package data

import (
	"fmt"
	"testing"
	"time"

	"backstop/app/backup"
)

const wrong = "Fatal: wrong password or no key found"

// grown is the next state of a file that was imported as x: longer, later, read on from a place.
func (d *aDesk) grown(x export, modified time.Time, records ...any) export {
	next := d.export(x.Path, modified, records...)
	next.Prefix, next.PrefixSHA256 = x.Size, x.SHA256
	next.Size = x.Size + 1
	return next
}

// readTo is what the reader says once the file is read: where it is read on.
func (x export) readTo(offset int64) export {
	x.Reading = func() backup.Reading {
		return backup.Reading{Resume: backup.Place{Offset: offset, Line: int(offset) + 1}}
	}
	return x
}

func TestTimeless_takesTheTimeOfItsFile(t *testing.T) {
	d := newDesk(t)
	want(t, d.take(d.export("cron.log", at(0), line(wrong, 0))), 1, 0, 0, 1)
	equal(t, d.rows("SELECT start, end, from_file FROM executions"), fmt.Sprintf(" | %d | 1", at(0).UnixMilli()))
	equal(t, d.rows("SELECT failed FROM incidents"), fmt.Sprint(at(0).UnixMilli()))
}

// The same words of another night are another failure, so content alone makes no duplicate.
func TestTimeless_isADuplicateOnlyOfTheSameTime(t *testing.T) {
	d := newDesk(t)
	x := d.export("cron.log", at(0), line(wrong, 0))
	want(t, d.take(x), 1, 0, 0, 1)
	if res := d.take(x); res.Status != backup.Duplicate {
		t.Errorf("the same file: %s", res.Status)
	}
	x.ModTime = at(24)
	want(t, d.take(x), 1, 0, 0, 1)
	dated := d.export("dated.log", at(0), night("1", backup.Failed))
	d.take(dated)
	dated.ModTime = at(24)
	if res := d.take(dated); res.Status != backup.Duplicate {
		t.Errorf("a file whose records have times: %s", res.Status)
	}
}

func TestTimeless_equalBlocksAreCounted(t *testing.T) {
	d := newDesk(t)
	want(t, d.take(d.export("cron.log", at(0), line(wrong, 0), line("no route", 50), line(wrong, 100))), 3, 0, 0, 3)
	want(t, d.take(d.export("copy.log", at(0), line("no route", 0), line(wrong, 50), line(wrong, 100))), 0, 0, 3, 0)
}

// A file that grows keeps the time at which each of its blocks was first seen.
func TestTimeless_keepsItsFirstTimeAsTheFileGrows(t *testing.T) {
	d := newDesk(t)
	first := d.export("cron.log", at(0), line(wrong, 0))
	d.take(first)
	second := d.grown(first, at(24), line(wrong, 0), line(wrong, 50))
	want(t, d.take(second), 1, 0, 1, 1)
	want(t, d.take(d.grown(second, at(48), line(wrong, 0), line(wrong, 50), line(wrong, 100))), 1, 0, 2, 1)
	equal(t, d.rows("SELECT end FROM executions ORDER BY id"), millisOf(0, 24, 48)...)
	equal(t, d.rows("SELECT grown FROM files ORDER BY id"), "0", "1", "2")
}

// Reading on sees only the new part; blocks are still counted among all.
func TestTimeless_readOn(t *testing.T) {
	d := newDesk(t)
	first := d.export("cron.log", at(0), line(wrong, 0)).readTo(50)
	d.take(first)
	want(t, d.take(d.grown(first, at(24), line(wrong, 50))), 1, 0, 0, 1)
	equal(t, d.rows("SELECT end FROM executions ORDER BY id"), millisOf(0, 24)...)
}

// A block that was cut off when the file was read goes on under the execution that it began, with or without an id by then.
func TestTimeless_aCutBlockGoesOn(t *testing.T) {
	for name, whole := range map[string]backup.Execution{
		"still without a time": line("Fatal: wrong password", 0),
		"with an id and a time": night("1", backup.Failed, func(e *backup.Execution) {
			e.Tool, e.Evidence, e.Line = "restic", backup.Report, 1
		}),
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			first := d.export("cron.log", at(0), line("Fatal: wro", 0))
			want(t, d.take(first), 1, 0, 0, 1)
			next := d.grown(first, at(24), whole, line(wrong, 50))
			want(t, d.take(next), 1, 1, 0, 1)
			want(t, d.take(d.grown(next, at(25), whole, line(wrong, 50), line("no route", 99))), 1, 0, 2, 1)
		})
	}
}

// A run that has a time when the file is cut, and gets its id only at its end, is one run.
func TestTimeless_aRunAtWorkGetsItsID(t *testing.T) {
	atWork := night("", backup.Running, func(e *backup.Execution) { e.Text, e.StartText, e.Line = "backup begins", "22:00", 1 })
	ended := night("20260222F", backup.Success, func(e *backup.Execution) { e.StartText, e.Line = "22:00", 1 })
	d := newDesk(t)
	first := d.export("backup.log", at(0), atWork)
	want(t, d.take(first), 1, 0, 0, 0)
	want(t, d.take(d.grown(first, at(1), ended)), 0, 1, 0, 0)
	equal(t, d.rows("SELECT session, from_file FROM executions"), "20260222F | 0")
}

// After a rotation the path holds another file: what stood where in the old one says nothing about it.
func TestTimeless_aRotatedFileIsNew(t *testing.T) {
	d := newDesk(t)
	d.take(d.export("cron.log", at(0), line("one", 0), line(wrong, 50)))
	dated := night("1", backup.Failed, func(e *backup.Execution) { e.Tool, e.Line = "restic", 1 })
	fresh := d.export("cron.log", at(24), dated)
	want(t, d.take(fresh), 1, 0, 0, 1)
	second := night("2", backup.Failed, from(18), func(e *backup.Execution) { e.Tool, e.Line, e.Offset = "restic", 51, 50 })
	want(t, d.take(d.grown(fresh, at(48), dated, second)), 1, 0, 1, 1)
	equal(t, d.rows("SELECT session, error FROM executions ORDER BY id"), " | one", " | "+wrong, "1 | ", "2 | ")
}

// A format that does not tell where its records stand has them all at 0; only the first line is there.
func TestTimeless_anUnknownPlaceIsNotTheFirst(t *testing.T) {
	d := newDesk(t)
	first := d.export("cron.log", at(0), line(wrong, 0))
	d.take(first)
	placeless := night("1", backup.Failed, func(e *backup.Execution) { e.Tool, e.Line = "restic", 7 })
	want(t, d.take(d.grown(first, at(24), line(wrong, 0), placeless)), 1, 0, 1, 1)
	equal(t, d.rows("SELECT session, error FROM executions ORDER BY id"), " | "+wrong, "1 | ")
}

func millisOf(hours ...float64) []string {
	out := make([]string, len(hours))
	for i, h := range hours {
		out[i] = fmt.Sprint(at(h).UnixMilli())
	}
	return out
}
