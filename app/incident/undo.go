package incident

import (
	"fmt"
	"slices"
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// undoTime is how long a step can be undone.
const undoTime = 10 * time.Minute

// undoable are the steps that can be undone. Assigning, closing and merging have a way back of their own.
var undoable = []string{renamed, noted, progressed, held}

// Undo takes back a rename, a note or a status change. last is the newest entry on the incident: it must be that step, by the
// same user, ten minutes old at most. Nothing is deleted: the undoing is an entry too.
func Undo(in Incident, last timeline.Entry, actor string, now time.Time) (Change, error) {
	if err := check(in, ToUndo); err != nil {
		return Change{}, err
	}
	switch {
	case last.Subject != timeline.Incident || last.SubjectID != int64(in.ID) || !slices.Contains(undoable, last.Action):
		return Change{}, refuse(say.Error("the last step on %d cannot be undone", in.ID))
	case last.Actor != actor:
		return Change{}, refuse(say.Error("the last step on %d is by %s, who alone can undo it", in.ID, last.Actor))
	case now.Sub(last.At) > undoTime:
		return Change{}, refuse(say.Error("the last step on %d is more than ten minutes old", in.ID))
	}
	after, err := in.before(last.Details)
	if err != nil {
		return Change{}, err
	}
	said := []timeline.Detail{timeline.Said(say.N("step"), last.Action), timeline.Said(say.N("entry"), fmt.Sprint(last.Seq))}
	for _, d := range last.Details {
		if d.Name == "note" {
			said = append(said, timeline.Changed(say.N("note"), d.To, ""))
		}
	}
	return record(in, after, "undone", actor, now, said...), nil
}

// before is the incident as it was before a step with these details.
func (in Incident) before(details []timeline.Detail) (Incident, error) {
	for _, d := range details {
		var err error
		switch d.Name {
		case "title":
			in.Title = d.From
		case "assignee":
			in.Assignee = d.From
		case "team":
			in.Team = d.From
		case "state":
			in.State, err = ParseState(d.From)
		case "until":
			in.Until, err = parseInstant(d.From)
		}
		if err != nil {
			return in, say.Error("undo of %s: %w", d.Name, err)
		}
	}
	return in, nil
}

// parseInstant reads what instant writes.
func parseInstant(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}
