package chart

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/look"
	"backstop/ui/scroll"
)

// HeatCell is what a cell shows: a colour with its glyph, and a word that has room in it.
type HeatCell struct {
	Day  look.Day // look.NoRun leaves it empty
	Text string
}

// Heat is what a heat map reads from: it must answer at once.
type Heat interface {
	Rows() int
	Columns() int
	Title(row int) (title, group string)     // group is told where a group begins
	Column(col int) (name, above string)     // above is told where something longer begins, such as a month
	Cell(row, col int) (c HeatCell, ok bool) // ok is false while it is on its way
}

// HeatMap shows rows of cells, as many as there are: it draws those in view and uses the drawings again while scrolling. Set what you
// need of its callbacks before it is shown.
type HeatMap struct {
	widget.BaseWidget
	OnHover func(row, col int) // the pointer or the cursor came to another cell; -1: to none
	OnOpen  func(row, col int)

	of      Heat
	compact bool // small cells without words

	ground, ring  *canvas.Rectangle
	cells         []*heatCell
	titles, names []*canvas.Text
	groups, above []*canvas.Text
	objects       []fyne.CanvasObject
	bar, level    *scroll.Bar
	down, across  scroll.Position
	wheels        scroll.Wheels

	row, col int // the cursor
	over     [2]int
	focused  bool
	drawnFor fyne.Size
}

type heatCell struct {
	ground *canvas.Rectangle
	glyph  *canvas.Image
	word   *canvas.Text
}

// The measures of a heat map.
const (
	titleWidth = 248
	heatHead   = 40
	cellWidth  = 64
	cellHeight = 26
	smallCell  = 18
	between    = 2 // pixels between cells
	wordSize   = 11
)

var (
	_ fyne.Tappable     = (*HeatMap)(nil)
	_ fyne.Scrollable   = (*HeatMap)(nil)
	_ fyne.Focusable    = (*HeatMap)(nil)
	_ desktop.Hoverable = (*HeatMap)(nil)
)

// NewHeatMap is a heat map over cells.
func NewHeatMap(of Heat) *HeatMap {
	h := &HeatMap{of: of, OnHover: func(int, int) {}, OnOpen: func(int, int) {}, over: [2]int{-1, -1}}
	h.ground, h.ring = &canvas.Rectangle{}, &canvas.Rectangle{StrokeWidth: 2}
	h.bar = scroll.NewBar(&h.down, func(top int) { h.scrollTo(top, h.across.Top) })
	h.level = scroll.NewLevelBar(&h.across, func(left int) { h.scrollTo(h.down.Top, left) })
	h.wheels = scroll.NewWheels(look.RowHeight)
	h.ExtendBaseWidget(h)
	return h
}

// SetCompact chooses between small cells and cells with words.
func (h *HeatMap) SetCompact(compact bool) {
	h.compact = compact
	h.Reload()
}

// Reload draws afresh what changed, without moving.
func (h *HeatMap) Reload() {
	h.arrange()
	h.draw()
}

// Reveal puts the cursor on a cell and brings it into view.
func (h *HeatMap) Reveal(row, col int) {
	h.row, h.col = min(max(row, 0), max(h.of.Rows()-1, 0)), min(max(col, 0), max(h.of.Columns()-1, 0))
	h.arrange()
	h.down.Show(h.row)
	h.across.Show(h.col)
	h.draw()
}

// InView are the rows that can be seen, from first to one before last.
func (h *HeatMap) InView() (first, last int) {
	return h.down.Top, min(h.down.Top+h.down.Page+1, h.of.Rows())
}

// Whole is the size at which all of it can be seen.
func (h *HeatMap) Whole() fyne.Size {
	w, t := h.step()
	return fyne.NewSize(titleWidth+float32(h.of.Columns())*w+h.bar.MinSize().Width, heatHead+float32(h.of.Rows())*t+h.bar.MinSize().Width)
}

func (h *HeatMap) step() (width, height float32) {
	if h.compact {
		return smallCell, smallCell
	}
	return cellWidth, cellHeight
}

// arrange finds out how many cells there is room for.
func (h *HeatMap) arrange() {
	w, t := h.step()
	thick := h.bar.MinSize().Width
	view := h.Size().SubtractWidthHeight(titleWidth+thick, heatHead+thick)
	h.down.Len, h.down.Page = h.of.Rows(), max(1, int(view.Height/t))
	h.across.Len, h.across.Page = h.of.Columns(), max(1, int(view.Width/w))
	h.down.Set(h.down.Top)
	h.across.Set(h.across.Top)
	h.ground.Resize(h.Size())
	h.bar.Resize(fyne.NewSize(thick, max(view.Height, 0)))
	h.bar.Move(fyne.NewPos(h.Size().Width-thick, heatHead))
	h.level.Resize(fyne.NewSize(max(view.Width, 0), thick))
	h.level.Move(fyne.NewPos(titleWidth, h.Size().Height-thick))
	h.provide(int(math.Max(1, float64(h.down.Page))), h.across.Page)
}

// provide has a drawing for each cell in view.
func (h *HeatMap) provide(rows, cols int) {
	if len(h.titles) == rows && len(h.names) == cols {
		return
	}
	texts := func(n int) []*canvas.Text {
		all := make([]*canvas.Text, n)
		for i := range all {
			all[i] = &canvas.Text{}
			h.objects = append(h.objects, all[i])
		}
		return all
	}
	h.objects = []fyne.CanvasObject{h.ground}
	h.cells = make([]*heatCell, rows*cols)
	for i := range h.cells {
		c := &heatCell{&canvas.Rectangle{CornerRadius: 2}, &canvas.Image{}, &canvas.Text{TextSize: wordSize, Alignment: fyne.TextAlignTrailing}}
		h.cells[i] = c
		h.objects = append(h.objects, c.ground, c.glyph, c.word)
	}
	h.titles, h.groups, h.names, h.above = texts(rows), texts(rows), texts(cols), texts(cols)
	h.objects = append(h.objects, h.ring, h.bar, h.level)
}

func (h *HeatMap) scrollTo(top, left int) {
	down, across := h.down.Set(top), h.across.Set(left)
	if down || across {
		h.draw()
	}
}

// at is the cell under a place; -1, -1 outside of all.
func (h *HeatMap) at(p fyne.Position) (row, col int) {
	w, t := h.step()
	row, col = h.down.Top+int((p.Y-heatHead)/t), h.across.Top+int((p.X-titleWidth)/w)
	if p.X < titleWidth || p.Y < heatHead || row >= min(h.of.Rows(), h.down.Top+h.down.Page) || col >= min(h.of.Columns(), h.across.Top+h.across.Page) {
		return -1, -1
	}
	return row, col
}

// Tapped opens a cell.
func (h *HeatMap) Tapped(e *fyne.PointEvent) {
	keys.Focus(h)
	if row, col := h.at(e.Position); row >= 0 {
		h.walk(row, col)
		h.OnOpen(row, col)
	}
}

func (h *HeatMap) walk(row, col int) {
	if h.of.Rows() == 0 || h.of.Columns() == 0 {
		return
	}
	h.Reveal(row, col)
	h.OnHover(h.row, h.col)
}

// Scrolled turns the wheel; across by cells. Another cell comes under the pointer.
func (h *HeatMap) Scrolled(e *fyne.ScrollEvent) {
	down, across := h.wheels.Turn(e.Scrolled, keys.Held())
	h.scrollTo(h.down.Top+down, h.across.Top+across/8)
	h.hover(h.at(e.Position))
}

// MouseIn implements desktop.Hoverable.
func (h *HeatMap) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved tells the cell under the pointer.
func (h *HeatMap) MouseMoved(e *desktop.MouseEvent) {
	row, col := h.at(e.Position)
	h.hover(row, col)
}

// MouseOut implements desktop.Hoverable.
func (h *HeatMap) MouseOut() { h.hover(-1, -1) }

func (h *HeatMap) hover(row, col int) {
	if h.over != [2]int{row, col} {
		h.over = [2]int{row, col}
		h.OnHover(row, col)
	}
}

// FocusGained implements fyne.Focusable.
func (h *HeatMap) FocusGained() { h.focused = true; h.draw() }

// FocusLost implements fyne.Focusable.
func (h *HeatMap) FocusLost() { h.focused = false; h.draw() }

// TypedRune implements fyne.Focusable.
func (h *HeatMap) TypedRune(r rune) { keys.PassRune(h, r) }

// TypedKey moves the cursor from cell to cell, and opens one.
func (h *HeatMap) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		h.walk(h.row-1, h.col)
	case fyne.KeyDown:
		h.walk(h.row+1, h.col)
	case fyne.KeyLeft:
		h.walk(h.row, h.col-1)
	case fyne.KeyRight:
		h.walk(h.row, h.col+1)
	case fyne.KeyHome:
		h.walk(h.row, 0)
	case fyne.KeyEnd:
		h.walk(h.row, h.of.Columns()-1)
	case fyne.KeyPageUp:
		h.walk(h.row-h.down.Page, h.col)
	case fyne.KeyPageDown:
		h.walk(h.row+h.down.Page, h.col)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if h.row < h.of.Rows() && h.col < h.of.Columns() {
			h.OnOpen(h.row, h.col)
		}
	default:
		keys.Pass(h, e)
	}
}
