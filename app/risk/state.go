package risk

import (
	"slices"

	"backstop/app/incident"
	"backstop/app/say"
)

// Action is what a person may ask of a risk.
type Action uint8

// The actions of DESIGN.md 8, and the way back.
const (
	ToAssign Action = iota + 1
	ToProgress
	ToClose
	ToIgnore
	ToReopen
)

var whileOpen = []Action{ToAssign, ToProgress, ToClose, ToIgnore}

// allowed is the state machine: what each state lets a person do.
var allowed = map[State][]Action{
	New:        whileOpen,
	InProgress: whileOpen,
	Closed:     {ToReopen},
	Ignored:    {ToReopen},
}

// Allowed tells whether an action is available and, if not, says why in words for people. Rules refuse by it, and windows
// grey their buttons by it. Nothing but assigning is available while a risk belongs to nobody.
func Allowed(r Risk, a Action) (ok bool, why string) {
	if err := unavailable(r, a); err != nil {
		return false, say.Err(err)
	}
	return true, ""
}

func unavailable(r Risk, a Action) error {
	switch {
	case !slices.Contains(allowed[r.State], a) && a == ToReopen:
		return say.Error("risk %d is not resolved", r.ID)
	case !slices.Contains(allowed[r.State], a):
		return say.Error("risk %d is resolved: reopen it first", r.ID)
	case a != ToAssign && r.Assignee == "":
		return say.Error("assign risk %d to somebody first", r.ID)
	}
	return nil
}

// refuse is the error of a rule that does not apply.
func refuse(why error) error { return say.Error("%w: %w", why, incident.ErrNotAllowed) }

// check refuses what is not available.
func check(r Risk, a Action) error {
	if why := unavailable(r, a); why != nil {
		return refuse(why)
	}
	return nil
}
