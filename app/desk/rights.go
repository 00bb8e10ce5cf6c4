package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backstop/app/people"
	"backstop/app/say"
)

// Right is one kind of thing that somebody may do. Every use case needs one.
type Right uint8

// The rights, from looking to ruling.
const (
	ToSeeRuns        Right = iota + 1 // executions, their logs, and the panel
	ToSeeAll                          // everything else that is shown: incidents, risks, figures, routines, sources, settings, the timeline
	ToReport                          // write figures, workbooks and hand-overs into files
	ToHandle                          // act on incidents and risks
	ToKeepViews                       // keep views and templates of reports for everybody
	ToImport                          // bring files, and answer what they ask
	ToAdminister                      // sources, settings, calendars, schedules, the clock
	ToTeach                           // mappings for files that no format claims
	ToSweep                           // judge what is due
	ToVerify                          // check the chain
	ToCopy                            // write a copy of everything
	ToSeeUsers                        // who works here
	ToManageUsers                     // users, branches, and what each may see
	ToResetPassword                   // give a new first password to somebody who lost theirs
	ToSetOwnPassword                  // change one's own password
)

var rightWords = map[Right]string{
	ToSeeRuns: say.N("looking at executions and the panel"), ToSeeAll: say.N("looking at more than executions and the panel"), ToReport: say.N("writing reports"),
	ToHandle: say.N("handling incidents and risks"), ToKeepViews: say.N("keeping views and templates"), ToImport: say.N("importing files"), ToAdminister: say.N("changing sources and settings"),
	ToTeach: say.N("teaching mappings"), ToSweep: say.N("sweeping"), ToVerify: say.N("checking the chain"), ToCopy: say.N("copying the database"), ToSeeUsers: say.N("the list of users"),
	ToManageUsers: say.N("managing users and branches"), ToResetPassword: say.N("resetting a password from the command line"), ToSetOwnPassword: say.N("changing a password of one's own"),
}

func (r Right) String() string { return rightWords[r] }

// Rights are all there are.
func Rights() []Right {
	var all []Right
	for r := ToSeeRuns; r <= ToSetOwnPassword; r++ {
		all = append(all, r)
	}
	return all
}

// rights is the one table of who may do what. What is not here is refused.
var rights = map[people.Role][]Right{
	people.Admin: {
		ToSeeRuns, ToSeeAll, ToReport, ToHandle, ToKeepViews, ToImport, ToAdminister, ToTeach, ToSweep, ToVerify, ToCopy, ToSeeUsers, ToManageUsers, ToSetOwnPassword,
	},
	people.Operator:    {ToSeeRuns, ToSeeAll, ToReport, ToHandle, ToKeepViews, ToImport, ToVerify, ToSetOwnPassword},
	people.Manager:     {ToSeeRuns, ToSeeAll, ToReport, ToVerify, ToSeeUsers, ToSetOwnPassword},
	people.Client:      {ToSeeRuns, ToSetOwnPassword},
	people.CommandLine: {ToSeeRuns, ToSeeAll, ToReport, ToImport, ToTeach, ToSweep, ToVerify, ToCopy, ToSeeUsers, ToResetPassword},
	people.System:      {ToSeeRuns, ToSeeAll, ToReport, ToImport, ToSweep, ToVerify, ToCopy},
}

// Allows tells whether a role has a right and, if not, says why in words for people.
func Allows(role people.Role, r Right) (ok bool, why string) {
	if slices.Contains(rights[role], r) {
		return true, ""
	}
	return false, refused{role, r}.why(say.T, say.W)
}

// refused is a right that a role does not have.
type refused struct {
	role  people.Role
	right Right
}

func (x refused) Error() string { return x.why(fmt.Sprintf, say.N) + ": " + ErrNoRight.Error() }

// Say implements say.Sayer.
func (x refused) Say() string { return x.why(say.T, say.W) + ": " + say.Err(ErrNoRight) }

// Unwrap has it be an ErrNoRight.
func (x refused) Unwrap() error { return ErrNoRight }

func (x refused) why(tell func(string, ...any) string, word func(string) string) string {
	var who []string
	for _, other := range people.Roles {
		if slices.Contains(rights[other], x.right) {
			who = append(who, word(other.String()))
		}
	}
	right := word(x.right.String())
	if len(who) == 0 {
		return tell(say.N("%s is not done from here"), right)
	}
	whose := who[0]
	if last := len(who) - 1; last > 0 {
		whose = tell(say.N("%s or %s"), strings.Join(who[:last], ", "), who[last])
	}
	if x.role == people.Manager {
		return tell(say.N("a Manager sees everything and changes nothing: %s is for %s"), right, whose)
	}
	return tell(say.N("%s is for %s"), right, whose)
}

// Errors of who asks.
var (
	ErrNoRight = say.Error("not for this role")
	ErrSignIn  = say.Error("sign in first")
)

// Standing is what decides over an actor: how many users there are, and the one who acts.
type Standing struct {
	Users   int
	User    people.User // the zero user where the number is nobody's
	Sight   Sight
	Through []Window // the virtual locations that the user belongs to
	OneTime bool     // the password was given by somebody else, and must be changed
}

// may asks whether the actor has a right, and gives what they may see. No use case goes on without it.
func (d *Desk) may(ctx context.Context, actor Actor, r Right) (Scope, error) {
	if actor.as != people.NoRole {
		return everything, allowed(actor.as, r)
	}
	s, err := d.store.Standing(ctx, actor.user)
	switch {
	case err != nil:
		return Scope{}, say.Error("rights of %s: %w", actor.Name, err)
	case !people.SignInNeeded(s.Users):
		return everything, allowed(people.Admin, r)
	case s.User.ID == 0:
		return Scope{}, ErrSignIn
	case !s.User.Active:
		return Scope{}, say.Error("%s was deactivated: %w", s.User.Name, ErrNoRight)
	case s.OneTime && r != ToSetOwnPassword:
		return Scope{}, say.Error("choose a password of your own first: %w", ErrNoRight)
	}
	return s.scope(), allowed(s.User.Role, r)
}

func allowed(role people.Role, r Right) error {
	if !slices.Contains(rights[role], r) {
		return refused{role, r}
	}
	return nil
}
