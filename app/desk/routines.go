package desk

import (
	"context"
	"time"

	"backstop/app/backup"
	"backstop/app/expect"
)

// RoutineQuery filters and sorts routines. Empty fields filter nothing.
type RoutineQuery struct {
	Tools    []string
	Clients  []string
	Kinds    []backup.Kind
	Sources  []int64       // that reported it last
	Text     string        // words in tool, name, client, schedule
	Vital    backup.Choice // only those that are, or are not
	Disabled backup.Choice
	Expected backup.Choice // whether they have an expectation

	Sort  string // one of RoutineSorts; "" sorts by id
	Desc  bool
	Limit int // 0: all
}

// RoutineSorts are the columns that routines can be sorted by.
var RoutineSorts = []string{"id", "tool", "name", "client", "kind", "last", "result", "runs", "expected", "grace", "vital", "enabled", "partial", "cancelled", "calendar", "analyses", "source", "start", "duration"}

// RoutineRow is what the list of routines shows of one.
type RoutineRow struct {
	ID       int64
	Tool     string
	Name     string
	Client   string
	Schedule string
	Kind     backup.Kind // of its last run
	Format   string      // that reported it last
	Source   int64       // that reported it last
	Reported string      // that source's name
	Known    bool        // the format knows it as vital

	First, Last time.Time // starts (else ends) of its first and last run; zero for none with a time
	LastOutcome backup.Outcome
	Runs        int
	Usual       expect.Usual // of its last runs, in the zone of its expectation, else of its source

	Settings RoutineSettings
}

// Vital tells whether it counts as vital.
func (r RoutineRow) Vital() bool { return r.Settings.IsVital(r.Known) }

// RoutineIDs gives the ids of all that match, sorted; with a Limit, the first of them.
func (d *Desk) RoutineIDs(ctx context.Context, actor Actor, q RoutineQuery) ([]int64, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.RoutineIDs(ctx, scope, q)
}

// RoutineRows gives the rows of the ids, in their order.
func (d *Desk) RoutineRows(ctx context.Context, actor Actor, ids []int64) ([]RoutineRow, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.RoutineRows(ctx, scope, ids)
}
