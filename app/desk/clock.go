package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// ClockQuestion is why a sweep stopped: the machine's clock cannot be believed until a person says so.
type ClockQuestion struct {
	Now    time.Time // what the clock says
	Wanted time.Time // the newest entry, or where the clock should be by the time that passed
	Ticked bool      // it jumped while the program ran; else it is odd at the start
}

func (q *ClockQuestion) Error() string {
	return q.words(fmt.Sprintf)
}

// Say implements say.Sayer.
func (q *ClockQuestion) Say() string {
	return q.words(say.T)
}

func (q *ClockQuestion) words(tell func(string, ...any) string) string {
	now, wanted := q.Now.Format(time.RFC3339), q.Wanted.Format(time.RFC3339)
	switch {
	case q.Ticked:
		return tell(say.Recordable("the clock says %s, but by the time that passed it should say about %s. Is it right now?"), now, wanted)
	case q.Now.Before(q.Wanted):
		return tell(say.Recordable("the clock says %s, which is before the newest entry of the timeline, of %s. Is it right?"), now, wanted)
	}
	return tell(say.Recordable("the clock says %s, which is more than 30 days after the newest entry of the timeline, of %s. Is it right?"), now, wanted)
}

// How far a clock may be off (DESIGN.md 4). Clocks are put right by seconds all the time.
const (
	clockTick = time.Hour
	clockBack = time.Minute
	clockFar  = 30 * 24 * time.Hour
)

// clockGuard remembers where the clock was.
type clockGuard struct {
	first    time.Time     // the first sweep of this program
	at       time.Time     // the last tick
	uptime   time.Duration // then; it counts on while the machine sleeps
	question *ClockQuestion
}

// checkClock refuses to judge by a clock that cannot be right. An instant given by a person is believed.
func (d *Desk) checkClock(ctx context.Context, actor Actor) error {
	if !actor.Judged.IsZero() {
		return nil
	}
	g := &d.clock
	if g.question != nil {
		return g.question
	}
	now := d.instant()
	q, err := d.oddClock(ctx, now)
	if err != nil {
		return err
	}
	if q != nil {
		g.question = q
		d.publish(Event{Clock: true})
		return q
	}
	g.tick(now, d.uptime)
	return nil
}

func (g *clockGuard) tick(now time.Time, uptime func() time.Duration) {
	if g.at = now; uptime != nil {
		g.uptime = uptime()
	}
}

func (d *Desk) oddClock(ctx context.Context, now time.Time) (*ClockQuestion, error) {
	if !d.clock.at.IsZero() {
		if d.uptime == nil {
			return nil, nil
		}
		wanted := d.clock.at.Add(d.uptime() - d.clock.uptime)
		if now.Sub(wanted).Abs() > clockTick {
			return &ClockQuestion{now, wanted, true}, nil
		}
		return nil, nil
	}
	newest, err := d.store.Timeline(ctx, everything, TimelineQuery{Limit: 1})
	if err != nil || len(newest) == 0 {
		return nil, err
	}
	at := newest[0].At
	if now.Before(at.Add(-clockBack)) || now.After(at.Add(clockFar)) {
		return &ClockQuestion{now, at, false}, nil
	}
	return nil, nil
}

// ClockQuestion is the question that waits for an answer, or nil.
func (d *Desk) ClockQuestion() *ClockQuestion {
	d.sweeping.Lock()
	defer d.sweeping.Unlock()
	return d.clock.question
}

// AcceptClock answers that the machine's clock is right, with a reason, and puts that on record.
func (d *Desk) AcceptClock(ctx context.Context, actor Actor, reason string) error {
	if _, err := d.may(ctx, actor, ToSweep); err != nil {
		return err
	}
	reason = strings.TrimSpace(backup.Clean(reason))
	if reason == "" {
		return say.Error("say why the clock is right; it goes on record")
	}
	d.sweeping.Lock()
	defer d.sweeping.Unlock()
	now := d.instant()
	details := []timeline.Detail{timeline.Said(say.N("clock"), now.Format(time.RFC3339))}
	if q := d.clock.question; q != nil {
		details = append(details, timeline.Said(say.N("asked"), q.Error()))
	}
	details = append(details, timeline.Said(say.N("reason"), reason))
	if err := d.store.Record(ctx, d.entries(actor, timeline.Database, say.N("clock accepted"), details...)); err != nil {
		return err
	}
	d.clock.question = nil
	d.clock.tick(now, d.uptime)
	d.publish(Event{Clock: true})
	return nil
}
