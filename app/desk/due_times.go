package desk

import (
	"context"
	"time"

	"backstop/app/expect"
)

// DueTimes are the due times of an expectation around an instant.
type DueTimes struct {
	Next []time.Time // the soonest first
	Last []time.Time // the newest first
}

// dueTimes is how many of either are told.
const dueTimes = 5

// DueTimes tells the next and the last due times of an expectation; what the calendar of that name and those for everybody take out
// is left out. What is wrong with the expectation is said in the error.
func (d *Desk) DueTimes(ctx context.Context, actor Actor, x expect.Expectation, calendar string) (DueTimes, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return DueTimes{}, err
	}
	calendars, err := d.calendars(ctx)
	if err != nil {
		return DueTimes{}, err
	}
	s, err := x.Schedule(calendarsOf(RoutineSettings{Calendar: calendar}, calendars)...)
	if err != nil {
		return DueTimes{}, err
	}
	now := d.judged(actor)
	return DueTimes{Next: s.NextN(now, dueTimes), Last: s.PrevN(now, dueTimes)}, nil
}
