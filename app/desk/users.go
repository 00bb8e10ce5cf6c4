package desk

import (
	"context"
	"strings"

	"backstop/app/backup"
	"backstop/app/incident"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/app/timeline"
)

// UserChange is what a rule about users makes of one of them.
type UserChange struct {
	User     people.User
	Password string // hashed; "" keeps the one there is
	OneTime  bool   // somebody else gave the password
	Entries  []timeline.Entry
}

// Users lists everybody who may sign in or could once, by name.
func (d *Desk) Users(ctx context.Context, actor Actor) ([]people.User, error) {
	if _, err := d.may(ctx, actor, ToSeeUsers); err != nil {
		return nil, err
	}
	return d.store.Users(ctx)
}

// FirstUser makes the actor a user: the Admin, with a password of their own. Nobody has to sign in before there is a second one.
func (d *Desk) FirstUser(ctx context.Context, actor Actor, u people.User, password string) (people.User, error) {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return u, err
	}
	u.ID, u.Role, u.Active = 0, people.Admin, true
	u = tidy(u)
	if err := people.CheckPassword(password, u.Name); err != nil {
		return u, err
	}
	hashed := d.cost.Hash(password)
	return d.saveUser(ctx, func(all []people.User) (UserChange, error) {
		if len(all) > 0 {
			return UserChange{}, say.Error("there is a first user already")
		}
		return UserChange{User: u, Password: hashed, Entries: d.entries(actor, timeline.User, say.N("added"), userSaid(u)...)}, people.Check(u, all)
	})
}

// AddUser makes a user and gives their first password, which is shown once and has to be changed when they sign in.
func (d *Desk) AddUser(ctx context.Context, actor Actor, u people.User) (made people.User, password string, err error) {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return u, "", err
	}
	u.ID, u.Active = 0, true
	u = tidy(u)
	password = people.OneTime()
	hashed := d.cost.Hash(password)
	made, err = d.saveUser(ctx, func(all []people.User) (UserChange, error) {
		if len(all) == 0 {
			return UserChange{}, say.Error("enter yourself first: from the second user on everybody signs in")
		}
		return UserChange{User: u, Password: hashed, OneTime: true, Entries: d.entries(actor, timeline.User, say.N("added"), userSaid(u)...)}, people.Check(u, all)
	})
	return made, password, err
}

// ChangeUser changes a user's e-mail address, role, or whether they are active. The name stays: the record calls them by it.
func (d *Desk) ChangeUser(ctx context.Context, actor Actor, u people.User) error {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return err
	}
	u = tidy(u)
	_, err := d.saveUser(ctx, func(all []people.User) (UserChange, error) {
		before, err := userIn(all, u.ID)
		if err != nil {
			return UserChange{}, err
		}
		u.Name = before.Name
		entries := d.entries(actor, timeline.User, userAction(before, u), userChanges(before, u)...)
		if before == u {
			entries = nil
		}
		return UserChange{User: u, Entries: entries}, people.Check(u, all)
	})
	return err
}

// GivePassword gives a user a new first password, which is shown once.
func (d *Desk) GivePassword(ctx context.Context, actor Actor, id people.ID) (password string, err error) {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return "", err
	}
	return d.givePassword(ctx, func(u people.User) (bool, []timeline.Entry) {
		return u.ID == id, d.entries(actor, timeline.User, say.N("password given"), timeline.Said(say.N("name"), u.Name))
	})
}

// ResetPassword is the way out for an Admin who forgot the password: whoever can write the file can give a new first one, and the record
// tells who did, and why.
func (d *Desk) ResetPassword(ctx context.Context, actor Actor, name, reason string) (password string, err error) {
	if _, err := d.may(ctx, actor, ToResetPassword); err != nil {
		return "", err
	}
	if reason = strings.TrimSpace(backup.Clean(reason)); reason == "" {
		return "", say.Error("say why: it goes on record")
	}
	return d.givePassword(ctx, func(u people.User) (bool, []timeline.Entry) {
		return strings.EqualFold(u.Name, name), d.entries(actor, timeline.User, say.N("password reset"), timeline.Said(say.N("name"), u.Name), timeline.Said(say.N("reason"), reason))
	})
}

func (d *Desk) givePassword(ctx context.Context, to func(people.User) (bool, []timeline.Entry)) (string, error) {
	password := people.OneTime()
	hashed := d.cost.Hash(password)
	_, err := d.saveUser(ctx, func(all []people.User) (UserChange, error) {
		for _, u := range all {
			if is, entries := to(u); is {
				return UserChange{User: u, Password: hashed, OneTime: true, Entries: entries}, nil
			}
		}
		return UserChange{}, say.Error("no user is named so: %w", ErrNotFound)
	})
	return password, err
}

// PassOn gives the open incidents and risks of somebody who left to a successor. It tells how many there were.
func (d *Desk) PassOn(ctx context.Context, actor Actor, from, to string) (n int, err error) {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return 0, err
	}
	if from == "" {
		return 0, say.Error("say whose incidents and risks are passed on")
	}
	ids, err := d.IncidentIDs(ctx, actor, IncidentQuery{Assignee: from, States: OpenStates})
	if err != nil {
		return 0, err
	}
	risks, err := d.RiskIDs(ctx, actor, RiskQuery{Assignee: from})
	if err != nil {
		return 0, err
	}
	if len(ids) > 0 {
		err = d.Assign(ctx, actor, ids, to)
	}
	if err == nil && len(risks) > 0 {
		err = d.AssignRisks(ctx, actor, risks, to)
	}
	return len(ids) + len(risks), err
}

// Handlers are the names of those who can be given incidents and risks; none where nobody signs in.
func (d *Desk) Handlers(ctx context.Context, actor Actor) ([]string, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return d.handlers(ctx)
}

func (d *Desk) handlers(ctx context.Context) ([]string, error) {
	all, err := d.store.Users(ctx)
	if err != nil || !people.SignInNeeded(len(all)) {
		return nil, err
	}
	var names []string
	for _, u := range all {
		if ok, _ := Allows(u.Role, ToHandle); ok && u.Active {
			names = append(names, u.Name)
		}
	}
	return names, nil
}

// handler is the name of the one meant, whatever its case. Where people sign in, nobody else can be given anything.
func (d *Desk) handler(ctx context.Context, name string) (string, error) {
	names, err := d.handlers(ctx)
	if err != nil || len(names) == 0 || strings.TrimSpace(name) == "" {
		return name, err
	}
	for _, n := range names {
		if strings.EqualFold(n, strings.TrimSpace(name)) {
			return n, nil
		}
	}
	return "", say.Error("%q handles no incidents and risks; there are: %s: %w", name, strings.Join(names, ", "), incident.ErrNotAllowed)
}

func (d *Desk) saveUser(ctx context.Context, rule func(all []people.User) (UserChange, error)) (people.User, error) {
	u, err := d.store.SaveUser(ctx, rule)
	if err == nil {
		d.publish(Event{Users: true})
	}
	return u, err
}

// tidy cleans what was typed.
func tidy(u people.User) people.User {
	u.Name = strings.Join(strings.Fields(backup.Clean(u.Name)), " ")
	u.Email = strings.TrimSpace(backup.Clean(u.Email))
	return u
}

func userIn(all []people.User, id people.ID) (people.User, error) {
	for _, u := range all {
		if u.ID == id {
			return u, nil
		}
	}
	return people.User{}, say.Error("user %d: %w", id, ErrNotFound)
}

func userSaid(u people.User) []timeline.Detail {
	return []timeline.Detail{timeline.Said(say.N("name"), u.Name), timeline.Said(say.N("e-mail"), u.Email), timeline.Said(say.N("role"), u.Role.String())}
}

// userAction names a change by what matters most of it.
func userAction(a, b people.User) string {
	switch {
	case a.Active && !b.Active:
		return "deactivated"
	case !a.Active && b.Active:
		return "activated"
	case a.Role != b.Role:
		return "role changed"
	}
	return "changed"
}

func userChanges(a, b people.User) []timeline.Detail {
	details := []timeline.Detail{timeline.Said(say.N("name"), b.Name)}
	if a.Email != b.Email {
		details = append(details, timeline.Changed(say.N("e-mail"), a.Email, b.Email))
	}
	if a.Role != b.Role {
		details = append(details, timeline.Changed(say.N("role"), a.Role.String(), b.Role.String()))
	}
	return details
}
