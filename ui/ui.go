// Package ui is the windows of the desk. They show and ask; rules, formatting of facts and SQL lie elsewhere.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
)

// UI is all windows of one program.
type UI struct {
	app   fyne.App
	desk  *desk.Desk
	actor desk.Actor
	role  people.Role // of the actor; none before somebody signed in
	work  worker
	zone  *time.Location
	now   func() time.Time
	after func(time.Duration, func())

	samples func() ([]string, error)
	recover func() // what can be done about a damaged database; nil: nothing
	system  System
	comfort comfort
	ctx     context.Context // ends with the program
	stop    context.CancelFunc
	deaf    func() // ends listening to the desk

	signedIn bool      // under a name and password; else nobody has to
	touched  time.Time // when a person last did something
	traced   string    // what they left when it was looked last
	reloaded time.Time // when the windows last asked again by themselves

	main    *mainWindow
	windows map[string]*openWindow
	sizes   sizes
	chain   chain
	news    news
}

// openWindow is one window of the registry.
type openWindow struct {
	fyne.Window
	key string
	content
}

// content is what a window shows, and how it is told to show it afresh.
type content struct {
	object fyne.CanvasObject
	size   fyne.Size
	reload func(desk.Event)
	turnTo func(part string) // brings one of its tabs up; nil where there are none

	commands func() []command // what can be done in it; nil: nothing of its own
}

// Parts are what the windows need.
type Parts struct {
	App     fyne.App
	Window  fyne.Window // that becomes the main one; nil makes it
	Desk    *desk.Desk
	Actor   desk.Actor
	Zone    *time.Location
	Now     func() time.Time
	Samples func() ([]string, error)        // writes the sample exports somewhere and names them
	Recover func()                          // closes the desk and says what can be done about its database, which is damaged; nil: nothing can
	System  System                          // what is asked of the operating system
	Work    func(func())                    // runs work beside the windows; nil is a goroutine each
	After   func(d time.Duration, f func()) // nil is time.AfterFunc
}

// New makes the windows; Show opens the first.
func New(p Parts) *UI {
	u := &UI{
		app: p.App, desk: p.Desk, actor: p.Actor, zone: p.Zone, now: p.Now, samples: p.Samples, recover: p.Recover, system: p.System,
		after: p.After, windows: map[string]*openWindow{},
	}
	if p.Work == nil {
		p.Work = func(f func()) { go f() }
	}
	u.work = func(f func()) { u.touch(); p.Work(f) }
	if u.after == nil {
		u.after = func(d time.Duration, f func()) { time.AfterFunc(d, f) }
	}
	u.ctx, u.stop = context.WithCancel(context.Background())
	u.chain.verify = func() (desk.Verification, error) { return u.desk.Verify(u.ctx, u.actor, nil) }
	u.comfort = comfort{p.App.Preferences()}
	u.dress()
	l := &live{after: u.after, reload: u.reload}
	u.deaf = u.desk.Listen(l.hear)
	u.main = newMainWindow(u, p.Window)
	u.begin()
	return u
}

// Main is the main window.
func (u *UI) Main() fyne.Window { return u.main.window }

// Show opens the main window.
func (u *UI) Show() {
	u.main.window.Show()
	u.watch()
}

// ShowIcon leaves the main window closed where an icon in the tray can bring it back; else it opens it.
func (u *UI) ShowIcon() {
	u.watch()
	u.awaitTray(trayLooks)
}

// watch is what begins with the program, whether it is seen or not.
func (u *UI) watch() {
	u.recallSizes()
	if u.goesOn() {
		u.showTray()
	}
	u.main.show()
	u.watchIdle()
}

// Stop ends what runs beside the windows. Call it before the desk is closed.
func (u *UI) Stop() {
	u.deaf()
	u.stop()
}

// giveUp closes all windows but the main one, which goes on to say what can be done.
func (u *UI) giveUp() {
	for _, w := range u.windows {
		w.Close()
	}
	u.Stop()
	u.recover()
}

func (u *UI) reload(e desk.Event) {
	if u.ctx.Err() != nil {
		return
	}
	u.reloaded = u.now()
	u.main.reload(e)
	if e.Resumed > 0 {
		u.notify(say.Many(e.Resumed, "1 incident back from hold", "%s incidents back from hold"))
	}
	u.news.hear(u, e.Opened)
	for _, w := range u.windows {
		w.reload(e)
	}
}

// open raises the window of a key, or makes it: one window an incident, whoever asks.
func (u *UI) open(key, title string, build func(*openWindow) content) *openWindow {
	if w, ok := u.windows[key]; ok {
		w.RequestFocus()
		return w
	}
	w := &openWindow{Window: u.app.NewWindow(title), key: key}
	u.windows[key] = w
	w.content = build(w)
	w.SetContent(w.object)
	w.Canvas().AddShortcut(commandsKey, func(fyne.Shortcut) { u.openPalette(w.Window) })
	w.Resize(u.sizes.of(key, u.comfort.fits(w.size)))
	w.SetCloseIntercept(func() { u.leave(w) })
	w.SetOnClosed(func() { delete(u.windows, w.key) })
	w.Show()
	return w
}

// openAnew opens a window, or shows in the open one of the key what is built now.
func (u *UI) openAnew(key, title string, build func(*openWindow) content) {
	w, ok := u.windows[key]
	if !ok {
		u.open(key, title, build)
		return
	}
	w.content = build(w)
	w.SetContent(w.object)
	w.RequestFocus()
}

// rekey makes a window that of another key, unless that one is open already.
func (u *UI) rekey(w *openWindow, key string) bool {
	if _, taken := u.windows[key]; taken {
		return false
	}
	delete(u.windows, w.key)
	w.key = key
	u.windows[key] = w
	return true
}

// Window is the open window of a key such as "incident 1042"; nil for none.
func (u *UI) Window(key string) fyne.Window {
	if w, ok := u.windows[key]; ok {
		return w.Window
	}
	return nil
}

// leave closes a window as its button does.
func (u *UI) leave(w *openWindow) {
	u.keepSize(w.key, w.Canvas().Size())
	w.Close()
}

// simpleKeys has Escape close a window that has no other keys.
func (u *UI) simpleKeys(w *openWindow) {
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			u.leave(w)
		}
	})
}
