package scroll

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Bar is a scrollbar over a Position. It does not move the position: it says where to, and its owner does.
type Bar struct {
	widget.BaseWidget

	position *Position
	level    bool // lies along the bottom
	move     func(top int)

	track, thumb *canvas.Rectangle

	dragging bool
	start    int     // the top when the drag began
	moved    float32 // by how much since, beyond the ends too
}

var (
	_ fyne.Draggable    = (*Bar)(nil)
	_ fyne.Tappable     = (*Bar)(nil)
	_ desktop.Hoverable = (*Bar)(nil)
)

// NewBar is a bar along the right edge.
func NewBar(p *Position, move func(top int)) *Bar {
	b := &Bar{position: p, move: move, track: &canvas.Rectangle{}, thumb: &canvas.Rectangle{}}
	b.ExtendBaseWidget(b)
	return b
}

// NewLevelBar is a bar along the bottom.
func NewLevelBar(p *Position, move func(top int)) *Bar {
	b := NewBar(p, move)
	b.level = true
	return b
}

// Place puts the thumb where the position stands.
func (b *Bar) Place() {
	at, length := b.position.thumb(b.length())
	pos, size := fyne.NewPos(2, at), fyne.NewSize(b.Size().Width-4, length)
	if b.level {
		pos, size = fyne.NewPos(at, 2), fyne.NewSize(length, b.Size().Height-4)
	}
	b.thumb.Resize(size)
	b.thumb.Move(pos)
	b.thumb.Hidden = b.position.Last() == 0
}

// Dragged moves the list along with the thumb.
func (b *Bar) Dragged(e *fyne.DragEvent) {
	if !b.dragging {
		b.dragging, b.start, b.moved = true, b.position.Top, 0
	}
	b.moved += b.along(e.Dragged.DX, e.Dragged.DY)
	b.move(b.position.dragged(b.start, b.moved, b.length()))
}

// DragEnd lets the thumb go.
func (b *Bar) DragEnd() {
	b.dragging = false
}

// Tapped on the track goes on by a page.
func (b *Bar) Tapped(e *fyne.PointEvent) {
	at, length := b.position.thumb(b.length())
	switch tap := b.along(e.Position.X, e.Position.Y); {
	case tap < at:
		b.move(b.position.Top - b.position.Page)
	case tap > at+length:
		b.move(b.position.Top + b.position.Page)
	}
}

// MouseIn takes the hover, so that what lies around the bar loses it.
func (b *Bar) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (b *Bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Bar) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	b.restyle()
	return &barRenderer{bar: b}
}

func (b *Bar) length() float32 {
	return b.along(b.Size().Width, b.Size().Height)
}

func (b *Bar) along(x, y float32) float32 {
	if b.level {
		return x
	}
	return y
}

func (b *Bar) restyle() {
	th, v := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	b.track.FillColor = th.Color(theme.ColorNameHeaderBackground, v)
	b.thumb.FillColor = th.Color(theme.ColorNameInputBorder, v)
	b.thumb.CornerRadius = th.Size(theme.SizeNameScrollBarRadius)
}

type barRenderer struct {
	bar *Bar
}

func (r *barRenderer) Layout(size fyne.Size) {
	r.bar.track.Resize(size)
	r.bar.Place()
}

func (r *barRenderer) MinSize() fyne.Size {
	return fyne.NewSquareSize(r.bar.Theme().Size(theme.SizeNameScrollBar))
}

func (r *barRenderer) Refresh() {
	r.bar.restyle()
	r.bar.Place()
	canvas.Refresh(r.bar.track)
}

func (r *barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bar.track, r.bar.thumb}
}

func (r *barRenderer) Destroy() {}
