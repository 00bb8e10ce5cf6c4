package ui

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
)

// Who is at the desk. With one user nobody signs in; from the second on the main window asks for a name and a password before it shows
// anything, and again when nothing was asked of the desk for a while.

// begin lets the operating system's user in, or asks who it is.
func (u *UI) begin() {
	needed, err := u.desk.SignInNeeded(u.ctx)
	switch {
	case err != nil:
		u.main.gate("", err)
	case needed:
		u.main.gate("", nil)
	default:
		u.role = people.Admin
		u.main.furnish()
	}
}

// locked tells that nobody may see anything until somebody signs in.
func (u *UI) locked() bool { return u.main.asking != nil }

// enter lets somebody in who signed in: to where they were, if it is the one who was there before.
func (u *UI) enter(in desk.SignedIn) {
	same := u.signedIn && u.actor == in.Actor && u.role == in.User.Role && u.main.content != nil
	u.actor, u.role, u.signedIn = in.Actor, in.User.Role, true
	u.main.asking = nil
	if same {
		u.main.unlock()
		for _, w := range u.windows {
			w.Show()
		}
		u.main.reload(everything)
		return
	}
	u.closeWindows()
	u.main.furnish()
	u.main.show()
}

// lock hides everything until the same person signs in again, or another.
func (u *UI) lock() {
	if u.locked() || !u.signedIn {
		return
	}
	for _, w := range u.windows {
		w.Hide()
	}
	u.main.gate(say.T("Locked. %s was here.", u.actor.Name), nil)
}

// switchUser lets somebody else in.
func (u *UI) switchUser() {
	actor := u.actor
	ask(u.work, func() (struct{}, error) { return struct{}{}, u.desk.SignOut(u.ctx, actor) }, func(_ struct{}, err error) {
		if err != nil {
			u.showError(u.main.window, err)
			return
		}
		u.signedIn = false
		u.closeWindows()
		u.main.gate("", nil)
	})
}

// closeWindows closes all but the main one.
func (u *UI) closeWindows() {
	for _, w := range u.windows {
		w.Close()
	}
}

// A person counts as there when something is asked of the desk that the windows do not ask by themselves, and when they type or walk.
const (
	idleLook = 20 * time.Second // how often it is looked
	echo     = 3 * time.Second  // what is asked so soon after the windows asked again is still that
)

func (u *UI) touch() {
	if now := u.now(); now.Sub(u.reloaded) > echo {
		u.touched = now
	}
}

// trace is another one after a person typed, walked through rows or went elsewhere with the keys, though nothing was asked of the desk.
func (u *UI) trace() string {
	trace := ""
	for _, w := range append(u.openWindows(), u.main.window) {
		focused := w.Canvas().Focused()
		trace += fmt.Sprintf("%p ", focused)
		switch f := focused.(type) {
		case *field:
			trace += fmt.Sprintln(len(f.Text), f.CursorRow, f.CursorColumn)
		case interface{ Current() (int64, bool) }:
			trace += fmt.Sprintln(f.Current())
		}
	}
	return trace
}

// openWindows are all but the main one, in the order of their keys.
func (u *UI) openWindows() []fyne.Window {
	var all []fyne.Window
	for _, key := range slices.Sorted(maps.Keys(u.windows)) {
		all = append(all, u.windows[key].Window)
	}
	return all
}

// watchIdle locks the desk when nobody was there for as long as was chosen.
func (u *UI) watchIdle() {
	u.after(idleLook, func() {
		if u.ctx.Err() != nil {
			return
		}
		limit, err := u.desk.LockAfter(u.ctx)
		tell(func() {
			if now := u.trace(); now != u.traced {
				u.traced, u.touched = now, u.now()
			}
			if err == nil && limit > 0 && u.now().Sub(u.touched) >= limit {
				u.lock()
			}
			u.watchIdle()
		})
	})
}

// userMenu is what a person does about themselves.
func (u *UI) userMenu() *fyne.Menu {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(say.T("Lock"), u.lock),
		fyne.NewMenuItem(say.T("Switch user…"), u.switchUser),
		fyne.NewMenuItem(say.T("Change my password…"), func() { u.askPassword(u.main.window) }),
	}
	for _, i := range items {
		if !u.signedIn {
			i.Label, i.Disabled = say.T("%s (one user: nobody signs in)", i.Label), true
		}
	}
	return fyne.NewMenu(say.T("User"), items...)
}
