package incident

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/timeline"
)

// monday is when everything here happens: the runs failed in the night before.
var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func hours(n int) time.Time { return monday.Add(time.Duration(n) * time.Hour) }

// anIncident is one of a nightly file server backup that failed at two.
func anIncident(id ID, s State) Incident {
	in := Incident{
		ID: id, Title: "FS-DAILY full failed", OpenedAs: "FS-DAILY full failed", Cause: CauseFailed, Opened: hours(-1), Execution: ExecutionID(id) * 10,
		Routine: 5, Source: 1, Failed: hours(-6), Kind: backup.Data, Tool: "NetBackup", Policy: "FS-DAILY", Client: "harbour",
		Failure: "58  can't connect to client", State: s,
	}
	switch s {
	case New:
	case InProgress:
		in.Assignee = "rosa"
	case OnHold:
		in.Assignee, in.Team, in.Until = "rosa", "Storage", hours(4)
	case Closed:
		in.Closing, in.Category, in.Description, in.Solution, in.ClosedAt = ClosedMissed, "Network", "switch down", "none in time", hours(-1)
	case Merged:
		in.Into, in.MergeID, in.Before = 1, 1, &Before{State: New}
	}
	return in
}

var everyState = []State{New, InProgress, OnHold, Closed, Merged}

// merge merges and gives the incidents afterwards by id.
func merge(t *testing.T, mergeID int64, destination Incident, sources ...Incident) map[ID]Incident {
	t.Helper()
	changes, err := MergeInto(destination, sources, mergeID, "rosa", monday)
	if err != nil {
		t.Fatal(err)
	}
	return afterwards(changes)
}

func afterwards(changes []Change) map[ID]Incident {
	out := map[ID]Incident{}
	for _, c := range changes {
		out[c.Incident.ID] = c.Incident
	}
	return out
}

// told gives the details of the n-th entry of a Change as "name: from → to".
func told(c Change, n int) []string {
	var out []string
	for _, d := range c.Entries[n].Details {
		if d.From == "" {
			out = append(out, d.Name+": "+d.To)
		} else {
			out = append(out, d.Name+": "+d.From+" → "+d.To)
		}
	}
	return out
}

// wantEntry checks the n-th entry of a Change.
func wantEntry(t *testing.T, c Change, n int, actor, action string, details ...string) {
	t.Helper()
	if len(c.Entries) <= n {
		t.Fatalf("%d has %d entries", c.Incident.ID, len(c.Entries))
	}
	e := c.Entries[n]
	if e.Subject != timeline.Incident || e.SubjectID != int64(c.Incident.ID) || e.Actor != actor || e.Action != action || !e.At.Equal(monday) {
		t.Errorf("entry = %+v, want %s by %s on %d at %s", e, action, actor, c.Incident.ID, monday)
	}
	if got := told(c, n); !slices.Equal(got, details) {
		t.Errorf("details = %q\n   want %q", got, details)
	}
}

// wantRefused checks that a rule refuses in these words.
func wantRefused(t *testing.T, err error, why string) {
	t.Helper()
	if !errors.Is(err, ErrNotAllowed) || !strings.HasPrefix(err.Error(), why) {
		t.Errorf("error = %v, want %q", err, why)
	}
}

func ids(m map[ID]Incident) []ID { return slices.Sorted(maps.Keys(m)) }
