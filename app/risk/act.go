package risk

import (
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Assigned is the word of the entry that makes a risk somebody's; before it nobody can do anything else.
const Assigned = "assigned"

// Assign gives a risk to a user, which has to come before everything else. It can be handed over, not dropped.
func Assign(r Risk, user, actor string, now time.Time) (Change, error) {
	if err := check(r, ToAssign); err != nil {
		return Change{}, err
	}
	after := r
	after.Assignee = backup.Line(user)
	switch after.Assignee {
	case "":
		return Change{}, refuse(say.Error("name who takes risk %d over", r.ID))
	case r.Assignee:
		return Change{}, refuse(say.Error("risk %d is assigned to %s already", r.ID, r.Assignee))
	}
	return record(r, after, Assigned, actor, now), nil
}

// Progress is Update Status: a note on how far the work has come.
func Progress(r Risk, note, actor string, now time.Time) (Change, error) {
	return step(r, ToProgress, InProgress, "progressed", timeline.Said(say.N("note"), backup.Words(note)), say.Error("a note is needed: how far has it come?"), actor, now)
}

// Close ends a risk with what was done about it.
func Close(r Risk, solution, actor string, now time.Time) (Change, error) {
	return step(r, ToClose, Closed, "closed", timeline.Said(say.N("solution"), backup.Words(solution)), say.Error("a solution is needed: what was done?"), actor, now)
}

// Ignore ends a risk that is normal behaviour of the environment; why is on record, and what was ignored counts as usual from
// then on.
func Ignore(r Risk, why, actor string, now time.Time) (Change, error) {
	return step(r, ToIgnore, Ignored, "ignored", timeline.Said(say.N("reason"), backup.Words(why)), say.Error("a reason is needed: why is this normal?"), actor, now)
}

// Reopen brings a resolved risk back, with a reason; it stays with whom it was. others are the risks about the same: while one
// of them is open it would be there twice.
func Reopen(r Risk, others []Risk, reason, actor string, now time.Time) (Change, error) {
	for _, o := range others {
		if o.ID != r.ID && !o.State.Resolved() && o.Key() == r.Key() {
			return Change{}, refuse(say.Error("risk %d is open for the same: act on that one", o.ID))
		}
	}
	return step(r, ToReopen, InProgress, "reopened", timeline.Said(say.N("reason"), backup.Words(reason)), say.Error("a reason is needed: why is it open again?"), actor, now)
}

// step leads to a state with something said, which must not be empty.
func step(r Risk, a Action, to State, action string, said timeline.Detail, needed error, actor string, now time.Time) (Change, error) {
	if err := check(r, a); err != nil {
		return Change{}, err
	}
	if said.To == "" {
		return Change{}, refuse(needed)
	}
	after := r
	after.State, after.Solution, after.Resolved = to, "", time.Time{}
	if to.Resolved() {
		after.Solution, after.Resolved = said.To, now
	}
	return record(r, after, action, actor, now, said), nil
}

// record makes the Change from before to after: one entry with the state and the assignee where they differ, then what was said.
func record(before, after Risk, action, actor string, now time.Time, said ...timeline.Detail) Change {
	var details []timeline.Detail
	for _, p := range []struct{ name, from, to string }{
		{"state", before.State.String(), after.State.String()},
		{"assignee", before.Assignee, after.Assignee},
		{"company", before.Company, after.Company},
		{"category", before.Category, after.Category},
	} {
		if p.from != p.to {
			details = append(details, timeline.Changed(p.name, p.from, p.to))
		}
	}
	return Change{after, []timeline.Entry{{
		Subject: timeline.Risk, SubjectID: int64(after.ID), At: now, Actor: actor, Action: action, Details: append(details, said...),
	}}}
}
