package expect

import "time"

// Window is the stretch of time whose starts belong to one due time: they are the tries of one run.
type Window struct {
	Due      time.Time
	Latest   time.Time // due + grace: after it, a run that has not started is missed
	From, To time.Time // To is exclusive, and the next window's From
}

// Window is that of a due time.
func (s Schedule) Window(due time.Time) Window {
	prev, _ := s.Prev(due)
	next, _ := s.Next(due)
	return s.between(prev, due, next)
}

// between is the window of a due time that stands between two others; the zero time is none.
func (s Schedule) between(prev, due, next time.Time) Window {
	w := Window{Due: due, Latest: due.Add(s.Grace), From: due.Add(-s.Grace), To: due.Add(reach)}
	if !prev.IsZero() {
		w.From = due.Add(-s.early(due.Sub(prev)))
	}
	if !next.IsZero() {
		w.To = next.Add(-s.early(next.Sub(due)))
	}
	return w
}

// early is how long before its due time a run may start: clocks differ, and who gives a long grace does not mind minutes.
func (s Schedule) early(gap time.Duration) time.Duration { return min(s.Grace, gap/4) }

// WindowOf is the window in which a start lies.
func (s Schedule) WindowOf(start time.Time) (Window, bool) {
	if next, ok := s.Next(start.Add(-time.Millisecond)); ok {
		if w := s.Window(next); !start.Before(w.From) {
			return w, true
		}
	}
	prev, ok := s.Prev(start.Add(time.Millisecond))
	if !ok {
		return Window{}, false
	}
	return s.Window(prev), true
}

// Cover is what is needed to tell that a run did not start.
type Cover struct {
	Until   time.Time     // the source's data reaches up to here
	EndsIn  bool          // the format reports ends only: a run is unknown until it is over
	Longest time.Duration // the longest that the routine usually takes, where ends are reported only
}

// Needs is up to when data must reach before a due time can be judged.
func (c Cover) Needs(w Window) time.Time {
	if c.EndsIn {
		return w.Latest.Add(c.Longest)
	}
	return w.Latest
}

// Judgeable tells whether a due time can be judged: its latest start is past, and the data covers it.
func (c Cover) Judgeable(w Window, now time.Time) bool {
	return !w.Latest.After(now) && !c.Needs(w).After(c.Until)
}

// Before is the newest run that started before a window.
type Before struct {
	Run
	Running bool // as far as is known
}

// Missed tells whether a due time was missed, given whether a run started in its window. A run from before that is still at work
// when the next is due is no miss: it may be stalled.
func (w Window) Missed(started bool, before Before) bool {
	atWork := before.Running || !before.Start.IsZero() && before.End.After(w.Due)
	return !started && !atWork
}

// Pending lists the windows of due times from one (inclusive) whose latest start has come by now, oldest first, at most so many.
func (s Schedule) Pending(from, now time.Time, most int) []Window {
	end := now.Add(-s.Grace).Add(time.Millisecond)
	var dues []time.Time
	for width := s.stride(); len(dues) < most && from.Before(end); width *= 2 {
		to := from.Add(width)
		if to.After(end) {
			to = end
		}
		dues, from = append(dues, s.Between(from, to)...), to
	}
	if len(dues) == 0 {
		return nil
	}
	dues = dues[:min(len(dues), most)]
	prev, _ := s.Prev(dues[0])
	next, _ := s.Next(dues[len(dues)-1])
	around := append(append([]time.Time{prev}, dues...), next)
	ws := make([]Window, len(dues))
	for i := range dues {
		ws[i] = s.between(around[i], around[i+1], around[i+2])
	}
	return ws
}

// usuallyStalled is the least after which a run is stalled where a person set nothing.
const usuallyStalled = day

// StalledAfter is how long a run may take: what a person set, else the larger of 24 hours and three times the usual.
func StalledAfter(set, usual time.Duration) time.Duration {
	if set > 0 {
		return set
	}
	return max(usuallyStalled, 3*usual)
}

// Stalled tells whether a run that is still running has passed its limit.
func Stalled(start time.Time, limit time.Duration, now time.Time) bool {
	return !start.IsZero() && !now.Before(start.Add(limit))
}

// Silent tells whether a source is silent: nothing came for longer than its rhythm.
func Silent(last time.Time, rhythm time.Duration, now time.Time) bool {
	return rhythm > 0 && !last.IsZero() && now.After(last.Add(rhythm))
}
