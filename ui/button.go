package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
	"backstop/ui/keys"
)

// The toolkit's buttons, choices and ticks keep every key while they have the focus: Escape would not close a dialog, E not open
// Edit. These hand on what they do not use.

// button is pressed by Space and Enter.
type button struct {
	widget.Button
	forbidden func() // says why it is not for this role; nil where it is
}

func newButton(text string, icon fyne.Resource, tapped func()) *button {
	b := &button{}
	b.Text, b.Icon, b.OnTapped = text, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// quiet is a button that stands back.
func quiet(text string, icon fyne.Resource, tapped func()) *button {
	b := newButton(text, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// MouseIn implements desktop.Hoverable. The toolkit would lay the ground of rows under the pointer over the primary button, and nobody
// could read it.
func (b *button) MouseIn(e *desktop.MouseEvent) {
	if b.Importance != widget.HighImportance {
		b.Button.MouseIn(e)
	}
}

// FocusGained implements fyne.Focusable.
func (b *button) FocusGained() {
	b.Button.FocusGained()
	keys.Reveal(b)
}

// TypedKey implements fyne.Focusable.
func (b *button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	case fyne.KeySpace: // its letter is still to come, and would stand in the first field of a dialog that opens now
	default:
		keys.Pass(b, e)
	}
}

// TypedRune implements fyne.Focusable.
func (b *button) TypedRune(r rune) {
	if r == ' ' {
		b.press()
		return
	}
	keys.PassRune(b, r)
}

// press is a tap that leaves the keys with the button, so that a dialog it opens can give them back: the toolkit's takes them away.
func (b *button) press() {
	switch {
	case b.forbidden != nil:
		b.forbidden()
	case !b.Disabled() && b.OnTapped != nil:
		b.OnTapped()
	}
}

// choice is one of a few; Space and the arrows choose.
type choice struct{ widget.Select }

func newChoice(options []string, changed func(string)) *choice {
	c := &choice{}
	c.Options, c.OnChanged, c.PlaceHolder = options, changed, say.T("choose one")
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained implements fyne.Focusable.
func (c *choice) FocusGained() {
	c.Select.FocusGained()
	keys.Reveal(c)
}

// TypedKey implements fyne.Focusable.
func (c *choice) TypedKey(e *fyne.KeyEvent) {
	if endsDialog(e) {
		keys.Pass(c, e)
		return
	}
	c.Select.TypedKey(e)
}

// tick is yes or no; Space changes it.
type tick struct{ widget.Check }

func newTick(text string, on bool) *tick {
	t := &tick{}
	t.Text, t.Checked = text, on
	t.ExtendBaseWidget(t)
	return t
}

// FocusGained implements fyne.Focusable.
func (t *tick) FocusGained() {
	t.Check.FocusGained()
	keys.Reveal(t)
}

// TypedKey implements fyne.Focusable.
func (t *tick) TypedKey(e *fyne.KeyEvent) { keys.Pass(t, e) }

func endsDialog(e *fyne.KeyEvent) bool {
	return e.Name == fyne.KeyEscape || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
}
