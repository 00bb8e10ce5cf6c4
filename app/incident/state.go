package incident

import (
	"slices"

	"backstop/app/say"
)

// Action is what a person may ask of an incident.
type Action uint8

// The actions of DESIGN.md 5. ToMerge stands for both sides of a merge, ToSee for putting "evidence changed" aside.
const (
	ToRename Action = iota + 1
	ToProgress
	ToHold
	ToNote
	ToAssign
	ToClose
	ToMerge
	ToUnmerge
	ToReopen
	ToSee
	ToUndo
)

var whileOpen = []Action{ToRename, ToProgress, ToHold, ToNote, ToAssign, ToClose, ToMerge, ToUndo}

// allowed is the state machine: what each state lets a person do.
var allowed = map[State][]Action{
	New:        whileOpen,
	InProgress: whileOpen,
	OnHold:     whileOpen,
	Closed:     {ToNote, ToReopen, ToSee, ToUndo},
	Merged:     {ToUnmerge},
}

// Allowed tells whether an action is available and, if not, says why in words for people. Rules refuse by it, and windows
// grey their buttons by it.
func Allowed(in Incident, a Action) (ok bool, why string) {
	if err := unavailable(in, a); err != nil {
		return false, say.Err(err)
	}
	return true, ""
}

func unavailable(in Incident, a Action) error {
	switch {
	case !slices.Contains(allowed[in.State], a):
		return notNow(in, a)
	case a == ToUnmerge && in.Closing != NotClosed:
		return say.Error("%d was closed with %d: reopen %d first", in.ID, in.Into, in.Into)
	case a == ToSee && !in.EvidenceChanged:
		return say.Error("no later evidence contradicts how %d was closed", in.ID)
	}
	return nil
}

// notNow says why a state does not let a person do something.
func notNow(in Incident, a Action) error {
	switch {
	case in.State == Merged:
		return say.Error("%d is merged into %d: open that one", in.ID, in.Into)
	case a == ToUnmerge:
		return say.Error("%d is not merged into another", in.ID)
	case a == ToReopen || a == ToSee:
		return say.Error("%d is not closed", in.ID)
	}
	return say.Error("%d is closed: reopen it first", in.ID)
}

// refuse is the error of a rule that does not apply.
func refuse(why error) error { return say.Error("%w: %w", why, ErrNotAllowed) }

// check refuses what is not available.
func check(in Incident, a Action) error {
	if why := unavailable(in, a); why != nil {
		return refuse(why)
	}
	return nil
}
