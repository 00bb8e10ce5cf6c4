package chart

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

// draw brings all that is in view up to date, with one painting.
func (h *HeatMap) draw() {
	th := h.Theme()
	v := look.Variant(th)
	ink, muted := th.Color(theme.ColorNameForeground, v), th.Color(theme.ColorNamePlaceHolder, v)
	h.ground.FillColor, h.ring.StrokeColor = th.Color(theme.ColorNameBackground, v), th.Color(theme.ColorNamePrimary, v)
	empty := th.Color(theme.ColorNameHeaderBackground, v)
	for i := range h.titles {
		h.drawTitle(i, ink, muted)
	}
	for i := range h.names {
		h.drawName(i, ink, muted)
	}
	for i, c := range h.cells {
		h.drawCell(c, i/len(h.names), i%len(h.names), v, empty)
	}
	h.drawRing()
	h.bar.Place()
	h.level.Place()
	canvas.Refresh(h.ground)
}

// drawTitle shows the row's title, and the group that begins with it at the end of the line.
func (h *HeatMap) drawTitle(i int, ink, muted color.Color) {
	_, t := h.step()
	title, group := "", ""
	if row := h.down.Top + i; row < h.of.Rows() {
		title, group = h.of.Title(row)
	}
	size := float32(13)
	if h.compact {
		size = wordSize
	}
	room := float32(titleWidth - look.Gap)
	if group != "" {
		group = look.Shortened(group, wordSize, room/2)
		room -= fyne.MeasureText(group, wordSize, fyne.TextStyle{Bold: true}).Width + look.Gap
	}
	set(h.titles[i], look.Shortened(title, size, room), size, ink, fyne.NewPos(0, heatHead+float32(i)*t), fyne.NewSize(titleWidth, t))
	h.groups[i].Alignment, h.groups[i].TextStyle.Bold = fyne.TextAlignTrailing, true
	set(h.groups[i], group, wordSize, muted, fyne.NewPos(0, heatHead+float32(i)*t), fyne.NewSize(titleWidth-look.Gap, t))
}

// drawName shows the column's name, and above it what begins there. Small cells have room for every other name.
func (h *HeatMap) drawName(i int, ink, muted color.Color) {
	w, _ := h.step()
	name, above := "", ""
	if col := h.across.Top + i; col < h.of.Columns() {
		name, above = h.of.Column(col)
		if i == 0 && above == "" {
			above = h.above0()
		}
	}
	x := titleWidth + float32(i)*w
	h.names[i].Alignment = fyne.TextAlignCenter
	set(h.names[i], name, wordSize, ink, fyne.NewPos(x, heatHead/2), fyne.NewSize(w-between, heatHead/2))
	set(h.above[i], above, wordSize, muted, fyne.NewPos(x, 0), fyne.NewSize(w*4, heatHead/2))
}

// above0 is what the first column in view is part of: it began further left. The next beginning must leave room for it.
func (h *HeatMap) above0() string {
	for col := h.across.Top + 1; col < h.across.Top+4; col++ {
		if col < h.of.Columns() {
			if _, above := h.of.Column(col); above != "" {
				return ""
			}
		}
	}
	for col := h.across.Top; col >= 0; col-- {
		if _, above := h.of.Column(col); above != "" {
			return above
		}
	}
	return ""
}

func (h *HeatMap) drawCell(c *heatCell, i, j int, v fyne.ThemeVariant, empty color.Color) {
	w, t := h.step()
	row, col := h.down.Top+i, h.across.Top+j
	outside := row >= h.of.Rows() || col >= h.of.Columns()
	c.ground.Hidden, c.glyph.Hidden, c.word.Hidden = outside, true, true
	if outside {
		return
	}
	at := fyne.NewPos(titleWidth+float32(j)*w, heatHead+float32(i)*t)
	c.ground.Move(at)
	c.ground.Resize(fyne.NewSize(w-between, t-between))
	cell, ok := h.of.Cell(row, col)
	if !ok || cell.Day == look.NoRun {
		c.ground.FillColor = empty
		return
	}
	colours := cell.Day.Colours(v)
	c.ground.FillColor = colours.Fill
	if p := cell.Day.Shape().Picture(colours.Ink, colours.Fill); p != nil {
		c.glyph.Hidden = false
		x := at.X + 3
		if h.compact {
			x = at.X + (w-between-look.ShapeSize)/2
		}
		c.glyph.Move(fyne.NewPos(x, at.Y+(t-between-look.ShapeSize)/2))
		c.glyph.Resize(fyne.NewSquareSize(look.ShapeSize))
		if c.glyph.Image != p {
			c.glyph.Image = p
			c.glyph.Refresh()
		}
	}
	if !h.compact && cell.Text != "" {
		c.word.Hidden = false
		set(c.word, cell.Text, wordSize, colours.Ink, at, fyne.NewSize(w-between-4, t-between))
	}
}

func (h *HeatMap) drawRing() {
	w, t := h.step()
	i, j := h.row-h.down.Top, h.col-h.across.Top
	h.ring.Hidden = !h.focused || i < 0 || j < 0 || i >= len(h.titles) || j >= len(h.names) || h.row >= h.of.Rows()
	h.ring.Move(fyne.NewPos(titleWidth+float32(j)*w-1, heatHead+float32(i)*t-1))
	h.ring.Resize(fyne.NewSize(w, t))
}

// set changes a text; the painting of all of it follows.
func set(t *canvas.Text, words string, size float32, ink color.Color, at fyne.Position, room fyne.Size) {
	t.Text, t.TextSize, t.Color = words, size, ink
	t.Move(at)
	t.Resize(room)
}

// CreateRenderer implements fyne.Widget.
func (h *HeatMap) CreateRenderer() fyne.WidgetRenderer {
	h.arrange()
	return &heatRenderer{h}
}

type heatRenderer struct{ of *HeatMap }

// Layout does nothing for a size that it knows: the toolkit asks again whenever any text changed.
func (r *heatRenderer) Layout(size fyne.Size) {
	if size != r.of.drawnFor {
		r.of.drawnFor = size
		r.of.Reload()
	}
}

func (r *heatRenderer) MinSize() fyne.Size {
	return fyne.NewSize(titleWidth+4*cellWidth, heatHead+4*cellHeight)
}

func (r *heatRenderer) Refresh() {
	r.of.bar.Refresh()
	r.of.level.Refresh()
	r.of.Reload()
	canvas.Refresh(r.of)
}

func (r *heatRenderer) Objects() []fyne.CanvasObject { return r.of.objects }
func (r *heatRenderer) Destroy()                     {}
