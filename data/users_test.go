package data

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/people"
)

const own = "a calm wall of stone"

// withUsers is a desk of Rosa, who is Admin and signed in, and Jan, an Operator with a first password.
func withUsers(t *testing.T) (d *aDesk, admin desk.Actor, first string) {
	t.Helper()
	d = newDesk(t)
	_, err := d.desk.FirstUser(t.Context(), rosa, people.User{Name: " Rosa  Lima ", Email: "rosa@meadow.example"}, own)
	d.must(err)
	_, first, err = d.desk.AddUser(t.Context(), rosa, people.User{Name: "Jan", Email: "jan@meadow.example", Role: people.Operator})
	d.must(err)
	in, err := d.desk.SignIn(t.Context(), "rosa lima", own)
	d.must(err)
	return d, in.Actor, first
}

func TestSignIn_fromTheSecondUserOn(t *testing.T) {
	d := newDesk(t)
	if _, _, err := d.desk.AddUser(t.Context(), rosa, people.User{Name: "Jan", Email: "jan@meadow.example", Role: people.Operator}); err == nil {
		t.Error("the second user before the first")
	}
	d, admin, first := withUsers(t)
	if needed, err := d.desk.SignInNeeded(t.Context()); !needed || err != nil {
		t.Fatal(needed, err)
	}
	if _, err := d.desk.Figures(t.Context(), rosa); !errors.Is(err, desk.ErrSignIn) {
		t.Errorf("the operating system's user: %v", err)
	}
	in, err := d.desk.SignIn(t.Context(), "JAN", first)
	if err != nil || !in.OneTime || in.Actor.Name != "Jan" {
		t.Fatalf("%+v, %v", in, err)
	}
	for _, bad := range []string{"short", first, "that is jan today"} {
		if err := d.desk.ChangePassword(t.Context(), in.Actor, first, bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	d.must(d.desk.ChangePassword(t.Context(), in.Actor, first, own+"s"))
	if _, err := d.desk.SignIn(t.Context(), "Jan", first); err == nil {
		t.Error("the first password still works")
	}
	d.must(d.desk.ChangeUser(t.Context(), admin, people.User{ID: in.User.ID, Email: in.User.Email, Role: people.Operator}))
	if _, err := d.desk.Figures(t.Context(), in.Actor); !errors.Is(err, desk.ErrNoRight) {
		t.Errorf("somebody who was deactivated while signed in: %v", err)
	}
	if _, err := d.desk.SignIn(t.Context(), "Jan", own+"s"); err == nil || !strings.Contains(err.Error(), "deactivated") {
		t.Errorf("signing in afterwards: %v", err)
	}
	d.must(d.desk.SignOut(t.Context(), admin))
	equal(t, d.rows("SELECT actor, action, json_extract(details, '$[0].to'), COALESCE(json_extract(details, '$[1].to'), '') FROM timeline WHERE subject = 'user' ORDER BY seq"),
		"rosa | added | Rosa Lima | rosa@meadow.example", "rosa | added | Jan | jan@meadow.example", "Rosa Lima | signed in | Rosa Lima | ",
		"Jan | signed in | Jan | ", "Jan | password changed | Jan | ", "system | sign-in failed | Jan | wrong password", "Rosa Lima | deactivated | Jan | ",
		"system | sign-in failed | Jan | deactivated", "Rosa Lima | signed out | Rosa Lima | ")
	if found := d.rows("SELECT seq FROM timeline WHERE instr(details, ?) OR instr(details, ?)", own, first); len(found) > 0 {
		t.Errorf("passwords are on record: %v", found)
	}
	if v := d.verified(); len(v.Findings) > 0 {
		t.Error(v.Findings)
	}
}

func TestSignIn_failuresWait(t *testing.T) {
	d, _, first := withUsers(t)
	for range 3 {
		if _, err := d.desk.SignIn(t.Context(), "Jan", "guess"); err == nil || !strings.Contains(err.Error(), "wrong") {
			t.Fatal(err)
		}
		if _, err := d.desk.SignIn(t.Context(), "nobody", "guess"); err == nil || !strings.Contains(err.Error(), "wrong") {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Jan", "nobody", "somebody"} {
		if _, err := d.desk.SignIn(t.Context(), name, first); err == nil || !strings.Contains(err.Error(), "try again in 15s") {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.now = d.now.Add(15 * time.Second)
	if _, err := d.desk.SignIn(t.Context(), "Jan", first); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if l, err := d.Login(t.Context(), "jan"); err != nil || len(l.Failures) > 0 {
		t.Errorf("failures are kept after a success: %+v, %v", l, err)
	}
	if n := len(d.said("sign-in failed")); n != 6 {
		t.Errorf("%d failed sign-ins on record, want 6", n)
	}
}

func TestUsers_theLastAdminStays(t *testing.T) {
	d, admin, _ := withUsers(t)
	all, err := d.desk.Users(t.Context(), admin)
	d.must(err)
	for _, change := range []func(*people.User){
		func(u *people.User) { u.Active = false },
		func(u *people.User) { u.Role = people.Operator },
	} {
		u := all[1]
		change(&u)
		if err := d.desk.ChangeUser(t.Context(), admin, u); err == nil || !strings.Contains(err.Error(), "last active Admin") {
			t.Errorf("%+v: %v", u, err)
		}
	}
	if _, err := d.write.Exec("DELETE FROM users WHERE id = 2"); err == nil {
		t.Error("a user was deleted")
	}
}

func TestResetPassword_leavesAMark(t *testing.T) {
	d, _, _ := withUsers(t)
	typed := desk.Typed("os user")
	if _, err := d.desk.ResetPassword(t.Context(), typed, "Rosa Lima", " "); err == nil {
		t.Error("without a reason")
	}
	if _, err := d.desk.ResetPassword(t.Context(), typed, "Nobody", "forgotten"); !errors.Is(err, desk.ErrNotFound) {
		t.Error(err)
	}
	password, err := d.desk.ResetPassword(t.Context(), typed, "rosa lima", "forgotten over the holidays")
	d.must(err)
	if _, err := d.desk.SignIn(t.Context(), "Rosa Lima", own); err == nil {
		t.Error("the old password still works")
	}
	in, err := d.desk.SignIn(t.Context(), "Rosa Lima", password)
	if err != nil || !in.OneTime {
		t.Errorf("%+v, %v", in, err)
	}
	equal(t, d.said("password reset"), "user 1 by cli:os user: name: Rosa Lima, reason: forgotten over the holidays")
}

func TestPassOn_givesAwayWhatIsOpen(t *testing.T) {
	d, admin, _ := withUsers(t)
	d.read(0, night("1", backup.Failed))
	d.must(d.desk.Assign(t.Context(), admin, []int64{1}, "JAN"))
	if err := d.desk.Assign(t.Context(), admin, []int64{1}, "a stranger"); err == nil || !strings.Contains(err.Error(), "there are: Jan, Rosa Lima") {
		t.Errorf("%v", err)
	}
	n, err := d.desk.PassOn(t.Context(), admin, "Jan", "rosa lima")
	if n != 1 || err != nil {
		t.Fatal(n, err)
	}
	rows, err := d.desk.IncidentRows(t.Context(), admin, []int64{1})
	if err != nil || rows[0].Assignee != "Rosa Lima" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// What belongs to somebody who left is found under nobody active.
func TestIncidentIDs_ofNobodyActive(t *testing.T) {
	d := newDesk(t)
	d.read(-4, night("1", backup.Failed), night("2", backup.Failed, from(-5)))
	admin := d.users()
	jan := d.hired(admin, "Jan", people.Operator)
	d.must(d.desk.Assign(t.Context(), admin, []int64{1}, "jan"))
	d.must(d.desk.Assign(t.Context(), admin, []int64{2}, "Rosa"))
	nobodys := func() string {
		t.Helper()
		ids, err := d.desk.IncidentIDs(t.Context(), admin, desk.IncidentQuery{NobodyActive: true})
		d.must(err)
		return fmt.Sprint(ids)
	}
	equal(t, []string{nobodys()}, "[]")
	gone := jan.User
	gone.Active = false
	d.must(d.desk.ChangeUser(t.Context(), admin, gone))
	equal(t, []string{nobodys()}, "[1]")
	n, err := d.desk.PassOn(t.Context(), admin, "Jan", "Rosa")
	d.must(err)
	equal(t, []string{nobodys(), fmt.Sprint(n)}, "[]", "1")
}
