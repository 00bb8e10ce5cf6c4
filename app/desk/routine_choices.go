package desk

import "context"

// RoutineChoices are what filters of routines offer: what there is.
type RoutineChoices struct{ Tools, Clients []string }

// RoutineChoices lists what filters of routines can offer.
func (d *Desk) RoutineChoices(ctx context.Context, actor Actor) (RoutineChoices, error) {
	return d.store.RoutineChoices(ctx, d.scope(actor))
}
