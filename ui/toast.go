package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
)

// toastTime is how long the offer stands.
const toastTime = 10 * time.Second

// toast says what was done and offers to take it back, or what may be done next. It has a line of its own below the content and covers none of it.
type toast struct {
	ui     *UI
	object *fyne.Container
	said   *widget.Label
	undo   *button
	turn   int // counts what was said, so that an older time-out does not hide something newer
}

func newToast(u *UI) *toast {
	t := &toast{ui: u, said: widget.NewLabel("")}
	t.said.Truncation = fyne.TextTruncateEllipsis
	t.undo = newButton(say.T("Undo"), theme.ContentUndoIcon(), nil)
	t.object = container.NewStack(newSurface(theme.ColorNameSelection), container.NewBorder(nil, nil, nil, t.undo, t.said))
	t.object.Hide()
	return t
}

// show says words for a while; undo, where there is one, is the work of taking back what they tell.
func (t *toast) show(words string, undo func() error) {
	t.undo.SetText(say.T("Undo"))
	t.undo.SetIcon(theme.ContentUndoIcon())
	t.undo.OnTapped = func() { t.takeBack(undo) }
	t.say(words, undo != nil)
}

// offer says words for a while, with what may follow from them.
func (t *toast) offer(words, next string, icon fyne.Resource, do func()) {
	t.undo.SetText(next)
	t.undo.SetIcon(icon)
	t.undo.OnTapped = do
	t.say(words, true)
}

func (t *toast) say(words string, button bool) {
	t.turn++
	turn := t.turn
	t.said.SetText(words)
	t.undo.Hidden = !button
	t.object.Show()
	t.object.Refresh()
	t.ui.after(toastTime, func() {
		tell(func() {
			if turn == t.turn {
				t.object.Hide()
			}
		})
	})
}

// takeBack undoes, and says why it could not.
func (t *toast) takeBack(undo func() error) {
	t.undo.Hide()
	ask(t.ui.work, func() (struct{}, error) { return struct{}{}, undo() }, func(_ struct{}, err error) {
		if err != nil {
			t.show(sayError(err), nil)
			return
		}
		t.show(say.T("Taken back."), nil)
	})
}
