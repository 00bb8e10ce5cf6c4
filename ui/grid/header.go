package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// header draws the titles and hears the mouse over them.
type header struct {
	widget.BaseWidget
	grid *table

	ground, line *canvas.Rectangle
	box          *canvas.Image     // ticks all rows
	titles       []*title          // by column.cell
	drop         *canvas.Rectangle // where a dragged column would go
	chosen       *canvas.Rectangle // under the column that keys act on

	pointer fyne.Position
	press   fyne.Position
	drag    *drag
}

// title is one column's heading: its words, the arrow while it is sorted by, and the edge to pull at.
type title struct {
	text  *canvas.Text
	arrow *canvas.Image
	edge  *canvas.Rectangle
}

func newHeader(g *table) *header {
	h := &header{grid: g, ground: &canvas.Rectangle{}, line: &canvas.Rectangle{}, box: &canvas.Image{}, drop: &canvas.Rectangle{}, chosen: &canvas.Rectangle{}}
	h.drop.Hidden, h.chosen.Hidden = true, true
	h.box.Resize(fyne.NewSquareSize(look.ShapeSize))
	for range g.columns.all {
		t := &title{text: &canvas.Text{}, arrow: &canvas.Image{}, edge: &canvas.Rectangle{}}
		t.arrow.Resize(fyne.NewSquareSize(look.ShapeSize))
		h.titles = append(h.titles, t)
	}
	h.ExtendBaseWidget(h)
	return h
}

// draw shows the titles where their columns are.
func (h *header) draw() {
	left := float32(-h.grid.across.Top)
	for _, col := range h.grid.columns.all {
		h.drawTitle(h.titles[col.cell], col, left+col.x)
	}
	if h.chosen.Hidden = true; h.grid.focused && h.grid.column != nil && !h.grid.column.Hidden {
		h.chosen.Hidden = false
		put(h.chosen, left+h.grid.column.x, look.HeaderHeight-3, h.grid.column.Width, 3)
	}
	h.box.Move(fyne.NewPos(left+(checks-look.ShapeSize)/2, (look.HeaderHeight-look.ShapeSize)/2))
	canvas.Refresh(h.ground)
}

func (h *header) drawTitle(t *title, col *column, x float32) {
	g, s := h.grid, &h.grid.style
	sorted := col.Key == g.sortKey
	t.text.Hidden, t.edge.Hidden, t.arrow.Hidden = col.Hidden, col.Hidden, col.Hidden || !sorted
	width := col.Width - 2*gap
	if sorted {
		width -= look.ShapeSize + gap/2
		h.drawArrow(t.arrow, fyne.NewPos(x+col.Width-gap-look.ShapeSize, (look.HeaderHeight-look.ShapeSize)/2))
	}
	t.text.Alignment = fyne.TextAlignLeading
	if col.right {
		t.text.Alignment = fyne.TextAlignTrailing
	}
	t.text.Text, t.text.Color, t.text.TextSize = s.titles.fit(col.title, width).text, s.muted, s.titles.size
	t.text.Resize(fyne.NewSize(width, look.HeaderHeight))
	t.text.Move(fyne.NewPos(x+gap, 0))
	t.edge.FillColor = s.line
	t.edge.Resize(fyne.NewSize(1, look.HeaderHeight-2*gap))
	t.edge.Move(fyne.NewPos(x+col.Width-1, gap))
}

func (h *header) drawArrow(arrow *canvas.Image, at fyne.Position) {
	shape := look.ArrowUp
	if h.grid.falling {
		shape = look.ArrowDown
	}
	arrow.Move(at)
	if p := shape.Picture(h.grid.style.muted, h.grid.style.header); p != arrow.Image {
		arrow.Image = p
		arrow.Refresh()
	}
}

// check shows in the box whether none, some or all rows are selected.
func (h *header) check() {
	h.box.Hidden = h.grid.Single || h.grid.bare
	shape := look.BoxSome
	switch {
	case len(h.grid.selected.ids) == 0:
		shape = look.Box
	case h.grid.allSelected():
		shape = look.BoxTicked
	}
	tick(h.box, shape, &h.grid.style)
}

// CreateRenderer implements fyne.Widget.
func (h *header) CreateRenderer() fyne.WidgetRenderer {
	return &headerRenderer{h}
}

type headerRenderer struct {
	header *header
}

func (r *headerRenderer) Layout(size fyne.Size) {
	h := r.header
	h.ground.Resize(size)
	put(h.line, 0, size.Height-1, size.Width, 1)
}

func (r *headerRenderer) MinSize() fyne.Size {
	return fyne.NewSize(checks, look.HeaderHeight)
}

func (r *headerRenderer) Refresh() {
	canvas.Refresh(r.header)
}

func (r *headerRenderer) Objects() []fyne.CanvasObject {
	h := r.header
	objects := []fyne.CanvasObject{h.ground, h.box}
	for _, t := range h.titles {
		objects = append(objects, t.text, t.arrow, t.edge)
	}
	return append(objects, h.line, h.chosen, h.drop)
}

func (r *headerRenderer) Destroy() {}
