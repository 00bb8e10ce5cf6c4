package desk

import (
	"context"
	"fmt"
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

// Merge merges incidents into a destination: all of them or none.
func (d *Desk) Merge(ctx context.Context, actor Actor, r MergeRequest) error {
	ids := []incident.ID{incident.ID(r.Into)}
	for _, id := range r.From {
		if id != r.Into {
			ids = append(ids, incident.ID(id))
		}
	}
	now := d.instant()
	return d.apply(ctx, actor, Want{Incidents: ids}, func(l Loaded) ([]incident.Change, error) {
		changes, err := incident.MergeInto(l.Incidents[0], l.Incidents[1:], now.UnixMilli(), actor.Name, now)
		if err != nil || strings.TrimSpace(r.Title) == "" || r.Title == l.Incidents[0].Title {
			return changes, err
		}
		renamed, err := incident.Rename(changes[0].Incident, r.Title, actor.Name, now)
		if err != nil {
			return nil, err
		}
		changes[0].Incident = renamed.Incident
		changes[0].Entries = append(changes[0].Entries, renamed.Entries...)
		return changes, nil
	})
}

// Unmerge takes incidents out of their destination again; none means all of them.
func (d *Desk) Unmerge(ctx context.Context, actor Actor, destination int64, ids []int64) error {
	now := d.instant()
	return d.apply(ctx, actor, Want{Incidents: []incident.ID{incident.ID(destination)}}, func(l Loaded) ([]incident.Change, error) {
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
func (d *Desk) apply(ctx context.Context, actor Actor, want Want, rule func(Loaded) ([]incident.Change, error)) error {
	_, err := d.store.Apply(ctx, d.scope(actor), actor.Judged, want, rule)
	if err == nil {
		d.publish(Event{Incidents: true})
	}
	return err
}

// Duplicates are open incidents that most likely have one cause: one routine, one client, one error, one day.
type Duplicates struct {
	Day     time.Time // midnight in the zone asked for
	Routine string
	Client  string
	Error   string  // the signature
	IDs     []int64 // oldest first
}

// Why says what the group has in common.
func (g Duplicates) Why() string {
	return fmt.Sprintf("%d times on %s: %s on %s, %s", len(g.IDs), g.Day.Format(time.DateOnly), g.Routine, g.Client, g.Error)
}

// DuplicatesOfTheDay proposes groups of open incidents of a period, per day in a zone. A group has two at least.
func (d *Desk) DuplicatesOfTheDay(ctx context.Context, actor Actor, from, to time.Time, zone *time.Location) ([]Duplicates, error) {
	q := IncidentQuery{States: OpenStates, FailedFrom: from, FailedTo: to, Sort: "id"}
	ids, err := d.IncidentIDs(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	rows, err := d.IncidentRows(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	return group(rows, zone), nil
}

func group(rows []IncidentRow, zone *time.Location) []Duplicates {
	type key struct {
		day                            time.Time
		tool, routine, client, failure string
	}
	places := map[key]int{}
	var groups []Duplicates
	for _, r := range rows {
		y, m, day := r.Failed.In(zone).Date()
		k := key{time.Date(y, m, day, 0, 0, 0, 0, zone), r.Tool, r.Routine, strings.ToLower(r.Client), incident.Signature(r.Code, r.Failure)}
		i, known := places[k]
		if !known {
			i, places[k] = len(groups), len(groups)
			groups = append(groups, Duplicates{Day: k.day, Routine: r.Routine, Client: r.Client, Error: k.failure})
		}
		groups[i].IDs = append(groups[i].IDs, r.ID)
	}
	several := groups[:0]
	for _, g := range groups {
		if len(g.IDs) > 1 {
			several = append(several, g)
		}
	}
	return several
}
