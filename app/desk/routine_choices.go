package desk

import "context"

// RoutineChoices are what filters of routines offer: what there is.
type RoutineChoices struct{ Tools, Clients []string }

// RoutineChoices lists what filters of routines can offer.
func (d *Desk) RoutineChoices(ctx context.Context, actor Actor) (RoutineChoices, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return RoutineChoices{}, err
	}
	return d.store.RoutineChoices(ctx, scope)
}
