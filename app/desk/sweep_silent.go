package desk

import (
	"context"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
	"backstop/app/incident"
)

// Delivery is when a source last brought anything.
type Delivery struct {
	Source backup.Source
	Last   time.Time // zero for never
	State  backup.FolderState
}

// sweepSilent opens one incident for each source that delivers nothing for longer than its rhythm.
func (d *Desk) sweepSilent(ctx context.Context, s *sweep) error {
	deliveries, err := d.store.Deliveries(ctx)
	if err != nil {
		return err
	}
	for _, x := range deliveries {
		if !x.Source.Expects() || x.Source.Paused || !expect.Silent(x.Last, x.Source.Every, s.judged) || !d.lookedInto(x, s) {
			continue
		}
		silence := incident.Silence{Source: x.Source, Since: x.Last, Every: x.Source.Every, Late: s.late(x.Last.Add(x.Source.Every))}
		opened, err := d.store.OpenSilence(ctx, s.actor.Judged, silence, incident.OpenSilent(silence, s.now, s.judged))
		if err != nil {
			return err
		}
		if opened {
			s.Silent++
		}
	}
	return nil
}

// lookedInto tells whether a source's folder was really found empty of news: after a start its files wait to be read. A folder that
// cannot be looked into delivers nothing either.
func (d *Desk) lookedInto(x Delivery, s *sweep) bool {
	gone := x.State == backup.Offline || x.State == backup.Denied
	return gone || !slices.Contains(s.unread, x.Source.ID)
}
