package desk

import (
	"context"
	"time"

	"backstop/app/expect"
)

// OfferedOf gives the open incidents of routines that today's settings would not open: partial runs that open none by now, runs
// that were not to start after all. They stay open, and closing them as Success is offered.
func (d *Desk) OfferedOf(ctx context.Context, actor Actor, routines []int64) ([]int64, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	rules, err := d.intakeRules(ctx, d.instant(), d.judged(actor))
	if err != nil {
		return nil, err
	}
	return d.store.Offered(ctx, scope, rules, routines)
}

// awaits tells whether a routine's settings, with the calendars that there are, still have a due time.
func awaits(s RoutineSettings, calendars []expect.Calendar, due time.Time) bool {
	if s.Disabled || s.Expectation.None() {
		return false
	}
	schedule, err := s.Expectation.Schedule(calendarsOf(s, calendars)...)
	return err != nil || len(schedule.Between(due, due.Add(time.Millisecond))) > 0
}
