package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Login is a user with what is kept to recognise them.
type Login struct {
	User     people.User
	Password string // hashed
	OneTime  bool   // somebody else gave it: it must be changed
	Failures []time.Time
}

// SignedIn is who signed in.
type SignedIn struct {
	Actor   Actor
	User    people.User
	OneTime bool // nothing is possible before another password is chosen
}

// errWrong does not tell which of the two is wrong.
var errWrong = say.Error("the name or the password is wrong")

// SignInNeeded tells whether people must say who they are.
func (d *Desk) SignInNeeded(ctx context.Context) (bool, error) {
	s, err := d.store.Standing(ctx, 0)
	return people.SignInNeeded(s.Users), err
}

// SignIn lets a user act under their own name. Every try is on record; after some failures the next one has to wait.
func (d *Desk) SignIn(ctx context.Context, name, password string) (SignedIn, error) {
	name = strings.TrimSpace(backup.Clean(name))
	l, err := d.store.Login(ctx, name)
	if errors.Is(err, ErrNotFound) {
		return SignedIn{}, d.stranger(ctx, name)
	}
	if err != nil {
		return SignedIn{}, err
	}
	if err := d.recognise(ctx, l, password); err != nil {
		return SignedIn{}, err
	}
	actor := Actor{Name: l.User.Name, user: l.User.ID}
	err = d.store.ChangeLogin(ctx, l.User.ID, func(now Login) (Login, []timeline.Entry, error) {
		now.Failures = nil
		return now, d.entries(actor, timeline.User, say.N("signed in"), timeline.Said(say.N("name"), l.User.Name)), nil
	})
	return SignedIn{Actor: actor, User: l.User, OneTime: l.OneTime}, err
}

// recognise checks a password. A wrong one counts, and is on record.
func (d *Desk) recognise(ctx context.Context, l Login, password string) error {
	now := d.instant()
	if wait := people.Wait(l.Failures, now); wait > 0 {
		return say.Error("there were %d failures; try again in %s", len(people.Recent(l.Failures, now)), wait.Round(time.Second))
	}
	right := people.Matches(password, l.Password)
	if right && l.User.Active {
		return nil
	}
	why := "wrong password"
	if right {
		why = "deactivated"
	}
	err := d.store.ChangeLogin(ctx, l.User.ID, func(stored Login) (Login, []timeline.Entry, error) {
		stored.Failures = append(people.Recent(stored.Failures, now), now)
		return stored, d.failed(l.User.Name, why), nil
	})
	switch {
	case err != nil:
		return err
	case right:
		return say.Error("%s was deactivated; an Admin can change that", l.User.Name)
	}
	return errWrong
}

// stranger puts on record that somebody tried a name that nobody has.
func (d *Desk) stranger(ctx context.Context, name string) error {
	d.signing.Lock()
	defer d.signing.Unlock()
	now := d.instant()
	if wait := people.Wait(d.strangers, now); wait > 0 {
		return say.Error("there were %d failures; try again in %s", len(people.Recent(d.strangers, now)), wait.Round(time.Second))
	}
	d.strangers = append(people.Recent(d.strangers, now), now)
	if err := d.store.Record(ctx, d.failed(name, "no such user")); err != nil {
		return err
	}
	return errWrong
}

// failed is the entry of a failed sign-in: nobody did it, as far as one knows.
func (d *Desk) failed(name, why string) []timeline.Entry {
	return d.entries(System(), timeline.User, "sign-in failed", timeline.Said(say.N("name"), name), timeline.Said(say.N("why"), why))
}

// SignOut puts on record that somebody left the desk.
func (d *Desk) SignOut(ctx context.Context, actor Actor) error {
	if actor.user == 0 {
		return nil // nobody had signed in
	}
	entries := d.entries(actor, timeline.User, say.N("signed out"), timeline.Said(say.N("name"), actor.Name))
	entries[0].SubjectID = int64(actor.user)
	return d.store.Record(ctx, entries)
}

// ChangePassword has a user choose a password of their own.
func (d *Desk) ChangePassword(ctx context.Context, actor Actor, old, password string) error {
	if _, err := d.may(ctx, actor, ToSetOwnPassword); err != nil {
		return err
	}
	l, err := d.store.Login(ctx, actor.Name)
	if err != nil || l.User.ID != actor.user {
		return errors.Join(say.Error("only somebody who signed in has a password to change"), err)
	}
	if err := d.recognise(ctx, l, old); err != nil {
		return err
	}
	if err := people.CheckPassword(password, l.User.Name); err != nil {
		return err
	}
	if people.Matches(password, l.Password) {
		return say.Error("that is the password there is; choose another")
	}
	hashed := d.cost.Hash(password)
	return d.store.ChangeLogin(ctx, l.User.ID, func(now Login) (Login, []timeline.Entry, error) {
		now.Password, now.OneTime, now.Failures = hashed, false, nil
		return now, d.entries(actor, timeline.User, say.N("password changed"), timeline.Said(say.N("name"), l.User.Name)), nil
	})
}

// Role is what the actor is: an Admin where nobody signs in.
func (d *Desk) Role(ctx context.Context, actor Actor) (people.Role, error) {
	if actor.as != people.NoRole {
		return actor.as, nil
	}
	s, err := d.store.Standing(ctx, actor.user)
	if err == nil && !people.SignInNeeded(s.Users) {
		return people.Admin, nil
	}
	return s.User.Role, err
}

const idleLock = "users.lock"

// usualLock is how long nobody may touch anything until the desk is locked, where nobody said otherwise.
const usualLock = 15 * time.Minute

// LockAfter is how long nobody may touch anything until the desk is locked; 0 is never.
func (d *Desk) LockAfter(ctx context.Context) (time.Duration, error) {
	minutes := int64(usualLock / time.Minute)
	err := d.store.Setting(ctx, idleLock, &minutes)
	return time.Duration(minutes) * time.Minute, err
}

// SetLock changes after how long the desk is locked.
func (d *Desk) SetLock(ctx context.Context, actor Actor, after time.Duration) error {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return err
	}
	if after < 0 || after > 24*time.Hour {
		return say.Error("choose between a minute and a day, or never")
	}
	before, err := d.LockAfter(ctx)
	if err != nil || before == after {
		return err
	}
	entries := d.entries(actor, timeline.Setting, say.N("lock changed"), timeline.Changed(say.N("locked after"), lockWords(before), lockWords(after)))
	if err = d.store.SaveSetting(ctx, idleLock, int64(after/time.Minute), entries); err == nil {
		d.publish(Event{Users: true})
	}
	return err
}

func lockWords(after time.Duration) string {
	if after == 0 {
		return "never"
	}
	return after.String()
}
