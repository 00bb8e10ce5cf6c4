package ui

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// prompt is a dialog with a body, a hint that says why one cannot go on, and its buttons. The toolkit's dialogs know neither
// Escape nor Enter and lose the focus; this one gives it back where it was.
type prompt struct {
	ui       *UI
	window   fyne.Window
	popup    *widget.PopUp
	canvas   fyne.Canvas
	before   fyne.Focusable
	typed    func(*fyne.KeyEvent)
	letter   func(rune)
	hint     *widget.Label
	ok       *button
	cancel   *button
	accept   accept
	accepted func()            // after OK, once the dialog is gone
	leaving  func()            // when it goes, whatever was pressed
	long     *container.Scroll // what the arrows scroll where nothing else takes them; nil: nothing
	size     fyne.Size
	busy     bool
	closed   bool
}

// accept reads what was entered. Its error is shown as the hint, and the dialog stays; else the work it returns is done beside
// the windows, and its error is shown likewise. No work at all just closes.
type accept func() (work func() error, err error)

// justClose is the OK of a dialog that only tells.
func justClose() (func() error, error) { return nil, nil }

func (u *UI) newPrompt(w fyne.Window, title string, body fyne.CanvasObject, ok string, accept accept) *prompt {
	canvas := w.Canvas()
	p := &prompt{ui: u, window: w, canvas: canvas, before: canvas.Focused(), typed: canvas.OnTypedKey(), letter: canvas.OnTypedRune(), accept: accept}
	p.hint = widget.NewLabel("")
	p.hint.Wrapping = fyne.TextWrapWord
	p.hint.Importance = widget.DangerImportance
	p.hint.Hide()
	p.ok = newButton(ok, nil, p.enter)
	p.ok.Importance = widget.HighImportance
	p.cancel = newButton(say.T("Cancel"), nil, p.close)
	heading := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	buttons := container.NewHBox(layout.NewSpacer(), p.cancel, p.ok)
	below := container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), container.NewVBox(p.hint, buttons))
	content := container.NewBorder(heading, below, nil, nil, lowered(body, canvas, heading, below))
	p.popup = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), content), canvas)
	return p
}

// lowered is a body that scrolls in a window too low for it, with what stands above and below it.
func lowered(body fyne.CanvasObject, canvas fyne.Canvas, around ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&lowLayout{body: body, room: func() float32 {
		room := canvas.Size().Height - 6*look.Gap
		for _, o := range around {
			room -= o.MinSize().Height
		}
		return room
	}}, container.NewVScroll(body))
}

type lowLayout struct {
	body fyne.CanvasObject
	room func() float32
}

// Layout implements fyne.Layout.
func (l *lowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// MinSize implements fyne.Layout.
func (l *lowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	least := l.body.MinSize()
	return fyne.NewSize(least.Width, min(least.Height, l.room()))
}

// show opens it with the focus on first; nil leaves it on the dialog. What stands in a line at first is selected: typing replaces it.
func (p *prompt) show(size fyne.Size, first fyne.Focusable) {
	p.canvas.SetOnTypedKey(p.key)
	p.canvas.SetOnTypedRune(p.rune)
	p.popup.Show()
	p.resize(size)
	if first != nil {
		p.canvas.Focus(first)
	}
	if line, ok := first.(*field); ok && !line.MultiLine {
		line.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// fit gives it the height that its body needs now.
func (p *prompt) fit() {
	p.resize(fyne.NewSize(p.size.Width, 0))
}

// resize gives it a size, or what its content needs if that is more. Twice: a text that wraps knows its height only in its width.
func (p *prompt) resize(size fyne.Size) {
	p.size = size
	for range 2 {
		p.popup.Resize(size.Max(p.popup.MinSize()))
	}
}

func (p *prompt) key(e *fyne.KeyEvent) {
	switch {
	case p.closed && p.typed != nil: // a dialog that lay above it gave the keys back
		p.typed(e)
	case p.closed:
	case e.Name == fyne.KeyEscape:
		p.close()
	case e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter:
		p.enter()
	case p.long != nil:
		p.scroll(float32(walked(e.Name)))
	}
}

// scrolled has the arrows scroll what a dialog has to read.
func (p *prompt) scrolled(long *container.Scroll) { p.long = long }

// scroll goes down by lines.
func (p *prompt) scroll(lines float32) {
	p.long.ScrollToOffset(fyne.NewPos(0, max(0, p.long.Offset.Y+lines*look.RowHeight)))
}

// rune keeps letters from the window below: they mean nothing here.
func (p *prompt) rune(r rune) {
	if p.closed && p.letter != nil {
		p.letter(r)
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
		switch {
		case err != nil && p.closed:
			p.ui.showError(p.window, err)
		case err != nil:
			p.say(err)
		default:
			p.finish()
		}
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
	p.resize(p.size)
}

// close gives keys and focus back, unless another dialog has been opened above it: then they stay that one's.
func (p *prompt) close() {
	if p.closed {
		return
	}
	p.closed = true
	if p.leaving != nil {
		p.leaving()
	}
	focused, above := p.canvas.Focused(), p.above()
	p.popup.Hide() // and with it what lies above
	if len(above) > 0 {
		for _, o := range above {
			p.canvas.Overlays().Add(o)
		}
		p.canvas.Focus(focused)
		return
	}
	p.canvas.SetOnTypedKey(p.typed)
	p.canvas.SetOnTypedRune(p.letter)
	if p.before != nil {
		p.canvas.Focus(p.before)
	}
}

// above are the dialogs and menus that were opened while this one was.
func (p *prompt) above() []fyne.CanvasObject {
	all := p.canvas.Overlays().List()
	at := slices.Index(all, fyne.CanvasObject(p.popup))
	if at < 0 {
		return nil
	}
	return slices.Clone(all[at+1:])
}

// showError says what went wrong, in the window where it happened.
func (u *UI) showError(w fyne.Window, err error) {
	if err == nil || u.ctx.Err() != nil {
		return
	}
	if errors.Is(err, desk.ErrSignIn) {
		if w.Canvas().Overlays().Top() == nil { // else the dialog asks when it goes
			u.signInNow()
		}
		return
	}
	show := func() { u.showText(w, say.T("This did not work"), sayError(err)) }
	if u.desk == nil || !errors.Is(err, desk.ErrDamaged) {
		show()
		return
	}
	ask(u.work, func() (string, error) {
		checked := u.desk.Doubt(u.ctx, err)
		return u.desk.FoundDamage(), checked
	}, func(found string, _ error) {
		if found == "" && u.ctx.Err() == nil { // else it stands above all pages
			show()
		}
	})
}

// showText says something that needs no answer.
func (u *UI) showText(w fyne.Window, title, text string) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	long := container.NewVScroll(label)
	p := u.newPrompt(w, title, long, say.T("OK"), justClose)
	p.cancel.Hide()
	p.scrolled(long)
	p.show(fyne.NewSize(480, 180), p.ok)
	if more := label.MinSize().Height - long.Size().Height; more > 0 { // as high as it is long, or as the window is
		p.resize(fyne.NewSize(480, min(180+more, p.canvas.Size().Height-6*look.Gap)))
	}
}

// askConfirm says what will happen, and does it.
func (u *UI) askConfirm(w fyne.Window, title, text, ok string, do func() error, done func()) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	p := u.newPrompt(w, title, label, ok, func() (func() error, error) { return do, nil })
	p.accepted = done
	p.show(fyne.NewSize(480, 0), p.ok)
}
