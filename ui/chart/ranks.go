package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/look"
)

// Rank is a name with a value, and the value in words.
type Rank struct {
	Name  string
	Value float64
	Words string
	Tone  look.Tone
}

// Ranks are names below each other, each with a bar beside the largest and its value in words.
type Ranks struct {
	widget.BaseWidget
	OnOpen func(i int)

	ranks   []Rank
	at      int
	over    int
	focused bool
}

var (
	_ fyne.Tappable      = (*Ranks)(nil)
	_ fyne.Focusable     = (*Ranks)(nil)
	_ desktop.Hoverable  = (*Ranks)(nil)
	_ desktop.Cursorable = (*Ranks)(nil)
)

// NewRanks makes ranks, without any yet.
func NewRanks(open func(i int)) *Ranks {
	r := &Ranks{OnOpen: open, over: -1}
	r.ExtendBaseWidget(r)
	return r
}

// Set draws other ranks.
func (r *Ranks) Set(ranks []Rank) {
	r.ranks, r.over = ranks, -1
	r.at = max(0, min(r.at, len(ranks)-1))
	r.Refresh()
}

// rankHeight is that of a line.
const rankHeight = 26

func (r *Ranks) lineAt(p fyne.Position) int {
	i := int(p.Y / rankHeight)
	if p.Y < 0 || i >= len(r.ranks) {
		return -1
	}
	return i
}

// Tapped implements fyne.Tappable.
func (r *Ranks) Tapped(e *fyne.PointEvent) {
	keys.Focus(r)
	if i := r.lineAt(e.Position); i >= 0 {
		r.at = i
		r.Refresh()
		r.OnOpen(i)
	}
}

func (r *Ranks) hover(i int) {
	if i != r.over {
		r.over = i
		r.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (r *Ranks) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn implements desktop.Hoverable.
func (r *Ranks) MouseIn(e *desktop.MouseEvent) { r.hover(r.lineAt(e.Position)) }

// MouseMoved implements desktop.Hoverable.
func (r *Ranks) MouseMoved(e *desktop.MouseEvent) { r.hover(r.lineAt(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (r *Ranks) MouseOut() { r.hover(-1) }

// FocusGained implements fyne.Focusable.
func (r *Ranks) FocusGained() {
	r.focused = true
	r.Refresh()
	keys.Reveal(r)
}

// FocusLost implements fyne.Focusable.
func (r *Ranks) FocusLost() { r.focused = false; r.Refresh() }

// TypedRune implements fyne.Focusable.
func (r *Ranks) TypedRune(c rune) { keys.PassRune(r, c) }

// TypedKey implements fyne.Focusable.
func (r *Ranks) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		r.at = max(0, r.at-1)
	case fyne.KeyDown:
		r.at = min(len(r.ranks)-1, r.at+1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if r.at >= 0 && r.at < len(r.ranks) {
			r.OnOpen(r.at)
		}
	default:
		keys.Pass(r, e)
		return
	}
	r.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (r *Ranks) CreateRenderer() fyne.WidgetRenderer {
	d := &ranksRenderer{ranks: r}
	d.draw()
	return d
}

type ranksRenderer struct {
	ranks   *Ranks
	objects []fyne.CanvasObject
}

func (d *ranksRenderer) Layout(fyne.Size) { d.draw() }

func (d *ranksRenderer) MinSize() fyne.Size {
	return fyne.NewSize(280, max(1, float32(len(d.ranks.ranks)))*rankHeight)
}

func (d *ranksRenderer) Refresh() {
	d.draw()
	canvas.Refresh(d.ranks)
}

// draw gives the name two fifths of the width, the bar a third, and the words what is left.
func (d *ranksRenderer) draw() {
	r := d.ranks
	th := r.Theme()
	v := look.Variant(th)
	d.objects = nil
	most := 0.0
	for _, k := range r.ranks {
		most = max(most, k.Value)
	}
	size, text := r.Size(), th.Size(theme.SizeNameText)
	nameRoom, barRoom := size.Width*0.4, size.Width*0.33
	for i, k := range r.ranks {
		top := float32(i) * rankHeight
		if i == r.over || i == r.at && r.focused {
			ground := &canvas.Rectangle{FillColor: th.Color(theme.ColorNameHover, v), CornerRadius: look.ChipRadius}
			if i == r.at && r.focused {
				ground.StrokeColor, ground.StrokeWidth = th.Color(theme.ColorNamePrimary, v), 2
			}
			ground.Resize(fyne.NewSize(size.Width, rankHeight))
			ground.Move(fyne.NewPos(0, top))
			d.objects = append(d.objects, ground)
		}
		name := canvas.NewText(Fit(k.Name, nameRoom-2*look.Gap, text), th.Color(theme.ColorNameForeground, v))
		name.TextSize = text
		name.Move(fyne.NewPos(look.Gap, top+(rankHeight-name.MinSize().Height)/2))
		c := k.Tone.Colours(v)
		bar := &canvas.Rectangle{FillColor: c.Fill, StrokeColor: c.Ink, StrokeWidth: 1, CornerRadius: 2}
		width := float32(0)
		if most > 0 && k.Value > 0 {
			width = max(2, float32(k.Value/most)*barRoom)
		}
		bar.Hidden = width == 0
		bar.Resize(fyne.NewSize(width, rankHeight-10))
		bar.Move(fyne.NewPos(nameRoom, top+5))
		words := canvas.NewText(k.Words, th.Color(theme.ColorNameForeground, v))
		words.TextSize = text
		words.Move(fyne.NewPos(nameRoom+barRoom+look.Gap, top+(rankHeight-words.MinSize().Height)/2))
		d.objects = append(d.objects, name, bar, words)
	}
}

// Fit cuts a text that has no room.
func Fit(s string, room, size float32) string {
	runes := []rune(s)
	for cut := len(runes); cut > 1; cut-- {
		tried := string(runes[:cut])
		if cut < len(runes) {
			tried += "…"
		}
		if fyne.MeasureText(tried, size, fyne.TextStyle{}).Width <= room {
			return tried
		}
	}
	return s
}

func (d *ranksRenderer) Objects() []fyne.CanvasObject { return d.objects }

func (d *ranksRenderer) Destroy() {}
