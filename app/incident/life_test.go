package incident

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"backstop/app/backup"
)

// world is a store in miniature: incidents by id, children known by where they were merged into.
type world struct {
	t        *rapid.T
	at       map[ID]Incident
	sessions []Session
	merges   int64
}

func newWorld(t *rapid.T) *world {
	w := &world{t: t, at: map[ID]Incident{}}
	for id := ID(1); id <= ID(rapid.IntRange(2, 8).Draw(t, "incidents")); id++ {
		in := anIncident(id, rapid.SampledFrom([]State{New, InProgress, OnHold}).Draw(t, "state"))
		if rapid.IntRange(0, 5).Draw(t, "silent") == 0 {
			in.Cause = CauseSilent
		}
		w.at[id] = in
	}
	for id := ExecutionID(500); id < 504; id++ {
		s := aSession(id)
		s.Start = hours(rapid.IntRange(-8, -2).Draw(t, "start"))
		s.Outcome = rapid.SampledFrom([]backup.Outcome{backup.Success, backup.Success, backup.Partial, backup.Failed}).Draw(t, "outcome")
		w.sessions = append(w.sessions, s)
	}
	return w
}

// load gives an incident with its children, as a store does.
func (w *world) load(id ID) Incident {
	in := w.at[id]
	for _, c := range slices.Sorted(maps.Keys(w.at)) {
		if w.at[c].Into == id {
			in.Merged = append(in.Merged, w.at[c])
		}
	}
	return in
}

// save keeps what a rule returned, or fails if it broke more than its word.
func (w *world) save(changes []Change, err error) {
	if err != nil {
		if !errors.Is(err, ErrNotAllowed) || changes != nil {
			w.t.Fatalf("refused with %d changes: %v", len(changes), err)
		}
		return
	}
	for _, c := range changes {
		in := c.Incident
		in.Merged = nil
		w.at[in.ID] = in
	}
	for _, c := range changes {
		if want := w.load(c.Incident.ID).Merged; len(want)+len(c.Incident.Merged) > 0 && !reflect.DeepEqual(c.Incident.Merged, want) {
			w.t.Fatalf("%d is said to hold %v, but holds %v", c.Incident.ID, c.Incident.Merged, want)
		}
	}
}

func (w *world) some(label string) []ID {
	return rapid.SliceOfDistinct(rapid.SampledFrom(slices.Sorted(maps.Keys(w.at))), func(id ID) ID { return id }).Draw(w.t, label)
}

func (w *world) one(label string) Incident {
	return w.load(rapid.SampledFrom(slices.Sorted(maps.Keys(w.at))).Draw(w.t, label))
}

func (w *world) merge() {
	destination := w.one("destination")
	var sources []Incident
	for _, id := range w.some("sources") {
		sources = append(sources, w.load(id))
	}
	w.merges++
	w.save(MergeInto(destination, sources, w.merges, "rosa", monday))
}

func (w *world) unmerge() {
	w.save(Unmerge(w.one("destination"), w.some("children"), "rosa", monday))
}

func (w *world) unmergeOne() {
	if in := w.one("child"); in.Into != 0 {
		w.save(Unmerge(w.load(in.Into), []ID{in.ID}, "rosa", monday))
	}
}

func (w *world) closeAs() {
	as := rapid.SampledFrom([]Closing{ClosedSuccess, ClosedMissed}).Draw(w.t, "closing")
	w.save(Close(w.one("closed"), as, account, "rosa", monday))
}

func (w *world) closeReprocessed() {
	in := w.one("reprocessed")
	r := Reprocessing{Account: account, Sessions: w.sessions}
	for _, i := range in.Group() {
		switch s := rapid.SampledFrom(w.sessions).Draw(w.t, "session"); rapid.IntRange(0, 7).Draw(w.t, "pair") {
		case 0: // forgotten
		case 1:
			r.TakenOut = append(r.TakenOut, i.ID)
		default:
			r.Pairs = append(r.Pairs, Pair{i.ID, s.ID, rapid.SampledFrom([]string{"", "enough"}).Draw(w.t, "note")})
		}
	}
	w.save(CloseReprocessed(in, r, "rosa", monday))
}

func (w *world) reopen() { w.save(Reopen(w.one("reopened"), "again", "rosa", monday)) }

// Whatever is done in whatever order: one level, no circle, and nothing is Reprocessed without what made it good.
func TestLife_holdsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		steps := []func(){w.merge, w.merge, w.unmerge, w.unmergeOne, w.closeAs, w.closeReprocessed, w.closeReprocessed, w.reopen}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			rapid.SampledFrom(steps).Draw(t, "step")()
			for _, in := range w.at {
				w.check(in)
			}
		}
	})
}

func (w *world) check(in Incident) {
	destination := w.at[in.Into]
	switch {
	case (in.State == Merged) != (in.Into != 0), (in.State == Merged) != (in.Before != nil):
		w.t.Fatalf("%d is %s into %d with %v before", in.ID, in.State, in.Into, in.Before)
	case in.Into != 0 && destination.Into != 0:
		w.t.Fatalf("%d is merged into %d, which is merged into %d", in.ID, in.Into, destination.Into)
	case in.Into != 0 && (in.Closing != destination.Closing || in.Solution != destination.Solution):
		w.t.Fatalf("%d is closed as %q, its destination as %q", in.ID, in.Closing, destination.Closing)
	case in.Into == 0 && (in.State == Closed) != (in.Closing != NotClosed):
		w.t.Fatalf("%d is %s and closed as %q", in.ID, in.State, in.Closing)
	case in.Closing != Reprocessed && len(in.Links) > 0:
		w.t.Fatalf("%d is not reprocessed and has links", in.ID)
	case in.Closing == Reprocessed && in.Cause != CauseSilent && len(in.Links) == 0:
		w.t.Fatalf("%d is reprocessed by nothing", in.ID)
	}
	for _, l := range in.Links {
		o := Check(in, w.sessions[l.Session-500])
		if o.Refused != "" || o.Note && l.Note == "" {
			w.t.Fatalf("%d is linked to %d: %+v", in.ID, l.Session, o)
		}
	}
}

// Unmerging what a merge brought is as if it had never been, whatever was merged before.
func TestUnmerge_undoesAMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(0, 6).Draw(t, "merges before") {
			w.merge()
		}
		before := maps.Clone(w.at)
		w.merge()
		for id := range before {
			if in := w.load(id); len(in.Brought(w.merges)) > 0 {
				w.save(Unmerge(in, in.Brought(w.merges), "omar", monday))
			}
		}
		if !reflect.DeepEqual(w.at, before) {
			t.Fatalf("before %+v\nafter %+v", before, w.at)
		}
	})
}

// Undoing the newest merge first, one after the other, leads back to the beginning.
func TestUnmerge_undoesAllMerges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		before := maps.Clone(w.at)
		for range rapid.IntRange(1, 6).Draw(t, "merges") {
			w.merge()
		}
		for ; w.merges > 0; w.merges-- {
			for id := range before {
				if in := w.load(id); len(in.Brought(w.merges)) > 0 {
					w.save(Unmerge(in, in.Brought(w.merges), "omar", monday))
				}
			}
		}
		if !reflect.DeepEqual(w.at, before) {
			t.Fatalf("before %+v\nafter %+v", before, w.at)
		}
	})
}

// What is said of the tool's own word stands above tool and routine, but makes no incident of what went well.
func TestCalls_byTheStatus(t *testing.T) {
	off := Policy{}
	tests := []struct {
		outcome backup.Outcome
		kind    backup.Kind
		policy  Policy
		status  backup.Choice
		calls   bool
	}{
		{backup.Failed, backup.Data, DefaultPolicy, backup.No, false},
		{backup.Partial, backup.Data, off, backup.Undecided, false},
		{backup.Partial, backup.Data, off, backup.Yes, true},
		{backup.Cancelled, backup.Data, off, backup.Yes, true},
		{backup.Failed, backup.Restore, off, backup.Yes, true},
		{backup.Success, backup.Data, off, backup.Yes, false},
		{backup.Running, backup.Data, off, backup.Yes, false},
	}
	for _, tt := range tests {
		tt.policy.Status = tt.status
		if _, calls := Calls(backup.Execution{Outcome: tt.outcome, Kind: tt.kind}, tt.policy); calls != tt.calls {
			t.Errorf("%s %s, opens %s: calls = %v", tt.outcome, tt.kind, tt.status, calls)
		}
	}
}
