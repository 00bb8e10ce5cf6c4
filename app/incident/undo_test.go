package incident

import (
	"testing"
	"time"

	"backstop/app/timeline"
)

func TestUndo(t *testing.T) {
	steps := map[string]func(Incident) (Change, error){
		"renamed":    func(in Incident) (Change, error) { return Rename(in, "Harbour is down", "rosa", monday) },
		"noted":      func(in Incident) (Change, error) { return Note(in, "called", "rosa", monday) },
		"progressed": func(in Incident) (Change, error) { return Progress(in, "on it", true, "rosa", monday) },
		"held":       func(in Incident) (Change, error) { return Hold(in, Wait{"Network", "cable", hours(9)}, "rosa", monday) },
	}
	for name, step := range steps {
		for _, s := range []State{New, InProgress, OnHold} {
			t.Run(name+" "+s.String(), func(t *testing.T) {
				in := anIncident(7, s)
				done, err := step(in)
				if err != nil {
					t.Fatal(err)
				}
				last := done.Entries[0]
				last.Seq, last.At = 88, monday.Add(-10*time.Minute)
				c, err := Undo(done.Incident, last, "rosa", monday)
				if err != nil {
					t.Fatal(err)
				}
				if d := differences(in, c.Incident); len(d) > 0 || c.Entries[0].Action != "undone" {
					t.Errorf("%s: still different: %v", c.Entries[0].Action, d)
				}
			})
		}
	}
}

func TestUndo_isAnEntryToo(t *testing.T) {
	done, _ := Hold(anIncident(7, New), Wait{"Network", "cable", hours(9)}, "rosa", monday)
	last := done.Entries[0]
	last.Seq = 88
	c, err := Undo(done.Incident, last, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	wantEntry(t, c, 0, "rosa", "undone", "state: on_hold → new", "team: Network → ", "until: 2026-03-02T17:00:00Z → ", "step: held", "entry: 88", "note: cable → ")
}

func TestUndo_isRefused(t *testing.T) {
	last := timeline.Entry{Subject: timeline.Incident, SubjectID: 7, At: monday, Actor: "rosa", Action: "renamed", Details: []timeline.Detail{timeline.Changed("title", "a", "b")}}
	but := func(change func(*timeline.Entry)) timeline.Entry {
		e := last
		change(&e)
		return e
	}
	tests := []struct {
		name string
		in   Incident
		last timeline.Entry
		why  string
	}{
		{"by another", anIncident(7, New), but(func(e *timeline.Entry) { e.Actor = "omar" }), "the last step on 7 is by omar, who alone can undo it"},
		{"too late", anIncident(7, New), but(func(e *timeline.Entry) { e.At = monday.Add(-10*time.Minute - time.Millisecond) }), "the last step on 7 is more than ten minutes old"},
		{"an entry came between", anIncident(7, New), but(func(e *timeline.Entry) { e.Action = "evidence changed" }), "the last step on 7 cannot be undone"},
		{"an undo", anIncident(7, New), but(func(e *timeline.Entry) { e.Action = "undone" }), "the last step on 7 cannot be undone"},
		{"of another incident", anIncident(8, New), last, "the last step on 8 cannot be undone"},
		{"of a risk", anIncident(7, New), but(func(e *timeline.Entry) { e.Subject = timeline.Risk }), "the last step on 7 cannot be undone"},
		{"merged", anIncident(7, Merged), last, "7 is merged into 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Undo(tt.in, tt.last, "rosa", monday)
			wantRefused(t, err, tt.why)
		})
	}
	for _, d := range []timeline.Detail{timeline.Changed("state", "asleep", "new"), timeline.Changed("until", "soon", "")} {
		if _, err := Undo(anIncident(7, New), but(func(e *timeline.Entry) { e.Details = []timeline.Detail{d} }), "rosa", monday); err == nil {
			t.Errorf("undid %v", d)
		}
	}
}
