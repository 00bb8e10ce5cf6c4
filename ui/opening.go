package ui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// Opener is what the window of the start asks of the program. Enter is called on the goroutine of the windows, the others beside it.
type Opener interface {
	Open() error // a *desk.Damage where one can go on from a copy, or without what is missing
	Restore(ctx context.Context, d *desk.Damage, progress desk.Progress) (aside string, err error)
	GoOn(d *desk.Damage) error
	Enter(w fyne.Window) *UI
	Watch() error
}

// OpeningParts are what the window of the start needs.
type OpeningParts struct {
	App    fyne.App
	Opener Opener
	Zone   *time.Location
	Scale  func(percent int)               // how large everything is drawn; nil where that is set elsewhere
	Work   func(func())                    // runs work beside the windows; nil is a goroutine each
	After  func(d time.Duration, f func()) // nil is time.AfterFunc
}

// Opening is the window of the start. It is painted before the database is open, and becomes the main window; when the database
// cannot be opened it says why, and what can be done.
type Opening struct {
	OpeningParts
	ui     *UI // dialogs need it; it has no desk
	window fyne.Window
}

// NewOpening makes the window; Show shows it and Begin opens the database.
func NewOpening(p OpeningParts) *Opening {
	if p.Work == nil {
		p.Work = func(f func()) { go f() }
	}
	if p.After == nil {
		p.After = func(d time.Duration, f func()) { time.AfterFunc(d, f) }
	}
	comfort{p.App.Preferences()}.dress(p.App, p.Scale)
	u := &UI{app: p.App, work: p.Work, zone: p.Zone, now: time.Now, after: p.After}
	u.ctx, u.stop = context.WithCancel(context.Background())
	o := &Opening{OpeningParts: p, ui: u, window: firstWindow(p.App)}
	o.say(say.T("Opening the database …"), nil)
	return o
}

// Window is the window of the start.
func (o *Opening) Window() fyne.Window { return o.window }

// Show shows the window.
func (o *Opening) Show() { o.window.Show() }

// ComeForward brings the window up, from any goroutine, whatever became of it: it is the main one later. Then is called when it is up.
func (o *Opening) ComeForward(then func()) {
	tell(func() {
		o.window.Show()
		o.window.RequestFocus()
		then()
	})
}

// Stop ends what runs beside the window.
func (o *Opening) Stop() { o.ui.stop() }

// Begin opens the database and then the desk.
func (o *Opening) Begin() {
	o.say(say.T("Opening the database …"), nil)
	o.do(o.Opener.Open, o.enter)
}

// do does a step beside the window, and says what kept it from its end.
func (o *Opening) do(step func() error, then func()) {
	ask(o.Work, func() (struct{}, error) { return struct{}{}, step() }, func(_ struct{}, err error) {
		var d *desk.Damage
		switch {
		case o.ui.ctx.Err() != nil:
		case errors.As(err, &d):
			o.offer(d)
		case err != nil:
			o.say(say.T("Backstop cannot open its database"), []string{sayError(err)}, o.button(say.T("Quit"), o.App.Quit), primary(o.button(say.T("Try again"), o.Begin)))
		default:
			then()
		}
	})
}

func (o *Opening) enter() {
	u := o.Opener.Enter(o.window)
	ask(o.Work, func() (struct{}, error) { return struct{}{}, o.Opener.Watch() }, func(_ struct{}, err error) { u.showError(o.window, err) })
}

func (o *Opening) button(words string, do func()) *button { return newButton(words, nil, do) }

func primary(b *button) *button {
	b.Importance = widget.HighImportance
	return b
}

// say fills the window: a title, what there is to know, and what can be done.
func (o *Opening) say(title string, paragraphs []string, buttons ...*button) {
	column := container.NewVBox(heading(title))
	for _, text := range paragraphs {
		p := widget.NewLabel(text)
		p.Wrapping = fyne.TextWrapWord
		column.Add(p)
	}
	row := container.NewHBox(layout.NewSpacer())
	for _, b := range buttons {
		row.Add(b)
	}
	column.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), row))
	o.window.SetMainMenu(nil)
	o.window.SetCloseIntercept(o.App.Quit)
	o.window.SetOnDropped(nil)
	o.window.Canvas().SetOnTypedRune(nil)
	o.window.Canvas().SetOnTypedKey(nil)
	if len(paragraphs) == 0 {
		o.window.SetContent(emptyState(title, ""))
		return
	}
	o.window.SetContent(container.New(&columnLayout{width: 680}, column))
	o.window.Show() // also where the desk was to come up as an icon
	o.window.Canvas().Focus(buttons[len(buttons)-1])
}

// columnLayout lays one object as a column in the middle, a third of what is left below its top.
type columnLayout struct{ width float32 }

func (l *columnLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(l.width, 200) }

func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, c := range objects {
		for range 2 { // a text that wraps knows its height only in its width
			c.Resize(fyne.NewSize(l.width, c.MinSize().Height))
		}
		c.Move(fyne.NewPos((size.Width-l.width)/2, max((size.Height-c.Size().Height)/3, 0)))
	}
}

// offer says what is wrong with the database and offers what helps.
func (o *Opening) offer(d *desk.Damage) {
	title := say.T("The database is damaged")
	buttons := []*button{o.button(say.T("Quit"), o.App.Quit), o.button(say.T("Try again"), o.Begin)}
	if d.Behind {
		title = say.T("The newest part of the database is missing")
		buttons = append(buttons, o.button(say.T("Go on without it"), func() { o.do(func() error { return o.Opener.GoOn(d) }, o.Begin) }))
	}
	if d.Copy.Path != "" {
		buttons = append(buttons, primary(o.button(say.T("Go on from the copy of %s…", o.ui.clockText(d.Copy.Made)), func() { o.restore(d) })))
	}
	o.say(title, o.damageWords(d), buttons...)
}

// restore puts the copy in place, and says where the damaged file is.
func (o *Opening) restore(d *desk.Damage) {
	var aside string
	o.ui.doWork(o.window, say.T("Going on from the copy"), say.T("The copy is put in place and checked; the damaged file is moved aside."), func(ctx context.Context, progress desk.Progress) (err error) {
		aside, err = o.Opener.Restore(ctx, d, progress)
		return err
	}, func() {
		o.say(say.T("The copy is in place"), []string{
			say.T("The desk goes on from the copy of %s; that is on its timeline.", o.ui.clockText(d.Copy.Made)),
			say.T("The damaged file is kept in %s.", aside),
			say.T("The files that were imported since are kept: the desk offers to read them again. What people did since does not come back: notes, closings, merges, settings."),
		}, primary(o.button(say.T("Open the desk"), o.Begin)))
	})
}

// damageWords say what is wrong, what the newest copy holds, and what would be lost.
func (o *Opening) damageWords(d *desk.Damage) []string {
	words := []string{fmt.Sprintf("%s: %s", d.Path, sentence(say.W(d.Said)))}
	if d.Behind {
		words = append(words, say.T("What was written last, up to %s, is not in it. Either %s, which held it, was deleted, or an older file was put in its place. If you can, quit, put back what was there and start again.",
			o.ui.clockText(d.Last.Newest), filepath.Base(d.Path)+"-wal"))
	}
	if d.Copy.Path == "" {
		return append(words, say.T("There is no sound copy of it. Nothing was changed: quit, put a copy that you have in its place, and try again."))
	}
	copied := say.T("The newest sound copy is of %s: %s, %s, %s of the timeline.", o.ui.clockText(d.Copy.Made),
		say.Many(int(d.Holds.Executions), "1 execution", "%s executions"), say.Many(int(d.Holds.Incidents), "1 incident", "%s incidents"), entriesText(d.Holds.Entries))
	if d.Bad > 0 {
		copied += " " + say.Many(d.Bad, "A newer one cannot be used.", "%s newer ones cannot be used.")
	}
	return append(words, copied, o.lostWords(d), say.T("The damaged file is not deleted: it is moved aside. Nothing is changed before you choose. Files that were imported since are kept, and can be read again afterwards."))
}

func entriesText(n int64) string { return say.Many(int(n), "1 entry", "%s entries") }

// lostWords say what came after the copy.
func (o *Opening) lostWords(d *desk.Damage) string {
	lost := d.Lost()
	switch {
	case !lost.Readable && d.Last.Entries > d.Holds.Entries:
		return say.T("What came after the copy would be lost: the damaged file cannot be read, but the desk knows of %s up to %s.", entriesText(d.Last.Entries-d.Holds.Entries), o.ui.clockText(d.Last.Newest))
	case !lost.Readable:
		return say.T("What came after the copy would be lost; how much that is cannot be read.")
	case lost.Executions+lost.Incidents+lost.Files+lost.Entries == 0:
		return say.T("The file holds nothing that is not in the copy too.")
	}
	return say.T("What came after the copy would be lost: %s, %s, %s and %s of the timeline, as far as the file can be read.",
		say.Many(int(lost.Executions), "1 execution", "%s executions"), say.Many(int(lost.Incidents), "1 incident", "%s incidents"), say.Many(int(lost.Files), "1 imported file", "%s imported files"), entriesText(lost.Entries))
}
