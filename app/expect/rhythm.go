package expect

import (
	"slices"
	"time"
)

// Rhythm is how often a source delivers, learned from when it did. It is only proposed.
type Rhythm struct {
	Every      time.Duration // a silence longer than this is worth an incident
	Usual      time.Duration // the median wait between deliveries
	Longest    time.Duration
	Deliveries int // that it was learned from
}

// burst is how close together files come that are one delivery.
const burst = 10 * time.Minute

// LearnRhythm finds out from its deliveries how long a source usually waits: half as long again as all but the rarest waits.
func LearnRhythm(deliveries []time.Time) (Rhythm, bool) {
	times := slices.Clone(deliveries)
	slices.SortFunc(times, time.Time.Compare)
	var waits []time.Duration
	for i := 1; i < len(times); i++ {
		if wait := times[i].Sub(times[i-1]); wait > burst {
			waits = append(waits, wait)
		}
	}
	const least = 5
	if len(waits) < least {
		return Rhythm{}, false
	}
	slices.Sort(waits)
	usually := waits[(len(waits)-1)*95/100]
	every := (usually*3/2 + time.Hour - 1) / time.Hour * time.Hour
	return Rhythm{Every: max(every, 2*time.Hour), Usual: waits[len(waits)/2], Longest: waits[len(waits)-1], Deliveries: len(waits) + 1}, true
}
