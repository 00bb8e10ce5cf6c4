package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"backstop/app/incident"
	"backstop/app/say"
)

// Swept is what one sweep did.
type Swept struct {
	Resumed int // holds that ran out
	Missed  int // runs that did not start
	Silent  int // sources that deliver nothing
	Stalled int // runs that are still running past their limit
	Risks   FoundRisks
}

// sweep is one sweep while it runs.
type sweep struct {
	Swept
	actor  Actor
	now    time.Time // the machine's clock
	judged time.Time // the instant that rules judge by
	last   time.Time // the instant that the sweep before judged by; zero for the first
	unread []int64   // sources whose folders hold what was not read yet: nothing of them is judged
}

// sweepSteps are what a sweep does, in this order. Each works from stored times, not from ticks, so a laptop that slept or a program
// that was closed loses nothing, and sweeping twice changes nothing. A step that fails does not keep the others from their work.
var sweepSteps = []struct {
	name string
	do   func(*Desk, context.Context, *sweep) error
}{
	{"holds that ran out", (*Desk).sweepHolds},
	{"missed runs", (*Desk).sweepMissed},
	{"silent sources", (*Desk).sweepSilent},
	{"stalled runs", (*Desk).sweepStalled},
	{"risks", func(d *Desk, ctx context.Context, s *sweep) (err error) {
		s.Risks, err = d.sweepRisks(ctx, s.actor)
		return err
	}},
}

// Sweep brings back what has come due by now, and finds what did not start, does not end or does not come. When the machine's clock
// cannot be believed it stops and asks: a *ClockQuestion.
func (d *Desk) Sweep(ctx context.Context, actor Actor) (Swept, error) {
	if _, err := d.may(ctx, actor, ToSweep); err != nil {
		return Swept{}, err
	}
	d.sweeping.Lock()
	defer d.sweeping.Unlock()
	if err := d.checkClock(ctx, actor); err != nil {
		return Swept{}, err
	}
	s := &sweep{actor: actor, now: d.instant(), judged: d.judged(actor)}
	var errs []error
	if err := d.prepareSweep(ctx, s); err != nil {
		return s.Swept, err
	}
	for _, step := range sweepSteps {
		if err := step.do(d, ctx, s); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", step.name, err))
		}
	}
	if opened := s.Missed + s.Silent + s.Stalled; s.Resumed+opened > 0 {
		d.publish(Event{Incidents: true, Sources: s.Silent > 0, Resumed: s.Resumed, Opened: opened})
	}
	return s.Swept, errors.Join(append(errs, d.rememberSweep(ctx, s))...)
}

const lastSweep = "sweep.last"

// asleep is how long nothing swept when the program was closed or the machine slept.
const asleep = 10 * time.Minute

// patience is how long after the start the sweep waits for the folders to be read. A folder in which a file grows on and on is
// never read to its end.
const patience = 30 * time.Minute

// prepareSweep finds out when the last one was, and what was not read yet.
func (d *Desk) prepareSweep(ctx context.Context, s *sweep) error {
	var last int64
	if err := d.store.Setting(ctx, lastSweep, &last); err != nil {
		return err
	}
	if last != 0 {
		s.last = time.UnixMilli(last).UTC()
	}
	if d.clock.first.IsZero() {
		d.clock.first = s.now
	}
	if d.scanned == nil || !s.actor.Judged.IsZero() || s.now.Sub(d.clock.first) > patience {
		return nil
	}
	sources, err := d.store.Sources(ctx)
	for _, src := range sources {
		if src.Folder == "" || src.Paused {
			continue
		}
		if _, looked := d.scanned(src.ID); !looked {
			s.unread = append(s.unread, src.ID)
		}
	}
	return err
}

// rememberSweep keeps the time of the sweep, not at every tick.
func (d *Desk) rememberSweep(ctx context.Context, s *sweep) error {
	if age := s.judged.Sub(s.last); age >= 0 && age < asleep/2 {
		return nil
	}
	return d.store.SaveSetting(ctx, lastSweep, s.judged.UnixMilli(), nil)
}

// late tells whether what came due at an instant was noticed late because nobody looked.
func (s *sweep) late(due time.Time) bool {
	return !s.last.IsZero() && due.After(s.last) && s.judged.Sub(s.last) > asleep && s.judged.Sub(due) > asleep
}

func (d *Desk) sweepHolds(ctx context.Context, s *sweep) error {
	due, err := d.store.DueHolds(ctx, s.judged)
	if err != nil {
		return err
	}
	for _, id := range due {
		_, err := d.store.Apply(ctx, everything, s.actor.Judged, Want{Incidents: []incident.ID{id}}, func(l Loaded) ([]incident.Change, error) {
			c, err := incident.Resume(l.Incidents[0], s.judged, d.instant())
			return []incident.Change{c}, err
		})
		if errors.Is(err, incident.ErrNotAllowed) {
			continue // somebody was faster
		}
		if err != nil {
			return say.Error("incident %d: %w", id, err)
		}
		s.Resumed++
	}
	return nil
}
