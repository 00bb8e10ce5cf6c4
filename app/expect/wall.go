package expect

import "time"

// pretend is the wall time of an instant as if it were UTC: arithmetic on it knows no daylight saving.
func pretend(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// instants maps a wall time to its zone. One that the clocks leave out is shifted forward by what they leave out; one that comes
// twice counts the first time, and both times for a repetition such as "every hour".
func (s Schedule) instants(w time.Time) []time.Time {
	before, after := offset(w.Add(-day), s.zone), offset(w.Add(day), s.zone)
	first, second := w.Add(-before), w.Add(-after)
	firstHolds, secondHolds := offset(first, s.zone) == before, offset(second, s.zone) == after
	switch {
	case firstHolds && secondHolds && !first.Equal(second) && s.interval:
		return []time.Time{first, second}
	case firstHolds:
		return []time.Time{first}
	case secondHolds:
		return []time.Time{second}
	}
	return []time.Time{first} // in the gap: what the old offset calls it is later on the new clock
}

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
