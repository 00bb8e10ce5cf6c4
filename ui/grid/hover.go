package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ desktop.Hoverable  = (*body)(nil)
	_ desktop.Cursorable = (*body)(nil)
)

// hovered is the cell under the pointer.
type hovered struct {
	key string
	id  int64
}

// MouseIn implements desktop.Hoverable.
func (b *body) MouseIn(e *desktop.MouseEvent) {
	b.MouseMoved(e)
}

// MouseMoved lights up the row under the pointer.
func (b *body) MouseMoved(e *desktop.MouseEvent) {
	before := b.lit()
	b.pointer, b.inside = e.Position, true
	if b.lit() != before {
		b.draw(false)
	}
	var now hovered
	if i, col, ok := b.hit(e.Position); ok && col != nil {
		now = hovered{col.Key, b.grid.rows.ID(i)}
	}
	b.hover(now, e.AbsolutePosition)
}

// lit is the row under the pointer, or -1. It goes by the pointer's place: while the wheel turns the pointer stays and the rows move.
func (b *body) lit() int {
	if !b.inside {
		return -1
	}
	return b.rowAt(b.pointer)
}

// MouseOut puts the light out.
func (b *body) MouseOut() {
	b.inside = false
	b.draw(false)
	b.hover(hovered{}, fyne.Position{})
}

func (b *body) hover(now hovered, at fyne.Position) {
	if now == b.over {
		return
	}
	b.over = now
	if b.grid.OnHover != nil {
		b.grid.OnHover(now.key, now.id, at)
	}
}

// Cursor is a hand over a link.
func (b *body) Cursor() desktop.Cursor {
	if i, col, ok := b.hit(b.pointer); ok && b.inside && b.leads(i, col) {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// leads tells whether a click on a cell of row i goes somewhere.
func (b *body) leads(i int, col *column) bool {
	r := b.grid.reader
	return col != nil && col.link && !(r.take(i) && r.plain(col.cell))
}
