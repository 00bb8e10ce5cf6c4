package viewer

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/scroll"
)

// pane draws the lines in view and hears the mouse over them.
type pane struct {
	widget.BaseWidget
	viewer *Viewer

	ground *canvas.Rectangle
	pool   scroll.Pool[*line]
	layers []fyne.CanvasObject
	widest int // of the lines drawn so far
}

var (
	_ desktop.Mouseable = (*pane)(nil)
	_ fyne.Tappable     = (*pane)(nil)
	_ fyne.Draggable    = (*pane)(nil)
	_ fyne.Scrollable   = (*pane)(nil) // which clips it too
)

func newPane(v *Viewer) *pane {
	p := &pane{viewer: v, ground: &canvas.Rectangle{}}
	p.layers = []fyne.CanvasObject{p.ground}
	p.ExtendBaseWidget(p)
	return p
}

// draw brings the lines in view up to date, those that came into view or all of them.
func (p *pane) draw(stale bool) {
	v := p.viewer
	p.provide()
	if stale {
		p.pool.Forget()
	}
	place := 0
	p.pool.Each(&v.down, func(l *line, i int, fresh bool) {
		l.box.Hidden = i < 0
		if i < 0 {
			return
		}
		if fresh {
			text := v.lines.Line(i)
			l.fill(text, v.isError != nil && v.isError(text), v.sought, &v.style)
			p.widest = max(p.widest, int(math.Ceil(float64(l.width))))
		}
		l.shade(v.selected.has(i), float32(v.across.Top)+p.Size().Width, &v.style)
		l.box.Move(fyne.NewPos(float32(-v.across.Top), float32(place)*lineHeight))
		place++
	})
	canvas.Refresh(p.ground)
}

// provide has as many lines as fit, a part of one included.
func (p *pane) provide() {
	if !p.pool.Provide(int(math.Ceil(float64(p.Size().Height/lineHeight))), newLine) {
		return
	}
	p.layers = []fyne.CanvasObject{p.ground}
	for _, l := range p.pool.All() {
		p.layers = append(p.layers, l.box)
	}
}

// lineAt is the line under a place, or the nearest one.
func (p *pane) lineAt(at fyne.Position) int {
	i := p.viewer.down.Top + int(math.Floor(float64(at.Y/lineHeight)))
	return min(max(i, 0), p.viewer.lines.Len()-1)
}

// MouseDown begins a selection, or with Shift pulls its end here.
func (p *pane) MouseDown(e *desktop.MouseEvent) {
	v := p.viewer
	if v.lines.Len() == 0 || e.Button != desktop.MouseButtonPrimary {
		return
	}
	if e.Modifier&fyne.KeyModifierShift != 0 {
		v.selected.to(p.lineAt(e.Position))
	} else {
		v.selected.only(p.lineAt(e.Position))
	}
	v.draw(false)
}

// MouseUp implements desktop.Mouseable.
func (p *pane) MouseUp(*desktop.MouseEvent) {}

// Tapped takes the focus.
func (p *pane) Tapped(*fyne.PointEvent) {
	keys.Focus(p.viewer)
}

// Dragged pulls the end of the selection along, and the view with it beyond its edges.
func (p *pane) Dragged(e *fyne.DragEvent) {
	v := p.viewer
	if v.lines.Len() == 0 {
		return
	}
	i := p.lineAt(e.Position)
	v.selected.to(i)
	v.down.Show(i)
	v.draw(false)
}

// DragEnd takes the focus.
func (p *pane) DragEnd() {
	keys.Focus(p.viewer)
}

// Cursor shows that text can be selected.
func (p *pane) Cursor() desktop.Cursor {
	return desktop.TextCursor
}

// Scrolled turns the wheel.
func (p *pane) Scrolled(e *fyne.ScrollEvent) {
	v := p.viewer
	down, across := v.wheels.Turn(e.Scrolled, v.modifiers())
	v.ScrollTo(v.down.Top + down)
	v.scrollAcross(v.across.Top + across)
}
