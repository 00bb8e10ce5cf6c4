package people

import (
	"slices"
	"time"
)

// Failures are forgotten after a while. The first few cost nothing: everybody mistypes.
const (
	failuresCount = 15 * time.Minute
	failuresFree  = 3
	shortestWait  = 15 * time.Second
	longestWait   = 15 * time.Minute
)

// Wait is how long nobody may try to sign in under a name after failures: nothing after the first few, then twice as long after each.
func Wait(failures []time.Time, now time.Time) time.Duration {
	recent := Recent(failures, now)
	if len(recent) < failuresFree {
		return 0
	}
	wait := longestWait
	if n := len(recent) - failuresFree; n < 6 {
		wait = min(shortestWait<<n, longestWait)
	}
	return max(recent[len(recent)-1].Add(wait).Sub(now), 0)
}

// Recent are the failures that still count, oldest first. One that lies in the future, since the clock was put back, counts as of now.
func Recent(failures []time.Time, now time.Time) []time.Time {
	var recent []time.Time
	for _, at := range failures {
		if at.After(now) {
			at = now
		}
		if now.Sub(at) < failuresCount {
			recent = append(recent, at)
		}
	}
	slices.SortFunc(recent, time.Time.Compare)
	return recent
}
