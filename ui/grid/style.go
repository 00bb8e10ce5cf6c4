package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

// style is what the theme says, read once per change of it and not per cell.
type style struct {
	variant fyne.ThemeVariant

	ground, hover, selected, header, line color.Color
	text, muted, link, accent, onAccent   color.Color

	cells, titles fitter
}

func (s *style) read(th fyne.Theme) {
	s.variant = look.Variant(th)
	of := func(name fyne.ThemeColorName) color.Color { return th.Color(name, s.variant) }
	s.ground = of(theme.ColorNameBackground)
	s.hover, s.selected = of(theme.ColorNameHover), of(theme.ColorNameSelection)
	s.header, s.line = of(theme.ColorNameHeaderBackground), of(theme.ColorNameSeparator)
	s.text, s.muted = of(theme.ColorNameForeground), of(theme.ColorNamePlaceHolder)
	s.link, s.accent = of(theme.ColorNameHyperlink), of(theme.ColorNamePrimary)
	s.onAccent = of(theme.ColorNameForegroundOnPrimary)
	s.cells.reset(th.Size(theme.SizeNameText))
	s.titles.reset(th.Size(theme.SizeNameCaptionText))
}
