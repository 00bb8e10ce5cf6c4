package data

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/timeline"
)

func TestIngest_counts(t *testing.T) {
	d := newDesk(t)
	want(t, d.read(0, night("1", backup.Success), night("2", backup.Failed), night("3", backup.Running)), 3, 0, 0, 1)
	want(t, d.read(1, night("1", backup.Success), night("2", backup.Failed), night("3", backup.Failed), night("4", backup.Success)), 1, 1, 2, 1)
	want(t, d.read(2, night("4", backup.Success), night("3", backup.Running)), 0, 0, 2, 0)
	equal(t, d.rows("SELECT session, outcome FROM executions ORDER BY session"), "1 | 2", "2 | 4", "3 | 4", "4 | 2")
	equal(t, d.rows("SELECT executions, new, updated, unchanged, incidents, status FROM files ORDER BY id"), "3 | 3 | 0 | 0 | 1 | imported", "4 | 1 | 1 | 2 | 1 | imported", "2 | 0 | 0 | 2 | 0 | imported")
}

// A file may speak of one run several times: it is one execution, and the strongest of its records counts.
func TestIngest_severalRecordsOfOneIdentity(t *testing.T) {
	d := newDesk(t)
	early := func(e *backup.Execution) { e.End, e.Log, e.Error = at(-5.5), "first lines", "first" }
	late := func(e *backup.Execution) { e.Log, e.Error = "last lines", "last" }
	want(t, d.read(0, night("1", backup.Failed, early), night("1", backup.Running), night("1", backup.Failed, late), night("2", backup.Success)), 2, 0, 0, 1)
	equal(t, d.rows("SELECT e.session, e.error, l.body FROM executions e LEFT JOIN logs l ON l.execution = e.id"), "1 | last | last lines", "2 |  | ")
	equal(t, d.said("changed by evidence"))

	want(t, d.read(1, night("1", backup.Failed, late), night("2", backup.Running), night("2", backup.Failed, from(-5)), night("2", backup.Success, from(-4))), 0, 1, 1, 0)
}

func TestIngest_theSameContentTwice(t *testing.T) {
	d := newDesk(t)
	x := d.export("monday.csv", at(0), night("1", backup.Failed))
	want(t, d.take(x), 1, 0, 0, 1)
	before := d.rows("SELECT (SELECT COUNT(*) FROM files), (SELECT COUNT(*) FROM timeline), total_changes()")
	x.Path, x.ModTime = "copy of monday.csv", at(5)
	res := d.take(x)
	want(t, res, 0, 0, 0, 0)
	if res.Status != backup.Duplicate || res.SHA256 == "" {
		t.Errorf("result = %+v", res)
	}
	equal(t, d.rows("SELECT (SELECT COUNT(*) FROM files), (SELECT COUNT(*) FROM timeline), total_changes()"), before...)
}

// A container has its row in the ledger and no records: those of what it holds have rows of their own.
func TestIngest_aContainer(t *testing.T) {
	d := newDesk(t)
	x := d.export("mails.mbox", at(0))
	x.Container, x.Format = true, "mailbox"
	if res := d.take(x); res.Status != backup.Imported {
		t.Errorf("result = %+v", res)
	}
	want(t, d.take(d.export("mails.mbox › 3 › report.csv", at(0), night("1", backup.Failed))), 1, 0, 0, 1)
	if res := d.take(x); res.Status != backup.Duplicate {
		t.Errorf("again: %+v", res)
	}
	equal(t, d.rows("SELECT path, format, status, executions FROM files ORDER BY id"), "mails.mbox | mailbox | imported | 0", "mails.mbox › 3 › report.csv | veeam_csv | imported | 1")
}

// Two imports of one content at once: one brings it, the other finds it brought when it comes to writing.
func TestIngest_theSameContentAtOnce(t *testing.T) {
	d := newDesk(t)
	x := d.export("monday.csv", at(0), night("1", backup.Failed))
	second := backup.FileResult{}
	x.records = append(x.records, nil)
	res, err := d.desk.Intake(rosa, desk.ImportRules{}).Ingest(t.Context(), x.File, func(yield func(backup.Execution, error) bool) {
		if yield(night("1", backup.Failed), nil) {
			second = d.take(export{x.File, []any{night("1", backup.Failed)}})
		}
	})
	d.must(err)
	want(t, second, 1, 0, 0, 1)
	want(t, res, 0, 0, 0, 0)
	if res.Status != backup.Duplicate {
		t.Errorf("status = %s", res.Status)
	}
}

func TestIngest_badRecords(t *testing.T) {
	d := newDesk(t)
	res := d.read(0, night("1", backup.Success), &backup.BadRecord{Line: 7, Reason: "it has no status"}, night("2", backup.Success), &backup.BadRecord{Line: 9, Reason: "its start is no time"})
	want(t, res, 2, 0, 0, 0)
	if got := fmt.Sprint(res.Problems); got != "[{7 it has no status} {9 its start is no time}]" {
		t.Errorf("problems = %s", got)
	}
	equal(t, d.rows("SELECT line, reason FROM problems"), "7 | it has no status", "9 | its start is no time")
}

func TestIngest_rejectsAFileWithoutExecutions(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		records []any
		reason  string
	}{
		{nil, "it is an export that is known, but holds no execution"},
		{[]any{&backup.BadRecord{Line: 3, Reason: "it has no status"}}, "none of its records can be read; the first: line 3: it has no status"},
	} {
		if res := d.read(float64(len(tt.records)), tt.records...); res.Status != backup.Rejected || res.Reason != tt.reason {
			t.Errorf("%s: %q, want %q", res.Status, res.Reason, tt.reason)
		}
	}
	equal(t, d.rows("SELECT status, reason FROM files"), "rejected | it is an export that is known, but holds no execution", "rejected | none of its records can be read; the first: line 3: it has no status")
}

// What a file says in the middle may be worth nothing: a fault leaves nothing of it behind.
func TestIngest_isAllOrNothing(t *testing.T) {
	broken := errors.New("the share went away")
	for name, fail := range map[string]func(d *aDesk, x export) error{
		"the reader fails": func(d *aDesk, x export) error {
			x.records = append(x.records, broken)
			_, err := d.desk.Intake(rosa, desk.ImportRules{}).Ingest(t.Context(), x.File, x.each())
			return err
		},
		"the store fails": func(d *aDesk, x export) error {
			outside(t, d.path, "CREATE TRIGGER full BEFORE INSERT ON incidents WHEN new.session = '2' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
			defer outside(t, d.path, "DROP TRIGGER full")
			_, err := d.desk.Intake(rosa, desk.ImportRules{}).Ingest(t.Context(), x.File, x.each())
			return err
		},
		"called off while reading": func(d *aDesk, x export) error {
			ctx, cancel := context.WithCancel(t.Context())
			_, err := d.desk.Intake(rosa, desk.ImportRules{}).Ingest(ctx, x.File, calledOff(x.each(), cancel))
			return err
		},
		"called off while it is judged": func(d *aDesk, x export) error { return d.ingestAndCancel(x) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			x := d.export("monday.csv", at(0), night("1", backup.Failed), night("2", backup.Failed), night("3", backup.Success))
			if err := fail(d, x); err == nil {
				t.Fatal("it succeeded")
			}
			equal(t, d.rows("SELECT (SELECT COUNT(*) FROM files), (SELECT COUNT(*) FROM executions), (SELECT COUNT(*) FROM incidents), (SELECT COUNT(*) FROM routines)"), "0 | 0 | 0 | 0")
			left, err := filepath.Glob(filepath.Join(d.path+".staging", "stage-*"))
			d.must(err)
			if len(left) > 0 {
				t.Errorf("left %v", left)
			}
			want(t, d.take(x), 3, 0, 0, 2)
		})
	}
}

// calledOff cancels at the second record.
func calledOff(records iter.Seq2[backup.Execution, error], cancel func()) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		n := 0
		for e, err := range records {
			if n++; n == 2 {
				cancel()
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// ingestAndCancel calls an import off while its transaction is under way.
func (d *aDesk) ingestAndCancel(x export) error {
	ctx, cancel := context.WithCancel(d.t.Context())
	defer cancel()
	in := desk.Intake{File: x.File, Actor: timeline.System, At: monday, Judged: monday}
	in.Rules.Policy = func(backup.Execution, desk.ToolSettings, desk.RoutineSettings) incident.Policy {
		cancel()
		return incident.DefaultPolicy
	}
	in.Rules.Open = func(incident.Finding) (incident.Change, bool) { return incident.Change{}, false }
	_, err := d.Ingest(ctx, in, x.each())
	return err
}

// An import that is called off in the middle must not spoil the connection for those that follow.
func TestIngest_goesOnAfterMany(t *testing.T) {
	d := newDesk(t)
	for i := range 30 {
		x := d.export(fmt.Sprint(i, ".csv"), at(0), night(fmt.Sprint(2*i), backup.Failed), night(fmt.Sprint(2*i+1), backup.Failed))
		if err := d.ingestAndCancel(x); !errors.Is(err, context.Canceled) {
			t.Fatalf("error = %v", err)
		}
		want(t, d.take(x), 2, 0, 0, 2)
	}
}

// What a crash left in the staging folder goes at the next start, whatever the folder is called; what another program is at
// work with stays.
func TestOpen_clearsTheStagingFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "files [old]")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	leave := func(name string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	open := func() *Store {
		s, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "desk.db"), Staging: folder})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	crashed := leave("stage-1.db")
	if err := os.Mkdir(filepath.Join(folder, "stage-3"), 0o700); err != nil {
		t.Fatal(err)
	}
	ofExport := filepath.Dir(leave("stage-3/taken.db"))
	first := open()
	atWork := leave("stage-2.db")
	open()
	if exists(crashed) || exists(ofExport) || !exists(atWork) {
		t.Errorf("left by a crash: %v, of an export that was taken in: %v, of a program at work: %v", exists(crashed), exists(ofExport), exists(atWork))
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestIngest_boundsWhatItListsOfProblems(t *testing.T) {
	d := newDesk(t)
	records := []any{night("1", backup.Success)}
	for i := range 3 * maxProblems {
		records = append(records, &backup.BadRecord{Line: i + 2, Reason: strings.Repeat("x", 10)})
	}
	if res := d.read(0, records...); len(res.Problems) != maxProblems {
		t.Errorf("%d problems", len(res.Problems))
	}
}

// The instant judged by is not the machine's: both are kept.
func TestIngest_judgedAsOf(t *testing.T) {
	d := newDesk(t)
	d.now = at(500)
	x := d.export("monday.csv", at(0), night("1", backup.Failed))
	_, err := d.desk.Intake(desk.Actor{Name: "cli:rosa", Judged: at(1)}, desk.ImportRules{}).Ingest(t.Context(), x.File, x.each())
	d.must(err)
	equal(t, d.rows("SELECT action, at, judged FROM timeline WHERE seq > 1"), fmt.Sprintf("opened | %d | %d", at(500).UnixMilli(), at(1).UnixMilli()), fmt.Sprintf("imported | %d | %d", at(500).UnixMilli(), at(1).UnixMilli()))
	equal(t, d.rows("SELECT opened FROM incidents"), fmt.Sprint(at(1).UnixMilli()))
}
