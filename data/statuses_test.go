package data

import (
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
)

// warned is what the tests map: Veeam's word for a run with warnings.
func warned(e *backup.Execution) { e.NativeStatus = "Warning" }

func (d *aDesk) mapWarning(to backup.Outcome, opens backup.Choice) {
	d.t.Helper()
	d.must(d.desk.MapStatus(d.t.Context(), rosa, backup.StatusRule{
		Tool: "Veeam", Ending: backup.Ending{Word: "Warning", Told: backup.Partial}, Outcome: to, Opens: opens,
	}, "only the guest's clock"))
}

func TestStatusMap_decidesWhatComesAnew(t *testing.T) {
	d := newDesk(t)
	d.mapWarning(backup.Success, backup.Undecided)
	want(t, d.read(0, night("1", backup.Partial, warned), night("2", backup.Partial)), 2, 0, 0, 1)
	equal(t, d.rows("SELECT session, outcome, told, native_status FROM executions"), "1 | 2 | 3 | Warning", "2 | 3 | 0 | partial")
	equal(t, d.said("status mapped"), "setting 0 by rosa: tool: Veeam, status: Warning, built-in: partial, outcome: partial → success, reason: only the guest's clock")
	d.verified()
}

func TestStatusMap_neverOpens(t *testing.T) {
	d := newDesk(t)
	d.mapWarning(backup.Partial, backup.No)
	want(t, d.read(0, night("1", backup.Partial, warned), night("2", backup.Partial)), 2, 0, 0, 1)
	equal(t, d.rows("SELECT session FROM incidents"), "2")
	equal(t, d.rows("SELECT DISTINCT outcome, told FROM executions"), "3 | 0")
}

// What was known before keeps its outcome, though the next export brings it again; words that are new are judged by the new map.
func TestStatusMap_leavesWhatIsKnown(t *testing.T) {
	d := newDesk(t)
	warning := night("1", backup.Partial, warned)
	want(t, d.read(0, warning), 1, 0, 0, 1)
	d.mapWarning(backup.Success, backup.Undecided)
	want(t, d.read(1, warning, night("2", backup.Partial, warned)), 1, 0, 1, 0)
	equal(t, d.rows("SELECT session, outcome, told FROM executions"), "1 | 3 | 0", "2 | 2 | 3")

	longer := night("1", backup.Partial, warned, func(e *backup.Execution) { e.Bytes = backup.N(7) })
	want(t, d.read(2, longer), 0, 1, 0, 0) // better known, and judged as before
	equal(t, d.rows("SELECT outcome, told, bytes FROM executions WHERE session = '1'"), "3 | 0 | 7")

	want(t, d.read(3, night("1", backup.Failed, func(e *backup.Execution) { e.NativeStatus = "Failed" })), 0, 1, 0, 0)
	equal(t, d.rows("SELECT outcome, told FROM executions WHERE session = '1'"), "4 | 0")
}

// The log of a run that a person calls good stays: the tool did not.
func TestStatusMap_keepsTheLog(t *testing.T) {
	d := newDesk(t)
	d.mapWarning(backup.Success, backup.Undecided)
	d.read(0, night("1", backup.Partial, warned, func(e *backup.Execution) { e.Log = "its lines" }))
	equal(t, d.rows("SELECT body FROM logs"), "its lines")
}

func TestStatusMap_isReset(t *testing.T) {
	d := newDesk(t)
	d.mapWarning(backup.Success, backup.No)
	d.must(d.desk.ResetStatuses(t.Context(), rosa, "Veeam", "the clock is mended"))
	equal(t, d.rows("SELECT * FROM statuses"))
	equal(t, d.said("status reset"), "setting 0 by rosa: tool: Veeam, status: Warning, built-in: partial, outcome: success → partial, opens an incident: no → as its outcome does, reason: the clock is mended")
	if err := d.desk.ResetStatuses(t.Context(), rosa, "Veeam", "again"); err == nil {
		t.Error("reset twice")
	}
}

func TestStatuses_countsWhatWasSeen(t *testing.T) {
	d := newDesk(t)
	d.read(0, night("1", backup.Partial, warned), night("2", backup.Partial, warned, from(-30)), night("3", backup.Failed, func(e *backup.Execution) { e.Code = "58" }))
	d.mapWarning(backup.Success, backup.Undecided)
	d.read(1, night("4", backup.Partial, warned)) // told alike, though it counts as a success
	rows, err := d.desk.Statuses(t.Context(), rosa)
	d.must(err)
	if len(rows) != 2 {
		t.Fatalf("%d statuses: %+v", len(rows), rows)
	}
	warning, failed := rows[0], rows[1]
	if warning.Count != 3 || !warning.Last.Equal(at(-6)) || warning.Rule == nil || warning.Outcome != backup.Success || warning.Opens {
		t.Errorf("Warning: %+v", warning)
	}
	if failed.Count != 1 || failed.Rule != nil || failed.Outcome != backup.Failed || !failed.Opens || desk.StatusWord(failed.Ending) != "failed (58)" {
		t.Errorf("failed: %+v", failed)
	}
}
