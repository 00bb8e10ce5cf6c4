package incident

import (
	"time"

	"backstop/app/say"
)

// Assign gives the incident to a user, or to nobody with an empty name.
func Assign(in Incident, user, actor string, now time.Time) (Change, error) {
	if err := check(in, ToAssign); err != nil {
		return Change{}, err
	}
	after := in
	after.Assignee = line(user)
	switch {
	case after.Assignee != in.Assignee:
		return record(in, after, "assigned", actor, now), nil
	case in.Assignee == "":
		return Change{}, refuse(say.Error("%d is assigned to nobody already", in.ID))
	}
	return Change{}, refuse(say.Error("%d is assigned to %s already", in.ID, in.Assignee))
}
