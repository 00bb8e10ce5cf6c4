package incident

import (
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/timeline"
)

func ended(o backup.Outcome) backup.Execution {
	return backup.Execution{Session: "4711", Outcome: o, Start: hours(-5), Code: map[bool]string{false: "13"}[o == backup.Success]}
}

func closedAs(c Closing) Incident {
	in := anIncident(7, Closed)
	in.Closing = c
	if c == Reprocessed {
		in.Links = []Link{{Session: 500}}
	}
	return in
}

func TestNewEvidence(t *testing.T) {
	tests := []struct {
		name     string
		in       Incident
		session  ExecutionID
		from, to backup.Outcome
		flagged  bool
		says     []string // beside execution, outcome and session
	}{
		{"open, its run is good", anIncident(7, New), 70, backup.Failed, backup.Success, false, []string{"offered: success"}},
		{"open, its run is otherwise bad", anIncident(7, InProgress), 70, backup.Partial, backup.Failed, false, []string{"failure: 13"}},
		{"lost, its run is good", closedAs(ClosedMissed), 70, backup.Failed, backup.Success, true, nil},
		{"false alarm, its run is good", closedAs(ClosedSuccess), 70, backup.Failed, backup.Success, false, nil},
		{"false alarm, its run is worse", closedAs(ClosedSuccess), 70, backup.Partial, backup.Failed, true, []string{"failure: 13"}},
		{"reprocessed, its run is good", closedAs(Reprocessed), 70, backup.Failed, backup.Success, true, nil},
		{"reprocessed, the session is bad", closedAs(Reprocessed), 500, backup.Success, backup.Failed, true, []string{"failure: 13"}},
		{"reprocessed, the session is partial", closedAs(Reprocessed), 500, backup.Success, backup.Partial, true, []string{"failure: 13"}},
		{"reprocessed, the session is better", closedAs(Reprocessed), 500, backup.Partial, backup.Success, false, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, ok := NewEvidence(tt.in, tt.session, ended(tt.from), ended(tt.to), monday)
			if !ok {
				t.Fatal("says nothing")
			}
			if c.Incident.EvidenceChanged != tt.flagged || c.Incident.State != tt.in.State || c.Incident.Closing != tt.in.Closing || c.Incident.Failure != tt.in.Failure {
				t.Errorf("after = %+v", c.Incident)
			}
			want := []string{"execution: " + number(ID(tt.session)), "outcome: " + tt.from.String() + " → " + tt.to.String(), "session: 4711"}
			if tt.flagged {
				want = append([]string{"evidence: changed"}, want...)
			}
			wantEntry(t, c, 0, timeline.System, "evidence changed", append(want, tt.says...)...)
		})
	}
}

func TestNewEvidence_saysNothing(t *testing.T) {
	if _, ok := NewEvidence(anIncident(7, New), 70, ended(backup.Failed), ended(backup.Failed), monday); ok {
		t.Error("of the same outcome")
	}
	if _, ok := NewEvidence(anIncident(7, New), 71, ended(backup.Failed), ended(backup.Success), monday); ok {
		t.Error("of a stranger's execution")
	}
}

func TestNewEvidence_aTryUnderTheSameID(t *testing.T) {
	again := ended(backup.Success)
	again.Tries = 2
	c, _ := NewEvidence(anIncident(7, New), 70, ended(backup.Failed), again, monday)
	if got := told(c, 0); !slices.Contains(got, "offered: reprocessed") {
		t.Errorf("says %q", got)
	}
}

func TestNewEvidence_keepsTheFlag(t *testing.T) {
	in := closedAs(ClosedSuccess)
	in.EvidenceChanged = true
	if c, _ := NewEvidence(in, 70, ended(backup.Failed), ended(backup.Success), monday); !c.Incident.EvidenceChanged {
		t.Error("a flag goes only by reopening or by seen")
	}
}

// The flag is the destination's; the child gets its entry.
func TestNewEvidence_ofAChild(t *testing.T) {
	group := merge(t, 9, anIncident(1, New), anIncident(7, New))[1]
	if c, ok := NewEvidence(group, 70, ended(backup.Failed), ended(backup.Success), monday); !ok || c.Incident.EvidenceChanged {
		t.Errorf("open: %+v", c)
	} else if got := told(c, 0); !slices.Contains(got, "incident: 7") || slices.Contains(got, "offered: success") {
		t.Errorf("open: says %q; one child is no reason to close the group", got)
	}

	changes, err := CloseReprocessed(group, Reprocessing{Account: account, Pairs: linkAll(group), Sessions: []Session{aSession(500)}}, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	destination, child := changes[0].Incident, changes[1].Incident
	if c, _ := NewEvidence(destination, 500, ended(backup.Success), ended(backup.Failed), monday); !c.Incident.EvidenceChanged {
		t.Error("the destination is not flagged")
	}
	if c, ok := NewEvidence(child, 500, ended(backup.Success), ended(backup.Failed), monday); !ok || c.Incident.EvidenceChanged {
		t.Errorf("the child: %+v", c)
	}
}

func missed(s State) Incident {
	in := anIncident(7, s)
	in.Cause, in.Execution, in.Due, in.Failed = CauseMissed, 0, hours(-8), hours(-8)
	return in
}

func TestRanLate(t *testing.T) {
	tests := []struct {
		name    string
		in      Incident
		outcome backup.Outcome
		cause   Cause
		failed  time.Time
		flagged bool
		details []string
	}{
		{"it succeeded", missed(New), backup.Success, CauseMissed, hours(-8), false, []string{"offered: success"}},
		{"it failed", missed(InProgress), backup.Failed, CauseFailed, hours(-5), false, []string{"failure: 13"}},
		{"it was partial", missed(OnHold), backup.Partial, CausePartial, hours(-5), false, []string{"failure: 13"}},
		{"it was cancelled", missed(New), backup.Cancelled, CauseCancelled, hours(-5), false, []string{"failure: 13"}},
		{"it runs", missed(New), backup.Running, CauseMissed, hours(-8), false, nil},
		{"closed as Missed, it succeeded", missed(Closed), backup.Success, CauseMissed, hours(-8), true, nil},
		{"closed as Missed, it failed", missed(Closed), backup.Failed, CauseMissed, hours(-8), true, []string{"failure: 13"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, ok := RanLate(tt.in, 7, 70, ended(tt.outcome), monday)
			got := c.Incident
			if !ok || got.Cause != tt.cause || !got.Failed.Equal(tt.failed) || got.EvidenceChanged != tt.flagged || got.Execution != 70 || got.State != tt.in.State || got.Failure != tt.in.Failure {
				t.Errorf("after = %+v", got)
			}
			want := append([]string{"execution: 70", "outcome: " + tt.outcome.String(), "session: 4711"}, tt.details...)
			if tt.flagged {
				want = append([]string{"evidence: changed"}, want...)
			}
			if tt.cause != CauseMissed {
				want = append([]string{"cause: missed → " + tt.cause.String()}, want...)
			}
			wantEntry(t, c, 0, timeline.System, "evidence changed", want...)
		})
	}
}

func TestRanLate_ofAChild(t *testing.T) {
	group := merge(t, 9, anIncident(1, New), missed(New))[1]
	changes, err := Close(group, ClosedMissed, account, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	c, ok := RanLate(changes[0].Incident, 7, 70, ended(backup.Success), monday)
	if !ok || !c.Incident.EvidenceChanged || c.Incident.Execution != 10 || !slices.Contains(told(c, 0), "incident: 7") {
		t.Errorf("destination = %+v, says %q", c.Incident, told(c, 0))
	}
	if c, _ := RanLate(changes[1].Incident, 7, 70, ended(backup.Failed), monday); c.Incident.Cause != CauseMissed || c.Incident.EvidenceChanged {
		t.Errorf("child = %+v; it was closed with its destination", c.Incident)
	}
	if _, ok := RanLate(anIncident(7, New), 7, 71, ended(backup.Success), monday); ok {
		t.Error("a failed run ran late")
	}
	if _, ok := RanLate(missed(New), 8, 71, ended(backup.Success), monday); ok {
		t.Error("a stranger's run")
	}
}

// A tool may say itself that a run did not start, and correct it later.
func TestNewEvidence_missedByTheToolsWord(t *testing.T) {
	in := missed(New)
	in.Execution = 70
	c, _ := NewEvidence(in, 70, ended(backup.Missed), ended(backup.Failed), monday)
	if c.Incident.Cause != CauseFailed || !c.Incident.Failed.Equal(hours(-5)) {
		t.Errorf("after = %+v", c.Incident)
	}
}
