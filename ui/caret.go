package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// A caret that blinks has its whole window painted again and again, and keeps the loop from its rest: without a graphics card that is a
// fifth of a processor. So it stands still when nobody typed for a while, as carets do elsewhere.
const caretBlinks = 10 * time.Second

// caretStands is set while a field is painted anew so that its caret stands.
var caretStands bool

// blink lets the caret blink from now on for a while, in a program whose loop rests.
func (f *field) blink() {
	switch {
	case theRests.Load() == nil:
	case f.blinks == nil:
		f.blinks = time.AfterFunc(caretBlinks, func() { tell(f.stand) })
	default:
		f.blinks.Reset(caretBlinks)
	}
}

// stand has the caret stand until somebody types. The toolkit asks whether anything may move when a field gains the focus.
func (f *field) stand() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c == nil || c.Focused() != f {
		return
	}
	caretStands = true
	f.Entry.FocusLost()
	f.Entry.FocusGained()
	caretStands = false
}
