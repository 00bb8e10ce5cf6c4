package grid

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
	"backstop/ui/scroll"
)

// body draws the rows in view and hears the mouse over them.
type body struct {
	widget.BaseWidget
	grid *table

	ground *canvas.Rectangle
	lines  *canvas.Rectangle // seen through the pixel between two rows
	ring   *canvas.Rectangle // around the cursor's row
	pool   scroll.Pool[*row]
	layers []fyne.CanvasObject

	pointer fyne.Position
	inside  bool
	over    hovered
	click   click
}

func newBody(g *table) *body {
	b := &body{grid: g, ground: &canvas.Rectangle{}, lines: &canvas.Rectangle{}, ring: &canvas.Rectangle{StrokeWidth: 1}}
	b.stack()
	b.ExtendBaseWidget(b)
	return b
}

// draw brings the rows in view up to date. While scrolling, only those that came into view are filled; the others just move.
func (b *body) draw(stale bool) {
	g := b.grid
	b.provide()
	if stale {
		b.pool.Forget()
	}
	lit, place := b.lit(), 0
	b.pool.Each(&g.down, func(r *row, i int, fresh bool) {
		r.box.Hidden = i < 0
		if i < 0 {
			return
		}
		if fresh || !r.ready {
			r.fill(i, g.rows, g.reader, g.columns.all, &g.style)
		}
		r.mark(g.selected.has(r.id), i == lit, &g.style)
		r.box.Move(fyne.NewPos(float32(-g.across.Top), float32(place)*look.RowHeight))
		place++
	})
	b.lines.Resize(fyne.NewSize(b.Size().Width, float32(place)*look.RowHeight))
	b.drawRing()
	canvas.Refresh(b.ground) // one painting for all that was set; texts are kept by what they say
}

// provide has as many rows as fit, a part of one included.
func (b *body) provide() {
	n := int(math.Ceil(float64(b.Size().Height / look.RowHeight)))
	if b.pool.Provide(n, b.newRow) {
		b.stack()
	}
}

func (b *body) newRow() *row {
	r := newRow(b.grid.columns.all)
	r.place(b.grid.columns.all, b.grid.columns.boxes, b.rowWidth())
	return r
}

// stack puts the rows between what lies below and above all of them.
func (b *body) stack() {
	b.layers = []fyne.CanvasObject{b.ground, b.lines}
	for _, r := range b.pool.All() {
		b.layers = append(b.layers, r.box)
	}
	b.layers = append(b.layers, b.ring)
}

// place follows the columns or the width of the view.
func (b *body) place() {
	for _, r := range b.pool.All() {
		r.place(b.grid.columns.all, b.grid.columns.boxes, b.rowWidth())
	}
}

func (b *body) rowWidth() float32 {
	return max(b.grid.columns.width, b.Size().Width)
}

// drawRing frames the cursor's row while the keys go to the grid.
func (b *body) drawRing() {
	g := b.grid
	b.ring.Hidden = !g.focused || g.cursor.row < g.down.Top || g.cursor.row >= g.down.Top+len(b.pool.All())
	if b.ring.Hidden {
		return
	}
	b.ring.Resize(fyne.NewSize(b.Size().Width-2, look.RowHeight-2))
	b.ring.Move(fyne.NewPos(1, float32(g.cursor.row-g.down.Top)*look.RowHeight))
}

// CreateRenderer implements fyne.Widget.
func (b *body) CreateRenderer() fyne.WidgetRenderer {
	return &bodyRenderer{b}
}

type bodyRenderer struct {
	body *body
}

func (r *bodyRenderer) Layout(size fyne.Size) {
	r.body.ground.Resize(size)
}

func (r *bodyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, 3*look.RowHeight)
}

func (r *bodyRenderer) Objects() []fyne.CanvasObject {
	return r.body.layers
}

func (r *bodyRenderer) Refresh() {
	canvas.Refresh(r.body)
}

func (r *bodyRenderer) Destroy() {}
