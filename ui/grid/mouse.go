package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"backstop/ui/keys"
	"backstop/ui/look"
)

var (
	_ desktop.Mouseable      = (*body)(nil)
	_ fyne.Tappable          = (*body)(nil)
	_ fyne.SecondaryTappable = (*body)(nil)
	_ fyne.Scrollable        = (*body)(nil) // which clips it too
)

// click is the last one: the keys held with it, and what it hit when, to know the second of a double click. A widget that asked the
// toolkit for double clicks would wait out their time at every single one.
type click struct {
	held fyne.KeyModifier
	id   int64
	at   time.Time
}

// rowAt is the row under a place in the body; it may lie beyond the last one.
func (b *body) rowAt(p fyne.Position) int {
	return b.grid.down.Top + int(p.Y/look.RowHeight)
}

// hit is what lies at a place: the row, and its column if there is one. ok is false below the last row.
func (b *body) hit(p fyne.Position) (i int, col *column, ok bool) {
	g := b.grid
	i = b.rowAt(p)
	return i, g.columns.at(p.X + float32(g.across.Top)), p.Y >= 0 && i < g.rows.Len()
}

// MouseDown notes the keys held: the tap that follows does not tell them.
func (b *body) MouseDown(e *desktop.MouseEvent) {
	b.click.held = e.Modifier
}

// MouseUp implements desktop.Mouseable.
func (b *body) MouseUp(*desktop.MouseEvent) {}

// Tapped selects a row, opens it at the second of two, ticks its box or follows its link.
func (b *body) Tapped(e *fyne.PointEvent) {
	g, held := b.grid, b.click.held
	b.click.held = 0
	keys.Focus(g.self)
	i, col, ok := b.hit(e.Position)
	if !ok {
		return
	}
	id := g.rows.ID(i)
	double := b.click.id == id && g.now().Sub(b.click.at) < fyne.CurrentApp().Driver().DoubleTapDelay()
	b.click.id, b.click.at = id, g.now()
	ticks := e.Position.X+float32(g.across.Top) < g.columns.boxes
	switch {
	case ticks && held == 0:
		g.pick(i, fyne.KeyModifierShortcutDefault)
	case double && held == 0 && g.OnOpen != nil:
		b.click.at = time.Time{}
		g.OnOpen(id)
	case held == 0 && g.OnLink != nil && b.leads(i, col):
		g.pick(i, 0)
		g.OnLink(col.Key, id)
	default:
		g.pick(i, held)
	}
}

// pick selects with the mouse: the row alone, with Ctrl on top of the others or not any more, with Shift up to it.
func (g *table) pick(i int, held fyne.KeyModifier) {
	shift, ctrl := held&fyne.KeyModifierShift != 0, held&fyne.KeyModifierShortcutDefault != 0
	g.moveCursor(i, shift)
	switch {
	case shift:
		g.selectRange(g.cursor.anchor, i, ctrl)
	case ctrl:
		g.toggle(g.cursor.id)
	case g.Ticks:
		g.draw(false)
	default:
		g.selectRange(i, i, false)
	}
}

// TappedSecondary asks for the menu of what is selected; a row outside of that is selected first.
func (b *body) TappedSecondary(e *fyne.PointEvent) {
	if i, _, ok := b.hit(e.Position); ok {
		b.grid.menu(i, e.AbsolutePosition)
	}
}

func (g *table) menu(i int, at fyne.Position) {
	keys.Focus(g.self)
	if g.selected.has(g.rows.ID(i)) {
		g.moveCursor(i, false)
		g.draw(false)
	} else {
		g.pick(i, 0)
	}
	if g.OnMenu != nil {
		g.OnMenu(g.Selected(), at)
	}
}

// Scrolled turns the wheel.
func (b *body) Scrolled(e *fyne.ScrollEvent) {
	b.grid.scrolled(e)
}
