// Package keys hands on what a widget of ours does not use. The toolkit gives keys, letters and shortcuts to the focused widget alone;
// a window that wants F5 or Ctrl+F while a list has the focus has to get them from there.
package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Held tells which modifiers are down: a typed key does not say.
func Held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// Focus gives the keys to the widget.
func Focus[W interface {
	fyne.Widget
	fyne.Focusable
}](w W) {
	if c := of(w); c != nil && c.Focused() != fyne.Focusable(w) {
		c.Focus(w)
	}
}

// Pass gives a key to the window of the widget.
func Pass(w fyne.Widget, e *fyne.KeyEvent) {
	if c := of(w); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// PassRune gives a letter to the window.
func PassRune(w fyne.Widget, r rune) {
	if c := of(w); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// PassShortcut gives a shortcut to the window.
func PassShortcut(w fyne.Widget, s fyne.Shortcut) {
	if c, ok := of(w).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func of(w fyne.Widget) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(w)
}
