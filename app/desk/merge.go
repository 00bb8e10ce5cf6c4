package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"backstop/app/incident"
)

// MergeRequest says which incidents become one.
type MergeRequest struct {
	Into  int64
	From  []int64 // Into may be among them
	Title string  // a new name for the destination; empty leaves it
}

// ids are the destination and the others, each once.
func (r MergeRequest) ids() []incident.ID {
	ids := []incident.ID{incident.ID(r.Into)}
	for _, id := range r.From {
		if id != r.Into {
			ids = append(ids, incident.ID(id))
		}
	}
	return ids
}

// Merge merges incidents into a destination: all of them or none.
func (d *Desk) Merge(ctx context.Context, actor Actor, r MergeRequest) error {
	return d.MergeAll(ctx, actor, []MergeRequest{r}, nil)
}

// MergeAll merges each request's incidents into its destination: all requests or none.
func (d *Desk) MergeAll(ctx context.Context, actor Actor, requests []MergeRequest, progress Progress) error {
	scope, err := d.may(ctx, actor, ToHandle)
	if err != nil {
		return err
	}
	want := Want{Progress: progress}
	for _, r := range requests {
		want.Incidents = append(want.Incidents, r.ids()...)
	}
	now := d.instant()
	return d.apply(ctx, actor, scope, want, func(l Loaded) ([]incident.Change, error) {
		var changes []incident.Change
		for _, r := range requests {
			n := len(r.ids())
			merged, err := mergeOne(l.Incidents[0], l.Incidents[1:n], r.Title, actor.Name, now)
			if err != nil {
				return nil, err
			}
			l.Incidents = l.Incidents[n:]
			changes = append(changes, merged...)
		}
		return changes, nil
	})
}

func mergeOne(destination incident.Incident, sources []incident.Incident, title, actor string, now time.Time) ([]incident.Change, error) {
	changes, err := incident.MergeInto(destination, sources, now.UnixMilli(), actor, now)
	if err != nil || strings.TrimSpace(title) == "" || title == destination.Title {
		return changes, err
	}
	renamed, err := incident.Rename(changes[0].Incident, title, actor, now)
	if err != nil {
		return nil, err
	}
	changes[0].Incident = renamed.Incident
	changes[0].Entries = append(changes[0].Entries, renamed.Entries...)
	return changes, nil
}

// PreviewMerge tells what a merge would make of each incident, the destination first, then the others with what they bring along.
// It asks the same rule as the merge itself.
func PreviewMerge(destination incident.Incident, sources []incident.Incident) ([]incident.Incident, error) {
	changes, err := incident.MergeInto(destination, sources, 1, "", time.Time{})
	after := make([]incident.Incident, len(changes))
	for i, c := range changes {
		after[i] = c.Incident
	}
	return after, err
}

// Oldest is the incident that was opened first; of several the one with the lowest number.
func Oldest(ins []incident.Incident) incident.Incident {
	return slices.MinFunc(ins, func(a, b incident.Incident) int {
		if c := a.Opened.Compare(b.Opened); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	})
}

// Unmerge takes incidents out of their destination again; none means all of them.
func (d *Desk) Unmerge(ctx context.Context, actor Actor, destination int64, ids []int64) error {
	scope, err := d.may(ctx, actor, ToHandle)
	if err != nil {
		return err
	}
	now := d.instant()
	return d.apply(ctx, actor, scope, Want{Incidents: []incident.ID{incident.ID(destination)}}, func(l Loaded) ([]incident.Change, error) {
		which := incidentIDs(ids)
		if len(which) == 0 {
			for _, c := range l.Incidents[0].Merged {
				which = append(which, c.ID)
			}
		}
		return incident.Unmerge(l.Incidents[0], which, actor.Name, now)
	})
}

// apply has the store apply a rule and tells the windows.
func (d *Desk) apply(ctx context.Context, actor Actor, scope Scope, want Want, rule func(Loaded) ([]incident.Change, error)) error {
	_, err := d.store.Apply(ctx, scope, actor.Judged, want, rule)
	if err == nil {
		d.publish(Event{Incidents: true})
	}
	return err
}
