package figure

import (
	"fmt"
	"time"

	"backstop/app/say"
)

// Span names a period that moves with the calendar.
type Span string

// The spans that reports offer. Between is no moving one: it lies between two dates.
const (
	SpanDay     Span = "yesterday"
	SpanWeek    Span = "last week"
	SpanMonth   Span = "last month"
	SpanQuarter Span = "last quarter"
	Between     Span = "between two dates"
)

// Spans are all of them, in the order in which they are offered.
var Spans = []Span{SpanDay, SpanWeek, SpanMonth, SpanQuarter, Between}

var _ = [...]string{ // for the catalogue
	say.N("yesterday"), say.N("last week"), say.N("last month"), say.N("last quarter"), say.N("between two dates"), say.Recordable("every day"), say.Recordable("every week"), say.Recordable("every month"),
	say.Recordable("Sunday"), say.Recordable("Monday"), say.Recordable("Tuesday"), say.Recordable("Wednesday"), say.Recordable("Thursday"), say.Recordable("Friday"), say.Recordable("Saturday"),
}

// Words are how a person says it.
func (s Span) Words() string { return say.W(string(s)) }

// At is the period that a moving span means at an instant.
func (s Span) At(now time.Time, zone *time.Location) (Period, error) {
	switch s {
	case SpanDay:
		return Yesterday(now, zone), nil
	case SpanWeek:
		return LastWeek(now, zone), nil
	case SpanMonth:
		return LastMonth(now, zone), nil
	case SpanQuarter:
		return LastQuarter(now, zone), nil
	case Between:
	}
	return Period{}, say.Error("%q is no period that moves with the calendar", string(s))
}

// Rhythm is how often something is done.
type Rhythm string

// The rhythms of schedules.
const (
	Daily   Rhythm = "every day"
	Weekly  Rhythm = "every week"
	Monthly Rhythm = "every month"
)

// Rhythms are all of them.
var Rhythms = []Rhythm{Daily, Weekly, Monthly}

// Words are how a person says it.
func (r Rhythm) Words() string { return say.W(string(r)) }

// Times says when something is due by the wall clock: at a time of day, weekly on a weekday, monthly on a day of the month (the last
// one of a month that is shorter).
type Times struct {
	Rhythm  Rhythm
	Hour    int
	Minute  int
	Weekday time.Weekday `json:",omitempty"`
	Day     int          `json:",omitempty"` // of the month, from 1
}

// Newest is the latest due time at or before now. Whatever was due while nobody looked, only the newest is made up for.
func (t Times) Newest(now time.Time, zone *time.Location) time.Time {
	now = now.In(zone)
	for back := 0; ; back++ {
		var due time.Time
		switch t.Rhythm {
		case Weekly:
			behind := (int(now.Weekday()) - int(t.Weekday) + 7) % 7
			due = t.on(now.Year(), now.Month(), now.Day()-behind-7*back, zone)
		case Monthly:
			first := time.Date(now.Year(), now.Month()-time.Month(back), 1, 0, 0, 0, 0, zone)
			due = t.on(first.Year(), first.Month(), min(max(t.Day, 1), first.AddDate(0, 1, -1).Day()), zone)
		default:
			due = t.on(now.Year(), now.Month(), now.Day()-back, zone)
		}
		if !due.After(now) {
			return due
		}
	}
}

func (t Times) on(year int, month time.Month, day int, zone *time.Location) time.Time {
	return time.Date(year, month, day, t.Hour, t.Minute, 0, 0, zone)
}

// Words are how a person says it.
func (t Times) Words() string { return t.words(say.T, say.W) }

// Plain is the same in English, for what is kept.
func (t Times) Plain() string { return t.words(fmt.Sprintf, say.N) }

func (t Times) words(tell func(string, ...any) string, word func(string) string) string {
	at := fmt.Sprintf("%02d:%02d", t.Hour, t.Minute)
	switch t.Rhythm {
	case Weekly:
		return tell(say.Recordable("every %s at %s"), word(t.Weekday.String()), at)
	case Monthly:
		return tell(say.Recordable("on day %d of every month at %s"), max(t.Day, 1), at)
	case Daily:
	}
	return tell(say.Recordable("every day at %s"), at)
}
