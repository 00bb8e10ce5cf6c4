package incident

import (
	"strings"
	"testing"
	"time"

	"backstop/app/timeline"
)

func TestRename(t *testing.T) {
	in := anIncident(7, New)
	c, err := Rename(in, "  Harbour:\tswitch \u202edown ", "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	if c.Incident.Title != "Harbour: switch down" || c.Incident.OpenedAs != in.OpenedAs {
		t.Errorf("title %q, opened as %q", c.Incident.Title, c.Incident.OpenedAs)
	}
	wantEntry(t, c, 0, "rosa", "renamed", "title: FS-DAILY full failed → Harbour: switch down")

	for title, why := range map[string]string{
		" \n": "a title is needed", in.Title: "7 has this title already", strings.Repeat("é", 201): "a title has at most 200 characters",
	} {
		_, err := Rename(in, title, "rosa", monday)
		wantRefused(t, err, why)
	}
	_, err = Rename(anIncident(7, Closed), "x", "rosa", monday)
	wantRefused(t, err, "7 is closed: reopen it first")
}

func TestNote(t *testing.T) {
	for _, s := range []State{New, Closed} {
		c, err := Note(anIncident(7, s), "called the branch\nno answer ", "rosa", monday)
		if err != nil {
			t.Fatal(err)
		}
		wantEntry(t, c, 0, "rosa", "noted", "note: called the branch\nno answer")
	}
	_, err := Note(anIncident(7, New), " ", "rosa", monday)
	wantRefused(t, err, "the note is empty")
	_, err = Note(anIncident(7, Merged), "x", "rosa", monday)
	wantRefused(t, err, "7 is merged into 1: open that one")
}

func TestSeen(t *testing.T) {
	in := anIncident(7, Closed)
	_, err := Seen(in, "fine", "rosa", monday)
	wantRefused(t, err, "no later evidence")
	in.EvidenceChanged = true
	_, err = Seen(in, "", "rosa", monday)
	wantRefused(t, err, "a note is needed")
	c, err := Seen(in, "the copy is lost all the same", "rosa", monday)
	if err != nil || c.Incident.EvidenceChanged || c.Incident.State != Closed {
		t.Fatalf("%+v, %v", c.Incident, err)
	}
	wantEntry(t, c, 0, "rosa", "seen", "evidence: changed → ", "note: the copy is lost all the same")
}

func TestAssign(t *testing.T) {
	in := anIncident(7, OnHold)
	c, err := Assign(in, "omar", "rosa", monday)
	if err != nil || c.Incident.State != OnHold {
		t.Fatalf("%+v, %v", c.Incident, err)
	}
	wantEntry(t, c, 0, "rosa", "assigned", "assignee: rosa → omar")
	c, err = Assign(in, "", "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	wantEntry(t, c, 0, "rosa", "assigned", "assignee: rosa → ")
	_, err = Assign(in, "rosa", "omar", monday)
	wantRefused(t, err, "7 is assigned to rosa already")
	_, err = Assign(anIncident(7, New), "", "omar", monday)
	wantRefused(t, err, "7 is assigned to nobody already")
	_, err = Assign(anIncident(7, Merged), "omar", "omar", monday)
	wantRefused(t, err, "7 is merged into 1")
}

func TestProgress(t *testing.T) {
	tests := []struct {
		name     string
		from     State
		takeOver bool
		details  []string
	}{
		{"from new", New, false, []string{"state: new → in_progress", "note: on it"}},
		{"from new, taken over", New, true, []string{"state: new → in_progress", "assignee: omar", "note: on it"}},
		{"reported on", InProgress, false, []string{"note: on it"}},
		{"from hold", OnHold, true, []string{"state: on_hold → in_progress", "assignee: rosa → omar", "team: Storage → ", "until: 2026-03-02T12:00:00Z → ", "note: on it"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Progress(anIncident(7, tt.from), "on it", tt.takeOver, "omar", monday)
			if err != nil || c.Incident.State != InProgress || c.Incident.Team != "" || !c.Incident.Until.IsZero() {
				t.Fatalf("%+v, %v", c.Incident, err)
			}
			wantEntry(t, c, 0, "omar", "progressed", tt.details...)
		})
	}
	_, err := Progress(anIncident(7, New), "", true, "omar", monday)
	wantRefused(t, err, "a service note is needed")
	_, err = Progress(anIncident(7, Closed), "x", true, "omar", monday)
	wantRefused(t, err, "7 is closed")
}

func TestHold(t *testing.T) {
	w := Wait{"Network", "cable is ordered", hours(24)}
	for _, s := range []State{New, InProgress} {
		c, err := Hold(anIncident(7, s), w, "rosa", monday)
		if err != nil || c.Incident.State != OnHold || c.Incident.Assignee != anIncident(7, s).Assignee {
			t.Fatalf("%+v, %v", c.Incident, err)
		}
		wantEntry(t, c, 0, "rosa", "held", "state: "+s.String()+" → on_hold", "team: Network", "until: 2026-03-03T08:00:00Z", "note: cable is ordered")
	}
	c, err := Hold(anIncident(7, OnHold), w, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	wantEntry(t, c, 0, "rosa", "held", "team: Storage → Network", "until: 2026-03-02T12:00:00Z → 2026-03-03T08:00:00Z", "note: cable is ordered")

	for _, tt := range []struct {
		w   Wait
		why string
	}{
		{Wait{" ", "x", hours(1)}, "name the team"},
		{Wait{"a", "", hours(1)}, "a note is needed"},
		{Wait{"a", "x", time.Time{}}, "a date and a time are needed"},
		{Wait{"a", "x", monday}, "the hold must end in the future"},
		{Wait{"a", "x", monday.Add(time.Microsecond)}, "the hold must end in the future"},
	} {
		_, err := Hold(anIncident(7, New), tt.w, "rosa", monday)
		wantRefused(t, err, tt.why)
	}
	_, err = Hold(anIncident(7, Merged), w, "rosa", monday)
	wantRefused(t, err, "7 is merged into 1")
}

func TestResume(t *testing.T) {
	in := anIncident(7, OnHold)
	in.Until, in.Assignee = hours(-3), ""
	for _, judged := range []time.Time{hours(-3), monday} {
		c, err := Resume(in, judged, monday)
		if err != nil || c.Incident.State != InProgress || c.Incident.Assignee != "" {
			t.Fatalf("%+v, %v", c.Incident, err)
		}
		wantEntry(t, c, 0, timeline.System, "resumed", "state: on_hold → in_progress", "team: Storage → ", "until: 2026-03-02T05:00:00Z → ",
			"due: 2026-03-02T05:00:00Z", "applied: 2026-03-02T08:00:00Z")
	}
	_, err := Resume(in, hours(-4), monday)
	wantRefused(t, err, "the hold of 7 ends at 2026-03-02T05:00:00Z")
	_, err = Resume(anIncident(7, InProgress), monday, monday)
	wantRefused(t, err, "7 is not on hold")
	_, err = Resume(anIncident(7, Merged), monday, monday)
	wantRefused(t, err, "7 is merged into 1")
}
