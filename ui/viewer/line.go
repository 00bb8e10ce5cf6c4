package viewer

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"backstop/ui/look"
	"backstop/ui/scroll"
)

const (
	most = 500 // letters drawn of a line: longer texts are more than a graphics card takes, or an eye
	tab  = "    "
)

// line is the drawing of one line in view, used again for another as soon as its own is out of view.
type line struct {
	box    *fyne.Container
	ground *canvas.Rectangle
	cross  *canvas.Image // stands before an error: colour alone says nothing
	marks  []*canvas.Rectangle
	text   *canvas.Text

	failed bool
	width  float32
}

func newLine() *line {
	l := &line{ground: &canvas.Rectangle{}, cross: &canvas.Image{}, text: &canvas.Text{TextStyle: monospace}}
	l.cross.Resize(fyne.NewSquareSize(look.ShapeSize))
	l.cross.Move(fyne.NewPos((gutter-look.ShapeSize)/2, (lineHeight-look.ShapeSize)/2))
	l.text.Move(fyne.NewPos(gutter, 0))
	l.box = container.New(scroll.Still{})
	l.stack()
	return l
}

// stack puts the marks below the text.
func (l *line) stack() {
	l.box.Objects = []fyne.CanvasObject{l.ground, l.cross}
	for _, m := range l.marks {
		l.box.Objects = append(l.box.Objects, m)
	}
	l.box.Objects = append(l.box.Objects, l.text)
}

// fill shows a line's text, its cross and its marks.
func (l *line) fill(text string, failed bool, sought pattern, s *style) {
	letters, cut := drawn(text)
	l.failed = failed
	l.text.Text, l.text.TextSize, l.text.Color = string(letters), s.size, s.text
	if failed {
		l.text.Color = s.failed.Ink
	}
	if cross := look.Cross.Picture(s.failed.Ink, s.failed.Fill); cross != l.cross.Image {
		l.cross.Image = cross
		l.cross.Refresh()
	}
	l.cross.Hidden = !failed
	l.width = gutter + reach(letters, s)
	l.text.Resize(fyne.NewSize(l.width, lineHeight))

	at := sought.within(letters)
	if len(at) == 0 && cut && sought.in(text) {
		at, sought = []int{most}, sought[:1] // it is in what was cut off: the ellipsis stands for it
	}
	l.mark(letters, at, len(sought), s)
}

// mark lays a rectangle under every match.
func (l *line) mark(letters []rune, at []int, length int, s *style) {
	for len(l.marks) < len(at) {
		l.marks = append(l.marks, &canvas.Rectangle{CornerRadius: 2, StrokeWidth: 1})
	}
	for k, m := range l.marks {
		m.Hidden = k >= len(at)
		if m.Hidden {
			continue
		}
		x, end := reach(letters[:at[k]], s), reach(letters[:at[k]+length], s)
		m.FillColor, m.StrokeColor = s.match.Fill, s.match.Ink
		m.Resize(fyne.NewSize(end-x, lineHeight-2))
		m.Move(fyne.NewPos(gutter+x, 1))
	}
	l.stack()
}

// reach is how far letters go. Plain ones all take the same room; others are measured.
func reach(letters []rune, s *style) float32 {
	for _, r := range letters {
		if r > '~' {
			return s.measure(string(letters))
		}
	}
	return float32(len(letters)) * s.letter
}

// shade shows whether the line is selected or an error.
func (l *line) shade(selected bool, width float32, s *style) {
	l.ground.Resize(fyne.NewSize(width, lineHeight))
	switch {
	case selected:
		l.ground.FillColor = s.selected
	case l.failed:
		l.ground.FillColor = s.failed.Fill
	default:
		l.ground.FillColor = s.ground
	}
}

// drawn is a line as it is drawn: printable, tabs as blanks, and cut.
func drawn(text string) (letters []rune, cut bool) {
	text, cut = head(text)
	letters = []rune(look.Printable(strings.ReplaceAll(text, "\t", tab)))
	if len(letters) > most {
		letters, cut = letters[:most], true
	}
	if cut {
		letters = append(letters, '…')
	}
	return letters, cut
}

// head is as much of a text as can be drawn: a line may be a whole file without line breaks.
func head(text string) (string, bool) {
	n := 0
	for i := range text {
		if n == most {
			return text[:i], true
		}
		n++
	}
	return text, false
}
