package ui

import (
	"context"
	"fmt"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// step is one page of a wizard.
type step struct {
	title   string
	body    fyne.CanvasObject
	needed  func() bool           // nil: always; a step that is not needed now is passed over
	come    func()                // it comes up
	ready   func() error          // why one cannot go on yet, or nil
	first   func() fyne.Focusable // has the keys when it comes up
	letters map[rune]func()       // keys of its own
}

// wizard walks through its steps and then does its work. Back keeps what was entered; Enter goes on; Escape asks only when
// something would be lost.
type wizard struct {
	ui     *UI
	window *openWindow
	steps  []step
	at     int

	finishing func() string                                              // what the last Next says
	finish    func() (func(context.Context, desk.Progress) error, error) // reads what was entered, and gives the work
	done      func()                                                     // after the work, once the window is gone
	lost      func() string                                              // what would be lost by leaving; "" for nothing
	left      func()                                                     // it is left without its work; nil: nothing to do
	changed   func()                                                     // incidents changed meanwhile; nil: what it is about is fixed
	keys      keyList                                                    // of its own, for the list of keys

	object             *fyne.Container
	trail, pages       *fyne.Container
	head               *fyne.Container // the trail, and a line below it
	hint               *widget.Label
	bar                *widget.ProgressBar
	back, next, cancel *button
	stop               context.CancelFunc // of the work under way; nil: none is
}

func newWizard(u *UI, w *openWindow) *wizard {
	z := &wizard{ui: u, window: w, trail: container.NewHBox(), pages: container.NewStack(), bar: widget.NewProgressBar()}
	z.head = container.NewVBox(z.trail, widget.NewSeparator())
	z.hint = widget.NewLabel("")
	z.hint.Wrapping = fyne.TextWrapWord
	z.hint.Importance = widget.DangerImportance
	z.cancel = quiet(say.T("Cancel"), nil, z.escape)
	z.back = newButton(say.T("Back"), nil, z.backward)
	z.next = newButton("", nil, z.forward)
	z.next.Importance = widget.HighImportance
	z.bar.Hide()
	buttons := container.NewHBox(z.cancel, z.back, z.next)
	foot := container.NewVBox(z.hint, container.NewBorder(nil, nil, nil, buttons, container.NewVBox(layout.NewSpacer(), z.bar, layout.NewSpacer())))
	z.object = container.New(&padded{look.Gap}, container.NewBorder(z.head, foot, nil, nil, z.pages))
	return z
}

// openWizard opens a wizard in a window of its own, or raises it.
func (u *UI) openWizard(key, title string, size fyne.Size, build func(*wizard)) {
	var z *wizard
	w := u.open(key, title, func(w *openWindow) content {
		z = newWizard(u, w)
		build(z)
		for _, s := range z.steps {
			z.pages.Add(s.body)
		}
		return content{object: z.object, size: size, reload: z.hear}
	})
	if z == nil {
		return
	}
	w.SetCloseIntercept(z.escape)
	w.Canvas().SetOnTypedKey(z.key)
	w.Canvas().SetOnTypedRune(z.letter)
	z.show(z.after(-1))
}

// hear tells the wizard of what happens beside it, unless that is its own work.
func (z *wizard) hear(e desk.Event) {
	if e.Incidents && z.changed != nil && z.stop == nil {
		z.changed()
	}
}

// after and before are the steps next to one, -1 and len(steps) for none.
func (z *wizard) after(at int) int {
	for at++; at < len(z.steps) && !z.needs(at); at++ {
	}
	return at
}

func (z *wizard) before(at int) int {
	for at--; at >= 0 && !z.needs(at); at-- {
	}
	return at
}

func (z *wizard) needs(at int) bool { return z.steps[at].needed == nil || z.steps[at].needed() }

func (z *wizard) show(at int) {
	z.at = at
	z.hint.Hide()
	for i, page := range z.pages.Objects {
		if i == at {
			page.Show()
		} else {
			page.Hide()
		}
	}
	if come := z.steps[at].come; come != nil {
		come()
	}
	z.refresh()
	if first := z.steps[at].first; first != nil {
		z.window.Canvas().Focus(first())
	}
}

// refresh brings the trail and the buttons up to date: what was entered may decide about the steps to come.
func (z *wizard) refresh() {
	z.trail.Objects = nil
	number := 0
	for i, s := range z.steps {
		if !z.needs(i) {
			continue
		}
		number++
		title := widget.NewLabel(fmt.Sprintf("%d  %s", number, s.title))
		if i == z.at {
			title.TextStyle.Bold = true
		} else {
			title.Importance = widget.LowImportance
		}
		if number > 1 {
			z.trail.Add(container.NewCenter(widget.NewIcon(theme.NewDisabledResource(theme.NavigateNextIcon()))))
		}
		z.trail.Add(title)
	}
	z.head.Hidden = len(z.steps) == 1
	z.head.Refresh()
	z.back.Hidden = len(z.steps) == 1
	z.next.SetText(say.T("Next"))
	if z.after(z.at) == len(z.steps) {
		z.next.SetText(z.finishing())
	}
	enable(&z.back.DisableableWidget, z.stop == nil && z.before(z.at) >= 0)
	enable(&z.next.DisableableWidget, z.stop == nil)
}

// enable greys what cannot be used now.
func enable(w fyne.Disableable, on bool) {
	if on {
		w.Enable()
	} else {
		w.Disable()
	}
}

// forward goes on, or says why it cannot.
func (z *wizard) forward() {
	if z.stop != nil {
		return
	}
	if ready := z.steps[z.at].ready; ready != nil {
		if err := ready(); err != nil {
			z.say(err)
			return
		}
	}
	if to := z.after(z.at); to < len(z.steps) {
		z.show(to)
		return
	}
	work, err := z.finish()
	if err != nil {
		z.say(err)
		return
	}
	z.run(work, z.close)
}

func (z *wizard) backward() {
	if to := z.before(z.at); to >= 0 && z.stop == nil {
		z.show(to)
	}
}

// say shows why it cannot go on. A button that was pressed has given the focus away.
func (z *wizard) say(err error) {
	z.hint.SetText(sayError(err))
	z.hint.Show()
	if c := z.window.Canvas(); c.Focused() == nil {
		c.Focus(z.next)
	}
}

func (z *wizard) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		z.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		z.forward()
	default:
	}
}

func (z *wizard) letter(r rune) {
	if run := z.steps[z.at].letters[unicode.ToLower(r)]; run != nil && z.stop == nil {
		run()
	}
	if r == '?' {
		z.ui.showKeys(z.window.Window, z.keys, wizardKeys())
	}
}

// in ties a field to the wizard: Escape leaves, Enter goes on.
func (z *wizard) in(f *field) *field {
	f.key = z.key
	return f
}

func wizardKeys() keyList {
	return keyList{say.T("Steps"), [][2]string{
		{say.T("Enter, Ctrl+Enter in several lines"), say.T("Next")},
		{"Escape", say.T("leave; asks when something would be lost")},
		{"Tab, Shift+Tab", say.T("the next field, the one before")},
		{"↑ ↓ Space", say.T("walk through the rows, choose one")},
		{"?", say.T("this list")},
	}}
}
