package desk

import (
	"context"
	"fmt"

	"backstop/app/incident"
)

// Draft is the closing of an incident that somebody began and has not finished.
type Draft struct {
	Closing  incident.Closing
	Account  incident.Account
	Pairs    []incident.Pair `json:",omitempty"`
	TakenOut []incident.ID   `json:",omitempty"`
}

func draftOf(id int64) string { return fmt.Sprintf("draft.close.%d", id) }

// Draft is what was begun for an incident; ok is false where nothing was.
func (d *Desk) Draft(ctx context.Context, actor Actor, id int64) (draft Draft, ok bool, err error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err == nil {
		err = d.seesIncident(ctx, scope, id)
	}
	if err != nil {
		return Draft{}, false, err
	}
	var kept *Draft
	if err := d.store.Setting(ctx, draftOf(id), &kept); err != nil || kept == nil {
		return Draft{}, false, err
	}
	return *kept, true, nil
}

// KeepDraft keeps what was begun for the next time; nil forgets it. It is no entry of the timeline: nothing was decided yet.
func (d *Desk) KeepDraft(ctx context.Context, actor Actor, id int64, draft *Draft) error {
	scope, err := d.may(ctx, actor, ToHandle)
	if err == nil {
		err = d.seesIncident(ctx, scope, id)
	}
	if err != nil {
		return err
	}
	if draft == nil {
		return d.store.SaveSetting(ctx, draftOf(id), nil, nil)
	}
	return d.store.SaveSetting(ctx, draftOf(id), draft, nil)
}
