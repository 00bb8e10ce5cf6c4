package ui

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	figures "backstop/app/figure"
	"backstop/app/say"
	"backstop/ui/chart"
	"backstop/ui/keys"
	"backstop/ui/look"
)

// figureTile is a figure with its title and how it stood in the period before. A tap opens the rows that it counts.
type figureTile struct {
	widget.BaseWidget
	definition     figures.Definition
	open           func(figures.Definition)
	tell           func(words string) // what it means, while the pointer or the keys are on it
	number, before string
	hovered        bool
	focused        bool
}

var (
	_ fyne.Tappable      = (*figureTile)(nil)
	_ fyne.Focusable     = (*figureTile)(nil)
	_ desktop.Hoverable  = (*figureTile)(nil)
	_ desktop.Cursorable = (*figureTile)(nil)
)

func newFigureTile(d figures.Definition, open func(figures.Definition), tell func(string)) *figureTile {
	t := &figureTile{definition: d, open: open, tell: tell, number: "–"}
	t.ExtendBaseWidget(t)
	return t
}

func (t *figureTile) show(now, before figures.Value) {
	d := t.definition
	t.number, t.before = sayFigure(d, now), say.T("before: %s", sayFigure(d, before))
	if _, word := d.Compare(now, before); word != "" {
		t.before += ", " + say.W(word)
	}
	t.Refresh()
}

// sayFigure is a value in words, with a dash for one that is not known.
func sayFigure(d figures.Definition, v figures.Value) string {
	if !v.Known {
		return "–"
	}
	if d.Unit == figures.Number {
		return countText(int(v.N))
	}
	return say.Decimal(d.Say(v))
}

// Shows is the title of the figure.
func (t *figureTile) Shows() string { return say.W(t.definition.Title) }

func (t *figureTile) Tapped(*fyne.PointEvent) { keys.Focus(t); t.open(t.definition) }
func (t *figureTile) Cursor() desktop.Cursor  { return desktop.PointerCursor }
func (t *figureTile) MouseIn(*desktop.MouseEvent) {
	t.hovered = true
	t.tell(say.W(t.definition.Words))
	t.Refresh()
}
func (t *figureTile) MouseMoved(*desktop.MouseEvent) {}
func (t *figureTile) MouseOut()                      { t.hovered = false; t.Refresh() }
func (t *figureTile) FocusGained() {
	t.focused = true
	t.tell(say.W(t.definition.Words))
	t.Refresh()
	keys.Reveal(t)
}
func (t *figureTile) FocusLost()       { t.focused = false; t.Refresh() }
func (t *figureTile) TypedRune(r rune) { keys.PassRune(t, r) }

func (t *figureTile) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.open(t.definition)
	default:
		keys.Pass(t, e)
	}
}

func (t *figureTile) CreateRenderer() fyne.WidgetRenderer {
	r := &tileRenderer{tile: t, ground: canvas.NewRectangle(nil), title: canvas.NewText("", nil), number: canvas.NewText("", nil), before: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.ChipRadius
	r.number.TextStyle.Bold = true
	r.Refresh()
	return r
}

type tileRenderer struct {
	tile                  *figureTile
	ground                *canvas.Rectangle
	title, number, before *canvas.Text
}

func (r *tileRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.title.Text = chart.Fit(tileTitle(r.tile.definition), size.Width-2*look.Gap, r.title.TextSize)
	r.title.Move(fyne.NewPos(look.Gap, look.Gap/2))
	y := look.Gap/2 + r.title.MinSize().Height
	r.number.Move(fyne.NewPos(look.Gap, y))
	r.before.Move(fyne.NewPos(2*look.Gap+r.number.MinSize().Width, y+r.number.MinSize().Height-r.before.MinSize().Height-2))
}

// shortTitles stand in tiles for titles that are too long: the words below the pointer say it whole.
var shortTitles = map[figures.Key]string{
	figures.NoCopy1: say.N("No good copy for more than 1 day"),
	figures.NoCopy3: say.N("No good copy for more than 3 days"),
	figures.NoCopy7: say.N("No good copy for more than 7 days"),
}

// tileTitle is the title as far as a tile has room.
func tileTitle(d figures.Definition) string { return say.W(cmp.Or(shortTitles[d.Key], d.Title)) }

func (r *tileRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 56) }

func (r *tileRenderer) Refresh() {
	t := r.tile
	th, v := t.Theme(), look.Variant(t.Theme())
	r.ground.FillColor, r.ground.StrokeWidth = th.Color(theme.ColorNameHeaderBackground, v), 0
	if t.hovered {
		r.ground.FillColor = th.Color(theme.ColorNameButton, v)
	}
	if t.focused {
		r.ground.StrokeWidth, r.ground.StrokeColor = 2, th.Color(theme.ColorNamePrimary, v)
	}
	muted := th.Color(theme.ColorNamePlaceHolder, v)
	r.title.Color, r.title.TextSize = muted, look.Small
	r.number.Text, r.number.Color, r.number.TextSize = t.number, th.Color(theme.ColorNameForeground, v), 20
	r.before.Text, r.before.Color, r.before.TextSize = t.before, muted, look.Small
	r.Layout(t.Size())
	canvas.Refresh(t)
}

func (r *tileRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.title, r.number, r.before}
}

func (r *tileRenderer) Destroy() {}
