package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
)

// System is what the windows ask of the operating system and of the program around them. What is nil is not offered.
type System struct {
	Version  string            // release, commit, compiler and system, in one line
	Folder   string            // where the database lies
	Scale    func(percent int) // how large everything is drawn, once the theme is set next
	Remote   bool              // the session is shown on another machine
	HasTray  func() bool       // whether an icon in the tray would be seen
	ShowTray func([]TrayEntry) // shows one with this menu, or gives it another menu; a click on it does the first entry
	Unfold   func(fyne.Window) // brings back what is minimised where asking for the focus does not
	Startup  Startup           // has the desk started with the person's session
	Diagnose func(ctx context.Context, actor desk.Actor, d Diagnostics) error
}

// TrayEntry is one of the menu of the icon in the tray. Do may be called from any goroutine.
type TrayEntry struct {
	Label string
	Do    func()
}

// Startup is the wish to be started with the session.
type Startup interface {
	On() (bool, error)
	Set(on bool) error
}

// Diagnostics are where they are written, and what they may say.
type Diagnostics struct {
	Path  string
	Own   map[string]string // what is set for this computer
	Names bool              // of hosts, jobs, clients and people
}
