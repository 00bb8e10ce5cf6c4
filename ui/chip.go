package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// chip is a state with its colour, shape and word, as the table draws it.
type chip struct {
	widget.BaseWidget
	word string
	tone look.Tone
}

func newChip() *chip {
	c := &chip{}
	c.ExtendBaseWidget(c)
	return c
}

// set shows a word; an empty one takes no room.
func (c *chip) set(word string, tone look.Tone) {
	c.word, c.tone = word, tone
	c.Hidden = word == ""
	c.Refresh()
}

func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{chip: c, ground: &canvas.Rectangle{StrokeWidth: 1, CornerRadius: look.ChipRadius}, mark: &canvas.Image{}, word: &canvas.Text{}}
	r.Refresh()
	return r
}

type chipRenderer struct {
	chip   *chip
	ground *canvas.Rectangle
	mark   *canvas.Image
	word   *canvas.Text
}

// lip is where the word begins: behind the shape and what parts them.
const lip = look.Gap + look.ShapeSize + look.Gap/2

func (r *chipRenderer) Layout(size fyne.Size) {
	middle := size.Height / 2
	r.ground.Resize(fyne.NewSize(size.Width, look.ChipHeight))
	r.ground.Move(fyne.NewPos(0, middle-look.ChipHeight/2))
	r.mark.Resize(fyne.NewSquareSize(look.ShapeSize))
	r.mark.Move(fyne.NewPos(look.Gap, middle-look.ShapeSize/2))
	r.word.Move(fyne.NewPos(lip, middle-r.word.MinSize().Height/2))
}

func (r *chipRenderer) MinSize() fyne.Size {
	return fyne.NewSize(lip+r.word.MinSize().Width+look.Gap, look.ChipHeight)
}

func (r *chipRenderer) Refresh() {
	th := r.chip.Theme()
	colours := r.chip.tone.Colours(look.Variant(th))
	r.ground.FillColor, r.ground.StrokeColor = colours.Fill, colours.Fill
	if colours.Outline.A != 0 {
		r.ground.StrokeColor = colours.Outline
	}
	r.mark.Image = r.chip.tone.Shape().Picture(colours.Ink, colours.Fill)
	r.mark.Refresh()
	r.word.Text, r.word.Color, r.word.TextSize = r.chip.word, colours.Ink, th.Size(theme.SizeNameText)
	r.Layout(r.chip.Size())
	canvas.Refresh(r.chip)
}

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.mark, r.word}
}

func (r *chipRenderer) Destroy() {}
