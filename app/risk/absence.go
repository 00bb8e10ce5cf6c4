package risk

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// How long somebody must be gone to be missed.
const (
	leastRuns    = 5
	patience     = 3 // usual intervals
	leastAbsence = 48 * time.Hour
)

// MostStarts is how many of a client's last runs its interval is taken from.
const MostStarts = 11

// Overdue is the instant from which an absence counts, by a client's last runs in a policy, in any order: three usual intervals
// after the last of them, twice the longest gap, and two days at least. Too few runs tell nothing, and neither do runs of which
// none was a success: their source may report failures only, and be silent when all is well.
func Overdue(starts []time.Time, successes int) (time.Time, bool) {
	starts = slices.Clone(starts)
	slices.SortFunc(starts, time.Time.Compare)
	starts = slices.Compact(starts)
	if len(starts) < leastRuns || successes == 0 {
		return time.Time{}, false
	}
	gaps := make([]time.Duration, len(starts)-1)
	for i := range gaps {
		gaps[i] = starts[i+1].Sub(starts[i])
	}
	slices.Sort(gaps)
	wait := max(patience*gaps[len(gaps)/2], 2*gaps[len(gaps)-1], leastAbsence)
	return starts[len(starts)-1].Add(wait), true
}

// Presence is a client in a policy: its last run, and when its absence counts.
type Presence struct {
	About
	Source  int64
	Last    Run
	Overdue time.Time
}

// Around is what else ran.
type Around struct {
	InPolicy Run       // newest run of the policy for other clients; zero for none
	InSource Run       // newest run that the source reported of other policies; zero for none
	Overdue  time.Time // the latest instant from which the absence of any client of the policy counts
}

// Gone tells whether a client is gone from a policy that runs for others, or whether the whole policy stopped while its source
// goes on to report others. A source that is silent proves nothing.
func Gone(p Presence, around Around) (Finding, bool) {
	switch {
	case p.Client != "" && around.InPolicy.At.After(p.Overdue):
		return p.gone(p.Last, around.InPolicy, "client gone from the routine"), true
	case !around.InPolicy.At.After(around.Overdue) && around.InSource.At.After(around.Overdue):
		last := p.Last
		if in := around.InPolicy; cmp.Or(in.At.Compare(last.At), cmp.Compare(in.ID, last.ID)) > 0 {
			last = in // all clients of the policy are found absent by the same run
		}
		p.Client, p.Routine = "", 0
		return p.gone(last, around.InSource, "routine stopped"), true
	}
	return Finding{}, false
}

func (p Presence) gone(last, proof Run, what string) Finding {
	last.Role, proof.Role = Off, Elsewhere
	return Finding{
		About: p.About, Source: p.Source, Mark: int64(last.ID), Since: last.At, Runs: []Run{last, proof},
		Says: []timeline.Detail{timeline.Said(say.N("found"), what)},
	}
}

// CameBack notes on an open risk that what was gone ran again; a person decides whether all is well.
func CameBack(r Risk, run Run, now time.Time) (Change, bool) {
	i := slices.IndexFunc(r.Runs, func(o Run) bool { return o.Role != Elsewhere && !o.At.Before(run.At) })
	if r.Kind != Absence || r.Disabled() || r.State.Resolved() || i >= 0 || r.isBack() {
		return Change{}, false
	}
	after := r
	run.Role = Compared
	after.Runs = withRuns(slices.Clone(r.Runs), []Run{run})
	return record(r, after, "came back", timeline.System, now, timeline.Said(say.N("execution"), fmt.Sprint(run.ID)), timeline.Said(say.N("ran"), run.At.UTC().Format(time.RFC3339))), true
}

// isBack tells whether a run is on record after the last that it was gone since.
func (r Risk) isBack() bool {
	for i := len(r.Runs) - 1; i >= 0; i-- {
		if role := r.Runs[i].Role; role != Elsewhere {
			return role == Compared
		}
	}
	return false
}
