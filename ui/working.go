package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
)

// working is a dialog over work that takes its time: it shows how far that has come and lets it be called off. What is done soon
// shows none.
type working struct {
	ui     *UI
	prompt *prompt
	bar    *widget.ProgressBar
	over   bool
}

// doWork does work beside the windows. Then is called when it came to its end; what was called off changes nothing, and nothing is said.
func (u *UI) doWork(w fyne.Window, title, text string, work func(context.Context, desk.Progress) error, then func()) {
	ctx, cancel := context.WithCancel(u.ctx)
	said := widget.NewLabel(text)
	said.Wrapping = fyne.TextWrapWord
	d := &working{ui: u, bar: widget.NewProgressBar()}
	u.after(slow, func() {
		tell(func() {
			if !d.over {
				d.show(w, title, said, cancel)
			}
		})
	})
	ask(u.work, func() (struct{}, error) { return struct{}{}, work(ctx, d.progress()) }, func(_ struct{}, err error) {
		called := ctx.Err() != nil
		d.over = true
		cancel()
		if d.prompt != nil {
			d.prompt.close()
		}
		switch {
		case err == nil:
			then()
		case !called || !errors.Is(err, context.Canceled):
			u.showError(w, err)
		}
	})
}

func (d *working) show(w fyne.Window, title string, said fyne.CanvasObject, cancel context.CancelFunc) {
	d.prompt = d.ui.newPrompt(w, title, container.NewVBox(said, d.bar), "", justClose)
	d.prompt.busy = true // Enter ends nothing
	d.prompt.ok.Hide()
	d.prompt.leaving = cancel
	d.prompt.show(fyne.NewSize(480, 0), d.prompt.cancel)
}

// progress moves the bar, a hundred times at most.
func (d *working) progress() desk.Progress {
	last := -1
	return func(done, of int) {
		if percent := 100 * done / max(of, 1); percent != last {
			last = percent
			tell(func() { d.bar.SetValue(float64(percent) / 100) })
		}
	}
}
