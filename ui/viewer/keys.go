package viewer

import (
	"fyne.io/fyne/v2"

	"backstop/ui/keys"
)

// sideways is by how many pixels the keys move the lines.
const sideways = 48

// TypedKey walks through the lines and the matches. A key that the viewer has no use for is the window's.
func (v *Viewer) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		v.walk(v.selected.head - 1)
	case fyne.KeyDown:
		v.walk(v.selected.head + 1)
	case fyne.KeyPageUp:
		v.walk(v.selected.head - v.down.Page)
	case fyne.KeyPageDown:
		v.walk(max(v.selected.head, 0) + v.down.Page)
	case fyne.KeyHome:
		v.walk(0)
	case fyne.KeyEnd:
		v.walk(v.lines.Len() - 1)
	case fyne.KeyLeft:
		v.scrollAcross(v.across.Top - sideways)
	case fyne.KeyRight:
		v.scrollAcross(v.across.Top + sideways)
	case fyne.KeyF3:
		v.onward()
	default:
		keys.Pass(v, e)
	}
}

// onward goes to the next match, with Shift to the one before.
func (v *Viewer) onward() {
	back := v.modifiers()&fyne.KeyModifierShift != 0
	switch {
	case v.OnStep != nil && back:
		v.OnStep(-1)
	case v.OnStep != nil:
		v.OnStep(1)
	case back:
		v.Previous()
	default:
		v.Next()
	}
}

// walk selects a line, or with Shift up to it.
func (v *Viewer) walk(to int) {
	if v.lines.Len() == 0 {
		return
	}
	to = min(max(to, 0), v.lines.Len()-1)
	if v.modifiers()&fyne.KeyModifierShift != 0 {
		v.selected.to(to)
	} else {
		v.selected.only(to)
	}
	v.down.Show(to)
	v.draw(false)
}

// TypedShortcut copies or selects all. Other shortcuts are the window's.
func (v *Viewer) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		v.Copy(s.Clipboard)
	case *fyne.ShortcutSelectAll:
		v.SelectAll()
	default:
		keys.PassShortcut(v, s)
	}
}

// TypedRune is for the window: the viewer has no use for letters.
func (v *Viewer) TypedRune(r rune) {
	keys.PassRune(v, r)
}

// FocusGained shows where the keys go.
func (v *Viewer) FocusGained() {
	v.frame.Hidden = false
	v.draw(false)
}

// FocusLost implements fyne.Focusable.
func (v *Viewer) FocusLost() {
	v.frame.Hidden = true
	v.draw(false)
}
