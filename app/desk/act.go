package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// oneRule is a rule about a single incident.
type oneRule func(in incident.Incident, now time.Time) (incident.Change, error)

// groupRule is a rule about an incident and those merged into it.
type groupRule func(in incident.Incident, now time.Time) ([]incident.Change, error)

// Rename gives an incident another title.
func (d *Desk) Rename(ctx context.Context, actor Actor, id int64, title string) error {
	return d.each(ctx, actor, []int64{id}, func(in incident.Incident, now time.Time) (incident.Change, error) {
		return incident.Rename(in, title, actor.Name, now)
	})
}

// Progress puts incidents In Progress with a service note; the actor may take them over. All of them or none.
func (d *Desk) Progress(ctx context.Context, actor Actor, ids []int64, note string, takeOver bool) error {
	return d.each(ctx, actor, ids, func(in incident.Incident, now time.Time) (incident.Change, error) {
		return incident.Progress(in, note, takeOver, actor.Name, now)
	})
}

// Hold puts incidents On Hold until a time. The team is remembered for the next time.
func (d *Desk) Hold(ctx context.Context, actor Actor, ids []int64, w incident.Wait) error {
	err := d.each(ctx, actor, ids, func(in incident.Incident, now time.Time) (incident.Change, error) {
		return incident.Hold(in, w, actor.Name, now)
	})
	if err != nil {
		return err
	}
	return d.remember(ctx, strings.TrimSpace(w.Team))
}

// Note adds a service note to incidents.
func (d *Desk) Note(ctx context.Context, actor Actor, ids []int64, note string) error {
	return d.each(ctx, actor, ids, func(in incident.Incident, now time.Time) (incident.Change, error) {
		return incident.Note(in, note, actor.Name, now)
	})
}

// Assign gives incidents to a person, or to nobody.
func (d *Desk) Assign(ctx context.Context, actor Actor, ids []int64, to string) error {
	to, err := d.handler(ctx, to)
	if err != nil {
		return err
	}
	return d.each(ctx, actor, ids, func(in incident.Incident, now time.Time) (incident.Change, error) {
		return incident.Assign(in, to, actor.Name, now)
	})
}

// Seen lets a closing stand although later evidence contradicts it; the note says why.
func (d *Desk) Seen(ctx context.Context, actor Actor, id int64, note string) error {
	return d.each(ctx, actor, []int64{id}, func(in incident.Incident, now time.Time) (incident.Change, error) {
		return incident.Seen(in, note, actor.Name, now)
	})
}

// Close closes incidents as Success or Missed; those merged into one inherit.
func (d *Desk) Close(ctx context.Context, actor Actor, ids []int64, as incident.Closing, a incident.Account, progress Progress) error {
	if _, err := d.may(ctx, actor, ToHandle); err != nil {
		return err
	}
	if err := d.checkCategory(ctx, a.Category); err != nil {
		return err
	}
	return d.groups(ctx, actor, ids, progress, func(in incident.Incident, now time.Time) ([]incident.Change, error) {
		return incident.Close(in, as, a, actor.Name, now)
	})
}

// Reopen brings a closed incident back, with a reason.
func (d *Desk) Reopen(ctx context.Context, actor Actor, id int64, reason string) error {
	return d.groups(ctx, actor, []int64{id}, nil, func(in incident.Incident, now time.Time) ([]incident.Change, error) {
		return incident.Reopen(in, reason, actor.Name, now)
	})
}

// Undo takes back the actor's own last step on an incident, unless something happened to it since.
func (d *Desk) Undo(ctx context.Context, actor Actor, id int64) error {
	if _, err := d.may(ctx, actor, ToHandle); err != nil {
		return err
	}
	last, err := d.lastEntry(ctx, actor, id)
	if err != nil {
		return err
	}
	return d.each(ctx, actor, []int64{id}, func(in incident.Incident, now time.Time) (incident.Change, error) {
		if in.Newest != last.Seq {
			return incident.Change{}, say.Error("something happened to %d in between: %w", id, incident.ErrNotAllowed)
		}
		return incident.Undo(in, last, actor.Name, now)
	})
}

// CanUndo tells whether the actor could take back the last step on an incident, and which it is.
func (d *Desk) CanUndo(ctx context.Context, actor Actor, id int64) (step string, ok bool) {
	if _, err := d.may(ctx, actor, ToHandle); err != nil {
		return "", false
	}
	last, err := d.lastEntry(ctx, actor, id)
	if err != nil {
		return "", false
	}
	detail, err := d.Incident(ctx, actor, id)
	if err != nil {
		return "", false
	}
	_, err = incident.Undo(detail.Incident, last, actor.Name, d.instant())
	return last.Action, err == nil
}

func (d *Desk) lastEntry(ctx context.Context, actor Actor, id int64) (timeline.Entry, error) {
	entries, err := d.Timeline(ctx, actor, TimelineQuery{Subject: timeline.Incident, SubjectID: id, Limit: 1})
	if err != nil {
		return timeline.Entry{}, err
	}
	if len(entries) == 0 {
		return timeline.Entry{}, say.Error("incident %d: %w", id, ErrNotFound)
	}
	return entries[0], nil
}

// each applies a rule to every incident, in one transaction: all or nothing.
func (d *Desk) each(ctx context.Context, actor Actor, ids []int64, rule oneRule) error {
	return d.groups(ctx, actor, ids, nil, func(in incident.Incident, now time.Time) ([]incident.Change, error) {
		c, err := rule(in, now)
		return []incident.Change{c}, err
	})
}

func (d *Desk) groups(ctx context.Context, actor Actor, ids []int64, progress Progress, rule groupRule) error {
	scope, err := d.may(ctx, actor, ToHandle)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return say.Error("nothing is selected")
	}
	now := d.instant()
	return d.apply(ctx, actor, scope, Want{Incidents: incidentIDs(ids), Progress: progress}, func(l Loaded) ([]incident.Change, error) {
		var changes []incident.Change
		for _, in := range l.Incidents {
			c, err := rule(in, now)
			if err != nil {
				return nil, err
			}
			changes = append(changes, c...)
		}
		return changes, nil
	})
}

func incidentIDs(ids []int64) []incident.ID {
	out := make([]incident.ID, len(ids))
	for i, id := range ids {
		out[i] = incident.ID(id)
	}
	return out
}

// Allowed tells whether an action can be taken on all of the incidents and, if not, why.
func Allowed(ins []incident.Incident, a incident.Action) (ok bool, why string) {
	if len(ins) == 0 {
		return false, say.T("nothing is selected")
	}
	for _, in := range ins {
		if ok, why := incident.Allowed(in, a); !ok {
			return false, why
		}
	}
	return true, ""
}

const teams = "teams"

// Teams are the external teams that were named before, newest first.
func (d *Desk) Teams(ctx context.Context, actor Actor) ([]string, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return d.teams(ctx)
}

func (d *Desk) teams(ctx context.Context) ([]string, error) {
	var names []string
	err := d.store.Setting(ctx, teams, &names)
	return names, err
}

func (d *Desk) remember(ctx context.Context, team string) error {
	const most = 30
	names, err := d.teams(ctx)
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == team })
	names = append([]string{team}, names...)
	return d.store.SaveSetting(ctx, teams, names[:min(len(names), most)], nil)
}
