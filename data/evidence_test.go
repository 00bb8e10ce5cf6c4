package data

import (
	"fmt"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
)

// What the evidence order decides is tested beside Weigh; here is what becomes of it in the store.
func TestEvidence_aChangeOfAFinalOutcomeIsOnRecord(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed, says("cannot connect")))
	x := d.export("tuesday.csv", at(24), night("1", backup.Success, func(e *backup.Execution) { e.End, e.Bytes = at(-4), backup.N(0) }))
	want(t, d.take(x), 0, 1, 0, 0)
	equal(t, d.said("changed by evidence"), fmt.Sprintf("execution 1 by system: outcome: failed → success, status: failed → success, error: cannot connect → , "+
		"end: 2026-03-02T03:00:00Z → 2026-03-02T04:00:00Z, bytes: 0, file: tuesday.csv, sha256: %x", x.SHA256))
	equal(t, d.rows("SELECT failure, state FROM incidents"), "cannot connect | 1") // what it was opened with stays
	equal(t, d.said("evidence changed"), "incident 1 by system: execution: 1, outcome: failed → success, session: 1, offered: success")
}

func TestEvidence_whatWasRunningIsNoChangeOnRecord(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Running))
	want(t, d.read(1, night("1", backup.Failed)), 0, 1, 0, 1)
	equal(t, d.said("changed by evidence"))
}

func TestEvidence_olderIsNoted(t *testing.T) {
	d := newDesk(t)
	d.read(9, night("1", backup.Success), night("2", backup.Success), night("3", backup.Success))
	res := d.read(1, night("1", backup.Failed), night("2", backup.Running), night("3", backup.Success))
	want(t, res, 0, 0, 3, 0)
	equal(t, res.Notes, "older evidence, ignored: 2 of its records say less than what is known")
	equal(t, d.rows("SELECT notes FROM files ORDER BY id DESC LIMIT 1"), `["older evidence, ignored: 2 of its records say less than what is known"]`)
	equal(t, d.rows("SELECT DISTINCT outcome FROM executions"), "2")
}

// A report that only confirms a list is the stronger evidence all the same: a later list does not change it.
func TestEvidence_aConfirmationCounts(t *testing.T) {
	d := newDesk(t)
	report := func(e *backup.Execution) { e.Evidence, e.Log = backup.Report, "its lines" }
	d.read(0, night("1", backup.Failed))
	want(t, d.read(1, night("1", backup.Failed, report)), 0, 0, 1, 0)
	want(t, d.read(2, night("1", backup.Success, func(e *backup.Execution) { e.End = at(-4) })), 0, 0, 1, 0)
	equal(t, d.rows("SELECT e.outcome, l.body FROM executions e JOIN logs l ON l.execution = e.id"), "4 | its lines")
}

func TestEvidence_theSameNightInAnyOrder(t *testing.T) {
	list := night("1", backup.Failed, says("58  cannot connect"))
	mail := night("1", backup.Partial, func(e *backup.Execution) { e.Evidence, e.Error, e.Bytes = backup.Report, "2 of 3 files", backup.N(7) })
	running := night("1", backup.Running, func(e *backup.Execution) { e.Parent = "900" })
	const facts = "SELECT outcome, error, bytes, parent, evidence FROM executions"
	for _, order := range [][]backup.Execution{{list, mail, running}, {running, mail, list}, {mail, running, list}, {running, list, mail}} {
		d := newDesk(t)
		for i, e := range order {
			d.read(float64(i), e)
		}
		equal(t, d.rows(facts), "3 | 2 of 3 files | 7 | 900 | 3")
	}
}

// A file that contradicts itself is read in its order, though one of its records says what was known.
func TestEvidence_aFileThatContradictsItself(t *testing.T) {
	known, other := night("1", backup.Failed, says("cannot connect")), night("1", backup.Failed, says("no route"))
	for _, tt := range []struct {
		records []any
		want    string
	}{{[]any{known, other}, "no route"}, {[]any{other, known}, "cannot connect"}, {[]any{known, known}, "cannot connect"}} {
		d := newDesk(t)
		d.read(0, known)
		res := d.read(1, tt.records...)
		if res.New != 0 || res.Updated+res.Unchanged != 1 {
			t.Errorf("new %d, updated %d, unchanged %d", res.New, res.Updated, res.Unchanged)
		}
		equal(t, d.rows("SELECT error FROM executions"), tt.want)
	}
}

// The raw log of what failed is kept, packed when it is large; a success needs none.
func TestEvidence_logs(t *testing.T) {
	d := newDesk(t)
	long := ""
	for i := range 2000 {
		long += fmt.Sprintf("%d: cannot connect to harbour\n", i)
	}
	with := func(log string) func(*backup.Execution) { return func(e *backup.Execution) { e.Log = log } }
	d.read(0, night("1", backup.Failed, with("short")), night("2", backup.Failed, with(long)), night("3", backup.Success, with("fine")), night("4", backup.Failed))
	for id, want := range map[int]string{1: "short", 2: long, 3: "", 4: ""} {
		log, err := d.desk.Log(t.Context(), rosa, int64(id))
		d.must(err)
		if string(log) != want {
			t.Errorf("log of %d has %d bytes, want %d", id, len(log), len(want))
		}
	}
	equal(t, d.rows("SELECT execution, packed, length(body) < 20000 FROM logs"), "1 | 0 | 1", "2 | 1 | 1")
}

func TestFiles_listsWhatWasRefused(t *testing.T) {
	d := newDesk(t)
	x := d.export("notes.txt", at(0))
	intake := d.desk.Intake(rosa, desk.ImportRules{})
	for range 2 { // the same refusal twice is one row
		res, err := intake.Reject(t.Context(), x.File, "no known export", nil)
		d.must(err)
		if res.Status != backup.Rejected || res.Reason != "no known export" {
			t.Errorf("result = %+v", res)
		}
	}
	_, err := intake.Reject(t.Context(), x.File, "it is larger than the limit", []backup.BadRecord{{Line: 4, Reason: "no status"}})
	d.must(err)
	d.read(1, night("1", backup.Success))
	files, err := d.desk.Files(t.Context(), rosa, desk.FileQuery{Status: backup.Rejected})
	d.must(err)
	if len(files) != 2 || files[1].Reason != "no known export" || files[0].Problems[0].Line != 4 || files[0].Path != "notes.txt" || !files[0].Modified.Equal(at(0)) || !files[0].Imported.Equal(monday) {
		t.Errorf("files = %+v", files)
	}
	figures, err := d.desk.Figures(t.Context(), rosa)
	d.must(err)
	if figures.Rejected == 0 {
		t.Error("the figures show no refused file")
	}
	want(t, d.take(d.export("notes.txt", at(2), night("2", backup.Success))), 1, 0, 0, 0) // it is readable now
	if figures, err = d.desk.Figures(t.Context(), rosa); err != nil || figures.Rejected != 0 {
		t.Errorf("%d refused files, %v", figures.Rejected, err)
	}
}
