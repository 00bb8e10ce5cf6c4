package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/keys"
	"backstop/ui/look"
)

// figure is a number with its words; a tap filters the table by what it counts.
type figure struct {
	widget.BaseWidget
	number, words string
	tapped        func()
	hovered       bool
	focused       bool
}

var (
	_ fyne.Tappable      = (*figure)(nil)
	_ fyne.Focusable     = (*figure)(nil)
	_ desktop.Hoverable  = (*figure)(nil)
	_ desktop.Cursorable = (*figure)(nil)
)

func newFigure(tapped func()) *figure {
	f := &figure{tapped: tapped}
	f.ExtendBaseWidget(f)
	return f
}

func (f *figure) set(number, words string) {
	f.number, f.words = number, words
	f.Refresh()
}

func (f *figure) Tapped(*fyne.PointEvent)        { f.tapped() }
func (f *figure) Cursor() desktop.Cursor         { return desktop.PointerCursor }
func (f *figure) MouseIn(*desktop.MouseEvent)    { f.hovered = true; f.Refresh() }
func (f *figure) MouseMoved(*desktop.MouseEvent) {}
func (f *figure) MouseOut()                      { f.hovered = false; f.Refresh() }
func (f *figure) FocusGained()                   { f.focused = true; f.Refresh() }
func (f *figure) FocusLost()                     { f.focused = false; f.Refresh() }
func (f *figure) TypedRune(r rune)               { keys.PassRune(f, r) }

func (f *figure) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.tapped()
	default:
		keys.Pass(f, e)
	}
}

func (f *figure) CreateRenderer() fyne.WidgetRenderer {
	r := &figureRenderer{f: f, ground: canvas.NewRectangle(nil), number: canvas.NewText("", nil), words: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.ChipRadius
	r.number.TextStyle.Bold = true
	r.Refresh()
	return r
}

type figureRenderer struct {
	f             *figure
	ground        *canvas.Rectangle
	number, words *canvas.Text
}

func (r *figureRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	n, w := r.number.MinSize(), r.words.MinSize()
	r.number.Move(fyne.NewPos(look.Gap, (size.Height-n.Height)/2))
	r.words.Move(fyne.NewPos(look.Gap*1.75+n.Width, (size.Height-w.Height)/2+1))
}

func (r *figureRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.number.MinSize().Width+r.words.MinSize().Width+look.Gap*2.75, 32)
}

func (r *figureRenderer) Refresh() {
	th, v := r.f.Theme(), look.Variant(r.f.Theme())
	r.ground.FillColor, r.ground.StrokeWidth = nil, 0
	if r.f.hovered {
		r.ground.FillColor = th.Color(theme.ColorNameButton, v)
	}
	if r.f.focused {
		r.ground.StrokeWidth, r.ground.StrokeColor = 2, th.Color(theme.ColorNamePrimary, v)
	}
	r.number.Text, r.number.Color, r.number.TextSize = r.f.number, th.Color(theme.ColorNameForeground, v), th.Size(theme.SizeNameSubHeadingText)
	r.words.Text, r.words.Color, r.words.TextSize = r.f.words, th.Color(theme.ColorNamePlaceHolder, v), th.Size(theme.SizeNameText)
	r.Layout(r.f.Size())
	canvas.Refresh(r.f)
}

func (r *figureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.number, r.words}
}

func (r *figureRenderer) Destroy() {}

// figureLine is the line of figures above the table.
type figureLine struct {
	open, progress, hold, lost, first, evidence *figure
	row                                         *fyne.Container
}

// newFigureLine makes the line; filter is called with what a figure counts.
func newFigureLine(u *UI, filter func(desk.IncidentQuery)) *figureLine {
	by := func(q desk.IncidentQuery) func() { return func() { filter(q) } }
	l := &figureLine{
		open:     newFigure(by(desk.IncidentQuery{States: desk.OpenStates})),
		progress: newFigure(by(desk.IncidentQuery{States: []incident.State{incident.InProgress}})),
		hold:     newFigure(by(desk.IncidentQuery{States: []incident.State{incident.OnHold}})),
		evidence: newFigure(by(desk.IncidentQuery{EvidenceChanged: true})),
	}
	l.lost = newFigure(func() { filter(desk.IncidentQuery{LostLast: desk.Week}) })
	l.first = newFigure(func() { filter(desk.IncidentQuery{FailedLast: 24 * time.Hour}) })
	l.set(desk.Figures{})
	l.row = container.New(layout.NewCustomPaddedHBoxLayout(look.Gap), l.open, l.progress, l.hold, l.lost, l.evidence, l.first)
	return l
}

func (l *figureLine) set(f desk.Figures) {
	l.open.set(countText(f.Open), say.T("open"))
	l.progress.set(countText(f.InProgress), say.T("in progress"))
	l.hold.set(countText(f.OnHold), say.T("on hold"))
	l.lost.set(countText(f.LostThisWeek), say.T("lost this week"))
	l.evidence.set(countText(f.Evidence), say.T("evidence changed"))
	l.evidence.Hidden = f.Evidence == 0
	rate := "–"
	if f.FirstTryRuns > 0 {
		rate = say.Decimal(fmt.Sprintf("%.1f %%", 100*float64(f.FirstTryGood)/float64(f.FirstTryRuns)))
	}
	l.first.set(rate, say.T("first attempt, 24 h"))
	if l.row != nil {
		l.row.Refresh()
	}
}
