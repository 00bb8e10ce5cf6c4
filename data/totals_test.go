package data

import (
	"math/rand/v2"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
)

// Whatever the filter, a total is what the rows behind it come to: each figure of incidents lists as many as it says, the incidents of
// all ages or categories are those open, the runs of all days are all runs, and so are the executions of all outcomes.
func TestTotals_areTheRowsBehindThem(t *testing.T) {
	d := estate(t)
	rnd := rand.New(rand.NewPCG(7, 11))
	for range 20 {
		scope := desk.ReportScope{
			Tools:    anyOf(rnd, nil, []string{"Veeam"}, []string{"restic"}, []string{"Veeam", "restic"}, []string{"nothing"}),
			Routines: anyOf(rnd, nil, []string{"R1"}, []string{"R2", "R13", "R7"}),
		}
		p := figure.Period{To: d.now.Add(-time.Duration(rnd.IntN(97)) * time.Hour), Zone: time.UTC}
		p.From = p.To.Add(-time.Duration(1+rnd.IntN(400)) * time.Hour)
		f := d.figures(p, scope)
		within, err := d.desk.Within(d.t.Context(), rosa, scope)
		d.must(err)
		for _, def := range figure.Definitions {
			q, ok := desk.IncidentsOf(def.Key, p, within)
			if !ok {
				continue
			}
			ids, err := d.desk.IncidentIDs(d.t.Context(), rosa, q)
			d.must(err)
			if f.Now.Values[def.Key].Count != len(ids) {
				t.Errorf("%s of %+v says %d and lists %d", def.Key, scope, f.Now.Values[def.Key].Count, len(ids))
			}
		}
		open := f.Now.Values[figure.Open].Count
		if aged, sorted := members(figure.OpenByAge(f.Facts, p)), members(figure.OpenByCategory(f.Facts, p)); aged != open || sorted != open {
			t.Errorf("%d are open, %d by age, %d by category", open, aged, sorted)
		}
		runs := 0
		for _, day := range f.Now.Days {
			for _, n := range day.Runs {
				runs += n
			}
		}
		if runs != len(f.Facts.Runs) {
			t.Errorf("the days have %d runs of %d", runs, len(f.Facts.Runs))
		}
		d.sumOfOutcomes(desk.ExecutionQuery{
			Tools: scope.Tools, Routines: scope.Routines, From: p.From, To: p.To, Text: anyOf(rnd, "", "R1", "c0 rest", "s12"), Sort: anyOf(rnd, desk.ExecutionSorts...),
		})
	}
}

func anyOf[T any](rnd *rand.Rand, of ...T) T { return of[rnd.IntN(len(of))] }

func members(groups []figure.Group) (n int) {
	for _, g := range groups {
		n += len(g.Incidents)
	}
	return n
}

// sumOfOutcomes holds the executions of each outcome against all of them.
func (d *aDesk) sumOfOutcomes(q desk.ExecutionQuery) {
	d.t.Helper()
	all, err := d.desk.ExecutionIDs(d.t.Context(), rosa, q)
	d.must(err)
	sum := 0
	for o := backup.Running; o <= backup.Cancelled; o++ {
		q.Outcomes = []backup.Outcome{o}
		ids, err := d.desk.ExecutionIDs(d.t.Context(), rosa, q)
		d.must(err)
		sum += len(ids)
	}
	if sum != len(all) {
		d.t.Errorf("%+v: %d by outcome, %d together", q, sum, len(all))
	}
}
