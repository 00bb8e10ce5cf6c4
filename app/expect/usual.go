package expect

import (
	"slices"
	"time"
)

// Run is one execution as far as its routine's rhythm is concerned.
type Run struct {
	Start, End time.Time // zero is unknown
}

// Usual is how a routine usually runs.
type Usual struct {
	Runs     int           // it was found from
	At       time.Duration // usual wall time of the start since midnight; -1 for unknown
	Duration time.Duration // the median; 0 for unknown
	Longest  time.Duration // of those runs; 0 for unknown
}

// UsualRuns is how many of a routine's last runs tell what is usual.
const UsualRuns = 30

// UsualOf finds out how a routine usually runs from its last runs, in a zone.
func UsualOf(runs []Run, zone *time.Location) Usual {
	u := Usual{Runs: len(runs), At: -1}
	var starts, durations []time.Duration
	for _, r := range runs {
		if !r.Start.IsZero() {
			starts = append(starts, sinceMidnight(r.Start, zone))
		}
		if !r.Start.IsZero() && r.End.After(r.Start) {
			durations = append(durations, r.End.Sub(r.Start))
		}
	}
	if len(starts) > 0 {
		u.At = onTheClock(starts)
	}
	if len(durations) > 0 {
		slices.Sort(durations)
		u.Duration, u.Longest = durations[len(durations)/2], durations[len(durations)-1]
	}
	return u
}

func sinceMidnight(t time.Time, zone *time.Location) time.Duration {
	w := pretend(t, zone)
	return w.Sub(w.Truncate(day))
}

// onTheClock is the time of the day from which the others are least far away: midnight lies between 23:50 and 0:10.
func onTheClock(times []time.Duration) time.Duration {
	best, least := times[0], time.Duration(-1)
	for _, t := range times {
		sum := time.Duration(0)
		for _, o := range times {
			sum += apart(t, o)
		}
		if least < 0 || sum < least || sum == least && t < best {
			best, least = t, sum
		}
	}
	return best
}

func apart(a, b time.Duration) time.Duration {
	d := (a - b).Abs()
	return min(d, day-d)
}
