package risk

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/incident"
	"backstop/app/timeline"
)

// monday is when everything here is judged.
var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func day(n int) time.Time { return monday.AddDate(0, 0, n) }

const gib = 1 << 30

// nightly is what a nightly full of a file server is about.
var nightly = About{Kind: Volume, Routine: 5, Tool: "NetBackup", Policy: "FS-DAILY", Client: "harbour", Level: "full", Company: "Acme"}

// series are runs a day apart, the last of them yesterday; values in GiB.
func series(values ...int64) []Run {
	runs := make([]Run, len(values))
	for i, v := range values {
		runs[i] = Run{ID: incident.ExecutionID(i + 1), At: day(i - len(values)), Value: v * gib}
	}
	return runs
}

func all(Run) bool { return true }

func after(id incident.ExecutionID) func(Run) bool { return func(r Run) bool { return r.ID > id } }

// aRisk is one that was found by run 6 of a series.
func aRisk(s State, assignee string) Risk {
	r := Risk{
		ID: 7, About: nightly, Source: 1, Mark: 6, Found: day(-1), Since: day(-2), Usual: 10 * gib, Value: 30 * gib,
		Runs: append(lastOf(series(10, 10, 10, 10, 10, 30)[:5], time.Time{}), Run{6, day(-1), 30 * gib, Off}), State: s, Assignee: assignee,
	}
	if s.Resolved() {
		r.Solution, r.Resolved = "as it should be", day(-1)
	}
	return r
}

func marks(findings []Finding) []int64 {
	var out []int64
	for _, f := range findings {
		out = append(out, f.Mark)
	}
	return out
}

func wantRefused(t *testing.T, err error, why string) {
	t.Helper()
	if !errors.Is(err, incident.ErrNotAllowed) || !strings.HasPrefix(err.Error(), why) {
		t.Errorf("error = %v, want %q", err, why)
	}
}

// said gives the details of an entry as "name: from → to".
func said(e timeline.Entry) []string {
	var out []string
	for _, d := range e.Details {
		if d.From == "" {
			out = append(out, d.Name+": "+d.To)
		} else {
			out = append(out, d.Name+": "+d.From+" → "+d.To)
		}
	}
	return out
}

func wantEntry(t *testing.T, e timeline.Entry, actor, action string, details ...string) {
	t.Helper()
	if e.Subject != timeline.Risk || e.Actor != actor || e.Action != action || !e.At.Equal(monday) {
		t.Errorf("entry = %+v, want %s by %s", e, action, actor)
	}
	if got := said(e); !slices.Equal(got, details) {
		t.Errorf("details = %q\n   want %q", got, details)
	}
}
