package desk

import (
	"context"
	"iter"
	"slices"
	"time"

	"backstop/app/incident"
	"backstop/app/timeline"
)

// IncidentIDs gives the ids of all that match, sorted; with a Limit, the first of them and what is unfolded behind those.
func (d *Desk) IncidentIDs(ctx context.Context, actor Actor, q IncidentQuery) ([]int64, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	ids, err := d.store.IncidentIDs(ctx, scope, q.At(d.judged(actor)))
	if err != nil || !q.WithoutMerged {
		return ids, err
	}
	for _, destination := range q.Unfolded {
		at := slices.Index(ids, destination)
		if at < 0 {
			continue
		}
		merged, err := d.store.IncidentIDs(ctx, scope, IncidentQuery{Into: destination})
		if err != nil {
			return nil, err
		}
		ids = slices.Insert(ids, at+1, merged...)
	}
	return ids, nil
}

// IncidentRows gives the rows of the ids, in their order.
func (d *Desk) IncidentRows(ctx context.Context, actor Actor, ids []int64) ([]IncidentRow, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.IncidentRows(ctx, scope, ids)
}

// Incident gives everything about one incident.
func (d *Desk) Incident(ctx context.Context, actor Actor, id int64) (Detail, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return Detail{}, err
	}
	return d.store.Incident(ctx, scope, incident.ID(id))
}

// Explanations tell why incidents were opened by the sweep; those that have none are left out.
func (d *Desk) Explanations(ctx context.Context, actor Actor, ids []int64) (map[int64]Explanation, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.Explanations(ctx, scope, ids)
}

// Incidents gives incidents with those merged into them, as the rules see them.
func (d *Desk) Incidents(ctx context.Context, actor Actor, ids []int64) ([]incident.Incident, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.Incidents(ctx, scope, incidentIDs(ids))
}

// Log gives the tool's own lines about an execution.
func (d *Desk) Log(ctx context.Context, actor Actor, execution int64) ([]byte, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return nil, err
	}
	return d.store.Log(ctx, scope, incident.ExecutionID(execution))
}

// ExecutionIDs gives the ids of all that match, sorted; with a Limit, the first of them.
func (d *Desk) ExecutionIDs(ctx context.Context, actor Actor, q ExecutionQuery) ([]int64, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return nil, err
	}
	if q.Last > 0 {
		q.From = d.judged(actor).Add(-q.Last)
	}
	return d.store.ExecutionIDs(ctx, scope, q)
}

// ExecutionRows gives the rows of the ids, in their order.
func (d *Desk) ExecutionRows(ctx context.Context, actor Actor, ids []int64) ([]ExecutionRow, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return nil, err
	}
	return d.store.ExecutionRows(ctx, scope, ids)
}

// ExecutionChoices lists what filters of executions can offer.
func (d *Desk) ExecutionChoices(ctx context.Context, actor Actor) (ExecutionChoices, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return ExecutionChoices{}, err
	}
	return d.store.ExecutionChoices(ctx, scope)
}

// Executions yields executions sorted by start (else end), then id, those without either last; the query's own order and limit
// do not count.
func (d *Desk) Executions(ctx context.Context, actor Actor, q ExecutionQuery) iter.Seq2[ExecutionRow, error] {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return func(yield func(ExecutionRow, error) bool) { yield(ExecutionRow{}, err) }
	}
	if q.Last > 0 {
		q.From = d.judged(actor).Add(-q.Last)
	}
	return d.store.Executions(ctx, scope, q)
}

// Figures counts what stands above the table.
func (d *Desk) Figures(ctx context.Context, actor Actor) (Figures, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return Figures{}, err
	}
	f, err := d.store.Figures(ctx, scope, d.judged(actor))
	if err != nil {
		return f, err
	}
	passed, err := d.passedOver(ctx, scope)
	for _, n := range passed {
		f.Rejected -= n
	}
	if err != nil {
		return f, err
	}
	gone, err := d.Forgotten(ctx, actor)
	if len(gone.Files) > 0 {
		f.Questions++
	}
	return f, err
}

// Choices lists what filters can offer.
func (d *Desk) Choices(ctx context.Context, actor Actor) (Choices, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return Choices{}, err
	}
	return d.store.Choices(ctx, scope)
}

// Timeline reads the record, newest first.
func (d *Desk) Timeline(ctx context.Context, actor Actor, q TimelineQuery) ([]timeline.Entry, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	return d.store.Timeline(ctx, scope, q)
}

// TimelineChoices lists what filters of the record can offer.
func (d *Desk) TimelineChoices(ctx context.Context, actor Actor) (TimelineChoices, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return TimelineChoices{}, err
	}
	return d.store.TimelineChoices(ctx, scope)
}

// Week is what "this week" means in figures: the last seven days.
const Week = 7 * 24 * time.Hour
