package incident

import (
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
)

// aSession is the success that made good the night's failures.
func aSession(id ExecutionID) Session {
	return Session{
		ID: id, Routine: 5, Tool: "NetBackup", Policy: "FS-DAILY", Client: "harbour", Level: "Full", Kind: backup.Data,
		Outcome: backup.Success, Start: hours(-4), End: hours(-3),
	}
}

// linkAll pairs that success with all of a group.
func linkAll(in Incident) []Pair {
	pairs, _ := LinkAll(in.Group(), aSession(500), "")
	return pairs
}

func TestLinkAll(t *testing.T) {
	late, silent := anIncident(2, New), anIncident(3, New)
	late.Failed, silent.Cause = hours(-3), CauseSilent
	pairs, refused := LinkAll([]Incident{anIncident(1, New), late, silent}, aSession(500), "the rest is scratch")
	if !slices.Equal(pairs, []Pair{{1, 500, "the rest is scratch"}}) || len(refused) != 1 || refused[2] == "" {
		t.Errorf("pairs = %v, refused = %v", pairs, refused)
	}
}

// Several groups that are closed at once share one decision.
func TestReprocessing_of(t *testing.T) {
	group := merge(t, 9, anIncident(1, New), anIncident(2, New))[1]
	all := Reprocessing{Pairs: []Pair{{1, 500, ""}, {2, 501, ""}, {7, 502, ""}}, TakenOut: []ID{8, 2}}
	got := all.Of(group)
	if !slices.Equal(got.Pairs, []Pair{{1, 500, ""}, {2, 501, ""}}) || !slices.Equal(got.TakenOut, []ID{2}) || len(all.Pairs) != 3 {
		t.Errorf("of the group: %+v; of all: %+v", got, all)
	}
}

func TestCheck(t *testing.T) {
	ended := func(h int) func(*Incident, *Session) {
		return func(_ *Incident, s *Session) { s.Start, s.End = time.Time{}, hours(h) }
	}
	tests := []struct {
		name string
		with func(in *Incident, s *Session)
		want Opinion
	}{
		{"as it should be", func(*Incident, *Session) {}, Opinion{}},
		{"at the same instant", func(in *Incident, s *Session) { s.Start = in.Failed }, Opinion{}},
		{"known by its end only", ended(-6), Opinion{}},
		{"ended before", ended(-7), Opinion{Refused: "it is from before the failed run: 2026-03-02T01:00:00Z, not 2026-03-02T02:00:00Z or later"}},
		{"started before", func(in *Incident, s *Session) { s.Start = in.Failed.Add(-time.Millisecond) }, Opinion{Refused: "it is from before the failed run: 2026-03-02T01:59:59.999Z, not 2026-03-02T02:00:00Z or later"}},
		{"without any time", func(_ *Incident, s *Session) { s.Start, s.End = time.Time{}, time.Time{} }, Opinion{Refused: "it has no time: nothing shows that it is later than the failed run"}},
		{"failed", func(_ *Incident, s *Session) { s.Outcome = backup.Failed }, Opinion{Refused: "it saved nothing: its outcome is failed"}},
		{"cancelled", func(_ *Incident, s *Session) { s.Outcome = backup.Cancelled }, Opinion{Refused: "it saved nothing: its outcome is cancelled"}},
		{"running", func(_ *Incident, s *Session) { s.Outcome = backup.Running }, Opinion{Refused: "it is not finished"}},
		{"partial", func(_ *Incident, s *Session) { s.Outcome = backup.Partial }, Opinion{Warnings: []string{"it is partial: a note must say why that is enough"}, Note: true}},
		{"a restore", func(_ *Incident, s *Session) { s.Kind = backup.Restore }, Opinion{Refused: "it is a restore: it saves nothing"}},
		{"a restore for a restore", func(in *Incident, s *Session) { in.Kind, s.Kind = backup.Restore, backup.Restore }, Opinion{}},
		{"administrative", func(_ *Incident, s *Session) { s.Kind = backup.Administrative }, Opinion{Refused: "it is an administrative run: it saves no data"}},
		{"administrative for its like", func(in *Incident, s *Session) { in.Kind, s.Kind = backup.Administrative, backup.Administrative }, Opinion{}},
		{"another kind", func(_ *Incident, s *Session) { s.Kind = backup.Log }, Opinion{Warnings: []string{"it is of another kind: log"}}},
		{"the same client in capitals", func(_ *Incident, s *Session) { s.Client = "HARBOUR" }, Opinion{}},
		{"another client", func(_ *Incident, s *Session) { s.Client = "lagoon" }, Opinion{Warnings: []string{"it is of another client: lagoon"}}},
		{"another schedule of the policy", func(_ *Incident, s *Session) { s.Routine = 6 }, Opinion{}},
		{"another routine", func(_ *Incident, s *Session) { s.Routine, s.Policy, s.Client = 6, "", "" }, Opinion{Warnings: []string{"it is of another client: unnamed", "it is of another routine: unnamed"}}},
		{"its own later try", func(in *Incident, s *Session) { s.ID, s.Start = in.Execution, hours(-9) }, Opinion{}},
		{"its own run, still partial", func(in *Incident, s *Session) { s.ID, s.Outcome = in.Execution, backup.Partial }, Opinion{Refused: "it is the run that opened the incident"}},
		{"of a run without a time", func(in *Incident, _ *Session) { in.Failed = time.Time{} }, Opinion{Warnings: []string{"the failed run has no time: nothing shows that the session is later"}}},
		{"of a silent source", func(in *Incident, _ *Session) { in.Cause = CauseSilent }, Opinion{Warnings: []string{"a silent source needs no session"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, s := anIncident(7, New), aSession(500)
			tt.with(&in, &s)
			got := Check(in, s)
			if got.Refused != tt.want.Refused || got.Note != tt.want.Note || !slices.Equal(got.Warnings, tt.want.Warnings) {
				t.Errorf("Check = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestCloseReprocessed(t *testing.T) {
	group := merge(t, 9, anIncident(1, New), anIncident(2, New), anIncident(3, InProgress))[1]
	partial := aSession(501)
	partial.Outcome = backup.Partial
	changes, err := CloseReprocessed(group, Reprocessing{
		Account:  account,
		Pairs:    []Pair{{1, 500, ""}, {2, 500, ""}, {2, 501, "only temp files missing"}, {2, 500, ""}},
		TakenOut: []ID{3},
		Sessions: []Session{aSession(500), partial},
	}, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	after := afterwards(changes)
	if after[1].Closing != Reprocessed || after[1].State != Closed || !slices.Equal(after[1].Links, []Link{{500, ""}}) || len(after[1].Merged) != 1 {
		t.Errorf("destination = %+v", after[1])
	}
	if after[2].Closing != Reprocessed || after[2].State != Merged || !slices.Equal(after[2].Links, []Link{{500, ""}, {501, "only temp files missing"}}) {
		t.Errorf("child = %+v", after[2])
	}
	if after[3].State != InProgress || after[3].Into != 0 || after[3].Closing != NotClosed || after[3].Links != nil {
		t.Errorf("taken out = %+v", after[3])
	}
	wantEntry(t, changes[0], 0, "rosa", "gave back", "incident: 3")
	wantEntry(t, changes[0], 1, "rosa", "closed", "state: new → closed", "closing: reprocessed", "category: Network", "description: switch down", "solution: switch replaced", "sessions: 500")
	wantEntry(t, changes[1], 0, "rosa", "closed", "closing: reprocessed", "category: Network", "description: switch down", "solution: switch replaced", "sessions: 500, 501 (only temp files missing)", "from: 1")
	wantEntry(t, changes[2], 0, "rosa", "unmerged", "state: merged → in_progress", "into: 1 → ")
}

func TestCloseReprocessed_takesOutOnlyThoseNamed(t *testing.T) {
	group := threeMerges(t)
	changes, err := CloseReprocessed(group, Reprocessing{
		Account: account, TakenOut: []ID{3}, Sessions: []Session{aSession(500)},
		Pairs: []Pair{{1, 500, ""}, {2, 500, ""}, {4, 500, ""}, {5, 500, ""}},
	}, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	after := afterwards(changes)
	if after[3].Into != 0 || after[3].State != InProgress || after[4].Into != 1 || after[4].Closing != Reprocessed {
		t.Errorf("3 = %+v\n4 = %+v", after[3], after[4])
	}
}

func TestCloseReprocessed_isRefused(t *testing.T) {
	early, partial := aSession(501), aSession(502)
	early.Start, partial.Outcome = hours(-9), backup.Partial
	sessions := []Session{aSession(500), early, partial}
	tests := []struct {
		name  string
		pairs []Pair
		out   []ID
		a     Account
		why   string
	}{
		{"no session", nil, nil, account, "2 of the group have no session yet, first of them 1"},
		{"one left", []Pair{{1, 500, ""}}, nil, account, "1 of the group have no session yet, first of them 2"},
		{"a session from before", []Pair{{1, 500, ""}, {2, 501, ""}}, nil, account, "session 501 cannot make good 2: it is from before"},
		{"partial without a note", []Pair{{1, 502, " "}, {2, 500, ""}}, nil, account, "session 502 is partial"},
		{"an unknown session", []Pair{{1, 500, ""}, {2, 999, ""}}, nil, account, "2 and session 999 cannot be linked"},
		{"of another group", []Pair{{1, 500, ""}, {4, 500, ""}}, []ID{2}, account, "4 and session 500 cannot be linked"},
		{"linked and taken out", []Pair{{1, 500, ""}, {2, 500, ""}}, []ID{2}, account, "2 and session 500 cannot be linked"},
		{"the destination taken out", []Pair{{2, 500, ""}}, []ID{1}, account, "1 is the destination"},
		{"a stranger taken out", []Pair{{1, 500, ""}, {2, 500, ""}}, []ID{4}, account, "4 is not merged into 1"},
		{"no account", []Pair{{1, 500, ""}, {2, 500, ""}}, nil, Account{}, "choose a category"},
	}
	group := merge(t, 9, anIncident(1, New), anIncident(2, New))[1]
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := CloseReprocessed(group, Reprocessing{tt.a, tt.pairs, tt.out, sessions}, "rosa", monday)
			wantRefused(t, err, tt.why)
		})
	}
	_, err := CloseReprocessed(anIncident(7, Closed), Reprocessing{Account: account}, "rosa", monday)
	wantRefused(t, err, "7 is closed")
}

func TestCloseReprocessed_silentSourceNeedsNoSession(t *testing.T) {
	silent := anIncident(8, New)
	silent.Cause = CauseSilent
	group := merge(t, 9, silent, anIncident(2, New))[8]
	pairs := linkAll(group)
	if !slices.Equal(pairs, []Pair{{2, 500, ""}}) || Unlinked(group.Group(), pairs, nil) != nil || !slices.Equal(Unlinked(group.Group(), nil, nil), []ID{2}) || Unlinked(group.Group(), nil, []ID{2}) != nil {
		t.Errorf("pairs = %v", pairs)
	}
	r := Reprocessing{Account: account, Pairs: pairs, Sessions: []Session{aSession(500)}}
	if _, err := CloseReprocessed(group, r, "rosa", monday); err != nil {
		t.Error(err)
	}
	r.Pairs, r.TakenOut = nil, []ID{2}
	_, err := CloseReprocessed(group, r, "rosa", monday)
	wantRefused(t, err, "8 is a silent source")
}
