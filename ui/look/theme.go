package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Theme is the desk's theme. It follows the system between light and dark unless it is held to one of them.
type Theme struct {
	held    bool
	variant fyne.ThemeVariant
}

var _ fyne.Theme = Theme{}

// Held is the theme in one variant, whatever the system says.
func Held(v fyne.ThemeVariant) Theme {
	return Theme{held: true, variant: v}
}

// Variant is the one that th draws in: a theme may be held to one while the system says another.
func Variant(th fyne.Theme) fyne.ThemeVariant {
	if t, ok := th.(Theme); ok && t.held {
		return t.variant
	}
	return fyne.CurrentApp().Settings().ThemeVariant()
}

// Color implements fyne.Theme.
func (t Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if t.held {
		v = t.variant
	}
	c, ok := surfaces[name]
	switch {
	case !ok:
		return theme.DefaultTheme().Color(name, v)
	case v == theme.VariantDark:
		return c.dark
	}
	return c.light
}

// Font implements fyne.Theme. The toolkit's own font has tabular digits, which the columns of numbers need.
func (t Theme) Font(style fyne.TextStyle) fyne.Resource {
	return theme.DefaultTheme().Font(style)
}

// Icon implements fyne.Theme.
func (t Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Size implements fyne.Theme: a grid of 8 with halves, and text that is dense but legible.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := sizes[name]; ok {
		return size
	}
	return theme.DefaultTheme().Size(name)
}
