// Package expect holds the rules of what should run: expectations, due windows, calendars, learning, and what is missed, silent
// or stalled. Rules are pure: they take facts and instants, and no clock.
package expect

import (
	"fmt"
	"strings"
	"time"

	"backstop/app/say"
)

// Expectation says when a routine is to start: by five cron fields or by a period, in a named zone. The zero value expects
// nothing.
type Expectation struct {
	Cron   string        // five fields; "" for a period
	Every  time.Duration // the period; 0 for cron
	Anchor time.Time     // a due time of the period, from which the others are counted
	Zone   string        // IANA name; wall times are of it
	Grace  time.Duration // how long after its due time a run may still start

	Learned bool // proposed from history and confirmed by a person
}

// None tells that nothing is expected.
func (e Expectation) None() bool { return e.Cron == "" && e.Every == 0 }

// SameTimes tells whether two expectations come due at the same times, whatever the grace.
func (e Expectation) SameTimes(o Expectation) bool {
	return e.Cron == o.Cron && e.Every == o.Every && e.Anchor.Equal(o.Anchor) && e.Zone == o.Zone
}

// String says the expectation in the words of the timeline; empty for none.
func (e Expectation) String() string {
	var when string
	switch {
	case e.None():
		return ""
	case e.Cron != "":
		when = e.Cron
	default:
		when = fmt.Sprintf("every %s from %s", Span(e.Every), e.Anchor.UTC().Format(time.RFC3339))
	}
	words := []string{when, e.Zone, "grace " + Span(e.Grace)}
	if e.Learned {
		words = append(words, "learned")
	}
	return strings.Join(words, ", ")
}

// Span is a duration in the units that people use for schedules: "26 h", "1 h 30 min", "14 d".
func Span(d time.Duration) string {
	d = d.Round(time.Minute)
	days, hours, minutes := d/(24*time.Hour), d%(24*time.Hour)/time.Hour, d%time.Hour/time.Minute
	if days > 0 && days < 3 { // "26 h" reads better than "1 d 2 h"
		hours, days = hours+24*days, 0
	}
	var parts []string
	for _, p := range []struct {
		n    time.Duration
		unit string
	}{{days, say.Recordable("%d d")}, {hours, say.Recordable("%d h")}, {minutes, say.Recordable("%d min")}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf(p.unit, p.n))
		}
	}
	if len(parts) == 0 {
		return "0 min"
	}
	return strings.Join(parts, " ")
}
