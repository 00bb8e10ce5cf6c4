// Package ui is the windows of the desk. They show and ask; rules, formatting of facts and SQL lie elsewhere.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/ui/look"
)

// UI is all windows of one program.
type UI struct {
	app   fyne.App
	desk  *desk.Desk
	actor desk.Actor
	work  worker
	zone  *time.Location
	now   func() time.Time
	after func(time.Duration, func())

	samples func() ([]string, error)
	ctx     context.Context // ends with the program
	stop    context.CancelFunc
	deaf    func() // ends listening to the desk

	main    *mainWindow
	windows map[string]*openWindow
}

// openWindow is one window of the registry, and how it is told to reload.
type openWindow struct {
	fyne.Window
	reload func(desk.Event)
}

// Parts are what the windows need.
type Parts struct {
	App     fyne.App
	Desk    *desk.Desk
	Actor   desk.Actor
	Zone    *time.Location
	Now     func() time.Time
	Samples func() ([]string, error)        // writes the sample exports somewhere and names them
	Work    func(func())                    // runs work beside the windows; nil is a goroutine each
	After   func(d time.Duration, f func()) // nil is time.AfterFunc
}

// New makes the windows; Show opens the first.
func New(p Parts) *UI {
	u := &UI{
		app: p.App, desk: p.Desk, actor: p.Actor, zone: p.Zone, now: p.Now, samples: p.Samples,
		work: p.Work, after: p.After, windows: map[string]*openWindow{},
	}
	if u.work == nil {
		u.work = func(f func()) { go f() }
	}
	if u.after == nil {
		u.after = func(d time.Duration, f func()) { time.AfterFunc(d, f) }
	}
	u.ctx, u.stop = context.WithCancel(context.Background())
	u.app.Settings().SetTheme(look.Theme{})
	l := &live{after: u.after, reload: u.reload}
	u.deaf = u.desk.Listen(l.hear)
	u.main = newMainWindow(u)
	return u
}

// Main is the main window.
func (u *UI) Main() fyne.Window { return u.main.window }

// Show opens the main window.
func (u *UI) Show() { u.main.show() }

// Stop ends what runs beside the windows. Call it before the desk is closed.
func (u *UI) Stop() {
	u.deaf()
	u.stop()
}

func (u *UI) reload(e desk.Event) {
	if u.ctx.Err() != nil {
		return
	}
	u.main.reload(e)
	if e.Resumed > 0 {
		u.notify(many(e.Resumed, "incident") + " back from hold")
	}
	for _, w := range u.windows {
		w.reload(e)
	}
}

// open raises the window of a key, or makes it: one window an incident, whoever asks.
func (u *UI) open(key, title string, build func(fyne.Window) (content fyne.CanvasObject, size fyne.Size, reload func(desk.Event))) {
	if w, ok := u.windows[key]; ok {
		w.RequestFocus()
		return
	}
	w := &openWindow{Window: u.app.NewWindow(title)}
	u.windows[key] = w
	content, size, reload := build(w.Window)
	w.reload = reload
	w.SetContent(content)
	w.Resize(u.rememberedSize(key, size))
	w.SetOnClosed(func() { delete(u.windows, key) })
	w.Show()
}

// rememberedSize is the size that a window of this kind had when it was last closed.
func (u *UI) rememberedSize(_ string, size fyne.Size) fyne.Size { return size }
