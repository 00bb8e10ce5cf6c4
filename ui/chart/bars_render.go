package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	r := &barsRenderer{bars: b, base: canvas.NewLine(nil), line: canvas.NewLine(nil), ring: &canvas.Rectangle{StrokeWidth: 2, CornerRadius: look.ChipRadius}}
	r.Refresh()
	return r
}

type barsRenderer struct {
	bars       *Bars
	base, line *canvas.Line
	ring       *canvas.Rectangle
	objects    []fyne.CanvasObject
}

// Layout draws anew: what a bar measures follows from the size.
func (r *barsRenderer) Layout(fyne.Size) { r.draw() }

func (r *barsRenderer) MinSize() fyne.Size { return fyne.NewSize(120, r.bars.height) }

func (r *barsRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.bars)
}

func (r *barsRenderer) draw() {
	b := r.bars
	th := b.Theme()
	v := look.Variant(th)
	size := b.Size()
	r.ring.StrokeColor, r.ring.Hidden = th.Color(theme.ColorNamePrimary, v), !b.focused
	r.ring.Resize(size)
	r.base.StrokeColor = th.Color(theme.ColorNameSeparator, v)
	r.base.Position1, r.base.Position2 = fyne.NewPos(0, size.Height), fyne.NewPos(size.Width, size.Height)
	r.line.StrokeColor, r.line.Hidden = th.Color(theme.ColorNamePlaceHolder, v), b.line <= 0
	y := size.Height - b.tall(b.line)
	r.line.Position1, r.line.Position2 = fyne.NewPos(0, y), fyne.NewPos(b.step()*float32(len(b.bars)), y)
	r.objects = []fyne.CanvasObject{r.ring, r.base}
	for i, bar := range b.bars {
		r.bar(i, bar, v, th)
	}
	r.objects = append(r.objects, r.line)
}

// bar draws one bar with its mark, and the frame of the one that the keys act on.
func (r *barsRenderer) bar(i int, bar Bar, v fyne.ThemeVariant, th fyne.Theme) {
	b := r.bars
	step := b.step()
	gap := min(step/5, 4)
	left, width, floor := float32(i)*step+gap/2, step-gap, b.Size().Height
	for _, p := range bar.Parts {
		if p.Value <= 0 {
			continue
		}
		c := p.Tone.Colours(v)
		height := max(1, b.tall(p.Value))
		floor -= height
		rect := &canvas.Rectangle{FillColor: c.Fill, StrokeColor: c.Ink, StrokeWidth: 1}
		if step < 5 {
			rect.FillColor, rect.StrokeWidth = c.Ink, 0 // no room for an outline
		}
		rect.Resize(fyne.NewSize(width, height))
		rect.Move(fyne.NewPos(left, floor))
		r.objects = append(r.objects, rect)
	}
	if bar.Mark != look.NoShape {
		mark := &canvas.Image{Image: bar.Mark.Picture(th.Color(theme.ColorNameForeground, v), th.Color(theme.ColorNameBackground, v))}
		mark.Resize(fyne.NewSquareSize(look.ShapeSize))
		mark.Move(fyne.NewPos(left+(width-look.ShapeSize)/2, max(floor-look.ShapeSize-2, 0)))
		r.objects = append(r.objects, mark)
	}
	if i == b.at && b.focused {
		frame := &canvas.Rectangle{StrokeColor: th.Color(theme.ColorNamePrimary, v), StrokeWidth: 2}
		frame.Resize(fyne.NewSize(step, b.Size().Height))
		frame.Move(fyne.NewPos(float32(i)*step, 0))
		r.objects = append(r.objects, frame)
	}
}

func (r *barsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *barsRenderer) Destroy() {}
