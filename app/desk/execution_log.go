package desk

import (
	"context"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/incident"
	"backstop/app/risk"
)

// LoggedRow is an execution in the log, with what is worth a look about it.
type LoggedRow struct {
	ExecutionRow
	Closing  incident.Closing // of the incident that it opened
	MadeGood []int64          // the incidents that it made good

	UsualBytes backup.Count  // of the last comparable successes, where its own size is off; else unknown
	UsualTime  time.Duration // likewise, where its own duration is off; else 0
	Due        time.Time     // when it should have begun, where it began later than its grace allows; else zero
	Stalled    time.Duration // how long it runs, where that is longer than its routine's limit; else 0
}

// Logged is what the store tells of an execution and those before it.
type Logged struct {
	LoggedRow
	Sizes, Times []int64   // of the last comparable successes before it, in bytes and milliseconds
	Before       time.Time // start of the routine's run before it; zero for none
	Settings     RoutineSettings
}

// ExecutionLog gives the rows of the ids with what is worth a look about each, in their order.
func (d *Desk) ExecutionLog(ctx context.Context, actor Actor, ids []int64) ([]LoggedRow, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return nil, err
	}
	logged, err := d.store.ExecutionLog(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	now := d.judged(actor)
	rows := make([]LoggedRow, len(logged))
	for i, l := range logged {
		rows[i] = l.look(now)
	}
	return rows, nil
}

// look compares an execution with what is usual, due and allowed.
func (l Logged) look(now time.Time) LoggedRow {
	r := l.LoggedRow
	if size, ok := r.Bytes.Value(); ok && r.comparable() {
		if usual, ok := risk.Usual(l.Sizes); ok && risk.Deviates(risk.Volume, size, usual) {
			r.UsualBytes = backup.N(usual)
		}
	}
	usual, known := risk.Usual(l.Times)
	switch took := r.End.Sub(r.Start); {
	case r.Start.IsZero():
	case r.Outcome == backup.Running:
		r.Stalled = stalled(now.Sub(r.Start), l.Settings.Stalled, time.Duration(usual)*time.Millisecond)
	case known && r.comparable() && !r.End.IsZero() && risk.Deviates(risk.Duration, took.Milliseconds(), usual):
		r.UsualTime = time.Duration(usual) * time.Millisecond
	}
	r.Due = late(l.Settings.Expectation, l.Before, r.Start)
	return r
}

// comparable: only what was saved has a size and a duration to compare.
func (r LoggedRow) comparable() bool {
	return (r.Outcome == backup.Success || r.Outcome == backup.Partial) && (r.Kind == backup.Data || r.Kind == backup.Copy || r.Kind == backup.Administrative)
}

// stalled is how long a run is at work, where that is too long: the routine's own limit, else the larger of a day and three times
// the usual.
func stalled(runs, limit, usual time.Duration) time.Duration {
	if limit == 0 {
		limit = max(24*time.Hour, 3*usual)
	}
	if runs > limit {
		return runs
	}
	return 0
}

// late is when a run was due that began after its grace, as the first one since.
func late(e expect.Expectation, before, start time.Time) time.Time {
	if e.None() || start.IsZero() {
		return time.Time{}
	}
	schedule, err := e.Schedule()
	if err != nil {
		return time.Time{}
	}
	due, ok := schedule.Prev(start.Add(time.Millisecond))
	if !ok || start.Sub(due) <= e.Grace || !before.Before(due) {
		return time.Time{}
	}
	return due
}
