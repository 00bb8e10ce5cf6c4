package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// prompt is a dialog with a body, a hint that says why one cannot go on, and its buttons. The toolkit's dialogs know neither
// Escape nor Enter and lose the focus; this one gives it back where it was.
type prompt struct {
	ui       *UI
	popup    *widget.PopUp
	canvas   fyne.Canvas
	before   fyne.Focusable
	typed    func(*fyne.KeyEvent)
	letter   func(rune)
	hint     *widget.Label
	ok       *button
	cancel   *button
	accept   accept
	accepted func() // after OK, once the dialog is gone
	width    float32
	busy     bool
}

// accept reads what was entered. Its error is shown as the hint, and the dialog stays; else the work it returns is done beside
// the windows, and its error is shown likewise. No work at all just closes.
type accept func() (work func() error, err error)

// justClose is the OK of a dialog that only tells.
func justClose() (func() error, error) { return nil, nil }

func (u *UI) newPrompt(w fyne.Window, title string, body fyne.CanvasObject, ok string, accept accept) *prompt {
	canvas := w.Canvas()
	p := &prompt{ui: u, canvas: canvas, before: canvas.Focused(), typed: canvas.OnTypedKey(), letter: canvas.OnTypedRune(), accept: accept}
	p.hint = widget.NewLabel("")
	p.hint.Wrapping = fyne.TextWrapWord
	p.hint.Importance = widget.DangerImportance
	p.hint.Hide()
	p.ok = newButton(ok, nil, p.enter)
	p.ok.Importance = widget.HighImportance
	p.cancel = newButton("Cancel", nil, p.close)
	heading := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	buttons := container.NewHBox(layout.NewSpacer(), p.cancel, p.ok)
	below := container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), container.NewVBox(p.hint, buttons))
	content := container.NewBorder(heading, below, nil, nil, body)
	p.popup = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), content), canvas)
	return p
}

// show opens it with the focus on first; nil leaves it on the dialog.
func (p *prompt) show(size fyne.Size, first fyne.Focusable) {
	p.canvas.SetOnTypedKey(p.key)
	p.canvas.SetOnTypedRune(nil) // the letters of the window below mean nothing here
	p.width = size.Width
	p.popup.Resize(size.Max(p.popup.MinSize()))
	p.popup.Show()
	if first != nil {
		p.canvas.Focus(first)
	}
}

// fit gives it the height that its body needs now.
func (p *prompt) fit() {
	p.popup.Resize(fyne.NewSize(p.width, 0))
}

func (p *prompt) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		p.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		p.enter()
	default:
	}
}

func (p *prompt) enter() {
	if p.busy {
		return
	}
	work, err := p.accept()
	if err != nil {
		p.say(err)
		return
	}
	if work == nil {
		p.finish()
		return
	}
	p.busy = true
	p.ok.Disable()
	ask(p.ui.work, func() (struct{}, error) { return struct{}{}, work() }, func(_ struct{}, err error) {
		p.busy = false
		p.ok.Enable()
		if err != nil {
			p.say(err)
			return
		}
		p.finish()
	})
}

func (p *prompt) finish() {
	p.close()
	if p.accepted != nil {
		p.accepted()
	}
}

// say shows why it cannot go on.
func (p *prompt) say(err error) {
	p.hint.SetText(sayError(err))
	p.hint.Show()
}

func (p *prompt) close() {
	p.popup.Hide()
	p.canvas.SetOnTypedKey(p.typed)
	p.canvas.SetOnTypedRune(p.letter)
	if p.before != nil {
		p.canvas.Focus(p.before)
	}
}

// showError says what went wrong, in the window where it happened.
func (u *UI) showError(w fyne.Window, err error) {
	if err == nil || u.ctx.Err() != nil {
		return
	}
	u.showText(w, "This did not work", sayError(err))
}

// showText says something that needs no answer.
func (u *UI) showText(w fyne.Window, title, text string) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	p := u.newPrompt(w, title, container.NewVScroll(label), "OK", justClose)
	p.cancel.Hide()
	p.show(fyne.NewSize(480, 180), p.ok)
}
