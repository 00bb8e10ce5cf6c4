package risk

import (
	"slices"
	"time"
)

// Window is how far back a sweep looks for what is new: older runs and incidents are history. It is also the span in which
// failures recur.
const Window = 30 * 24 * time.Hour

// What is compared, and when it is off. A run of few bytes or seconds varies by more than half without anybody caring.
const (
	MostCompared  = 10
	leastCompared = 5
	leastBytes    = 1 << 20
	leastTime     = time.Minute / time.Millisecond
)

// Drifts finds, among the successes of one routine and level, the new ones whose value is more than half above or below
// the median of the last ones before it. runs are in order of time; about.Kind says what their values are. known are the risks found
// before about the same: what a person resolved is not found again by what it was found by. Too few to compare with are no risk:
// what is usual is unknown.
func Drifts(about About, source int64, runs []Run, isNew func(Run) bool, known []Risk) []Finding {
	anew := comparedAnew(known)
	var found []Finding
	for i, run := range runs {
		if !isNew(run) || run.At.Before(anew) {
			continue
		}
		before := lastOf(runs[:i], anew)
		if len(before) < leastCompared {
			continue
		}
		usual := median(before)
		if low, high := normal(usual, known); !beyond(run.Value, usual, low, high, leastOff(about.Kind)) {
			continue
		}
		run.Role = Off
		found = append(found, Finding{
			About: about, Source: source, Mark: int64(run.ID), Since: run.At, Usual: usual, Value: run.Value, Runs: append(before, run),
		})
	}
	return found
}

// comparedAnew is where comparing starts: at what the last resolved risk was about, so that a change which somebody has dealt
// with becomes the usual instead of a risk a day until the median has caught up.
func comparedAnew(known []Risk) time.Time {
	var from time.Time
	for _, r := range known {
		if r.State.Resolved() && r.Since.After(from) {
			from = r.Since
		}
	}
	return from
}

// lastOf are the last runs from an instant on, as compared with.
func lastOf(runs []Run, from time.Time) []Run {
	first := max(0, len(runs)-MostCompared)
	for first < len(runs) && runs[first].At.Before(from) {
		first++
	}
	last := slices.Clone(runs[first:])
	for i := range last {
		last[i].Role = Compared
	}
	return last
}

// normal are the least and the greatest value that count as usual: the median, and what was ignored.
func normal(usual int64, known []Risk) (low, high int64) {
	low, high = usual, usual
	for _, r := range known {
		if r.State != Ignored {
			continue
		}
		for _, run := range r.Runs {
			if run.Role == Off {
				low, high = min(low, run.Value), max(high, run.Value)
			}
		}
	}
	return low, high
}

// beyond tells whether a value is more than half below the least or above the greatest that is usual.
func beyond(value, usual, low, high, least int64) bool {
	off := value-high > high/2 || low-value > low/2
	return off && max(value-usual, usual-value) >= least
}

func leastOff(k Kind) int64 {
	if k == Volume {
		return leastBytes
	}
	return int64(leastTime)
}

// median is the middle value; of an even number the mean of the two in the middle.
func median(runs []Run) int64 {
	values := make([]int64, len(runs))
	for i, r := range runs {
		values[i] = r.Value
	}
	slices.Sort(values)
	n := len(values)
	if n%2 == 1 {
		return values[n/2]
	}
	return values[n/2-1] + (values[n/2]-values[n/2-1])/2
}
