package incident

import (
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
)

func TestCandidates(t *testing.T) {
	in := anIncident(7, New)
	session := func(id ExecutionID, with func(*Session)) Session {
		s := aSession(id)
		with(&s)
		return s
	}
	sessions := []Session{
		session(1, func(s *Session) { s.Policy, s.Routine, s.Client = "SQL", 8, "lagoon" }),
		session(2, func(s *Session) { s.Policy, s.Routine = "SQL", 8 }),
		session(3, func(s *Session) { s.Client = "lagoon" }),
		session(4, func(s *Session) { s.Outcome = backup.Partial }),
		session(5, func(s *Session) { s.Level = "Differential Incremental" }),
		session(6, func(s *Session) { s.Start = monday }),
		session(7, func(*Session) {}),
		session(8, func(s *Session) { s.LaterTry, s.Start, s.Outcome = true, hours(-1), backup.Partial }),
		session(70, func(s *Session) { s.Start, s.Level = in.Failed, "" }),
		session(9, func(s *Session) { s.Outcome = backup.Failed }),
		session(10, func(s *Session) { s.Start = hours(-9) }),
	}
	want := []struct {
		id     ExecutionID
		reason string
	}{
		{70, "a later try of the same run"},
		{8, "a later try of the same run, partial, full, 5 h 0 min later"},
		{7, "same routine and client, full, 2 h 0 min later"},
		{6, "same routine and client, full, 6 h 0 min later"},
		{5, "same routine and client, differential incremental, 2 h 0 min later"},
		{4, "same routine and client, partial, full, 2 h 0 min later"},
		{2, "same client, other routine, full, 2 h 0 min later"},
		{3, "same routine, other client, full, 2 h 0 min later"},
		{1, "other routine and client, full, 2 h 0 min later"},
	}
	for range 3 { // whatever the order they are handed in
		slices.Reverse(sessions)
		got := Candidates(in, "Full", sessions)
		if len(got) != len(want) {
			t.Fatalf("%d candidates, want %d", len(got), len(want))
		}
		for i, c := range got {
			if holdsLess := slices.Contains(c.Opinion.Warnings, "it holds less: Differential Incremental, not Full"); holdsLess != (c.Session.ID == 5) {
				t.Errorf("session %d warns %q", c.Session.ID, c.Opinion.Warnings)
			}
			if c.Session.ID != want[i].id || c.Reason != want[i].reason || c.Opinion.Refused != "" {
				t.Errorf("%d: session %d, %q; want %d, %q", i, c.Session.ID, c.Reason, want[i].id, want[i].reason)
			}
		}
	}
}

func TestWeaker(t *testing.T) {
	tests := []struct {
		level, wanted string
		want          bool
	}{
		{"Incremental", "Full", true},
		{"Full", "Incremental", false},
		{"Synthetic Full", "full", false},
		{"Differential", "Incremental", false},
		{"Differential Incremental", "Cumulative Incremental", true},
		{"INCREMENTAL LEVEL 1", "INCREMENTAL LEVEL 0", true},
		{"Archived Log", "Full", true},
		{"snapshot", "Full", false},
		{"Incremental", "", false},
	}
	for _, tt := range tests {
		if got := weaker(tt.level, tt.wanted); got != tt.want {
			t.Errorf("weaker(%q, %q) = %v", tt.level, tt.wanted, got)
		}
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		59 * time.Second: "0 min", 61 * time.Minute: "1 h 1 min", 50*time.Hour + 59*time.Minute: "2 d 2 h",
	} {
		if got := span(d); got != want {
			t.Errorf("span(%s) = %q, want %q", d, got, want)
		}
	}
}
