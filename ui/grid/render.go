package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backstop/ui/look"
)

// CreateRenderer implements fyne.Widget.
func (g *table) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{grid: g}
}

type renderer struct {
	grid *table
	size fyne.Size
}

// restyle takes the colours and sizes of the theme over to what keeps them; rows and titles take theirs whenever they are drawn.
func (g *table) restyle() {
	s := &g.style
	s.read(g.Theme())
	g.frame.StrokeColor = s.accent
	g.body.ground.FillColor, g.body.lines.FillColor, g.body.ring.StrokeColor = s.ground, s.line, s.accent
	g.header.ground.FillColor, g.header.line.FillColor, g.header.drop.FillColor, g.header.chosen.FillColor = s.header, s.line, s.accent, s.accent
}

// Layout does nothing for a size that it knows: the toolkit asks again whenever any text changed.
func (r *renderer) Layout(size fyne.Size) {
	if size != r.size {
		r.size = size
		r.grid.relayout()
	}
}

func (r *renderer) MinSize() fyne.Size {
	return fyne.NewSize(200, look.HeaderHeight+3*look.RowHeight)
}

// Refresh draws all of it again: for a page that arrived, and for another theme.
func (r *renderer) Refresh() {
	g := r.grid
	g.restyle()
	g.bar.Refresh()
	g.level.Refresh()
	g.relayout()
	canvas.Refresh(g.self)
}

func (r *renderer) Objects() []fyne.CanvasObject {
	g := r.grid
	objects := []fyne.CanvasObject{g.header, g.body, g.bar, g.level}
	if g.empty != nil {
		objects = append(objects, g.empty)
	}
	return append(objects, g.frame)
}

func (r *renderer) Destroy() {}
