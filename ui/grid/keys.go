package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"backstop/ui/keys"
	"backstop/ui/look"
)

// sideways is by how many pixels the keys move the columns.
const sideways = 48

// TypedKey walks, selects and opens. A key that the grid has no use for is the window's.
func (g *table) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		g.walk(g.cursor.row - 1)
	case fyne.KeyDown:
		g.walk(g.cursor.row + 1)
	case fyne.KeyPageUp:
		g.walk(g.cursor.row - g.down.Page)
	case fyne.KeyPageDown:
		g.walk(max(g.cursor.row, 0) + g.down.Page)
	case fyne.KeyHome:
		g.walk(0)
	case fyne.KeyEnd:
		g.walk(g.rows.Len() - 1)
	case fyne.KeyLeft:
		g.scrollAcross(g.across.Top - sideways)
	case fyne.KeyRight:
		g.scrollAcross(g.across.Top + sideways)
	default:
		if !g.act(e.Name) {
			keys.Pass(g.self, e)
		}
	}
}

// act does what a key does to the cursor's row or the selection, and tells whether it did anything.
func (g *table) act(key fyne.KeyName) bool {
	on := g.cursor.row >= 0
	switch {
	case key == fyne.KeyEscape && len(g.selected.ids) > 0 && !g.Single && !g.Escapes:
		g.Clear()
	case key == fyne.KeySpace && on && !g.bare:
		g.cursor.begin()
		g.toggle(g.cursor.id)
	case (key == fyne.KeyReturn || key == fyne.KeyEnter) && on && g.OnOpen != nil:
		g.OnOpen(g.cursor.id)
	case (key == desktop.KeyMenu || key == fyne.KeyF10 && g.modifiers()&fyne.KeyModifierShift != 0) && on:
		g.menu(g.cursor.row, g.menuPlace())
	default:
		return false
	}
	return true
}

// walk moves the cursor; with Shift it selects what lies between here and where Shift began.
func (g *table) walk(to int) {
	ranging := g.modifiers()&fyne.KeyModifierShift != 0
	g.moveCursor(to, ranging)
	if ranging && g.cursor.row >= 0 {
		g.selectRange(g.cursor.anchor, g.cursor.row, false)
		return
	}
	g.draw(false)
}

// menuPlace is below the cursor's row, for a menu that no mouse asked for.
func (g *table) menuPlace() fyne.Position {
	g.down.Show(g.cursor.row)
	body := fyne.CurrentApp().Driver().AbsolutePositionForObject(g.body)
	return body.AddXY(g.columns.boxes, float32(g.cursor.row-g.down.Top+1)*look.RowHeight)
}

// TypedShortcut copies, selects all, or does something to the columns. Other shortcuts are the window's.
func (g *table) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		g.copy(s.Clipboard)
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
	case *desktop.CustomShortcut:
		if !g.columnKey(s) {
			keys.PassShortcut(g.self, s)
		}
	default:
		keys.PassShortcut(g.self, s)
	}
}

// TypedRune is for the window: the grid has no use for letters.
func (g *table) TypedRune(r rune) {
	keys.PassRune(g.self, r)
}

// FocusGained shows where the keys go.
func (g *table) FocusGained() {
	g.focused = true
	if g.cursor.row < 0 {
		g.moveCursor(g.down.Top, false)
	}
	g.frame.Hidden = false
	g.header.draw()
	g.body.draw(false)
	keys.Reveal(g.self)
}

// FocusLost implements fyne.Focusable.
func (g *table) FocusLost() {
	g.focused = false
	g.frame.Hidden = true
	g.header.draw()
	g.body.draw(false)
}
