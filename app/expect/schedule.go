package expect

import (
	"slices"
	"strings"
	"time"

	"github.com/adhocore/gronx"

	"backstop/app/say"
)

// Schedule is an expectation made ready: it answers with instants.
type Schedule struct {
	Expectation
	zone     *time.Location
	except   []Calendar
	interval bool // a repetition such as "every hour", not a fixed time of the day
}

// Check refuses an expectation that cannot be kept to, in words for the person who wrote it.
func (e Expectation) Check() error {
	_, err := e.Schedule()
	return err
}

// shortest is the shortest period: less is noise.
const shortest = 5 * time.Minute

// Schedule makes the expectation ready. Days on which the calendars expect nothing are left out.
func (e Expectation) Schedule(except ...Calendar) (Schedule, error) {
	s := Schedule{Expectation: e, except: except}
	var err error
	switch s.zone, err = time.LoadLocation(e.Zone); {
	case e.None():
		return s, say.Error("say when it is to start: five cron fields or a period")
	case e.Zone == "" || e.Zone == "Local" || err != nil:
		return s, say.Error("time zone %q is not known; use a name such as Europe/Lisbon", e.Zone)
	case e.Grace < 0:
		return s, say.Error("the grace time cannot be less than none")
	case e.Cron != "" && e.Every != 0:
		return s, say.Error("give either cron fields or a period, not both")
	case e.Cron == "" && e.Every < shortest:
		return s, say.Error("a period is at least %s", Span(shortest))
	case e.Cron == "" && e.Anchor.IsZero():
		return s, say.Error("a period needs a time from which it is counted")
	case e.Cron == "":
		return s, nil
	}
	fields := strings.Fields(e.Cron)
	if len(fields) != 5 {
		return s, say.Error("cron needs five fields (minute, hour, day of the month, month, day of the week); %q has %d", e.Cron, len(fields))
	}
	s.Cron = strings.Join(fields, " ")
	s.interval = strings.ContainsAny(fields[0]+fields[1], "*/-")
	if !gronx.New().IsValid(s.Cron) {
		return s, say.Error("%q is no cron expression; an example for weekdays at 22:30 is 30 22 * * 1-5", e.Cron)
	}
	if _, ok := s.tick(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)); !ok {
		return s, say.Error("%q never comes: there is no such date", e.Cron)
	}
	return s, nil
}

// reach is how far a due time is looked for: a leap day may be eight years away.
const reach = 9 * 366 * 24 * time.Hour

// Next is the first due time after an instant.
func (s Schedule) Next(after time.Time) (due time.Time, ok bool) {
	from := after.Add(time.Millisecond)
	for width := s.stride(); ; width *= 8 {
		if dues := s.Between(from, after.Add(width)); len(dues) > 0 {
			return dues[0], true
		}
		if width > reach {
			return time.Time{}, false
		}
	}
}

// Prev is the last due time before an instant.
func (s Schedule) Prev(before time.Time) (due time.Time, ok bool) {
	for width := s.stride(); ; width *= 8 {
		if dues := s.Between(before.Add(-width), before); len(dues) > 0 {
			return dues[len(dues)-1], true
		}
		if width > reach {
			return time.Time{}, false
		}
	}
}

// stride is how far the first look goes.
func (s Schedule) stride() time.Duration { return max(6*time.Hour, 2*s.Every) }

// NextN are the n due times after an instant; fewer where there are no more.
func (s Schedule) NextN(after time.Time, n int) []time.Time {
	var dues []time.Time
	for len(dues) < n {
		due, ok := s.Next(after)
		if !ok {
			break
		}
		dues, after = append(dues, due), due
	}
	return dues
}

// PrevN are the n due times before an instant, newest first.
func (s Schedule) PrevN(before time.Time, n int) []time.Time {
	var dues []time.Time
	for len(dues) < n {
		due, ok := s.Prev(before)
		if !ok {
			break
		}
		dues, before = append(dues, due), due
	}
	return dues
}

// Between lists the due times from one instant (inclusive) to another (exclusive), each once, in order.
func (s Schedule) Between(from, to time.Time) []time.Time {
	var dues []time.Time
	switch {
	case !from.Before(to):
	case s.Cron != "":
		dues = s.ofCron(from, to)
	case s.Every%day == 0:
		dues = s.ofDays(from, to)
	default:
		dues = s.ofPeriod(from, to)
	}
	dues = slices.DeleteFunc(dues, func(d time.Time) bool { return d.Before(from) || !d.Before(to) || s.excepted(d) })
	slices.SortFunc(dues, time.Time.Compare)
	return slices.CompactFunc(dues, time.Time.Equal)
}

const day = 24 * time.Hour

// clockShift bounds how far a change of the clocks moves a wall time.
const clockShift = 3 * time.Hour

// ofCron evaluates the fields on wall time that pretends to be UTC, and maps each to the zone.
func (s Schedule) ofCron(from, to time.Time) []time.Time {
	var dues []time.Time
	last := pretend(to, s.zone).Add(clockShift)
	w, ok := s.tick(pretend(from, s.zone).Add(-clockShift - time.Minute))
	for ok && !w.After(last) {
		dues = append(dues, s.instants(w)...)
		w, ok = s.tick(w)
	}
	return dues
}

// ofDays counts whole days on wall time: 22:00 stays 22:00 whatever the clocks do.
func (s Schedule) ofDays(from, to time.Time) []time.Time {
	var dues []time.Time
	anchor := pretend(s.Anchor, s.zone)
	last := pretend(to, s.zone).Add(clockShift)
	for w := alignUp(anchor, s.Every, pretend(from, s.zone).Add(-clockShift)); !w.After(last); w = w.Add(s.Every) {
		dues = append(dues, s.instants(w)...)
	}
	return dues
}

// ofPeriod counts elapsed time.
func (s Schedule) ofPeriod(from, to time.Time) []time.Time {
	var dues []time.Time
	for t := alignUp(s.Anchor.UTC(), s.Every, from.UTC()); t.Before(to); t = t.Add(s.Every) {
		dues = append(dues, t)
	}
	return dues
}

// alignUp is the first anchor + k × every that is not before t.
func alignUp(anchor time.Time, every time.Duration, t time.Time) time.Time {
	k := t.Sub(anchor) / every
	at := anchor.Add(k * every)
	for at.Before(t) {
		at = at.Add(every)
	}
	for !at.Add(-every).Before(t) {
		at = at.Add(-every)
	}
	return at
}

// tick is the next wall time of the fields.
func (s Schedule) tick(after time.Time) (time.Time, bool) {
	w, err := gronx.NextTickAfter(s.Cron, after, false)
	return w, err == nil && w.After(after)
}
