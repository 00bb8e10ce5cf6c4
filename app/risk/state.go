package risk

import (
	"fmt"
	"slices"

	"backstop/app/incident"
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
	switch {
	case !slices.Contains(allowed[r.State], a) && a == ToReopen:
		return false, fmt.Sprintf("risk %d is not resolved", r.ID)
	case !slices.Contains(allowed[r.State], a):
		return false, fmt.Sprintf("risk %d is resolved: reopen it first", r.ID)
	case a != ToAssign && r.Assignee == "":
		return false, fmt.Sprintf("assign risk %d to somebody first", r.ID)
	}
	return true, ""
}

// refuse is the error of a rule that does not apply; the words say why.
func refuse(format string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), incident.ErrNotAllowed)
}

// check is Allowed as an error.
func check(r Risk, a Action) error {
	if ok, why := Allowed(r, a); !ok {
		return refuse("%s", why)
	}
	return nil
}
