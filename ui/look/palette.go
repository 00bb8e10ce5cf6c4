package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours are the background and the text of a chip or a cell. An Outline without opacity is not drawn.
type Colours struct {
	Fill, Ink, Outline color.NRGBA
}

type toned struct {
	shape       Shape
	light, dark Colours
}

var (
	white = rgb(0xFFFFFF)
	text  = rgb(0x1B1F24)

	red    = [2]Colours{{Fill: rgb(0xFBDDDD), Ink: rgb(0x9B1C1C)}, {Fill: rgb(0x571C1C), Ink: rgb(0xFFB4B0)}}
	blue   = [2]Colours{{Fill: rgb(0xDCE9FB), Ink: rgb(0x134A9C)}, {Fill: rgb(0x17325C), Ink: rgb(0xA9CBFF)}}
	yellow = [2]Colours{{Fill: rgb(0xFFF1C2), Ink: rgb(0x6B4A00)}, {Fill: rgb(0x4A3800), Ink: rgb(0xFFDB70)}}
	green  = [2]Colours{{Fill: rgb(0xD9F2E1), Ink: rgb(0x14612F)}, {Fill: rgb(0x123D24), Ink: rgb(0x8FE0AC)}}
	strong = [2]Colours{{Fill: rgb(0x1F5FBF), Ink: white}, {Fill: rgb(0x3D7BE0), Ink: rgb(0x0B0D10)}}
	grey   = [2]Colours{{Fill: rgb(0xE8EAED), Ink: rgb(0x4A5360)}, {Fill: rgb(0x2B3036), Ink: rgb(0xB4BCC6)}}
	orange = [2]Colours{{Fill: rgb(0xFFE3CC), Ink: rgb(0x8A3D00)}, {Fill: rgb(0x552B07), Ink: rgb(0xFFBF8F)}}
	hollow = [2]Colours{
		{Fill: white, Ink: rgb(0x39424D), Outline: rgb(0x5B6673)},
		{Fill: rgb(0x16191D), Ink: rgb(0xC3CAD3), Outline: rgb(0x98A3B0)},
	}
)

// tones holds the palette. Outcomes borrow the colours of the state that asks for the same attention and differ in shape.
var tones = [...]toned{
	Plain: {light: Colours{Ink: text}, dark: Colours{Ink: rgb(0xE8ECF1)}},
	Muted: {light: Colours{Ink: rgb(0x5B6673)}, dark: Colours{Ink: rgb(0x98A3B0)}},

	New:         {Ring, hollow[0], hollow[1]},
	InProgress:  {HalfDisc, blue[0], blue[1]},
	OnHold:      {TwoBars, yellow[0], yellow[1]},
	Success:     {Tick, green[0], green[1]},
	Lost:        {Cross, red[0], red[1]},
	Reprocessed: {TurningArrow, strong[0], strong[1]},
	Merged:      {NestedCorner, grey[0], grey[1]},
	Partial:     {Triangle, orange[0], orange[1]},

	Failed:      {Cross, red[0], red[1]},
	DidNotStart: {Ring, red[0], red[1]},
	Running:     {HalfDisc, blue[0], blue[1]},
	Cancelled:   {Slash, grey[0], grey[1]},
}

// Colours are the tone's colours in the variant.
func (t Tone) Colours(v fyne.ThemeVariant) Colours {
	p := t.paint()
	if v == theme.VariantDark {
		return p.dark
	}
	return p.light
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}
