// Package panel tells what a routine's day came to: one colour for all its runs, the worst of them.
package panel

import (
	"time"

	"backstop/app/say"
)

// Result is what a day came to.
type Result uint8

// The results from worst to best; Empty is a day without a run, and none was expected.
const (
	Empty       Result = iota
	Lost               // an incident closed as Missed, or a failure without an incident
	Open               // an incident that somebody must still act on
	Partial            // saved in part
	Running            // still at work, or about to be tried again
	Reprocessed        // failed, and made good by a later session
	Success            // saved, or closed as Success
	Expired            // saved, and no copy is left
)

// Results lists those that have a colour, from worst to best.
var Results = []Result{Lost, Open, Partial, Running, Reprocessed, Success, Expired}

var words = [...]string{
	Empty: say.N("no run expected"), Lost: say.N("lost"), Open: say.N("open incident"), Partial: say.N("partial"), Running: say.N("running"), Reprocessed: say.N("reprocessed"),
	Success: say.N("success"), Expired: say.N("all copies expired"),
}

// String is the word for it.
func (r Result) String() string {
	if int(r) < len(words) {
		return words[r]
	}
	return ""
}

// Calendar says which backup day an instant belongs to: days begin at an hour of the wall clock, so that with 12 a run at 01:00
// belongs to the night before.
type Calendar struct {
	Zone  *time.Location
	Start int // hour, 0 to 23
}

// Day is a date, counted from 1970-01-01.
type Day int

const day = 24 * time.Hour

// Of is the day that an instant belongs to.
func (c Calendar) Of(t time.Time) Day {
	t = t.In(c.Zone)
	y, m, d := t.Date()
	n := Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / int64(day.Seconds()))
	if t.Hour() < c.Start {
		n--
	}
	return n
}

// Begin is the first instant of a day. Where the clock jumps over it, the first after it.
func (c Calendar) Begin(n Day) time.Time {
	y, m, d := n.Date().Date()
	return time.Date(y, m, d, c.Start, 0, 0, 0, c.Zone)
}

// Date is midnight UTC of the day's date.
func (n Day) Date() time.Time { return time.Unix(int64(n)*int64(day.Seconds()), 0).UTC() }
