package desk

import (
	"context"

	"backstop/app/incident"
)

// Execution gives everything about one execution; ErrNotFound when there is none of that id.
func (d *Desk) Execution(ctx context.Context, actor Actor, id int64) (ExecutionDetail, error) {
	scope, err := d.may(ctx, actor, ToSeeRuns)
	if err != nil {
		return ExecutionDetail{}, err
	}
	detail, err := d.store.Execution(ctx, scope, incident.ExecutionID(id))
	if _, no := d.may(ctx, actor, ToSeeAll); no != nil {
		detail.Opened, detail.MadeGood = nil, nil // incidents are more than a run
	}
	return detail, err
}
