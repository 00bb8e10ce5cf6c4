package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Who presses a button by a key goes on from there: it keeps the focus, so that a dialog that it opens gives it back.
func TestButton_pressedByKeysKeepsThem(t *testing.T) {
	test.NewTempApp(t)
	pressed, refused := 0, 0
	b := newButton("Add…", nil, func() { pressed++ })
	c := test.NewTempWindow(t, b).Canvas()
	press := func() {
		t.Helper()
		c.Focus(b)
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		b.TypedRune(' ')
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if c.Focused() != fyne.Focusable(b) {
			t.Errorf("the focus is on %v", c.Focused())
		}
	}
	press()
	b.Disable()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.Enable()
	b.forbidden = func() { refused++ }
	press()
	if pressed != 2 || refused != 2 {
		t.Errorf("pressed %d times, refused %d times; want 2 and 2", pressed, refused)
	}
}
