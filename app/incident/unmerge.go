package incident

import (
	"maps"
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Brought lists what the merge with this id brought to the destination.
func (in Incident) Brought(mergeID int64) []ID {
	var ids []ID
	for _, c := range in.Merged {
		if c.MergeID == mergeID {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Unmerge takes children out of a destination and restores what they were: state, assignee, hold, links. What a child had
// brought along goes with it and is under it again. A hold that came due meanwhile is In Progress at once.
func Unmerge(destination Incident, ids []ID, actor string, now time.Time) ([]Change, error) {
	if destination.State == Closed {
		return nil, refuse(say.Error("%d is closed: reopen it first", destination.ID))
	}
	chosen, err := destination.children(ids)
	if err != nil {
		return nil, err
	}
	leaving := maps.Clone(chosen)
	for _, c := range destination.Merged {
		if c.cameWith(chosen) {
			leaving[c.ID] = c.MergeID
		}
	}
	return split(destination, leaving, actor, now), nil
}

// departure is a set of children that leave their destination, each with the merge that brought it there.
type departure map[ID]int64

// children checks that all ids are merged into the incident.
func (in Incident) children(ids []ID) (departure, error) {
	if len(ids) == 0 {
		return nil, refuse(say.Error("nothing is chosen to be taken out of %d", in.ID))
	}
	all := departure{}
	for _, c := range in.Merged {
		all[c.ID] = c.MergeID
	}
	leaving := departure{}
	for _, id := range ids {
		merge, ok := all[id]
		if !ok {
			return nil, refuse(say.Error("%d is not merged into %d", id, in.ID))
		}
		leaving[id] = merge
	}
	return leaving, nil
}

// cameWith tells whether a former destination of the child leaves that came by the same merge.
func (in Incident) cameWith(leaving departure) bool {
	for b := in.Before; b != nil; b = b.Earlier {
		if merge, ok := leaving[b.Into]; ok && merge == in.MergeID {
			return true
		}
	}
	return false
}

// split takes those leaving out of the destination. Its own Change comes first, then one for each of them.
func split(destination Incident, leaving departure, actor string, now time.Time) []Change {
	rest := destination
	rest.Merged = nil
	var out []Incident
	under := map[ID][]Incident{}
	for _, c := range destination.Merged {
		if _, leaves := leaving[c.ID]; !leaves {
			rest.Merged = append(rest.Merged, c)
			continue
		}
		r := c.restored(leaving)
		under[r.Into] = append(under[r.Into], r)
		out = append(out, c)
	}
	changes := make([]Change, 1, 1+len(out))
	var gave []timeline.Detail
	for _, c := range out {
		r := c.restored(leaving)
		r.Merged = under[c.ID]
		gave = append(gave, timeline.Said(say.N("incident"), number(c.ID)))
		changes = append(changes, standUp(c, r, actor, now))
	}
	changes[0] = record(destination, rest, "gave back", actor, now, gave...)
	return changes
}

// restored is the child as it was, under a former destination only if that one leaves as well.
func (in Incident) restored(leaving departure) Incident {
	for in.Before != nil {
		b := in.Before
		in.State, in.Assignee, in.Team, in.Until = b.State, b.Assignee, b.Team, b.Until
		in.Links, in.Into, in.MergeID, in.Before = b.Links, b.Into, b.MergeID, b.Earlier
		if _, leaves := leaving[in.Into]; leaves {
			break
		}
	}
	return in
}

// standUp records that a child is what it was. A hold that came due in the meantime ends at once, as it would have by itself.
func standUp(was, restored Incident, actor string, now time.Time) Change {
	c := record(was, restored, "unmerged", actor, now)
	if resumed, err := Resume(restored, now, now); err == nil {
		c.Incident = resumed.Incident
		c.Entries = append(c.Entries, resumed.Entries...)
	}
	return c
}
