package people_test

import (
	"strings"
	"testing"

	"backstop/app/people"
)

func user(id people.ID, name string, r people.Role, active bool) people.User {
	return people.User{ID: id, Name: name, Email: strings.ToLower(name) + "@meadow.example", Role: r, Active: active}
}

func TestCheck(t *testing.T) {
	rosa, jan := user(1, "Rosa", people.Admin, true), user(2, "Jan", people.Operator, true)
	both := []people.User{rosa, jan}
	with := func(u people.User, change func(*people.User)) people.User { change(&u); return u }
	for _, tt := range []struct {
		name   string
		user   people.User
		others []people.User
		want   string // part of the error; "" is none
	}{
		{"the first is Admin", rosa, nil, ""},
		{"the first is no Admin", jan, nil, "the first user is the Admin"},
		{"another", jan, []people.User{rosa}, ""},
		{"nobody", with(jan, func(u *people.User) { u.Name = "" }), both, "needs a name"},
		{"the system", with(jan, func(u *people.User) { u.Name = "System" }), both, "what no person does"},
		{"a command", with(jan, func(u *people.User) { u.Name = "cli:jan" }), both, "what no person does"},
		{"no role", with(jan, func(u *people.User) { u.Role = people.CommandLine }), both, "choose a role"},
		{"no address", with(jan, func(u *people.User) { u.Email = "jan" }), both, "no e-mail address"},
		{"no domain", with(jan, func(u *people.User) { u.Email = "jan@meadow" }), both, "no e-mail address"},
		{"a name beside it", with(jan, func(u *people.User) { u.Email = "Jan <jan@meadow.example>" }), both, "no e-mail address"},
		{"a name that is taken", user(0, "ROSA", people.Client, true), both, "named \"Rosa\" already"},
		{"an address that is taken", with(user(0, "Ines", people.Client, true), func(u *people.User) { u.Email = "ROSA@meadow.example" }), both, "Rosa has this e-mail"},
		{"the last Admin leaves", user(1, "Rosa", people.Admin, false), both, "Rosa is the last active Admin"},
		{"the last Admin steps down", user(1, "Rosa", people.Manager, true), both, "Rosa is the last active Admin"},
		{"one of two Admins leaves", user(1, "Rosa", people.Admin, false), []people.User{rosa, user(2, "Jan", people.Admin, true)}, ""},
		{"the other Admin was deactivated", user(1, "Rosa", people.Admin, false), []people.User{rosa, user(2, "Jan", people.Admin, false)}, "last active Admin"},
	} {
		err := people.Check(tt.user, tt.others)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestParseRole_readsWhatIsWritten(t *testing.T) {
	for _, r := range people.Roles {
		if got, err := people.ParseRole(r.String()); got != r || err != nil {
			t.Errorf("%v: %v, %v", r, got, err)
		}
	}
	if _, err := people.ParseRole("system"); err == nil {
		t.Error("nobody can be given the role of what happens by itself")
	}
}

func TestSignInNeeded_fromTheSecondUserOn(t *testing.T) {
	for users, want := range []bool{false, false, true, true} {
		if got := people.SignInNeeded(users); got != want {
			t.Errorf("%d users: %v", users, got)
		}
	}
}
