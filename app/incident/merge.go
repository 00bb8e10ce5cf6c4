package incident

import (
	"slices"
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// MergeInto merges the sources into the destination: all or none. It stays one level deep, since the children of a source
// are brought along. The destination keeps its state, hold and assignee. mergeID is new and tells this merge from others.
func MergeInto(destination Incident, sources []Incident, mergeID int64, actor string, now time.Time) ([]Change, error) {
	if err := mergeable(destination, sources); err != nil {
		return nil, err
	}
	var changes []Change
	var took []timeline.Detail
	after := destination
	after.Merged = slices.Clone(destination.Merged)
	for _, in := range Members(sources) {
		child := in.under(destination.ID, mergeID)
		after.Merged = append(after.Merged, child)
		took = append(took, timeline.Said(say.N("incident"), number(in.ID)))
		changes = append(changes, record(in, child, "merged", actor, now))
	}
	slices.SortFunc(after.Merged, byID)
	return append([]Change{record(destination, after, "took in", actor, now, took...)}, changes...), nil
}

// mergeable refuses what would make a chain, a circle or a merge with what is closed.
func mergeable(destination Incident, sources []Incident) error {
	if len(sources) == 0 {
		return refuse(say.Error("nothing is chosen to be merged into %d", destination.ID))
	}
	if err := check(destination, ToMerge); err != nil {
		return err
	}
	seen := map[ID]bool{destination.ID: true}
	for _, in := range sources {
		if err := check(in, ToMerge); err != nil {
			return err
		}
		switch {
		case in.ID == destination.ID:
			return refuse(say.Error("%d cannot be merged into itself", in.ID))
		case seen[in.ID]:
			return refuse(say.Error("%d is chosen twice", in.ID))
		}
		seen[in.ID] = true
	}
	return nil
}

// under is the incident as a child of a destination. Its hold does not fire there.
func (in Incident) under(destination ID, mergeID int64) Incident {
	in.Before = &Before{
		State: in.State, Assignee: in.Assignee, Team: in.Team, Until: in.Until,
		Links: in.Links, Into: in.Into, MergeID: in.MergeID, Earlier: in.Before,
	}
	in.State, in.Into, in.MergeID = Merged, destination, mergeID
	in.Team, in.Until = "", time.Time{}
	in.Merged = nil
	return in
}

// Members lists incidents with those merged into them.
func Members(ins []Incident) []Incident {
	var all []Incident
	for _, in := range ins {
		all = append(append(all, in), in.Merged...)
	}
	return all
}

// Group lists the incident and those merged into it.
func (in Incident) Group() []Incident { return Members([]Incident{in}) }

// GroupIsVital tells whether the incident or one merged into it is vital; its own mark is not touched by a merge.
func (in Incident) GroupIsVital() bool {
	return slices.ContainsFunc(in.Group(), func(i Incident) bool { return i.Vital })
}

func byID(a, b Incident) int { return int(a.ID - b.ID) }
