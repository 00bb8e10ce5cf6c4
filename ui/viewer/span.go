package viewer

import (
	"strings"

	"fyne.io/fyne/v2"

	"backstop/ui/look"
)

// span is the selected lines: from where the selection began to where it is pulled.
type span struct {
	anchor, head int // -1: none
}

func (s *span) clear() {
	s.anchor, s.head = -1, -1
}

func (s *span) only(i int) {
	s.anchor, s.head = i, i
}

// to pulls the end of the selection to a line.
func (s *span) to(i int) {
	if s.anchor < 0 {
		s.anchor = i
	}
	s.head = i
}

func (s *span) has(i int) bool {
	return s.anchor >= 0 && i >= min(s.anchor, s.head) && i <= max(s.anchor, s.head)
}

// SelectAll selects every line.
func (v *Viewer) SelectAll() {
	if n := v.lines.Len(); n > 0 {
		v.selected.anchor, v.selected.head = 0, n-1
		v.draw(false)
	}
}

// Selected is the text of the selected lines, whole, where the view may cut them. Controls are made visible here too: a text that is
// pasted into a terminal must not act there.
func (v *Viewer) Selected() string {
	var b strings.Builder
	for i := max(0, min(v.selected.anchor, v.selected.head)); v.selected.has(i) && i < v.lines.Len(); i++ {
		b.WriteString(look.Printable(v.lines.Line(i)) + "\n")
	}
	return b.String()
}

// Copy puts the selected lines on the clipboard.
func (v *Viewer) Copy(clipboard fyne.Clipboard) {
	if text := v.Selected(); text != "" && clipboard != nil {
		clipboard.SetContent(text)
	}
}
