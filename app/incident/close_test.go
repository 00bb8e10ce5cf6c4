package incident

import (
	"testing"
	"time"
)

var account = Account{"Network", "switch down", "switch replaced"}

func TestClose(t *testing.T) {
	in := anIncident(7, OnHold)
	changes, err := Close(in, ClosedMissed, account, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	got := changes[0].Incident
	if got.State != Closed || got.Closing != ClosedMissed || got.Assignee != "rosa" || !got.ClosedAt.Equal(monday) || !got.Until.IsZero() {
		t.Errorf("closed = %+v", got)
	}
	wantEntry(t, changes[0], 0, "rosa", "closed", "state: on_hold → closed", "team: Storage → ", "until: 2026-03-02T12:00:00Z → ",
		"closing: missed", "category: Network", "description: switch down", "solution: switch replaced")
}

func TestClose_childrenInherit(t *testing.T) {
	group := merge(t, 9, anIncident(1, New), anIncident(2, OnHold))[1]
	changes, err := Close(group, ClosedSuccess, account, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	child := changes[1].Incident
	if child.State != Merged || child.Closing != ClosedSuccess || child.Category != "Network" || child.Solution != "switch replaced" || child.Before.State != OnHold {
		t.Errorf("child = %+v", child)
	}
	wantEntry(t, changes[1], 0, "rosa", "closed", "closing: success", "category: Network", "description: switch down", "solution: switch replaced", "from: 1")
	if len(changes[0].Incident.Merged) != 1 || changes[0].Incident.Merged[0].Closing != ClosedSuccess {
		t.Error("the destination does not hold its child as it is now")
	}
}

func TestClose_isRefused(t *testing.T) {
	silent := anIncident(8, New)
	silent.Cause = CauseSilent
	tests := []struct {
		name string
		in   Incident
		as   Closing
		a    Account
		why  string
	}{
		{"closed already", anIncident(7, Closed), ClosedSuccess, account, "7 is closed"},
		{"merged", anIncident(7, Merged), ClosedSuccess, account, "7 is merged into 1: open that one"},
		{"no status", anIncident(7, New), NotClosed, account, "choose a closing status"},
		{"no sessions", anIncident(7, New), Reprocessed, account, "choose the sessions"},
		{"no category", anIncident(7, New), ClosedMissed, Account{" ", "a", "b"}, "choose a category"},
		{"no description", anIncident(7, New), ClosedMissed, Account{"a", "", "b"}, "a description is needed"},
		{"no solution", anIncident(7, New), ClosedMissed, Account{"a", "b", "\n"}, "a solution is needed"},
		{"a silent source as lost", silent, ClosedMissed, account, "8 is a silent source"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Close(tt.in, tt.as, tt.a, "rosa", monday)
			wantRefused(t, err, tt.why)
		})
	}
}

func TestClose_silentSource(t *testing.T) {
	silent := anIncident(8, New)
	silent.Cause = CauseSilent
	if _, err := Close(silent, ClosedSuccess, account, "rosa", monday); err != nil {
		t.Error("alone, as Success:", err)
	}
	group := merge(t, 9, silent, anIncident(2, New))[8]
	if _, err := Close(group, ClosedMissed, account, "rosa", monday); err != nil {
		t.Error("with children, as Missed:", err)
	}
	group = merge(t, 9, anIncident(1, New), silent)[1]
	changes, err := Close(group, ClosedMissed, account, "rosa", monday)
	if err != nil || changes[1].Incident.Closing != ClosedMissed {
		t.Error("merged, as its destination:", err)
	}
}

func TestReopen(t *testing.T) {
	group := merge(t, 9, anIncident(1, InProgress), anIncident(2, New))[1]
	changes, err := CloseReprocessed(group, Reprocessing{Account: account, Pairs: linkAll(group), Sessions: []Session{aSession(500)}}, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	group = changes[0].Incident
	group.EvidenceChanged = true

	_, err = Reopen(group, " ", "omar", monday)
	wantRefused(t, err, "a reason is needed: why is 1 opened again?")
	changes, err = Reopen(group, "session 500 is damaged", "omar", monday)
	if err != nil {
		t.Fatal(err)
	}
	for i, in := range []Incident{changes[0].Incident, changes[1].Incident} {
		if in.State != []State{InProgress, Merged}[i] || in.Closing != NotClosed || in.Category != "" || in.Solution != "" || in.EvidenceChanged || !in.ClosedAt.Equal(time.Time{}) {
			t.Errorf("reopened = %+v", in)
		}
		if len(in.Links) != 0 || len(in.Proposed) != 1 || in.Proposed[0].Session != 500 {
			t.Errorf("%d has links %v, proposed %v", in.ID, in.Links, in.Proposed)
		}
	}
	cleared := []string{"closing: reprocessed → ", "category: Network → ", "description: switch down → ", "solution: switch replaced → ", "sessions: 500 → "}
	wantEntry(t, changes[0], 0, "omar", "reopened", append(append([]string{"state: closed → in_progress"}, cleared...), "evidence: changed → ", "reason: session 500 is damaged")...)
	wantEntry(t, changes[1], 0, "omar", "reopened", append(cleared, "reason: session 500 is damaged", "from: 1")...)
	if changes[0].Incident.Assignee != "rosa" {
		t.Error("the assignee is not kept")
	}
	for _, s := range []State{New, Merged} {
		if _, err := Reopen(anIncident(7, s), "x", "omar", monday); err == nil {
			t.Errorf("%s: reopened", s)
		}
	}
}
