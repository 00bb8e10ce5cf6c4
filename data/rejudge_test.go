package data

import (
	"errors"
	"fmt"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

func (d *aDesk) rejudge(r desk.RejudgeRequest, preview bool) desk.Rejudged {
	d.t.Helper()
	if r.Reason == "" {
		r.Reason = "the map has changed"
	}
	done, err := d.desk.Rejudge(d.t.Context(), rosa, r, preview, nil)
	d.must(err)
	return done
}

// everything is all that a database holds, to see that nothing of it changed.
func (d *aDesk) everything() string {
	d.t.Helper()
	said := ""
	for _, table := range d.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'incidents_text%' ORDER BY name") {
		said += fmt.Sprintln(table, d.rows("SELECT * FROM "+table))
	}
	return said
}

func TestRejudge_offersWhatCountsAsGoodNow(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Partial, warned), night("2", backup.Partial, warned), night("3", backup.Failed))
	d.must(d.desk.Close(t.Context(), rosa, []int64{2}, incident.ClosedMissed, incident.Account{Category: "Other", Description: "lost", Solution: "none"}, nil))
	d.mapWarning(backup.Success, backup.Undecided)
	before := d.everything()
	seen := d.rejudge(desk.RejudgeRequest{Tool: "Veeam"}, true)
	if after := d.everything(); after != before {
		t.Errorf("a preview changed\n%s\nto\n%s", before, after)
	}
	done := d.rejudge(desk.RejudgeRequest{Tool: "Veeam"}, false)
	if fmt.Sprint(seen) != fmt.Sprint(done) {
		t.Errorf("previewed %+v, done %+v", seen, done)
	}
	if fmt.Sprint(done.Offered) != "[1]" || done.Flagged != 1 || len(done.Opened) != 0 || done.Executions != 3 {
		t.Errorf("%+v", done)
	}
	equal(t, d.rows("SELECT session, outcome, told FROM executions"), "1 | 2 | 3", "2 | 2 | 3", "3 | 4 | 0")
	equal(t, d.rows("SELECT id, state, evidence_changed FROM incidents"), "1 | 1 | 0", "2 | 4 | 1", "3 | 1 | 0")
	equal(t, d.said("judged again"), "setting 0 by rosa: tool: Veeam, executions: 3, 2 of Veeam: Warning: partial → success, opened: 0, "+
		"offered to be closed as Success: 1, evidence changed: 1, reason: the map has changed")
	equal(t, d.said("evidence changed")[:1], "incident 1 by system: execution: 1, outcome: partial → success, session: 1, offered: success, judged again: the map has changed")
	d.verified()
}

func TestRejudge_opensWhatCallsForItNow(t *testing.T) {
	d := newDesk(t)
	d.mapWarning(backup.Success, backup.Undecided)
	d.read(0, night("1", backup.Partial, warned, says("clock")), night("2", backup.Partial, warned, from(-30)), night("3", backup.Failed))
	d.must(d.desk.ResetStatuses(t.Context(), rosa, "Veeam", "it was no noise after all"))
	done := d.rejudge(desk.RejudgeRequest{Tool: "Veeam", From: at(-24)}, false)
	if len(done.Opened) != 1 || done.Opened[0].Failure != "clock" || done.Opened[0].Client != "harbour" || len(done.Offered) != 0 {
		t.Errorf("%+v", done)
	}
	equal(t, d.rows("SELECT session, outcome, told FROM executions ORDER BY session"), "1 | 3 | 0", "2 | 2 | 3", "3 | 4 | 0")
	equal(t, d.rows("SELECT session, cause FROM incidents"), "3 | 1", "1 | 2")
	if again := d.rejudge(desk.RejudgeRequest{Tool: "Veeam", From: at(-24)}, false); len(again.Opened)+len(again.Changed)+again.Flagged != 0 {
		t.Errorf("twice: %+v", again)
	}
}

// One merged group is closed as one: it is offered only when none of it calls for an incident any more.
func TestRejudge_offersNoGroupThatStillCalls(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Partial, warned), night("2", backup.Failed), night("3", backup.Partial, warned), night("4", backup.Partial, warned))
	for into, from := range map[int64]int64{1: 2, 3: 4} {
		d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: into, From: []int64{from}}))
	}
	d.mapWarning(backup.Partial, backup.No)
	done := d.rejudge(desk.RejudgeRequest{}, true)
	if fmt.Sprint(done.Offered) != "[3]" || len(done.Changed) != 0 {
		t.Errorf("%+v", done)
	}
}

// What a file's question asks about is opened by its answer, not behind its back.
func TestRejudge_leavesWhatWaits(t *testing.T) {
	d := newDesk(t)
	var old []any
	for i := range manyOld + 1 {
		old = append(old, night(fmt.Sprint(i), backup.Failed, from(-24*30)))
	}
	d.read(0, old...)
	if done := d.rejudge(desk.RejudgeRequest{}, true); len(done.Opened) != 0 {
		t.Errorf("%d opened", len(done.Opened))
	}
}

func TestRejudge_isAllOrNothing(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Partial, warned))
	d.mapWarning(backup.Success, backup.Undecided)
	before := d.everything()
	_, err := d.desk.Rejudge(cancelledContext(t), rosa, desk.RejudgeRequest{Reason: "cancelled"}, false, nil)
	if err == nil {
		t.Error("a cancelled one came to its end")
	}
	if _, err := d.desk.Rejudge(t.Context(), rosa, desk.RejudgeRequest{Reason: " "}, false, nil); err == nil || errors.Is(err, desk.ErrNotFound) {
		t.Errorf("without a reason: %v", err)
	}
	if after := d.everything(); after != before {
		t.Errorf("changed\n%s\nto\n%s", before, after)
	}
	want(t, d.read(1, night("2", backup.Failed)), 1, 0, 0, 1) // the connection is as it was
}
