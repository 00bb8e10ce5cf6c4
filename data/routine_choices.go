package data

import (
	"context"

	"backstop/app/desk"
)

// mostChoices bounds what a filter offers; the search finds the others.
const mostChoices = 2000

// RoutineChoices lists the tools and clients of all routines.
func (s *Store) RoutineChoices(ctx context.Context, scope desk.Scope) (c desk.RoutineChoices, err error) {
	s = s.within(scope)
	if c.Tools, err = all(ctx, s.read, one[string], "SELECT DISTINCT tool FROM routines WHERE tool <> '' ORDER BY tool LIMIT ?", mostChoices); err != nil {
		return c, err
	}
	c.Clients, err = all(ctx, s.read, one[string], "SELECT DISTINCT client FROM routines WHERE client <> '' ORDER BY client LIMIT ?", mostChoices)
	return c, err
}
