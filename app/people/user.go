// Package people is who works at the desk: users and their roles, and the rules of passwords. It knows no clock and no database.
package people

import (
	"net/mail"
	"slices"
	"strings"

	"backstop/app/say"
)

// ID is a user's number.
type ID int64

// Role says what somebody may do; what each role may is the desk's table.
type Role uint8

// The roles of people, and below them those of what is no person.
const (
	NoRole   Role = iota
	Admin         // everything
	Operator      // handles incidents and risks
	Manager       // sees everything, changes nothing
	Client        // sees the log and the panel of what is theirs

	CommandLine // whoever types commands: reads and imports
	System      // what happens by itself
)

// Roles are those that a user can have.
var Roles = []Role{Admin, Operator, Manager, Client}

var roleWords = map[Role]string{Admin: say.N("Admin"), Operator: say.N("Operator"), Manager: say.N("Manager"), Client: say.N("Client"), CommandLine: say.N("command line"), System: say.N("system")}

func (r Role) String() string { return roleWords[r] }

// ParseRole reads the word of a role that a user can have.
func ParseRole(word string) (Role, error) {
	for _, r := range Roles {
		if r.String() == word {
			return r, nil
		}
	}
	return NoRole, say.Error("%q is no role", word)
}

// User is a person who may sign in. Users are deactivated, never deleted: the record names them for ever.
type User struct {
	ID     ID
	Name   string // under which everything they do is recorded
	Email  string
	Role   Role
	Active bool
}

// Check tells what is wrong with what was entered about a user, among the others.
func Check(u User, others []User) error {
	switch {
	case u.Name == "":
		return say.Error("a user needs a name: the record calls them by it")
	case strings.EqualFold(u.Name, "system") || strings.HasPrefix(strings.ToLower(u.Name), "cli:"):
		return say.Error("%q stands in the record for what no person does; choose another name", u.Name)
	case !slices.Contains(Roles, u.Role):
		return say.Error("choose a role")
	}
	if err := checkEmail(u.Email); err != nil {
		return err
	}
	for _, o := range others {
		switch {
		case o.ID == u.ID:
		case strings.EqualFold(o.Name, u.Name):
			return say.Error("there is a user named %q already", o.Name)
		case strings.EqualFold(o.Email, u.Email):
			return say.Error("%s has this e-mail address already", o.Name)
		}
	}
	return keepAdmin(u, others)
}

func checkEmail(s string) error {
	a, err := mail.ParseAddress(s)
	_, domain, _ := strings.Cut(s, "@")
	if err != nil || a.Address != s || !strings.Contains(strings.Trim(domain, "."), ".") {
		return say.Error("%q is no e-mail address; write it as name@example.org", s)
	}
	return nil
}

// keepAdmin refuses what would leave nobody to administer.
func keepAdmin(u User, others []User) error {
	admin := func(o User) bool { return o.Active && o.Role == Admin }
	if admin(u) || slices.ContainsFunc(others, func(o User) bool { return o.ID != u.ID && admin(o) }) {
		return nil
	}
	if i := slices.IndexFunc(others, func(o User) bool { return o.ID == u.ID }); i >= 0 {
		return say.Error("%s is the last active Admin: make another user Admin first", others[i].Name)
	}
	return say.Error("the first user is the Admin")
}

// SignInNeeded tells whether people must say who they are: from the second user on, and for good.
func SignInNeeded(users int) bool { return users >= 2 }
