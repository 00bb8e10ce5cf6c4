package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/look"
)

// legendItem is a colour of the panel with its glyph, its word and how many cells have it; a tap filters by it.
type legendItem struct {
	widget.BaseWidget
	day              look.Day
	word             string
	count            int
	chosen           bool
	hovered, focused bool
	tapped           func()
}

var (
	_ fyne.Tappable      = (*legendItem)(nil)
	_ fyne.Focusable     = (*legendItem)(nil)
	_ desktop.Hoverable  = (*legendItem)(nil)
	_ desktop.Cursorable = (*legendItem)(nil)
)

func newLegendItem(day look.Day, word string, tapped func()) *legendItem {
	l := &legendItem{day: day, word: word, tapped: tapped}
	l.ExtendBaseWidget(l)
	return l
}

func (l *legendItem) show(count int, chosen bool) {
	l.count, l.chosen = count, chosen
	l.Refresh()
}

func (l *legendItem) Tapped(*fyne.PointEvent)        { l.tapped() }
func (l *legendItem) Cursor() desktop.Cursor         { return desktop.PointerCursor }
func (l *legendItem) MouseIn(*desktop.MouseEvent)    { l.hovered = true; l.Refresh() }
func (l *legendItem) MouseMoved(*desktop.MouseEvent) {}
func (l *legendItem) MouseOut()                      { l.hovered = false; l.Refresh() }
func (l *legendItem) FocusGained()                   { l.focused = true; l.Refresh(); keys.Reveal(l) }
func (l *legendItem) FocusLost()                     { l.focused = false; l.Refresh() }
func (l *legendItem) TypedRune(r rune)               { keys.PassRune(l, r) }

func (l *legendItem) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.tapped()
	default:
		keys.Pass(l, e)
	}
}

func (l *legendItem) CreateRenderer() fyne.WidgetRenderer {
	r := &legendRenderer{
		item: l, ground: &canvas.Rectangle{CornerRadius: look.ChipRadius}, patch: &canvas.Rectangle{CornerRadius: 2}, glyph: &canvas.Image{},
		word: &canvas.Text{},
	}
	r.Refresh()
	return r
}

type legendRenderer struct {
	item          *legendItem
	ground, patch *canvas.Rectangle
	glyph         *canvas.Image
	word          *canvas.Text
}

const patchSize = 18

func (r *legendRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.patch.Resize(fyne.NewSquareSize(patchSize))
	r.patch.Move(fyne.NewPos(look.Gap/2, (size.Height-patchSize)/2))
	r.glyph.Resize(fyne.NewSquareSize(look.ShapeSize))
	r.glyph.Move(fyne.NewPos(look.Gap/2+(patchSize-look.ShapeSize)/2, (size.Height-look.ShapeSize)/2))
	r.word.Move(fyne.NewPos(look.Gap+patchSize, (size.Height-r.word.MinSize().Height)/2))
}

func (r *legendRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.word.MinSize().Width+patchSize+2*look.Gap, 28)
}

func (r *legendRenderer) Refresh() {
	l := r.item
	th, v := l.Theme(), look.Variant(l.Theme())
	colours := l.day.Colours(v)
	r.ground.FillColor, r.ground.StrokeWidth = nil, 0
	switch {
	case l.chosen:
		r.ground.FillColor = th.Color(theme.ColorNameSelection, v)
	case l.hovered:
		r.ground.FillColor = th.Color(theme.ColorNameButton, v)
	}
	if l.focused {
		r.ground.StrokeWidth, r.ground.StrokeColor = 2, th.Color(theme.ColorNamePrimary, v)
	}
	r.patch.FillColor = colours.Fill
	r.glyph.Image = l.day.Shape().Picture(colours.Ink, colours.Fill)
	r.glyph.Hidden = r.glyph.Image == nil
	r.glyph.Refresh()
	r.word.Text, r.word.TextStyle.Bold = l.word+"  "+countText(l.count), l.chosen
	r.word.Color, r.word.TextSize = th.Color(theme.ColorNameForeground, v), look.Small
	r.Layout(l.Size())
	canvas.Refresh(l)
}

func (r *legendRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.patch, r.glyph, r.word}
}

func (r *legendRenderer) Destroy() {}
