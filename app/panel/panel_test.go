package panel

import (
	"fmt"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func at(hours float64) time.Time { return monday.Add(time.Duration(hours * float64(time.Hour))) }

func run(hours float64, o backup.Outcome, change ...func(*Run)) Run {
	r := Run{ID: 1, At: at(hours), Outcome: o, Bytes: backup.N(100)}
	for _, c := range change {
		c(&r)
	}
	return r
}

func open(r *Run) { r.Case = &Case{ID: 1, State: incident.InProgress} }
func closed(as incident.Closing) func(*Run) {
	return func(r *Run) { r.Case = &Case{ID: 1, State: incident.Closed, Closing: as} }
}
func merged(r *Run)    { r.Case = &Case{ID: 1, State: incident.Merged} }
func again(r *Run)     { r.Retry = true }
func willRetry(r *Run) { r.WillRetry = true }
func explained(r *Run) { r.Explained = true }
func expired(r *Run)   { r.Expires = at(20) }
func kept(r *Run)      { r.Expires = at(200) }

func TestCells(t *testing.T) {
	good, bad := backup.Success, backup.Failed
	for name, c := range map[string]struct {
		runs []Run
		want string // result, runs, bytes
	}{
		"nothing":                           {nil, "no run expected 0 "},
		"a success":                         {[]Run{run(2, good)}, "success 1 100"},
		"a failure without incident":        {[]Run{run(2, bad)}, "lost 1 100"},
		"missed by the tool's own word":     {[]Run{run(2, backup.Missed)}, "lost 1 100"},
		"cancelled without incident":        {[]Run{run(2, backup.Cancelled)}, "lost 1 100"},
		"an open incident":                  {[]Run{run(2, bad, open)}, "open incident 1 100"},
		"an open incident of a partial":     {[]Run{run(2, backup.Partial, open)}, "open incident 1 100"},
		"a stalled one":                     {[]Run{run(2, backup.Running, open)}, "open incident 1 100"},
		"merged into an open one":           {[]Run{run(2, bad, merged)}, "open incident 1 100"},
		"merged, and that was closed":       {[]Run{run(2, bad, merged, closed(incident.Reprocessed))}, "reprocessed 1 100"},
		"closed as Missed":                  {[]Run{run(2, bad, closed(incident.ClosedMissed))}, "lost 1 100"},
		"closed as Success":                 {[]Run{run(2, bad, closed(incident.ClosedSuccess))}, "success 1 100"},
		"reprocessed":                       {[]Run{run(2, bad, closed(incident.Reprocessed))}, "reprocessed 1 100"},
		"partial without incident":          {[]Run{run(2, backup.Partial)}, "partial 1 100"},
		"running":                           {[]Run{run(2, backup.Running)}, "running 1 100"},
		"failed, the tool will try again":   {[]Run{run(2, bad, willRetry)}, "running 1 100"},
		"a copy that expired":               {[]Run{run(2, good, expired)}, "all copies expired 1 100"},
		"one of two copies expired":         {[]Run{run(2, good, expired), run(3, good, kept)}, "success 2 200"},
		"both expired":                      {[]Run{run(2, good, expired), run(3, good, expired)}, "all copies expired 2 200"},
		"the worst of several":              {[]Run{run(2, good), run(3, bad, open), run(4, backup.Partial)}, "open incident 3 300"},
		"lost is worse than open":           {[]Run{run(2, bad, open), run(3, bad)}, "lost 2 200"},
		"partial is worse than running":     {[]Run{run(2, backup.Running), run(3, backup.Partial)}, "partial 2 200"},
		"running is worse than reprocessed": {[]Run{run(2, bad, closed(incident.Reprocessed)), run(3, backup.Running)}, "running 2 200"},
		"reprocessed is worse than success": {[]Run{run(2, good), run(3, bad, closed(incident.Reprocessed))}, "reprocessed 2 200"},
		"tries of one run count once":       {[]Run{run(2, bad), run(3, good, again)}, "success 1 200"},
		"a later try does not close":        {[]Run{run(2, bad, open), run(3, good, again)}, "open incident 1 200"},
		"a failed try after a success":      {[]Run{run(2, good), run(3, bad)}, "lost 2 200"},
		"a coordinator of failed children":  {[]Run{run(2, bad, explained), run(3, bad, open)}, "open incident 2 200"},
		"a day before and one after":        {[]Run{run(-3, bad), run(2, good), run(30, bad)}, "success 1 100"},
		"a size that nobody knows":          {[]Run{{At: at(1), Outcome: good}}, "success 1 "},
	} {
		t.Run(name, func(t *testing.T) {
			c0 := Calendar{Zone: time.UTC}
			cells := Cells(c.runs, c0, c0.Of(monday), c0.Of(monday), at(48))
			if got := fmt.Sprintf("%v %d %v", cells[0].Result, cells[0].Runs, cells[0].Bytes); len(cells) != 1 || got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// A try after midnight belongs to the day on which its run began.
func TestCells_overMidnight(t *testing.T) {
	c := Calendar{Zone: time.UTC}
	cells := Cells([]Run{run(23, backup.Failed), run(25, backup.Success, again)}, c, c.Of(at(0)), c.Of(at(24)), at(48))
	if cells[0].Result != Success || cells[1].Result != Empty {
		t.Errorf("%+v", cells)
	}
}

func TestCalendar(t *testing.T) {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		zone  *time.Location
		start int
		at    string
		want  string
	}{
		{time.UTC, 0, "2026-03-02T00:00:00Z", "2026-03-02"},
		{time.UTC, 0, "2026-03-01T23:59:59Z", "2026-03-01"},
		{time.UTC, 12, "2026-03-02T01:00:00Z", "2026-03-01"},
		{time.UTC, 12, "2026-03-02T11:59:59Z", "2026-03-01"},
		{time.UTC, 12, "2026-03-02T12:00:00Z", "2026-03-02"},
		{lisbon, 0, "2026-06-30T23:30:00Z", "2026-07-01"},
		{lisbon, 16, "2026-03-29T14:59:59Z", "2026-03-28"}, // the clock was put forward that night
		{lisbon, 16, "2026-03-29T15:00:00Z", "2026-03-29"},
		{lisbon, 16, "2026-10-25T15:59:59Z", "2026-10-24"}, // and back that one
		{lisbon, 16, "2026-10-25T16:00:00Z", "2026-10-25"},
		{time.UTC, 6, "1969-12-31T05:00:00Z", "1969-12-30"},
	} {
		when, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		cal := Calendar{c.zone, c.start}
		n := cal.Of(when)
		if got := n.Date().Format(time.DateOnly); got != c.want {
			t.Errorf("%s in %v from %d h is of %s, want %s", c.at, c.zone, c.start, got, c.want)
		}
		if begin := cal.Begin(n); begin.After(when) || !cal.Begin(n+1).After(when) {
			t.Errorf("%s is not between %v and %v", c.at, begin, cal.Begin(n+1))
		}
	}
}
