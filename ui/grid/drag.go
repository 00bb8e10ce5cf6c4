package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"backstop/ui/look"
)

var (
	_ fyne.Draggable     = (*header)(nil)
	_ fyne.Scrollable    = (*header)(nil) // which clips it too
	_ desktop.Mouseable  = (*header)(nil)
	_ desktop.Hoverable  = (*header)(nil)
	_ desktop.Cursorable = (*header)(nil)
)

// drag pulls at a column: at its edge for another width, at its title for another place.
type drag struct {
	col   *column
	edge  bool
	width float32 // when it began
	moved float32 // since
}

// across is a place in the header as a place in the columns.
func (h *header) across(p fyne.Position) float32 {
	return p.X + float32(h.grid.across.Top)
}

// MouseDown notes where a drag begins: the toolkit tells of it only after some pixels.
func (h *header) MouseDown(e *desktop.MouseEvent) {
	h.press = e.Position
}

// MouseUp implements desktop.Mouseable.
func (h *header) MouseUp(*desktop.MouseEvent) {}

// Dragged pulls on.
func (h *header) Dragged(e *fyne.DragEvent) {
	if h.drag == nil {
		h.drag = h.grab(h.across(h.press))
	}
	d := h.drag
	d.moved += e.Dragged.DX
	switch {
	case d.col == nil:
	case d.edge:
		d.col.Width = max(d.col.min, d.width+d.moved)
		h.grid.relayout()
	default:
		_, x := h.grid.columns.slot(h.across(h.press) + d.moved)
		h.drop.Hidden = false
		put(h.drop, x-1-float32(h.grid.across.Top), 0, 2, look.HeaderHeight)
	}
}

// DragEnd lets the column go where it is.
func (h *header) DragEnd() {
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

func (h *header) grab(x float32) *drag {
	if col := h.grid.columns.edge(x); col != nil {
		return &drag{col: col, edge: true, width: col.Width}
	}
	return &drag{col: h.grid.columns.at(x)}
}

// MouseIn implements desktop.Hoverable.
func (h *header) MouseIn(e *desktop.MouseEvent) {
	h.MouseMoved(e)
}

// MouseMoved notes the place that decides the pointer.
func (h *header) MouseMoved(e *desktop.MouseEvent) {
	h.pointer = e.Position
}

// MouseOut implements desktop.Hoverable.
func (h *header) MouseOut() {}

// Cursor shows that an edge can be pulled.
func (h *header) Cursor() desktop.Cursor {
	if h.grid.columns.edge(h.across(h.pointer)) != nil {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// Scrolled moves the rows and columns as over the body.
func (h *header) Scrolled(e *fyne.ScrollEvent) {
	h.grid.scrolled(e)
}
