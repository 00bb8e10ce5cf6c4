package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backstop/ui/look"
)

const (
	gap     = look.Gap
	chipLip = look.ShapeSize + gap/2 // the shape and what parts it from the word
)

// cell is what one column draws in one row: a text, and a chip and a shape behind and beside it where the column has tones. Setting
// fields is all it takes to change them; the body asks for one painting when it has set them all.
type cell struct {
	text *canvas.Text
	chip *canvas.Rectangle // nil for plain columns
	mark *canvas.Image
	x, w float32
}

func newCell(toned bool) *cell {
	c := &cell{text: &canvas.Text{}}
	if toned {
		c.chip = &canvas.Rectangle{StrokeWidth: 1, CornerRadius: look.ChipRadius}
		c.mark = &canvas.Image{}
		c.mark.Resize(fyne.NewSquareSize(look.ShapeSize))
	}
	return c
}

func (c *cell) objects() []fyne.CanvasObject {
	if c.chip == nil {
		return []fyne.CanvasObject{c.text}
	}
	return []fyne.CanvasObject{c.chip, c.mark, c.text}
}

// place puts the cell where its column is.
func (c *cell) place(x, width float32, right, hidden bool) {
	c.x, c.w = x, width
	c.text.Hidden = hidden
	c.text.Alignment = fyne.TextAlignLeading
	if right && c.chip == nil {
		c.text.Alignment = fyne.TextAlignTrailing
	}
	c.text.Resize(fyne.NewSize(width-2*gap, look.RowHeight))
	c.text.Move(fyne.NewPos(x+gap, 0))
	if c.chip != nil {
		c.chip.Hidden, c.mark.Hidden = hidden, hidden
	}
}

// show sets the text, with a chip around it when the tone is one.
func (c *cell) show(text string, tone look.Tone, link bool, s *style) {
	if c.chip != nil {
		chip := tone.Chip() && text != ""
		c.chip.Hidden, c.mark.Hidden = !chip, !chip
		if chip {
			c.showChip(text, tone, s)
			return
		}
		c.text.Move(fyne.NewPos(c.x+gap, 0))
	}
	ink := s.text
	switch {
	case link:
		ink = s.link
	case tone == look.Muted:
		ink = s.muted
	}
	c.write(s.cells.fit(text, c.w-2*gap).text, ink, s)
}

// showChip draws the chip as wide as its word.
func (c *cell) showChip(text string, tone look.Tone, s *style) {
	left, room := c.x+gap, c.w-2*gap
	word := s.cells.fit(text, room-2*gap-chipLip)
	c.chip.Resize(fyne.NewSize(min(word.width+2*gap+chipLip, room), look.ChipHeight))
	c.chip.Move(fyne.NewPos(left, (look.RowHeight-look.ChipHeight)/2))
	c.mark.Move(fyne.NewPos(left+gap, (look.RowHeight-look.ShapeSize)/2))
	c.text.Move(fyne.NewPos(left+gap+chipLip, 0))
	c.paint(tone, s)
	c.write(word.text, tone.Colours(s.variant).Ink, s)
}

// paint colours the chip. The shape is a picture, the one thing that has to be handed over anew when it changes.
func (c *cell) paint(tone look.Tone, s *style) {
	colours := tone.Colours(s.variant)
	c.chip.FillColor, c.chip.StrokeColor = colours.Fill, colours.Fill
	if colours.Outline.A != 0 {
		c.chip.StrokeColor = colours.Outline
	}
	if p := tone.Shape().Picture(colours.Ink, colours.Fill); p != c.mark.Image {
		c.mark.Image = p
		c.mark.Refresh()
	}
}

func (c *cell) write(text string, ink color.Color, s *style) {
	c.text.Text, c.text.Color, c.text.TextSize = text, ink, s.cells.size
}
