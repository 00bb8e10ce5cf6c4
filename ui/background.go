package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"backstop/app/say"
)

// tray is where the toolkit can show an icon; nil where it cannot.
func (u *UI) tray() desktop.App {
	app := u.app
	if c, ok := app.(calmApp); ok {
		app = c.App
	}
	t, _ := app.(desktop.App)
	return t
}

// goesOn tells whether the program outlives its window: where that was chosen, and an icon brings it back.
func (u *UI) goesOn() bool { return u.comfort.inBackground() && u.hasTray() }

func (u *UI) showTray() {
	quit := fyne.NewMenuItem(say.T("Quit"), u.quit)
	quit.IsQuit = true
	u.tray().SetSystemTrayMenu(fyne.NewMenu("Backstop", fyne.NewMenuItem(say.T("Open"), u.comeForward), fyne.NewMenuItemSeparator(), quit))
}

// comeForward brings the main window back.
func (u *UI) comeForward() {
	u.main.window.Show()
	u.main.window.RequestFocus()
}

// leaveMain is what closing the main window does: it ends the program, or leaves it watching.
func (u *UI) leaveMain() {
	if !u.goesOn() {
		u.quit()
		return
	}
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
