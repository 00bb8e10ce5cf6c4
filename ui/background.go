package ui

import (
	"context"
	"time"

	"backstop/app/say"
)

// hasTray tells whether an icon would be seen.
func (u *UI) hasTray() bool { return u.system.ShowTray != nil && u.system.HasTray() }

// goesOn tells whether the program outlives its window: where that was chosen, and an icon brings it back.
func (u *UI) goesOn() bool { return u.comfort.inBackground() && u.hasTray() }

func (u *UI) showTray() {
	u.system.ShowTray([]TrayEntry{
		{say.T("Open"), func() { tell(u.comeForward) }},
		{say.T("Quit"), func() { tell(u.quit) }},
	})
}

// A desktop that starts its programs with the session may start its tray a little after them.
const (
	trayLook  = time.Second
	trayLooks = 20
)

// awaitTray shows the icon once it would be seen, or the main window instead.
func (u *UI) awaitTray(looks int) {
	switch {
	case u.ctx.Err() != nil:
	case u.goesOn():
		u.showTray()
	case looks == 0 || !u.comfort.inBackground():
		u.main.window.Show()
	default:
		u.after(trayLook, func() { tell(func() { u.awaitTray(looks - 1) }) })
	}
}

// comeForward brings the main window back.
func (u *UI) comeForward() {
	u.main.window.Show()
	u.main.window.RequestFocus()
	if u.system.Unfold != nil {
		u.system.Unfold(u.main.window)
	}
}

// leaveMain is what closing the main window does: it ends the program, or leaves it watching.
func (u *UI) leaveMain() {
	switch {
	case !u.comfort.inBackground():
		u.quit()
		return
	case !u.hasTray():
		u.askConfirm(u.main.window, say.T("End Backstop?"), say.T("It was to go on in the background, but this desktop shows no tray now that would bring the window back. When it ends, nothing is watched until it is started again."),
			say.T("End Backstop"), nil, u.quit)
		return
	}
	u.showTray() // there may have been no tray when the program began
	u.keepMainSize()
	for _, w := range u.windows {
		u.leave(w)
	}
	u.main.window.Hide()
	u.lock()
}

// quit ends the program.
func (u *UI) quit() {
	u.keepMainSize()
	u.Quit()
}

// partingTime is how long closing waits for the database to take the size of the window.
const partingTime = time.Second

// keepMainSize remembers the size of the main window; it waits, since the program may end with it.
func (u *UI) keepMainSize() {
	ctx, cancel := context.WithTimeout(u.ctx, partingTime)
	defer cancel()
	_ = u.desk.SavePreference(ctx, sizesPreference, u.withSize(mainKind, u.main.window.Canvas().Size())) // a size that is lost is no harm
}
