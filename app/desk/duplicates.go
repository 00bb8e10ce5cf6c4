package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/app/incident"
	"backstop/app/say"
)

// Duplicates are open incidents that most likely have one cause: one routine, one client, one error, one day.
type Duplicates struct {
	Day     time.Time // midnight in the zone asked for
	Tool    string
	Routine string
	Client  string
	Error   string  // the signature
	IDs     []int64 // oldest first
}

// Why says what the group has in common.
func (g Duplicates) Why() string { return g.why(fmt.Sprintf) }

// Say is Why in the chosen language.
func (g Duplicates) Say() string { return g.why(say.T) }

func (g Duplicates) why(tell teller) string {
	alike := slices.DeleteFunc([]string{g.Routine, g.Client, g.Error}, func(s string) bool { return s == "" })
	return tell(say.N("%d times on %s: %s"), len(g.IDs), g.Day.Format(time.DateOnly), strings.Join(alike, ", "))
}

// Request merges the group into its oldest.
func (g Duplicates) Request() MergeRequest { return MergeRequest{Into: g.IDs[0], From: g.IDs[1:]} }

// DuplicatesOfTheDay proposes groups of open incidents of a period, per day in a zone: the newest day first, and on each day the largest
// group. A group has two at least. One without a time of its own counts on the day on which it was opened; a silent source is
// like no other.
func (d *Desk) DuplicatesOfTheDay(ctx context.Context, actor Actor, from, to time.Time, zone *time.Location) ([]Duplicates, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
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
		if r.Cause == incident.CauseSilent {
			continue
		}
		k := key{dayOf(r, zone), r.Tool, r.Routine, strings.ToLower(r.Client), incident.Signature(r.Code, strings.TrimPrefix(r.Failure, r.Code))} // the failure begins with its code
		i, known := places[k]
		if !known {
			i, places[k] = len(groups), len(groups)
			groups = append(groups, Duplicates{Day: k.day, Tool: r.Tool, Routine: r.Routine, Client: r.Client, Error: k.failure})
		}
		groups[i].IDs = append(groups[i].IDs, r.ID)
	}
	groups = slices.DeleteFunc(groups, func(g Duplicates) bool { return len(g.IDs) < 2 })
	slices.SortStableFunc(groups, func(a, b Duplicates) int {
		return cmp.Or(b.Day.Compare(a.Day), len(b.IDs)-len(a.IDs))
	})
	return groups
}

// dayOf is the midnight before an incident's run.
func dayOf(r IncidentRow, zone *time.Location) time.Time {
	at := r.Failed
	if at.IsZero() {
		at = r.Opened
	}
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}
