// Package figure says what the figures of a report are and counts them. It is pure: facts and a period go in, numbers come out. Each
// figure stands here once, with the words that define it and the rule that picks the rows it counts, so that a window, the
// workbook and the summary cannot disagree.
package figure

import (
	"fmt"
	"iter"
	"time"

	"backstop/app/say"
)

// Period is what figures are about: From inclusive, To exclusive, days as the Zone has them.
type Period struct {
	From, To time.Time
	Zone     *time.Location
}

// Over is a period of whole days of a zone: from the one that holds from to the one before that which holds to.
func Over(from, to time.Time, zone *time.Location) Period {
	return Period{midnight(from.In(zone)), midnight(to.In(zone)), zone}
}

// midnight is the beginning of t's day; where the clock leaps over midnight it is the first instant after.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// LastWeek is the Monday to Sunday before the week that holds now.
func LastWeek(now time.Time, zone *time.Location) Period {
	now = now.In(zone)
	monday := midnight(now).AddDate(0, 0, -(int(now.Weekday())+6)%7)
	return Period{monday.AddDate(0, 0, -7), monday, zone}
}

// LastMonth is the calendar month before that which holds now.
func LastMonth(now time.Time, zone *time.Location) Period {
	now = now.In(zone)
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, zone)
	return Period{first.AddDate(0, -1, 0), first, zone}
}

// LastQuarter is the calendar quarter before that which holds now.
func LastQuarter(now time.Time, zone *time.Location) Period {
	now = now.In(zone)
	first := time.Date(now.Year(), now.Month()-(now.Month()-1)%3, 1, 0, 0, 0, 0, zone)
	return Period{first.AddDate(0, -3, 0), first, zone}
}

// Yesterday is the day before that which holds now.
func Yesterday(now time.Time, zone *time.Location) Period {
	today := midnight(now.In(zone))
	return Period{today.AddDate(0, 0, -1), today, zone}
}

// Before is the period to compare with: as many calendar months just before, where it is made of whole months; else as many days;
// else as long a time.
func (p Period) Before() Period {
	from, to := p.From.In(p.Zone), p.To.In(p.Zone)
	if !from.Equal(midnight(from)) || !to.Equal(midnight(to)) {
		return Period{p.From.Add(p.From.Sub(p.To)), p.From, p.Zone}
	}
	if months := (to.Year()-from.Year())*12 + int(to.Month()-from.Month()); from.Day() == 1 && to.Day() == 1 && months > 0 {
		return Period{from.AddDate(0, -months, 0), from, p.Zone}
	}
	days := 0
	for range p.Days() {
		days++
	}
	return Period{from.AddDate(0, 0, -days), from, p.Zone}
}

// Days are the days that the period touches, each cut to it.
func (p Period) Days() iter.Seq[Period] {
	return func(yield func(Period) bool) {
		for from := p.From.In(p.Zone); from.Before(p.To); {
			next := midnight(from).AddDate(0, 0, 1)
			to := next
			if p.To.Before(to) {
				to = p.To.In(p.Zone)
			}
			if !yield(Period{from, to, p.Zone}) {
				return
			}
			from = next
		}
	}
}

// Has tells whether an instant lies in the period.
func (p Period) Has(t time.Time) bool { return !t.IsZero() && !t.Before(p.From) && t.Before(p.To) }

// Words are the period with its last day, as people say it.
func (p Period) Words() string { return p.words(say.T, say.Day, say.Minute) }

// Plain is the same in English with dates that sort, for what is kept and for names of files.
func (p Period) Plain() string {
	return p.words(fmt.Sprintf, func(t time.Time) string { return t.Format("2006-01-02") }, func(t time.Time) string { return t.Format("2006-01-02 15:04") })
}

func (p Period) words(tell func(string, ...any) string, day, minute func(time.Time) string) string {
	from, to := p.From.In(p.Zone), p.To.In(p.Zone)
	if !to.Equal(midnight(to)) {
		return tell(say.N("%s to %s"), day(from), minute(to))
	}
	if last := to.AddDate(0, 0, -1); last.After(from) {
		return tell(say.N("%s to %s"), day(from), day(last))
	}
	return day(from)
}
