package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
)

// How a wizard does its work and how it is left.

// run does work beside the windows, shows how far it has come, and lets it be cancelled.
func (z *wizard) run(work func(context.Context, desk.Progress) error, then func()) {
	var ctx context.Context
	ctx, z.stop = context.WithCancel(z.ui.ctx)
	z.hint.Hide()
	z.bar.SetValue(0)
	z.bar.Show()
	z.refresh()
	ask(z.ui.work, func() (struct{}, error) { return struct{}{}, work(ctx, z.progress()) }, func(_ struct{}, err error) {
		cancelled := ctx.Err() != nil
		z.stop()
		z.stop = nil
		z.bar.Hide()
		z.refresh()
		switch {
		case err != nil && cancelled:
			z.say(say.Error("cancelled: nothing was changed"))
		case err != nil:
			z.say(err)
		default:
			then()
		}
	})
}

// progress moves the bar, a hundred times at most.
func (z *wizard) progress() desk.Progress {
	last := -1
	return func(done, of int) {
		if percent := 100 * done / max(of, 1); percent != last {
			last = percent
			tell(func() { z.bar.SetValue(float64(percent) / 100) })
		}
	}
}

// escape leaves, or stops the work under way.
func (z *wizard) escape() {
	if z.stop != nil {
		z.stop()
		return
	}
	lost := z.lost()
	if lost == "" {
		z.leave()
		return
	}
	body := widget.NewLabel(lost)
	body.Wrapping = fyne.TextWrapWord
	p := z.ui.newPrompt(z.window.Window, say.T("Leave without finishing?"), body, say.T("Leave"), justClose)
	p.accepted = z.leave
	p.cancel.SetText(say.T("Stay"))
	p.show(fyne.NewSize(420, 0), p.ok)
}

func (z *wizard) leave() {
	if z.left != nil {
		z.left()
	}
	z.ui.leave(z.window)
}

// close goes once all is done.
func (z *wizard) close() {
	z.ui.leave(z.window)
	z.done()
}
