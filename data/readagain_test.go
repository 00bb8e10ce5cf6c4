package data

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// rereader reads every export by the newest version of its format, or else one.
type rereader struct {
	desk.Reader
	records map[string][]any // by path: what the newest version reads
	version int
}

func (a *rereader) Again(_ context.Context, _ backup.Source, file backup.File, _ func(int64)) (backup.File, iter.Seq2[backup.Execution, error], error) {
	records, kept := a.records[file.Path]
	if !kept {
		return file, nil, fs.ErrNotExist
	}
	file.Version = a.version
	return file, export{file, records}.each(), nil
}

// newAgain is a desk whose formats are of version 2 and read what the test says.
func newAgain(t *testing.T) (*aDesk, *rereader) {
	t.Helper()
	d, a := newDesk(t), &rereader{records: map[string][]any{}, version: 2}
	d.desk = desk.New(desk.Parts{
		Store: d.Store, Now: func() time.Time { return d.now }, Log: slog.New(slog.DiscardHandler),
		Reader: func(*desk.FileIntake) desk.Reader { return a }, Formats: []backup.FormatInfo{{Name: "veeam_csv", Version: 2, Tool: "Veeam"}},
	})
	return d, a
}

func (d *aDesk) readAgain(r desk.ReadAgainRequest, preview bool) []desk.Reread {
	d.t.Helper()
	done, err := d.desk.ReadAgain(d.t.Context(), rosa, r, preview, nil)
	d.must(err)
	return done
}

// oneAgain reads all again and gives the result of the one file there is.
func (d *aDesk) oneAgain() desk.Reread {
	d.t.Helper()
	done := d.readAgain(desk.ReadAgainRequest{}, false)
	if len(done) != 1 {
		d.t.Fatalf("%d files were read again: %+v", len(done), done)
	}
	d.verified()
	return done[0]
}

func line7(e *backup.Execution) { e.Line = 7 }

const identities = "SELECT id, hex(key), era FROM executions ORDER BY id"

func TestReadAgain_theSameChangesNothing(t *testing.T) {
	d, a := newAgain(t)
	records := []any{night("1", backup.Failed, says("no route")), night("2", backup.Success), &backup.BadRecord{Line: 9, Reason: "torn"}}
	d.take(d.export("a.csv", at(0), records...))
	a.records["a.csv"], a.version = records, 1
	const facts = "SELECT id, hex(key), outcome, error, start, end, exported, evidence FROM executions"
	before := d.rows(facts)
	res := d.oneAgain()
	want(t, res.FileResult, 0, 0, 2, 0)
	equal(t, d.rows(facts), before...)
	equal(t, d.rows("SELECT status, executions, new, incidents FROM files"), "imported | 2 | 2 | 1")
	equal(t, d.rows("SELECT line, reason FROM problems"), "9 | torn")
	equal(t, d.said("read again"), fmt.Sprintf("file 1 by rosa: path: a.csv, sha256: %s, executions: 2, new: 0, updated: 0, moved: 0, incidents: 0", res.SHA256))
}

func TestReadAgain_aNewerVersionImproves(t *testing.T) {
	d, a := newAgain(t)
	d.take(d.export("a.csv", at(0), night("1", backup.Success, func(e *backup.Execution) { e.Bytes = backup.N(7) }), night("2", backup.Failed, says("wrong words"))))
	a.records["a.csv"] = []any{night("1", backup.Failed, says("no route")), night("2", backup.Failed, says("the right words"))}

	seen := d.readAgain(desk.ReadAgainRequest{Stale: true}, true)
	equal(t, d.rows("SELECT error, version FROM executions e JOIN files f ON f.id = e.file ORDER BY e.id"), " | 1", "wrong words | 1")
	res := d.oneAgain()
	if fmt.Sprint(seen[0]) != fmt.Sprint(res) {
		t.Errorf("previewed %+v, done %+v", seen[0], res)
	}
	want(t, res.FileResult, 0, 2, 0, 1)
	equal(t, d.rows("SELECT session, outcome, error, bytes FROM executions"), "1 | 4 | no route | ", "2 | 4 | the right words | ")
	equal(t, d.rows("SELECT session, failure FROM incidents"), "2 | wrong words", "1 | no route") // what it was opened with stays
	equal(t, d.rows("SELECT version, incidents FROM files"), "2 | 2")
	if stale := d.readAgain(desk.ReadAgainRequest{Stale: true}, true); len(stale) != 0 {
		t.Errorf("still stale: %+v", stale)
	}
}

// A correction of a date reaches beyond the day within which two runs of one id are one.
func TestReadAgain_aCorrectedDateMovesARunAndItsIncident(t *testing.T) {
	d, a := newAgain(t)
	noID := func(e *backup.Execution) { e.Session, e.StartText = "", "03/02/2026 02:00" }
	d.take(d.export("a.csv", at(0), night("1", backup.Failed, line7), night("", backup.Failed, noID)))
	d.must(d.desk.Close(t.Context(), rosa, []int64{2}, incident.ClosedMissed, incident.Account{Category: "Other", Description: "lost", Solution: "none"}, nil))
	before := d.rows(identities)
	const month = -24 * 28
	a.records["a.csv"] = []any{night("1", backup.Failed, line7, from(month)), night("", backup.Failed, noID, from(month))}
	res := d.oneAgain()
	want(t, res.FileResult, 0, 2, 0, 0)
	if res.Moved != 2 || len(res.Changes) != 2 || res.Changes[0].Differences[0].Field != "start" {
		t.Errorf("%+v", res)
	}
	equal(t, d.rows(identities), before...)
	moved := fmt.Sprint(at(month).UnixMilli())
	equal(t, d.rows("SELECT e.start, i.failed, i.evidence_changed FROM executions e JOIN incidents i ON i.execution = e.id ORDER BY e.id"), moved+" | "+moved+" | 0", moved+" | "+moved+" | 0")
	equal(t, d.said("run moved"), "incident 1 by system: failed run: 2026-03-02T02:00:00Z → 2026-02-02T08:00:00Z", "incident 2 by system: failed run: 2026-03-02T02:00:00Z → 2026-02-02T08:00:00Z")
}

// A version that finds the tool's id, or another client, knows the run of the same line again instead of doubling it.
func TestReadAgain_anotherIdentityOfTheSameLine(t *testing.T) {
	d, a := newAgain(t)
	d.take(d.export("a.csv", at(0), night("", backup.Failed, line7), night("2", backup.Success, func(e *backup.Execution) { e.Line = 8 })))
	a.records["a.csv"] = []any{night("77", backup.Failed, line7), night("2", backup.Success, func(e *backup.Execution) { e.Line = 8 })}
	want(t, d.oneAgain().FileResult, 0, 1, 1, 0)
	equal(t, d.rows("SELECT id, session FROM executions ORDER BY id"), "1 | 77", "2 | 2")
	equal(t, d.rows("SELECT COUNT(*) FROM incidents"), "1")
}

func TestReadAgain_saysWhatIsNotFoundAnyMore(t *testing.T) {
	d, a := newAgain(t)
	d.take(d.export("a.csv", at(0), night("1", backup.Failed, line7), night("2", backup.Success)))
	a.records["a.csv"] = []any{night("2", backup.Success)}
	res := d.oneAgain()
	if res.Missing != 1 {
		t.Errorf("%d missing", res.Missing)
	}
	equal(t, res.Notes, "1 of the executions read from it before are not found in it any more; they stay")
	equal(t, d.rows("SELECT session FROM executions"), "1", "2")
}

// A weaker export that is read again does not win over the stronger one that came later.
func TestReadAgain_keepsTheEvidenceOrder(t *testing.T) {
	d, a := newAgain(t)
	list, mail := night("1", backup.Failed, says("58")), night("1", backup.Partial, func(e *backup.Execution) { e.Evidence, e.Bytes = backup.Report, backup.N(7) })
	d.take(d.export("list.csv", at(0), list))
	d.take(d.export("mail.eml", at(1), mail))
	better := list
	better.Error, better.Code = "cannot connect", "58"
	a.records["list.csv"], a.records["mail.eml"] = []any{better}, []any{mail}
	d.readAgain(desk.ReadAgainRequest{}, false)
	equal(t, d.rows("SELECT outcome, code, bytes, stated_by, mixed FROM executions"), "3 |  | 7 | 2 | 1")
	mail.Bytes, mail.Error = backup.Count{}, "two files"
	a.records["mail.eml"] = []any{mail}
	d.readAgain(desk.ReadAgainRequest{Files: []int64{2}}, false)
	equal(t, d.rows("SELECT outcome, error, bytes FROM executions"), "3 | two files | 7") // what another file may have filled in stays
}

// Of a file that grew the longest is read: it stands for those that it begins with.
func TestReadAgain_aFileThatGrew(t *testing.T) {
	d, a := newAgain(t)
	first := d.export("run.log", at(0), night("1", backup.Failed, says("wrong")), line("torn line", 400))
	d.take(first)
	longer := d.export("run.log", at(1), night("1", backup.Failed, says("wrong")), line("torn line", 400), line("torn line", 500))
	longer.Prefix, longer.PrefixSHA256 = first.Size, first.SHA256
	want(t, d.take(longer), 1, 0, 2, 1)
	before := d.rows(identities)

	a.records["run.log"] = []any{night("1", backup.Failed, says("right")), line("torn line", 400), line("torn line", 500)}
	res := d.oneAgain()
	want(t, res.FileResult, 0, 1, 2, 0)
	equal(t, d.rows(identities), before...)
	equal(t, d.rows("SELECT error FROM executions"), "right", "torn line", "torn line")
	equal(t, d.rows("SELECT id, version, grew_into FROM files"), "1 | 2 | 2", "2 | 2 | ")

	d.now = at(2)
	d.take(d.export("run.log", at(2), night("9", backup.Success)))
	done := d.readAgain(desk.ReadAgainRequest{Files: []int64{2}}, false)
	if done[0].Status != backup.Rejected || done[0].Reason == "" {
		t.Errorf("records whose first sight is forgotten were read again: %+v", done[0])
	}
	equal(t, d.rows("SELECT COUNT(*) FROM executions"), "4")
}

func TestReadAgain_offersWhatAZoneChanges(t *testing.T) {
	d, a := newAgain(t)
	a.version = 1
	d.desk = desk.New(desk.Parts{Store: d.Store, Now: func() time.Time { return d.now }, Log: slog.New(slog.DiscardHandler), Reader: func(*desk.FileIntake) desk.Reader { return a }})
	d.take(d.export("a.csv", at(0), night("1", backup.Failed)))
	other := d.source
	other.Zone = "Europe/Lisbon"
	d.source = d.addSource(other)
	stale, err := d.desk.StaleFiles(t.Context(), rosa)
	d.must(err)
	if stale[d.source.ID] != 1 {
		t.Errorf("stale: %v", stale)
	}
	a.records["a.csv"] = []any{night("1", backup.Failed, from(-5))}
	if res := d.oneAgain(); res.Moved != 1 || res.Incidents != 0 {
		t.Errorf("%+v", res)
	}
	if stale, _ := d.desk.StaleFiles(t.Context(), rosa); len(stale) != 0 {
		t.Errorf("stale after it: %v", stale)
	}
}

func TestReadAgain_whatIsNotKept(t *testing.T) {
	d, _ := newAgain(t)
	d.take(d.export("a.csv", at(0), night("1", backup.Failed)))
	if res := d.readAgain(desk.ReadAgainRequest{}, false); res[0].Reason != "its copy is not kept any more" {
		t.Errorf("%+v", res)
	}
	if _, err := d.desk.ReadAgain(cancelledContext(t), rosa, desk.ReadAgainRequest{}, false, nil); err == nil {
		t.Error("a cancelled one came to its end")
	}
}
