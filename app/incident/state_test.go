package incident

import (
	"slices"
	"testing"
)

func TestAllowed(t *testing.T) {
	open := []bool{true, true, true, false, false}
	tests := []struct {
		action  Action
		allowed []bool // new, in progress, on hold, closed, merged
		closed  string // why not, when closed
	}{
		{ToRename, open, "7 is closed: reopen it first"},
		{ToProgress, open, "7 is closed: reopen it first"},
		{ToHold, open, "7 is closed: reopen it first"},
		{ToAssign, open, "7 is closed: reopen it first"},
		{ToClose, open, "7 is closed: reopen it first"},
		{ToMerge, open, "7 is closed: reopen it first"},
		{ToNote, []bool{true, true, true, true, false}, ""},
		{ToUndo, []bool{true, true, true, true, false}, ""},
		{ToReopen, []bool{false, false, false, true, false}, ""},
		{ToSee, []bool{false, false, false, false, false}, "no later evidence contradicts how 7 was closed"},
		{ToUnmerge, []bool{false, false, false, false, true}, "7 is not merged into another"},
	}
	for _, tt := range tests {
		var got []bool
		for _, s := range everyState {
			in := anIncident(7, s)
			ok, why := Allowed(in, tt.action)
			if got = append(got, ok); ok != (why == "") {
				t.Errorf("action %d, %s: %v with the words %q", tt.action, s, ok, why)
			}
			if s == Closed && why != tt.closed {
				t.Errorf("action %d, closed: %q, want %q", tt.action, why, tt.closed)
			}
			if want := "7 is merged into 1: open that one"; s == Merged && !ok && why != want {
				t.Errorf("action %d, merged: %q, want %q", tt.action, why, want)
			}
		}
		if !slices.Equal(got, tt.allowed) {
			t.Errorf("action %d: %v, want %v", tt.action, got, tt.allowed)
		}
	}
}

func TestAllowed_looksBeyondTheState(t *testing.T) {
	in := anIncident(7, Closed)
	in.EvidenceChanged = true
	if ok, why := Allowed(in, ToSee); !ok {
		t.Error(why)
	}
	in = anIncident(7, Merged)
	in.Closing = ClosedSuccess
	if _, why := Allowed(in, ToUnmerge); why != "7 was closed with 1: reopen 1 first" {
		t.Error(why)
	}
	if _, why := Allowed(anIncident(7, New), ToReopen); why != "7 is not closed" {
		t.Error(why)
	}
}

func TestWords_readBack(t *testing.T) {
	for s := New; s <= Merged; s++ {
		if got, err := ParseState(s.String()); err != nil || got != s {
			t.Errorf("%q reads as %v, %v", s, got, err)
		}
	}
	for c := ClosedSuccess; c <= Reprocessed; c++ {
		if got, err := ParseClosing(c.String()); err != nil || got != c {
			t.Errorf("%q reads as %v, %v", c, got, err)
		}
	}
	for c := CauseFailed; c <= CauseSilent; c++ {
		if got, err := ParseCause(c.String()); err != nil || got != c {
			t.Errorf("%q reads as %v, %v", c, got, err)
		}
	}
	if NotClosed.String() != "" || State(99).String() != "" {
		t.Error("what has no word has one")
	}
	if _, err := ParseState(""); err == nil {
		t.Error("the empty word is a state")
	}
	if _, err := ParseClosing("lost"); err == nil || err.Error() != `"lost" is no closing status; use one of ["success" "missed" "reprocessed"]` {
		t.Error(err)
	}
}
