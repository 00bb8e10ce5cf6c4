package figure

import (
	"cmp"
	"slices"

	"backstop/app/backup"
)

// Try is an execution as far as runs are made of it.
type Try struct {
	At      int64 // start, else end: UTC milliseconds
	ID      int64
	Routine int64
	Outcome backup.Outcome
	First   backup.Outcome // of its first try under one native id; 0 is the same as Outcome
	Tries   int
	Retry   bool // it repeats the one before of its routine
}

// Runs joins tries, which come in the order of time, to runs.
type Runs struct {
	before int64 // runs begin before it
	open   map[int64]Run
	done   []Run
}

// NewRuns gathers the runs that begin in a period; tries may come from after its end.
func NewRuns(p Period) *Runs { return &Runs{before: p.To.UnixMilli(), open: map[int64]Run{}} }

// Add takes the next try. A repetition whose first try is not at hand began before the period.
func (r *Runs) Add(t Try) {
	run, begun := r.open[t.Routine]
	switch {
	case t.Retry && begun:
		run.Last, run.End = t.ID, t.Outcome
		r.open[t.Routine] = run
	case !t.Retry:
		if begun {
			r.done = append(r.done, run)
			delete(r.open, t.Routine)
		}
		if t.At < r.before {
			r.open[t.Routine] = t.begins()
		}
	}
}

func (t Try) begins() Run {
	first := t.Outcome
	if t.Tries > 1 && t.First != 0 && t.Outcome.Final() {
		first = t.First
	}
	return Run{At: t.At, ID: t.ID, Last: t.ID, Routine: t.Routine, First: first, End: t.Outcome}
}

// Missed takes a run that did not start and of which no execution tells.
func (r *Runs) Missed(at, incident, routine int64) {
	r.done = append(r.done, Run{At: at, Incident: incident, Routine: routine, First: backup.Missed, End: backup.Missed})
}

// All are the runs, in the order of time.
func (r *Runs) All() []Run {
	for _, run := range r.open {
		r.done = append(r.done, run)
	}
	r.open = nil
	slices.SortFunc(r.done, func(a, b Run) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Incident, b.Incident))
	})
	return r.done
}
