package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"backstop/ui/look"
)

var (
	_ fyne.Draggable     = (*header[int])(nil)
	_ fyne.Scrollable    = (*header[int])(nil) // which clips it too
	_ desktop.Mouseable  = (*header[int])(nil)
	_ desktop.Hoverable  = (*header[int])(nil)
	_ desktop.Cursorable = (*header[int])(nil)
)

// drag pulls at a column: at its edge for another width, at its title for another place.
type drag[R any] struct {
	col   *column[R]
	edge  bool
	width float32 // when it began
	moved float32 // since
}

// across is a place in the header as a place in the columns.
func (h *header[R]) across(p fyne.Position) float32 {
	return p.X + float32(h.grid.across.Top)
}

// MouseDown notes where a drag begins: the toolkit tells of it only after some pixels.
func (h *header[R]) MouseDown(e *desktop.MouseEvent) {
	h.press = e.Position
}

// MouseUp implements desktop.Mouseable.
func (h *header[R]) MouseUp(*desktop.MouseEvent) {}

// Dragged pulls on.
func (h *header[R]) Dragged(e *fyne.DragEvent) {
	if h.drag == nil {
		h.drag = h.grab(h.across(h.press))
	}
	d := h.drag
	d.moved += e.Dragged.DX
	switch {
	case d.col == nil:
	case d.edge:
		d.col.Width = max(d.col.Min, d.width+d.moved)
		h.grid.relayout()
	default:
		_, x := h.grid.columns.slot(h.across(h.press) + d.moved)
		h.drop.Hidden = false
		put(h.drop, x-1-float32(h.grid.across.Top), 0, 2, look.HeaderHeight)
	}
}

// DragEnd lets the column go where it is.
func (h *header[R]) DragEnd() {
	d := h.drag
	h.drag, h.drop.Hidden = nil, true
	if d == nil || d.col == nil {
		return
	}
	slot, _ := h.grid.columns.slot(h.across(h.press) + d.moved)
	if d.edge || h.grid.columns.move(d.col, slot) {
		h.grid.recolumned()
	}
}

func (h *header[R]) grab(x float32) *drag[R] {
	if col := h.grid.columns.edge(x); col != nil {
		return &drag[R]{col: col, edge: true, width: col.Width}
	}
	return &drag[R]{col: h.grid.columns.at(x)}
}

// MouseIn implements desktop.Hoverable.
func (h *header[R]) MouseIn(e *desktop.MouseEvent) {
	h.MouseMoved(e)
}

// MouseMoved notes the place that decides the pointer.
func (h *header[R]) MouseMoved(e *desktop.MouseEvent) {
	h.pointer = e.Position
}

// MouseOut implements desktop.Hoverable.
func (h *header[R]) MouseOut() {}

// Cursor shows that an edge can be pulled.
func (h *header[R]) Cursor() desktop.Cursor {
	if h.grid.columns.edge(h.across(h.pointer)) != nil {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// Scrolled moves the rows and columns as over the body.
func (h *header[R]) Scrolled(e *fyne.ScrollEvent) {
	h.grid.scrolled(e)
}
