package viewer

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// press puts the primary button down on the k-th line in view.
func press(v *Viewer, k int, held fyne.KeyModifier) {
	v.text.MouseDown(&desktop.MouseEvent{PointEvent: at(k), Button: desktop.MouseButtonPrimary, Modifier: held})
}

func at(k int) fyne.PointEvent {
	return fyne.PointEvent{Position: fyne.NewPos(40, (float32(k)+0.5)*lineHeight)}
}

func TestSelection_byMouse(t *testing.T) {
	lines := nightly(40)
	v, w := newStage(t, lines)
	press(v, 3, 0)
	check(t, "one", v.Selected(), lines[3]+"\n")
	press(v, 5, fyne.KeyModifierShift)
	check(t, "up to here", strings.Count(v.Selected(), "\n"), 3)
	check(t, "shaded", drawing(v, 4).ground.FillColor == v.style.selected, true)
	check(t, "not shaded", drawing(v, 6).ground.FillColor == v.style.selected, false)

	press(v, 6, 0)
	v.text.Dragged(&fyne.DragEvent{PointEvent: at(4)})
	check(t, "dragged up", v.Selected(), lines[4]+"\n"+lines[5]+"\n"+lines[6]+"\n")
	v.text.Dragged(&fyne.DragEvent{PointEvent: at(room + 1)}) // beyond the view
	v.text.DragEnd()
	check(t, "dragged on", v.selected, span{6, 13})
	check(t, "the view follows", v.down.Top, 2)

	test.TapCanvas(w.Canvas(), fyne.NewPos(40, 40))
	check(t, "focus", w.Canvas().Focused() == fyne.Focusable(v), true)
	check(t, "frame", v.frame.Visible(), true)
	w.Canvas().Unfocus()
	check(t, "frame", v.frame.Visible(), false)
}

func TestSelection_byKeys(t *testing.T) {
	v, _ := newStage(t, nightly(40))
	typed(v, fyne.KeyDown, fyne.KeyDown, fyne.KeyPageDown)
	check(t, "walked", v.selected, span{13, 13})
	check(t, "in view", v.down.Top, 2)
	v.modifiers = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	typed(v, fyne.KeyUp, fyne.KeyUp)
	check(t, "pulled", v.selected, span{13, 11})
	typed(v, fyne.KeyHome)
	check(t, "to the start", v.selected, span{13, 0})
	typed(v, fyne.KeyEnd, fyne.KeyPageUp)
	check(t, "back from the end", v.selected, span{13, 27})
}

func TestCopy_takesWholeLines(t *testing.T) {
	long := strings.Repeat("y", 900)
	v, _ := newStage(t, logLines{"first\x1b[0m", long, "last"})
	clipboard := test.NewClipboard()
	v.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	check(t, "nothing selected", clipboard.Content(), "")
	v.TypedShortcut(&fyne.ShortcutSelectAll{})
	v.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	check(t, "copied", clipboard.Content(), "first·[0m\n"+long+"\nlast\n")
}
