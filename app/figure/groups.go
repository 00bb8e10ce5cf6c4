package figure

import (
	"cmp"
	"slices"

	"backstop/app/backup"
)

// Group is a name with the incidents that it counts, so that whoever shows the number can show the rows.
type Group struct {
	Name      string
	Incidents []int64
}

// OpenByAge are the incidents open at the end of a period, by age class from young to old; every class is there.
func OpenByAge(f Facts, p Period) []Group {
	groups := make([]Group, len(AgeNames))
	for i, name := range AgeNames {
		groups[i].Name = name
	}
	for _, c := range f.Cases {
		if c.OpenAtEnd(p) {
			g := &groups[Age(p.To.Sub(c.Opened.Time()))]
			g.Incidents = append(g.Incidents, c.ID)
		}
	}
	return groups
}

// OpenByCategory are the incidents open at the end of a period by the category that their failure proposes, the largest group first.
func OpenByCategory(f Facts, p Period) []Group {
	return grouped(f.Cases, func(c Case) bool { return c.OpenAtEnd(p) }, Case.InCategory)
}

// OnHoldByTeam are the incidents that wait for external teams, the largest group first.
func OnHoldByTeam(f Facts, p Period) []Group {
	return grouped(f.Cases, func(c Case) bool { return c.Waits(p) }, func(c Case) string { return c.Team })
}

// InCategory is the category that an incident has, else the proposed one.
func (c Case) InCategory() string { return cmp.Or(c.Category, c.Proposed) }

func grouped(cases []Case, counts func(Case) bool, name func(Case) string) []Group {
	var groups []Group
	place := map[string]int{}
	for _, c := range cases {
		if !counts(c) {
			continue
		}
		i, known := place[name(c)]
		if !known {
			i = len(groups)
			place[name(c)] = i
			groups = append(groups, Group{Name: name(c)})
		}
		groups[i].Incidents = append(groups[i].Incidents, c.ID)
	}
	slices.SortStableFunc(groups, func(a, b Group) int {
		return cmp.Or(len(b.Incidents)-len(a.Incidents), cmp.Compare(a.Name, b.Name))
	})
	return groups
}

// Tier is how a run came out, as days are stacked: good at once, good in the end, or how it ended.
type Tier uint8

// The tiers from the bottom of a day's stack.
const (
	AtOnce Tier = iota
	InTheEnd
	EndedPartial
	EndedFailed
	NotStarted
	EndedCancelled
	AtWork
)

// Tiers are all of them, in their order.
var Tiers = []Tier{AtOnce, InTheEnd, EndedPartial, EndedFailed, NotStarted, EndedCancelled, AtWork}

// Tier is that of a run.
func (r Run) Tier() Tier {
	switch r.End {
	case backup.Success:
		if r.First == backup.Success {
			return AtOnce
		}
		return InTheEnd
	case backup.Partial:
		return EndedPartial
	case backup.Failed:
		return EndedFailed
	case backup.Missed:
		return NotStarted
	case backup.Cancelled:
		return EndedCancelled
	case backup.Running:
	}
	return AtWork
}

// In tells whether a run began in a period.
func (r Run) In(p Period) bool { return r.At >= p.From.UnixMilli() && r.At < p.To.UnixMilli() }

// Bad tells whether the run counts as one without success.
func (r Run) Bad() bool { return r.bad() }

// Same tells whether two are one, whatever the case of the client's name.
func (r Routine) Same(o Routine) bool { return r.fold() == o.fold() }
