package risk

import (
	"slices"
	"time"

	"backstop/app/incident"
)

// often is how many incidents in a Window are recurrent.
const often = 3

// Case is an incident as far as recurrence is concerned.
type Case struct {
	ID       incident.ID
	At       time.Time // of its run
	Company  string
	Category string // it was closed with, else the proposed one
	Closing  incident.Closing
}

// Recurrences finds the groups of a routine's incidents that recur: same company, same category, three in a Window whose newest is
// not before the horizon. Each is about what about says, with company and category. known are the routine's recurrences of before: what a resolved
// one was about does not count again, and an open one takes along what shares an incident with it, by whatever category.
func Recurrences(about About, source int64, cases []Case, horizon time.Time, known []Risk) []Finding {
	slices.SortFunc(cases, func(a, b Case) int { return a.At.Compare(b.At) })
	var found []Finding
	for _, group := range alike(cases, known) {
		about.Company, about.Category = group[0].Company, group[0].Category
		found = append(found, recurring(about, source, group, horizon)...)
	}
	return found
}

// alike parts the cases that count by company and category, in order of their first.
func alike(cases []Case, known []Risk) [][]Case {
	var groups [][]Case
	for _, c := range cases {
		if c.Closing == incident.ClosedSuccess || resolvedBefore(c.ID, known) {
			continue
		}
		i := slices.IndexFunc(groups, func(g []Case) bool { return g[0].Company == c.Company && g[0].Category == c.Category })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], c)
	}
	return groups
}

func resolvedBefore(id incident.ID, known []Risk) bool {
	return slices.ContainsFunc(known, func(r Risk) bool { return r.State.Resolved() && slices.Contains(r.Incidents, id) })
}

// recurring gives a finding for each case that is at least the third in a Window.
func recurring(about About, source int64, group []Case, horizon time.Time) []Finding {
	var found []Finding
	first := 0
	for i, c := range group {
		for !group[first].At.After(c.At.Add(-Window)) {
			first++
		}
		span := group[first : i+1]
		if len(span) < often || c.At.Before(horizon) {
			continue
		}
		f := Finding{About: about, Source: source, Mark: int64(c.ID), Since: span[0].At, Value: int64(len(span))}
		for _, s := range span {
			f.Incidents = append(f.Incidents, s.ID)
		}
		found = append(found, f)
	}
	return found
}
