package grid

import (
	"fyne.io/fyne/v2"

	"backstop/ui/look"
)

// ScrollTo brings a row to the top, as far as there are rows to fill the view below it.
func (g *table) ScrollTo(top int) {
	if g.down.Set(top) {
		g.draw(false)
	}
}

// scrollAcross moves the columns by pixels.
func (g *table) scrollAcross(x int) {
	if g.across.Set(x) {
		g.header.draw()
		g.level.Place()
		g.draw(false)
	}
}

func (g *table) scrolled(e *fyne.ScrollEvent) {
	down, across := g.wheels.Turn(e.Scrolled, g.modifiers())
	g.ScrollTo(g.down.Top + down)
	g.scrollAcross(g.across.Top + across)
}

// arrange gives header, rows and bars their places: the view is what the bars leave. The upright bar keeps its place even when all
// fits, so that columns do not jump when rows arrive.
func (g *table) arrange() {
	size, thick := g.Size(), g.bar.MinSize().Width
	view := fyne.NewSize(max(0, size.Width-thick), max(0, size.Height-look.HeaderHeight))
	g.level.Hidden = g.columns.width <= view.Width
	if !g.level.Hidden {
		view.Height = max(0, view.Height-thick)
	}
	g.down.Len, g.down.Page = g.rows.Len(), max(1, int(view.Height/look.RowHeight))
	g.down.Set(g.down.Top)
	g.across.Len, g.across.Page = int(g.columns.width), int(view.Width)
	g.across.Set(g.across.Top)

	put(g.header, 0, 0, size.Width, look.HeaderHeight)
	put(g.body, 0, look.HeaderHeight, view.Width, view.Height)
	put(g.bar, view.Width, look.HeaderHeight, thick, view.Height)
	put(g.level, 0, look.HeaderHeight+view.Height, view.Width, thick)
	put(g.frame, 0, 0, size.Width, size.Height)
	g.body.place()
	g.level.Place()
	if g.empty != nil {
		put(g.empty, 0, look.HeaderHeight, view.Width, view.Height)
		show(g.empty, g.rows.Len() == 0)
	}
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Resize(fyne.NewSize(w, h))
	o.Move(fyne.NewPos(x, y))
}

func show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
