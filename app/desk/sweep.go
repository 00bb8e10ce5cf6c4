package desk

import (
	"context"
	"errors"
	"fmt"

	"backstop/app/incident"
)

// Swept is what one sweep did.
type Swept struct {
	Resumed int // holds that ran out
	Risks   FoundRisks
}

// Sweep brings back what has come due by now. It works from stored times, not from ticks, so a laptop that slept or a program
// that was closed loses nothing, and sweeping twice changes nothing.
func (d *Desk) Sweep(ctx context.Context, actor Actor) (Swept, error) {
	judged := d.judged(actor)
	due, err := d.store.DueHolds(ctx, judged)
	if err != nil {
		return Swept{}, fmt.Errorf("holds that ran out: %w", err)
	}
	var s Swept
	for _, id := range due {
		_, err := d.store.Apply(ctx, d.scope(actor), actor.Judged, Want{Incidents: []incident.ID{id}}, func(l Loaded) ([]incident.Change, error) {
			c, err := incident.Resume(l.Incidents[0], judged, d.instant())
			return []incident.Change{c}, err
		})
		if errors.Is(err, incident.ErrNotAllowed) {
			continue // somebody was faster
		}
		if err != nil {
			return s, fmt.Errorf("hold of incident %d: %w", id, err)
		}
		s.Resumed++
	}
	if s.Resumed > 0 {
		d.publish(Event{Incidents: true, Resumed: s.Resumed})
	}
	s.Risks, err = d.sweepRisks(ctx, actor)
	return s, err
}
