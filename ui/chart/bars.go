// Package chart draws small charts of numbers: bars in a row, and ranks below each other. They show values and know nothing of what
// the values are.
package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/look"
)

// Part is a piece of a bar.
type Part struct {
	Value float64 // below zero counts as zero
	Tone  look.Tone
}

// Bar is one bar: its parts stand on each other, the first at the bottom.
type Bar struct {
	Parts []Part
	Mark  look.Shape // drawn above it; NoShape for none
}

func (b Bar) total() float64 {
	sum := 0.0
	for _, p := range b.Parts {
		sum += max(p.Value, 0)
	}
	return sum
}

// Bars are bars beside each other, the first on the left, with a line across them where something is usual.
type Bars struct {
	widget.BaseWidget
	OnHover func(bar int)       // -1: the pointer and the keys are elsewhere
	OnOpen  func(bar, part int) // part -1: the whole bar

	height  float32
	bars    []Bar
	line    float64
	at      int // bar that the keys act on; -1 none
	over    int
	focused bool
}

var (
	_ fyne.Tappable      = (*Bars)(nil)
	_ fyne.Focusable     = (*Bars)(nil)
	_ desktop.Hoverable  = (*Bars)(nil)
	_ desktop.Cursorable = (*Bars)(nil)
)

// NewBars makes bars of a height, without any yet.
func NewBars(height float32) *Bars {
	b := &Bars{height: height, at: -1, over: -1, OnHover: func(int) {}, OnOpen: func(int, int) {}}
	b.ExtendBaseWidget(b)
	return b
}

// Set draws other bars. A line of 0 is none.
func (b *Bars) Set(bars []Bar, line float64) {
	b.bars, b.line, b.at, b.over = bars, line, -1, -1
	b.Refresh()
}

// top is the value at the upper edge.
func (b *Bars) top() float64 {
	top := b.line
	for _, bar := range b.bars {
		top = max(top, bar.total())
	}
	return top
}

// The room that a bar takes, and above all bars for their marks.
const (
	widestStep = 36
	markRoom   = look.ShapeSize + 4
)

func (b *Bars) step() float32 {
	if len(b.bars) == 0 {
		return widestStep
	}
	return min(widestStep, b.Size().Width/float32(len(b.bars)))
}

// tall is how high a value is drawn.
func (b *Bars) tall(value float64) float32 {
	top := b.top()
	if top <= 0 {
		return 0
	}
	return float32(max(value, 0)/top) * (b.Size().Height - markRoom)
}

func (b *Bars) barAt(p fyne.Position) int {
	i := int(p.X / b.step())
	if p.X < 0 || i >= len(b.bars) {
		return -1
	}
	return i
}

// partAt is the piece of a bar at a height; -1 above it.
func (b *Bars) partAt(bar int, y float32) int {
	sum := 0.0
	for i, p := range b.bars[bar].Parts {
		sum += max(p.Value, 0)
		if p.Value > 0 && b.Size().Height-y <= b.tall(sum) {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (b *Bars) Tapped(e *fyne.PointEvent) {
	keys.Focus(b)
	if i := b.barAt(e.Position); i >= 0 {
		b.walk(i)
		b.OnOpen(i, b.partAt(i, e.Position.Y))
	}
}

func (b *Bars) walk(i int) {
	if i < 0 || i >= len(b.bars) {
		return
	}
	b.at = i
	b.OnHover(i)
	b.Refresh()
}

func (b *Bars) hover(i int) {
	if i == b.over {
		return
	}
	if b.over = i; i < 0 && b.focused {
		i = b.at
	}
	b.OnHover(i)
}

// Cursor implements desktop.Cursorable.
func (b *Bars) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn implements desktop.Hoverable.
func (b *Bars) MouseIn(e *desktop.MouseEvent) { b.hover(b.barAt(e.Position)) }

// MouseMoved implements desktop.Hoverable.
func (b *Bars) MouseMoved(e *desktop.MouseEvent) { b.hover(b.barAt(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (b *Bars) MouseOut() { b.hover(-1) }

// FocusGained implements fyne.Focusable; the keys begin at the newest.
func (b *Bars) FocusGained() {
	b.focused = true
	if b.at < 0 {
		b.at = len(b.bars) - 1
	}
	b.OnHover(b.at)
	b.Refresh()
	keys.Reveal(b)
}

// FocusLost implements fyne.Focusable.
func (b *Bars) FocusLost() {
	b.focused = false
	b.OnHover(-1)
	b.Refresh()
}

// TypedRune implements fyne.Focusable.
func (b *Bars) TypedRune(r rune) { keys.PassRune(b, r) }

// TypedKey implements fyne.Focusable.
func (b *Bars) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		b.walk(b.at - 1)
	case fyne.KeyRight:
		b.walk(b.at + 1)
	case fyne.KeyHome:
		b.walk(0)
	case fyne.KeyEnd:
		b.walk(len(b.bars) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if b.at >= 0 && b.at < len(b.bars) {
			b.OnOpen(b.at, -1)
		}
	default:
		keys.Pass(b, e)
	}
}
