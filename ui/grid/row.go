package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"backstop/ui/look"
	"backstop/ui/scroll"
)

// row is the drawing of one row in view. It is used again for another row as soon as its own is out of view.
type row struct {
	box    *fyne.Container
	ground *canvas.Rectangle
	check  *canvas.Image
	cells  []*cell // by column.cell

	id    int64
	ready bool // false while the page is on its way
}

func newRow(cols []*column) *row {
	r := &row{ground: &canvas.Rectangle{}, check: &canvas.Image{}, cells: make([]*cell, len(cols))}
	r.check.Resize(fyne.NewSquareSize(look.ShapeSize))
	r.check.Move(fyne.NewPos((checks-look.ShapeSize)/2, (look.RowHeight-look.ShapeSize)/2))
	r.box = container.New(scroll.Still{}, r.ground, r.check)
	for _, col := range cols {
		c := newCell(col.toned)
		r.cells[col.cell] = c
		r.box.Objects = append(r.box.Objects, c.objects()...)
	}
	return r
}

// place follows the columns; the pixel below the ground is left to the line between rows.
func (r *row) place(cols []*column, boxes, width float32) {
	r.check.Hidden = boxes == 0
	r.box.Resize(fyne.NewSize(width, look.RowHeight))
	r.ground.Resize(fyne.NewSize(width, look.RowHeight-1))
	for _, col := range cols {
		r.cells[col.cell].place(col.x, col.Width, col.right, col.Hidden)
	}
}

// fill shows row i, empty while it is on its way.
func (r *row) fill(i int, rows list, reader reader, cols []*column, s *style) {
	r.id, r.ready = rows.ID(i), reader.take(i)
	for _, col := range cols {
		switch c := r.cells[col.cell]; {
		case col.Hidden:
		case !r.ready:
			c.show("", look.Plain, false, s)
		case !col.toned:
			c.show(reader.text(col.cell), look.Plain, col.link && !reader.plain(col.cell), s)
		default:
			c.show(reader.text(col.cell), reader.tone(col.cell), col.link && !reader.plain(col.cell), s)
		}
	}
}

// mark shows whether the row is selected or under the pointer.
func (r *row) mark(selected, hover bool, s *style) {
	shape := look.Box
	r.ground.FillColor = s.ground
	switch {
	case selected:
		shape, r.ground.FillColor = look.BoxTicked, s.selected
	case hover:
		r.ground.FillColor = s.hover
	}
	tick(r.check, shape, s)
}

// tick shows a check box in one of its shapes.
func tick(box *canvas.Image, shape look.Shape, s *style) {
	p := shape.Picture(s.accent, s.onAccent)
	if shape == look.Box {
		p = shape.Picture(s.muted, s.ground)
	}
	if p != box.Image {
		box.Image = p
		box.Refresh()
	}
}
