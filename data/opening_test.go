package data

import (
	"testing"

	"backstop/app/backup"
	"backstop/app/incident"
)

// incidents lists them as "session state into", where a merged one names its destination.
func (d *aDesk) incidents() []string {
	d.t.Helper()
	return d.rows(`SELECT i.session || ' ' || CASE state WHEN 1 THEN 'new' WHEN 2 THEN 'in progress' WHEN 4 THEN 'closed' WHEN 5 THEN 'merged into ' || into_id ELSE state END ||
		CASE evidence_changed WHEN 1 THEN ', evidence changed' ELSE '' END || CASE merged WHEN 0 THEN '' ELSE ', with ' || merged END FROM incidents i ORDER BY id`)
}

func (d *aDesk) close(id int64, as incident.Closing) {
	d.t.Helper()
	d.must(d.desk.Close(d.t.Context(), rosa, []int64{id}, as, incident.Account{Category: "Network", Description: "switch down", Solution: "cable"}, nil))
}

func TestOpening_oneRunOpensOne(t *testing.T) {
	first := night("1", backup.Failed)
	good := night("2", backup.Success, from(-4), again)
	bad := night("2", backup.Failed, from(-4), again)
	worse := night("3", backup.Failed, from(-2), again)
	patient := night("1", backup.Failed, func(e *backup.Execution) { e.WillRetry = true })
	for _, tt := range []struct {
		name  string
		files [][]any
		want  []string
	}{
		{"one try", [][]any{{first}}, []string{"1 new"}},
		{"the last try is good", [][]any{{first, good}}, nil},
		{"the last try fails too", [][]any{{first, bad, worse}}, []string{"3 new"}},
		{"the order in the file does not matter", [][]any{{worse, first, bad}}, []string{"3 new"}},
		{"a try at a time", [][]any{{first}, {bad}, {worse}}, []string{"1 new"}},
		{"a good one at last", [][]any{{first}, {bad}, {night("3", backup.Success, from(-2), again)}}, []string{"1 new"}},
		{"it will be tried again", [][]any{{patient}}, nil},
		{"it was", [][]any{{patient}, {night("1", backup.Success)}}, nil},
		{"it was, and failed for good", [][]any{{patient}, {night("1", backup.Failed, func(e *backup.Execution) { e.End = at(-4) })}}, []string{"1 new"}},
		{"the good try comes first", [][]any{{good}, {first}}, nil},
		{"the bad try comes first", [][]any{{bad}, {first}}, []string{"2 new"}},
		{"the next night is another run", [][]any{{first}, {night("4", backup.Failed, from(18))}}, []string{"1 new", "4 new"}},
		{"so is another client's", [][]any{{first, night("2", backup.Failed, from(-4), again, func(e *backup.Execution) { e.Client = "quay" })}}, []string{"1 new", "2 new"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			for i, records := range tt.files {
				d.read(float64(i), records...)
			}
			equal(t, d.incidents(), tt.want...)
		})
	}
}

func TestOpening_laterTriesAreTold(t *testing.T) {
	bad := night("2", backup.Failed, from(-4), again, says("no route"))
	d := newDesk(t)
	d.read(0, night("1", backup.Failed))
	d.read(1, bad)
	equal(t, d.said("tried again"), "incident 1 by system: execution: 2, outcome: failed, failure: no route")

	d = newDesk(t)
	d.read(0, night("1", backup.Failed))
	d.close(1, incident.ClosedSuccess)
	d.read(1, bad)
	equal(t, d.incidents(), "1 closed, evidence changed")

	d = newDesk(t) // an earlier try that comes late says nothing new about a run that is closed
	d.read(0, bad)
	d.close(1, incident.ClosedMissed)
	d.read(1, night("1", backup.Failed))
	equal(t, d.incidents(), "2 closed")
	equal(t, d.said("tried again"))
}

func TestOpening_policy(t *testing.T) {
	restore := func(e *backup.Execution) { e.Kind = backup.Restore }
	vital := func(e *backup.Execution) { e.Kind, e.Vital = backup.Administrative, true }
	d := newDesk(t)
	d.read(0, night("1", backup.Partial), night("2", backup.Cancelled), night("3", backup.Missed), night("4", backup.Running), night("5", backup.Success),
		night("6", backup.Failed, restore), night("7", backup.Failed, vital))
	equal(t, d.rows("SELECT session, cause, vital, title FROM incidents ORDER BY session"),
		"1 | 2 | 0 | FS-DAILY full partial", "2 | 4 | 0 | FS-DAILY full cancelled", "3 | 3 | 0 | FS-DAILY full did not start", "7 | 1 | 1 | FS-DAILY full failed")
	equal(t, d.rows("SELECT COUNT(*) FROM executions"), "7")
}

func child(e *backup.Execution) { e.Parent, e.Client = "1", "quay" }

func TestOpening_coordinators(t *testing.T) {
	parent := night("1", backup.Failed)
	bad := night("2", backup.Failed, child)
	for _, tt := range []struct {
		name  string
		files [][]any
		want  []string
	}{
		{"no child in hand", [][]any{{parent}}, []string{"1 new"}},
		{"a failed child in the same file", [][]any{{parent, bad}}, []string{"2 new"}},
		{"whichever comes first", [][]any{{bad, parent}}, []string{"2 new"}},
		{"a failed child in an earlier file", [][]any{{bad}, {parent}}, []string{"2 new"}},
		{"a failed child later", [][]any{{parent}, {bad}}, []string{"1 merged into 2", "2 new, with 1"}},
		{"two failed children later", [][]any{{parent}, {bad, night("3", backup.Failed, child, from(-5.5))}}, []string{"1 merged into 2", "2 new, with 1", "3 new"}},
		{"good children explain nothing", [][]any{{parent, night("2", backup.Success, child)}}, []string{"1 new"}},
		{"a child of another server", [][]any{{parent}, {night("2", backup.Failed, child, under("attic"))}}, []string{"1 new", "2 new"}},
		{"a child of an id that started over", [][]any{{parent}, {night("2", backup.Failed, child, from(900))}}, []string{"1 new", "2 new"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			for i, records := range tt.files {
				d.read(float64(i), records...)
			}
			equal(t, d.incidents(), tt.want...)
		})
	}
}

// What somebody has begun to work on is not taken from them: both sides are told.
func TestOpening_aTouchedCoordinatorIsOnlyLinked(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed))
	d.must(d.desk.Progress(t.Context(), rosa, []int64{1}, "calling the client", true))
	d.read(1, night("2", backup.Failed, child))
	equal(t, d.incidents(), "1 in progress", "2 new")
	equal(t, d.said("explained"), "incident 1 by system: by incident: 2")
	equal(t, d.said("explains"), "incident 2 by system: incident: 1")
}

// The coordinator's key has the server that was stood in for the child.
func TestOpening_aChildWithoutAServer(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed))
	d.read(1, night("2", backup.Failed, child, under("")))
	equal(t, d.incidents(), "1 merged into 2", "2 new, with 1")
}

func TestOpening_evidenceAboutALinkedSession(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed), night("2", backup.Success, from(-3)))
	d.must(d.desk.CloseReprocessed(t.Context(), rosa, []int64{1}, incident.Reprocessing{
		Account: incident.Account{Category: "Network", Description: "switch down", Solution: "cable"}, Pairs: []incident.Pair{{Incident: 1, Session: 2}},
	}, nil))
	d.read(1, night("2", backup.Failed, from(-3)))
	equal(t, d.incidents(), "1 closed, evidence changed", "2 new")
}

// A run that is told twice by one file is judged once.
func TestOpening_severalChangesInOneFile(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Failed), night("2", backup.Running))
	res := d.read(1, night("1", backup.Success, from(-5)), night("1", backup.Failed, from(-4)), night("2", backup.Success), night("2", backup.Failed, from(-4)))
	want(t, res, 0, 2, 0, 1)
	equal(t, d.incidents(), "1 new", "2 new")
	equal(t, d.said("evidence changed"))
}
