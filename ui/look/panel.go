package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Day is the result of a routine's day in the panel. Its colours are those of the panel people know from other tools, and differ
// from the chips on purpose.
type Day uint8

// The days from worst to best; NoRun is an empty cell.
const (
	NoRun Day = iota
	DayLost
	DayOpen
	DayPartial
	DayRunning
	DayReprocessed
	DaySuccess
	DayExpired
)

// Days lists those that have a colour.
var Days = []Day{DayLost, DayOpen, DayPartial, DayRunning, DayReprocessed, DaySuccess, DayExpired}

var days = [...]struct {
	shape       Shape
	light, dark color.NRGBA
}{
	NoRun:          {},
	DayLost:        {Cross, rgb(0xC73A3A), rgb(0xA93030)},
	DayOpen:        {Dot, rgb(0xE0B000), rgb(0xBF9600)},
	DayPartial:     {Triangle, rgb(0xE07A1F), rgb(0xCE7019)},
	DayRunning:     {HalfDisc, rgb(0x2F6BCB), rgb(0x285AAB)},
	DayReprocessed: {TurningArrow, rgb(0x4A5360), rgb(0x3F4752)},
	DaySuccess:     {NoShape, rgb(0x28794C), rgb(0x226740)},
	DayExpired:     {Slash, rgb(0xC9CFD6), rgb(0xABB1B8)},
}

// Shape is the glyph of the day's cell.
func (d Day) Shape() Shape {
	return days[d].shape
}

// Colours are the cell's colour and the ink of its glyph and size: white or near black, whichever reads better.
func (d Day) Colours(v fyne.ThemeVariant) Colours {
	fill := days[d].light
	if v == theme.VariantDark {
		fill = days[d].dark
	}
	if Contrast(fill, white) >= Contrast(fill, text) {
		return Colours{Fill: fill, Ink: white}
	}
	return Colours{Fill: fill, Ink: text}
}
