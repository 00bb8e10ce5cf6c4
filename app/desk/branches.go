package desk

import (
	"context"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Branch is a part of a company; sources belong to one.
type Branch struct {
	ID            int64
	Company, Name string
	Sources       int
}

func (b Branch) String() string {
	switch {
	case b.Company == "":
		return b.Name
	case b.Name == "":
		return b.Company
	}
	return b.Company + " / " + b.Name
}

// Sight is what a user was given to see. An Admin sees everything; a Client what the virtual locations show that they belong to.
type Sight struct {
	Everything bool
	Branches   []int64
}

// Location is a virtual location: what Clients may see of a branch, as far as it is of one of the routines and of one of the clients.
// No routine means all of them, and so do no clients.
type Location struct {
	ID       int64
	Name     string
	Branch   int64
	Routines []string // by name
	Clients  []string // under any of their host's names
	Users    []people.ID
}

// Branches lists all branches by company and name.
func (d *Desk) Branches(ctx context.Context, actor Actor) ([]Branch, error) {
	if _, err := d.may(ctx, actor, ToSeeUsers); err != nil {
		return nil, err
	}
	return d.store.Branches(ctx)
}

// AddBranch makes a branch before a source names it.
func (d *Desk) AddBranch(ctx context.Context, actor Actor, company, name string) error {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return err
	}
	company, name = strings.TrimSpace(backup.Clean(company)), strings.TrimSpace(backup.Clean(name))
	if company == "" && name == "" {
		return say.Error("a branch needs a company or a name")
	}
	err := d.store.AddBranch(ctx, company, name, d.entries(actor, timeline.User, say.N("branch added"), timeline.Said(say.N("company"), company), timeline.Said(say.N("branch"), name)))
	if err == nil {
		d.publish(Event{Users: true})
	}
	return err
}

// SightOf is what a user was given to see.
func (d *Desk) SightOf(ctx context.Context, actor Actor, user people.ID) (Sight, error) {
	if _, err := d.may(ctx, actor, ToSeeUsers); err != nil {
		return Sight{}, err
	}
	return d.store.SightOf(ctx, user)
}

// GiveSight changes what a user sees: everything, or branches, which are given and taken one by one. Each is an entry.
func (d *Desk) GiveSight(ctx context.Context, actor Actor, user people.User, to Sight) error {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return err
	}
	branches, err := d.store.Branches(ctx)
	if err != nil {
		return err
	}
	before, err := d.store.SightOf(ctx, user.ID)
	if err != nil {
		return err
	}
	var entries []timeline.Entry
	note := func(action string, details ...timeline.Detail) {
		e := d.entries(actor, timeline.User, action, append([]timeline.Detail{timeline.Said(say.N("name"), user.Name)}, details...)...)
		e[0].SubjectID = int64(user.ID)
		entries = append(entries, e...)
	}
	if before.Everything != to.Everything {
		note("sight changed", timeline.Changed(say.N("sees"), sightWords(before), sightWords(to)))
	}
	for _, b := range branches {
		had, has := slices.Contains(before.Branches, b.ID), slices.Contains(to.Branches, b.ID)
		switch {
		case has && !had:
			note("branch given", timeline.Said(say.N("branch"), b.String()))
		case had && !has:
			note("branch taken", timeline.Said(say.N("branch"), b.String()))
		}
	}
	if len(entries) == 0 {
		return nil
	}
	if err = d.store.SaveSight(ctx, user.ID, to, entries); err == nil {
		d.publish(Event{Users: true})
	}
	return err
}

func sightWords(s Sight) string {
	if s.Everything {
		return "everything"
	}
	return "branches"
}

// Locations lists the virtual locations by name.
func (d *Desk) Locations(ctx context.Context, actor Actor) ([]Location, error) {
	if _, err := d.may(ctx, actor, ToSeeUsers); err != nil {
		return nil, err
	}
	return d.store.Locations(ctx)
}

// SaveLocation adds a virtual location (ID 0) or changes one. Only Clients belong to one.
func (d *Desk) SaveLocation(ctx context.Context, actor Actor, l Location) error {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return err
	}
	l.Name = strings.Join(strings.Fields(backup.Clean(l.Name)), " ")
	users, err := d.store.Users(ctx)
	if err != nil {
		return err
	}
	switch {
	case l.Name == "":
		return say.Error("a virtual location needs a name")
	case l.Branch == 0:
		return say.Error("choose the branch that it is a part of")
	case len(l.Routines)+len(l.Clients) == 0:
		return say.Error("name the routines or the clients that it shows")
	}
	var members []string
	for _, id := range l.Users {
		u, err := userIn(users, id)
		if err != nil {
			return err
		}
		if u.Role != people.Client {
			return say.Error("%s is no Client: only Clients see through virtual locations", u.Name)
		}
		members = append(members, u.Name)
	}
	action := say.N("location changed")
	if l.ID == 0 {
		action = say.N("location added")
	}
	entries := d.entries(actor, timeline.User, action, timeline.Said(say.N("location"), l.Name), timeline.Said(say.N("routines"), strings.Join(l.Routines, ", ")),
		timeline.Said(say.N("clients"), strings.Join(l.Clients, ", ")), timeline.Said(say.N("users"), strings.Join(members, ", ")))
	if err = d.store.SaveLocation(ctx, l, entries); err == nil {
		d.publish(Event{Users: true})
	}
	return err
}

// RemoveLocation takes a virtual location away: its Clients do not see through it any more.
func (d *Desk) RemoveLocation(ctx context.Context, actor Actor, id int64, name string) error {
	if _, err := d.may(ctx, actor, ToManageUsers); err != nil {
		return err
	}
	err := d.store.RemoveLocation(ctx, id, d.entries(actor, timeline.User, say.N("location removed"), timeline.Said(say.N("location"), name)))
	if err == nil {
		d.publish(Event{Users: true})
	}
	return err
}

// scope is what a user sees: the desk decides it, and nobody else.
func (s Standing) scope() Scope {
	switch {
	case s.User.Role == people.Admin:
		return everything
	case s.User.Role == people.Client:
		return Through(s.Through)
	case s.Sight.Everything:
		return everything
	}
	var windows []Window
	for _, b := range s.Sight.Branches {
		windows = append(windows, Window{Branch: b})
	}
	return Through(windows)
}

// sourcesIn are the sources that somebody sees, by name.
func (d *Desk) sourcesIn(ctx context.Context, scope Scope) ([]backup.Source, error) {
	if scope.Everything() {
		return d.store.Sources(ctx)
	}
	states, err := d.store.SourceStates(ctx, scope)
	sources := make([]backup.Source, len(states))
	for i, s := range states {
		sources[i] = s.Source
	}
	return sources, err
}

// seesIncident refuses an incident that lies outside what somebody sees.
func (d *Desk) seesIncident(ctx context.Context, scope Scope, id int64) error {
	if scope.Everything() {
		return nil
	}
	_, err := d.store.Incidents(ctx, scope, incidentIDs([]int64{id}))
	return err
}
