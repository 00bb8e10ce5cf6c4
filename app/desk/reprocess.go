package desk

import (
	"context"
	"slices"

	"backstop/app/incident"
)

// CloseReprocessed closes incidents and those merged into them as made good by the sessions of the pairs. Those taken out leave
// their group, open, in the same transaction; one of the incidents themselves is left as it is.
func (d *Desk) CloseReprocessed(ctx context.Context, actor Actor, ids []int64, r incident.Reprocessing, progress Progress) error {
	scope, err := d.may(ctx, actor, ToHandle)
	if err != nil {
		return err
	}
	if err := d.checkCategory(ctx, r.Category); err != nil {
		return err
	}
	want := Want{Progress: progress}
	for _, id := range incidentIDs(ids) {
		if len(ids) == 1 || !slices.Contains(r.TakenOut, id) {
			want.Incidents = append(want.Incidents, id)
		}
	}
	for _, p := range r.Pairs {
		if !slices.Contains(want.Sessions, p.Session) {
			want.Sessions = append(want.Sessions, p.Session)
		}
	}
	now := d.instant()
	return d.apply(ctx, actor, scope, want, func(l Loaded) ([]incident.Change, error) {
		r.Sessions = l.Sessions
		var changes []incident.Change
		for _, in := range l.Incidents {
			c, err := incident.CloseReprocessed(in, r.Of(in), actor.Name, now)
			if err != nil {
				return nil, err
			}
			changes = append(changes, c...)
		}
		return changes, nil
	})
}
