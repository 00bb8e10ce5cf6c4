package incident

import (
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Wait is what a hold needs.
type Wait struct {
	Team  string    // the external team that must act
	Note  string    // on what
	Until time.Time // when the incident comes back by itself
}

// Hold is Update Status to On Hold. One that is on hold already gets a new team, note and time.
func Hold(in Incident, w Wait, actor string, now time.Time) (Change, error) {
	if err := check(in, ToHold); err != nil {
		return Change{}, err
	}
	team, note, until := line(w.Team), words(w.Note), w.Until.UTC().Truncate(time.Millisecond)
	switch {
	case team == "":
		return Change{}, refuse(say.Error("name the team that must act"))
	case note == "":
		return Change{}, refuse(say.Error("a note is needed: what is waited for?"))
	case w.Until.IsZero():
		return Change{}, refuse(say.Error("a date and a time are needed: when does it come back?"))
	case !until.After(now):
		return Change{}, refuse(say.Error("the hold must end in the future"))
	}
	after := in
	after.State, after.Team, after.Until = OnHold, team, until
	return record(in, after, held, actor, now, timeline.Said(say.N("note"), note)), nil
}

// Resume brings back an incident whose hold has come due as judged; its assignee stays. Both the due time and now, when it
// was applied, are recorded, since the program may have been closed in between.
func Resume(in Incident, judged, now time.Time) (Change, error) {
	switch {
	case in.State == Merged:
		return Change{}, refuse(notNow(in, ToHold))
	case in.State != OnHold:
		return Change{}, refuse(say.Error("%d is not on hold", in.ID))
	case !in.HoldIsDue(judged):
		return Change{}, refuse(say.Error("the hold of %d ends at %s", in.ID, instant(in.Until)))
	}
	return record(in, in.awake(), "resumed", timeline.System, now,
		timeline.Said(say.N("due"), instant(in.Until)), timeline.Said(say.N("applied"), instant(now))), nil
}

// HoldIsDue tells whether the incident is on hold and its time has come.
func (in Incident) HoldIsDue(judged time.Time) bool {
	return in.State == OnHold && !in.Until.After(judged)
}
