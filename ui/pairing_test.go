package ui

import (
	"fmt"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// aSession is a run of the same policy some hours after that Monday morning.
func aSession(id int64, hours int, outcome backup.Outcome) desk.ExecutionRow {
	begin := someMonday.Add(time.Duration(hours) * time.Hour)
	return desk.ExecutionRow{ID: id, Execution: backup.Execution{
		Tool: "Veeam", Session: fmt.Sprint("s", id), Routine: "FS", Client: "harbour", Kind: backup.Data, Outcome: outcome, Start: begin, End: begin.Add(time.Hour),
	}}
}

// aGroup is incident 1 with 2 and 3 merged into it; all failed before that morning.
func aGroup() incident.Incident {
	in := anIncident(1, incident.New)
	for id := incident.ID(2); id <= 3; id++ {
		child := anIncident(id, incident.Merged)
		child.Into = 1
		in.Merged = append(in.Merged, child)
	}
	return in
}

func TestPairing(t *testing.T) {
	good, early := aSession(70, 0, backup.Success), aSession(71, -2, backup.Success) // early is from before 1 failed
	for name, tt := range map[string]struct {
		roots    []incident.Incident
		do       func(p *pairing) error
		unlinked string
		pairs    string
		refusal  string // of doing
		ready    string // why it cannot be closed
	}{
		"nothing yet": {
			do: func(*pairing) error { return nil }, unlinked: "[1 2 3]", pairs: "[]",
			ready: "3 incidents have no session yet, first of them 1: choose one, or take them out",
		},
		"one for all":             {do: link(good, 1, 2, 3), unlinked: "[]", pairs: "[{1 70 } {2 70 } {3 70 }]"},
		"one that is too early":   {do: link(early, 1, 2, 3), unlinked: "[1]", pairs: "[{2 71 } {3 71 }]", ready: "1 has no session yet: choose one, or take it out"},
		"two for one":             {do: both(link(good, 1, 2, 3), link(early, 3)), unlinked: "[]", pairs: "[{1 70 } {2 70 } {3 70 } {3 71 }]"},
		"the same again":          {do: both(link(good, 1, 2), link(good, 2, 3)), unlinked: "[]", pairs: "[{1 70 } {2 70 } {3 70 }]"},
		"a pair undone":           {do: both(link(good, 1, 2, 3), func(p *pairing) error { p.undo(2, 70); return nil }), unlinked: "[2]", pairs: "[{1 70 } {3 70 }]", ready: "2 has no session yet: choose one, or take it out"},
		"taken out":               {do: both(link(good, 1, 2), takeOut(3)), unlinked: "[]", pairs: "[{1 70 } {2 70 }]"},
		"taken out after all":     {do: both(link(good, 1, 2, 3), takeOut(3)), unlinked: "[]", pairs: "[{1 70 } {2 70 }]"},
		"taken out, and back":     {do: both(link(good, 1, 2), both(takeOut(3), takeOut(3))), unlinked: "[3]", pairs: "[{1 70 } {2 70 }]", ready: "3 has no session yet: choose one, or take it out"},
		"taken out, then linked":  {do: both(takeOut(3), link(good, 1, 2, 3)), unlinked: "[]", pairs: "[{1 70 } {2 70 } {3 70 }]"},
		"the destination stays":   {do: takeOut(1), unlinked: "[1 2 3]", pairs: "[]", refusal: "1 is the destination of its group: it cannot be taken out of it", ready: "3 incidents have no session yet, first of them 1: choose one, or take them out"},
		"the only one stays":      {roots: []incident.Incident{anIncident(1, incident.New)}, do: takeOut(1), unlinked: "[1]", pairs: "[]", refusal: "1 is the only one that is closed here", ready: "1 has no session yet: choose one, or take it out"},
		"one of several goes":     {roots: []incident.Incident{anIncident(1, incident.New), anIncident(2, incident.New)}, do: both(link(good, 2), takeOut(1)), unlinked: "[]", pairs: "[{2 70 }]"},
		"none of several is left": {roots: []incident.Incident{anIncident(1, incident.New), anIncident(2, incident.New)}, do: both(takeOut(1), takeOut(2)), unlinked: "[]", pairs: "[]", ready: "all are taken out: nothing would be closed"},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.roots == nil {
				tt.roots = []incident.Incident{aGroup()}
			}
			p := newPairing(tt.roots)
			if got := said(tt.do(p)); got != tt.refusal {
				t.Errorf("refused with %q, want %q", got, tt.refusal)
			}
			if got := fmt.Sprint(p.unlinked()); got != tt.unlinked {
				t.Errorf("unlinked %s, want %s", got, tt.unlinked)
			}
			if got := fmt.Sprint(p.pairs); got != tt.pairs {
				t.Errorf("pairs %s, want %s", got, tt.pairs)
			}
			if got := said(p.ready()); got != tt.ready {
				t.Errorf("ready: %q, want %q", got, tt.ready)
			}
		})
	}
}

func link(s desk.ExecutionRow, to ...incident.ID) func(*pairing) error {
	return func(p *pairing) error { p.link(s, to, ""); return nil }
}

func takeOut(id incident.ID) func(*pairing) error {
	return func(p *pairing) error { return p.takeOut(id) }
}

func both(first, second func(*pairing) error) func(*pairing) error {
	return func(p *pairing) error {
		if err := first(p); err != nil {
			return err
		}
		return second(p)
	}
}

func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// What was linked before a reopening, or begun before, is there again, as far as it still holds.
func TestPairing_goesOn(t *testing.T) {
	in := aGroup()
	in.Proposed = []incident.Link{{Session: 70}}
	in.Merged[0].Proposed = []incident.Link{{Session: 72}}
	p := newPairing([]incident.Incident{in})
	p.take(p.begun(desk.Draft{}), []desk.ExecutionRow{aSession(70, 0, backup.Success), aSession(72, 0, backup.Failed)})
	if got := fmt.Sprint(p.pairs, p.why); got != "[{1 70 }] map[2:it saved nothing: its outcome is failed]" {
		t.Errorf("from before the reopening: %s", got)
	}
	draft := desk.Draft{Pairs: []incident.Pair{{Incident: 3, Session: 70, Note: "scratch"}, {Incident: 9, Session: 70}, {Incident: 1, Session: 99}}}
	p = newPairing([]incident.Incident{in})
	p.take(p.begun(draft), []desk.ExecutionRow{aSession(70, 0, backup.Success)})
	if got := fmt.Sprint(p.pairs); got != "[{3 70 scratch}]" {
		t.Errorf("from the draft: %s", got)
	}
}
