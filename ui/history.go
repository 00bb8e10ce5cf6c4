package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/ui/keys"
	"backstop/ui/look"
)

// strip shows the last runs of a routine as bars, the oldest first: colour and shape tell the outcome, the height the size beside
// the largest of them.
type strip struct {
	widget.BaseWidget
	runs    []desk.ExecutionRow // the oldest first
	own     int64               // the run that the incident is about
	chosen  int                 // -1: none
	over    int
	focused bool

	onHover  func(run desk.ExecutionRow, ok bool)
	onChosen func(run desk.ExecutionRow)
}

// The measures of a bar; the lowest still has room for its shape.
const (
	barWidth  = 16
	barStep   = 20
	barHeight = 32
	barLeast  = 18
)

var (
	_ fyne.Tappable      = (*strip)(nil)
	_ fyne.Focusable     = (*strip)(nil)
	_ desktop.Hoverable  = (*strip)(nil)
	_ desktop.Cursorable = (*strip)(nil)
)

func newStrip(onHover func(desk.ExecutionRow, bool), onChosen func(desk.ExecutionRow)) *strip {
	s := &strip{chosen: -1, over: -1, onHover: onHover, onChosen: onChosen}
	s.ExtendBaseWidget(s)
	return s
}

// show takes runs, the newest first as the desk gives them.
func (s *strip) show(newestFirst []desk.ExecutionRow, own int64) {
	s.runs = nil
	for i := len(newestFirst) - 1; i >= 0; i-- {
		s.runs = append(s.runs, newestFirst[i])
	}
	s.own, s.chosen, s.over = own, -1, -1
	s.Refresh()
}

func (s *strip) at(p fyne.Position) int {
	i := int(p.X / barStep)
	if p.X < 0 || i >= len(s.runs) {
		return -1
	}
	return i
}

// choose picks a run by its place.
func (s *strip) choose(i int) {
	if i < 0 || i >= len(s.runs) {
		return
	}
	s.chosen = i
	s.Refresh()
	s.onChosen(s.runs[i])
}

func (s *strip) hover(i int) {
	if i == s.over {
		return
	}
	s.over = i
	if i < 0 {
		s.onHover(desk.ExecutionRow{}, false)
		return
	}
	s.onHover(s.runs[i], true)
}

func (s *strip) Tapped(e *fyne.PointEvent) {
	keys.Focus(s)
	s.choose(s.at(e.Position))
}
func (s *strip) Cursor() desktop.Cursor           { return desktop.PointerCursor }
func (s *strip) MouseIn(e *desktop.MouseEvent)    { s.hover(s.at(e.Position)) }
func (s *strip) MouseMoved(e *desktop.MouseEvent) { s.hover(s.at(e.Position)) }
func (s *strip) MouseOut()                        { s.hover(-1) }
func (s *strip) FocusGained()                     { s.focused = true; s.Refresh() }
func (s *strip) FocusLost()                       { s.focused = false; s.Refresh() }
func (s *strip) TypedRune(r rune)                 { keys.PassRune(s, r) }

func (s *strip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.walk(-1)
	case fyne.KeyRight:
		s.walk(1)
	default:
		keys.Pass(s, e)
	}
}

// walk goes along the runs; without one chosen it begins at the newest.
func (s *strip) walk(by int) {
	from := s.chosen
	if from < 0 {
		from = len(s.runs) - max(by, 0)
	}
	s.choose(from + by)
}

// height is that of a run's bar: its size beside the largest, the whole height where nothing is known of it.
func (s *strip) height(i int) float32 {
	size, known := s.runs[i].Bytes.Value()
	var most int64
	for _, r := range s.runs {
		if n, ok := r.Bytes.Value(); ok {
			most = max(most, n)
		}
	}
	if !known || most <= 0 {
		return barHeight
	}
	return barLeast + (barHeight-barLeast)*float32(float64(max(size, 0))/float64(most))
}

// runText says a run in a line.
func (u *UI) runText(r desk.ExecutionRow) string {
	parts := []string{u.clockText(r.At()), outcomeWord(r.Outcome), sizeText(r.Bytes), tookText(r.Execution)}
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, "  ·  ")
}

func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	r := &stripRenderer{strip: s, ring: &canvas.Rectangle{StrokeWidth: 2, CornerRadius: look.ChipRadius}}
	r.Refresh()
	return r
}

type stripRenderer struct {
	strip   *strip
	ring    *canvas.Rectangle // around the strip, while the keys go to it
	objects []fyne.CanvasObject
}

func (r *stripRenderer) Layout(size fyne.Size) { r.ring.Resize(size) }

func (r *stripRenderer) MinSize() fyne.Size {
	return fyne.NewSize(max(1, float32(len(r.strip.runs)))*barStep, barHeight+8)
}

func (r *stripRenderer) Refresh() {
	s := r.strip
	th := s.Theme()
	v := look.Variant(th)
	accent := th.Color(theme.ColorNamePrimary, v)
	r.ring.StrokeColor, r.ring.Hidden = accent, !s.focused
	r.objects = []fyne.CanvasObject{r.ring}
	for i, run := range s.runs {
		colours, height := outcomeTone(run.Outcome).Colours(v), s.height(i)
		bar := &canvas.Rectangle{FillColor: colours.Fill, StrokeColor: colours.Ink, StrokeWidth: 1, CornerRadius: 2}
		if i == s.chosen {
			bar.StrokeColor, bar.StrokeWidth = accent, 3
		}
		bar.Resize(fyne.NewSize(barWidth, height))
		bar.Move(fyne.NewPos(float32(i)*barStep+2, barHeight-height+2))
		mark := &canvas.Image{Image: outcomeTone(run.Outcome).Shape().Picture(colours.Ink, colours.Fill)}
		mark.Resize(fyne.NewSquareSize(look.ShapeSize))
		mark.Move(fyne.NewPos(float32(i)*barStep+4, barHeight-look.ShapeSize-1))
		r.objects = append(r.objects, bar, mark)
		if run.ID == s.own {
			line := &canvas.Rectangle{FillColor: accent}
			line.Resize(fyne.NewSize(barWidth, 3))
			line.Move(fyne.NewPos(float32(i)*barStep+2, barHeight+4))
			r.objects = append(r.objects, line)
		}
	}
	canvas.Refresh(s)
}

func (r *stripRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *stripRenderer) Destroy()                     {}
