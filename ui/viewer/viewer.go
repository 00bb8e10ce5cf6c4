// Package viewer shows the lines of a log, as many as there are: it draws those in view, marks errors and what is searched for, and
// copies what is selected. The toolkit's own text widgets lay out all of a text and stand still at some thousand letters.
package viewer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/scroll"
)

// Lines is what the viewer reads from: it must answer at once.
type Lines interface {
	Len() int
	Line(i int) string
}

const (
	lineHeight float32 = 18 // whole, as the height of the grid's rows
	gutter     float32 = 20 // in front of the lines, for the cross of an error
)

// Viewer is the widget. All of it runs on the goroutine of the windows.
type Viewer struct {
	widget.BaseWidget

	OnStep func(by int) // F3: when set, the owner goes to the next match or the one before

	lines   Lines
	isError func(line string) bool

	down, across scroll.Position
	wheels       scroll.Wheels
	bar, level   *scroll.Bar
	text         *pane
	frame        *canvas.Rectangle // while the keys go to the viewer

	selected span
	sought   pattern
	found    int // the line that the last search came to; -1 for none

	style     style
	modifiers func() fyne.KeyModifier
}

var (
	_ fyne.Widget       = (*Viewer)(nil)
	_ fyne.Focusable    = (*Viewer)(nil)
	_ fyne.Shortcutable = (*Viewer)(nil)
)

// New is a viewer of the lines. isError tells which of them are errors; nil marks none.
func New(lines Lines, isError func(line string) bool) *Viewer {
	v := &Viewer{lines: lines, isError: isError, found: -1, modifiers: keys.Held, wheels: scroll.NewWheels(lineHeight)}
	v.selected.clear()
	v.text, v.frame = newPane(v), &canvas.Rectangle{StrokeWidth: 2}
	v.frame.Hidden = true
	v.bar = scroll.NewBar(&v.down, v.ScrollTo)
	v.level = scroll.NewLevelBar(&v.across, v.scrollAcross)
	v.ExtendBaseWidget(v)
	v.restyle()
	return v
}

// Reload draws the lines again after some were added. The view stays where it is; other lines altogether want another viewer.
func (v *Viewer) Reload() {
	v.arrange()
	v.draw(true)
}

// ScrollTo brings a line to the top, as far as there are lines to fill the view below it.
func (v *Viewer) ScrollTo(top int) {
	if v.down.Set(top) {
		v.draw(false)
	}
}

func (v *Viewer) scrollAcross(x int) {
	if v.across.Set(x) {
		v.draw(false)
	}
}

// draw shows the lines in view. The view grows wider with the longest line seen, since nobody has read the others yet.
func (v *Viewer) draw(stale bool) {
	v.text.draw(stale)
	v.across.Len = max(v.across.Len, v.text.widest)
	v.bar.Place()
	v.level.Place()
}

// arrange gives the lines what the bars leave. Both bars keep their places, so that nothing jumps.
func (v *Viewer) arrange() {
	size, thick := v.Size(), v.bar.MinSize().Width
	view := fyne.NewSize(max(0, size.Width-thick), max(0, size.Height-thick))
	v.down.Len, v.down.Page = v.lines.Len(), max(1, int(view.Height/lineHeight))
	v.across.Page = int(view.Width)
	v.down.Set(v.down.Top)
	v.across.Set(v.across.Top)

	v.text.Resize(view)
	v.bar.Resize(fyne.NewSize(thick, view.Height))
	v.bar.Move(fyne.NewPos(view.Width, 0))
	v.level.Resize(fyne.NewSize(view.Width, thick))
	v.level.Move(fyne.NewPos(0, view.Height))
	v.frame.Resize(size)
}
