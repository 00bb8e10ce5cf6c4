package viewer

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

var monospace = fyne.TextStyle{Monospace: true}

// style is what the theme says, read once per change of it.
type style struct {
	ground, selected, text, accent color.Color
	failed, match                  look.Colours
	size, letter                   float32 // of the text, and of one letter of it
}

// restyle takes over the colours and sizes of the theme.
func (v *Viewer) restyle() {
	th := v.Theme()
	variant := look.Variant(th)
	v.style = style{
		ground:   th.Color(theme.ColorNameBackground, variant),
		selected: th.Color(theme.ColorNameSelection, variant),
		text:     th.Color(theme.ColorNameForeground, variant),
		accent:   th.Color(theme.ColorNamePrimary, variant),
		failed:   look.Failed.Colours(variant),
		match:    look.OnHold.Colours(variant),
		size:     look.Small,
	}
	v.style.letter = v.style.measure("0")
	v.text.ground.FillColor, v.frame.StrokeColor = v.style.ground, v.style.accent
}

func (s *style) measure(text string) float32 {
	return fyne.MeasureText(text, s.size, monospace).Width
}
