package incident

import (
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Progress is Update Status to In Progress, with a service note on who attends and what is done. The actor may take the
// incident over in the same step. One that is in progress already may be reported on.
func Progress(in Incident, note string, takeOver bool, actor string, now time.Time) (Change, error) {
	if err := check(in, ToProgress); err != nil {
		return Change{}, err
	}
	if note = words(note); note == "" {
		return Change{}, refuse(say.Error("a service note is needed: who attends, and what is done?"))
	}
	after := in.awake()
	if takeOver {
		after.Assignee = actor
	}
	return record(in, after, progressed, actor, now, timeline.Said(say.N("note"), note)), nil
}

// awake is the incident in progress, whatever it waited for.
func (in Incident) awake() Incident {
	in.State, in.Team, in.Until = InProgress, "", time.Time{}
	return in
}
