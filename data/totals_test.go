package data

import (
	"math/rand/v2"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/panel"
	"backstop/app/risk"
)

// Whatever the filter, a total is what the rows behind it come to: each figure of incidents lists as many as it says, the incidents of
// all ages or categories are those open, the runs of all days are all runs, those of all routines or clients that were no success too,
// the cells of the panel hold as many runs as the log of their days, and executions and risks come apart by kind without a rest.
func TestTotals_areTheRowsBehindThem(t *testing.T) {
	d := estate(t)
	d.sweep()
	rnd := rand.New(rand.NewPCG(7, 11))
	for range 12 {
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
		if bad := f.Now.Values[figure.NotGood].Count; badOf(f.Now.Routines) != bad || badOf(f.Now.Clients) != bad {
			t.Errorf("%d runs were no success, %d by routine, %d by client", bad, badOf(f.Now.Routines), badOf(f.Now.Clients))
		}
		d.sumOfCells(panel.Calendar{Zone: time.UTC, Start: rnd.IntN(24)}, scope.Tools, anyOf(rnd, "", "R1", "c0 rest"), p)
		d.sumOfKinds(desk.RiskQuery{Tools: scope.Tools, Routines: scope.Routines, Resolved: true, Text: anyOf(rnd, "", "R1", "c0 rest"), Sort: anyOf(rnd, desk.RiskSorts...)})
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

func badOf(failing []figure.Failing) (n int) {
	for _, f := range failing {
		n += f.Bad
	}
	return n
}

// sumOfCells holds the runs of all cells of a panel against the log of its routines and days, and what did not start.
func (d *aDesk) sumOfCells(c panel.Calendar, tools []string, text string, p figure.Period) {
	d.t.Helper()
	q := desk.PanelQuery{Calendar: c, First: c.Of(p.From), Last: c.Of(p.To), Tools: tools, Text: text}
	routines, err := d.desk.PanelRoutines(d.t.Context(), rosa, q)
	d.must(err)
	if len(routines) == 0 {
		return
	}
	log := desk.ExecutionQuery{From: c.Begin(q.First), To: c.Begin(q.Last + 1), Kinds: []backup.Kind{backup.Data}, Text: text}
	for _, r := range routines {
		log.RoutineIDs = append(log.RoutineIDs, r.ID)
	}
	cells, err := d.desk.PanelCells(d.t.Context(), rosa, q, log.RoutineIDs)
	d.must(err)
	runs := 0
	for _, row := range cells {
		for _, cell := range row {
			runs += cell.Runs
		}
	}
	ran, err := d.desk.ExecutionIDs(d.t.Context(), rosa, log)
	d.must(err)
	missed := 0
	for day := q.First; day <= q.Last; day++ {
		ids, err := d.desk.PanelMissed(d.t.Context(), rosa, c, day, log.RoutineIDs)
		d.must(err)
		missed += len(ids)
	}
	if runs != len(ran)+missed {
		d.t.Errorf("%+v: the cells have %d runs, the log %d and %d did not start", q, runs, len(ran), missed)
	}
}

// sumOfKinds holds the risks of each kind, and of each state, against all of them.
func (d *aDesk) sumOfKinds(q desk.RiskQuery) {
	d.t.Helper()
	count := func(q desk.RiskQuery) int {
		ids, err := d.desk.RiskIDs(d.t.Context(), rosa, q)
		d.must(err)
		rows, err := d.desk.RiskRows(d.t.Context(), rosa, ids)
		d.must(err)
		if len(rows) != len(ids) {
			d.t.Errorf("%+v: %d rows of %d risks", q, len(rows), len(ids))
		}
		return len(rows)
	}
	all, kinds, states := count(q), 0, 0
	for _, k := range risk.Kinds {
		of := q
		of.Kinds = []risk.Kind{k}
		kinds += count(of)
	}
	for s := risk.New; s <= risk.Ignored; s++ {
		of := q
		of.States = []risk.State{s}
		states += count(of)
	}
	if kinds != all || states != all {
		d.t.Errorf("%+v: %d by kind and %d by state, %d together", q, kinds, states, all)
	}
}
