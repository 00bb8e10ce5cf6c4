package figure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/figure"
	"backstop/app/incident"
)

// someFacts are incidents and runs of about the week, of all kinds.
func someFacts(rnd *rand.Rand) figure.Facts {
	var f figure.Facts
	for i := range rnd.IntN(60) {
		c := figure.Case{ID: int64(i + 1), State: incident.InProgress, Opened: figure.At(at(float64(rnd.IntN(260) - 60))), Routine: &figure.Routine{}, Proposed: fmt.Sprint("category ", rnd.IntN(4))}
		switch rnd.IntN(4) {
		case 0:
			c.State, c.Closed, c.Category = incident.Closed, figure.At(c.Opened.Time().Add(time.Duration(rnd.IntN(200))*time.Hour)), fmt.Sprint("category ", rnd.IntN(4))
			c.Closing = []incident.Closing{incident.ClosedSuccess, incident.ClosedMissed, incident.Reprocessed}[rnd.IntN(3)]
		case 1:
			c.State, c.Hold = incident.OnHold, &figure.Hold{Team: fmt.Sprint("team ", rnd.IntN(3))}
		case 2:
			c.State, c.Into = incident.Merged, 1
		}
		f.Cases = append(f.Cases, c)
	}
	for i := range rnd.IntN(80) {
		outcome := func() backup.Outcome { return figure.Outcomes[rnd.IntN(len(figure.Outcomes))] }
		f.Runs = append(f.Runs, figure.Run{ID: int64(i + 1), At: at(float64(2 * i)).UnixMilli(), First: outcome(), End: outcome()})
	}
	return f
}

// What a page shows as a number and what it opens are the same rows, whatever the facts.
func TestGroups_holdTheRowsThatTheSumsCount(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	for range 200 {
		f := someFacts(rnd)
		sums := figure.Count(f, week)
		open := 0
		for i, g := range figure.OpenByAge(f, week) {
			if len(g.Incidents) != sums.Ages[i] {
				t.Fatalf("%s: %d rows, counted %d", g.Name, len(g.Incidents), sums.Ages[i])
			}
			open += len(g.Incidents)
		}
		for _, g := range figure.OpenByCategory(f, week) {
			open -= len(g.Incidents)
		}
		if open != 0 {
			t.Fatalf("by age there are %d more open than by category", open)
		}
		for i, g := range figure.OnHoldByTeam(f, week) {
			if team := sums.Teams[i]; team.Name != g.Name || team.Waiting != len(g.Incidents) {
				t.Fatalf("%s: %d rows, counted %+v", g.Name, len(g.Incidents), team)
			}
		}
		for _, d := range figure.Definitions {
			if d.Incidents != nil && len(counted(d, f)) != sums.Values[d.Key].Count {
				t.Fatalf("%s: %d rows, counted %d", d.Key, len(counted(d, f)), sums.Values[d.Key].Count)
			}
		}
		for _, day := range sums.Days {
			tiers, good := map[figure.Tier]int{}, 0
			for _, r := range f.Runs {
				if r.In(day.Period) {
					tiers[r.Tier()]++
				}
			}
			good = tiers[figure.AtOnce] + tiers[figure.InTheEnd]
			if good != day.Runs[backup.Success] || tiers[figure.EndedFailed] != day.Runs[backup.Failed] || tiers[figure.NotStarted] != day.Runs[backup.Missed] ||
				tiers[figure.EndedPartial] != day.Runs[backup.Partial] || tiers[figure.EndedCancelled] != day.Runs[backup.Cancelled] || tiers[figure.AtWork] != day.Runs[backup.Running] {
				t.Fatalf("tiers %v, counted %v", tiers, day.Runs)
			}
		}
	}
}

// counted are the ids of the incidents that a figure counts in the week.
func counted(d figure.Definition, f figure.Facts) []int64 {
	var ids []int64
	for _, c := range f.Cases {
		if d.Incidents(c, week) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
