package desk

import (
	"context"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/incident"
)

// Unfinished is a run that is still running as far as is known, and has no incident.
type Unfinished struct {
	Execution incident.ExecutionID
	Start     time.Time
	Settings  RoutineSettings
	Usual     func() (time.Duration, error) // how long its routine usually takes; 0 for unknown
}

// Stall is what explains the incident of a run that was still running past its limit.
type Stall struct {
	Since time.Time // its start
	Limit time.Duration
	Usual time.Duration // how long its routine usually takes; 0 for unknown
	Late  bool          // detected late: nobody looked when it passed its limit
}

// sweepStalled opens an incident for each run that is still running past its routine's limit.
func (d *Desk) sweepStalled(ctx context.Context, s *sweep) error {
	runs, err := d.store.Unfinished(ctx, s.judged)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		return nil
	}
	rules, err := d.intakeRules(ctx, s.now, s.judged)
	if err != nil {
		return err
	}
	for _, r := range runs {
		x := Stall{Since: r.Start}
		if x.Limit, x.Usual, err = stalledLimit(r, s.judged); err != nil {
			return err
		}
		if x.Limit == 0 {
			continue
		}
		x.Late = s.late(x.Since.Add(x.Limit))
		opened, err := d.store.OpenStalled(ctx, s.actor.Judged, r.Execution, x, rules, func(f incident.Finding) (incident.Change, bool) {
			if f.Execution.Outcome != backup.Running || f.RunIncident() != 0 {
				return incident.Change{}, false
			}
			return incident.Overdue(f, x.Limit, x.Usual, x.Late, s.now, s.judged), true
		})
		if err != nil {
			return err
		}
		if opened {
			s.Stalled++
		}
	}
	return nil
}

// stalledLimit is the limit that a run has passed, or 0.
func stalledLimit(r Unfinished, now time.Time) (limit, usual time.Duration, err error) {
	if r.Settings.Disabled || !expect.Stalled(r.Start, expect.StalledAfter(r.Settings.Stalled, 0), now) {
		return 0, 0, nil // what is usual can only make the limit longer
	}
	if usual, err = r.Usual(); err != nil {
		return 0, 0, err
	}
	limit = expect.StalledAfter(r.Settings.Stalled, usual)
	if !expect.Stalled(r.Start, limit, now) {
		return 0, 0, nil
	}
	return limit, usual, nil
}
