package look_test

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

const legible = 4.5

var variants = map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark}

func TestTones_areLegible(t *testing.T) {
	for name, v := range variants {
		for _, tone := range look.Tones {
			c := tone.Colours(v)
			if got := look.Contrast(c.Fill, c.Ink); got < legible {
				t.Errorf("%s: tone %d has contrast %.2f", name, tone, got)
			}
			if c.Outline.A != 0 && look.Contrast(c.Outline, c.Fill) < 3 {
				t.Errorf("%s: the outline of tone %d is too faint", name, tone)
			}
		}
	}
}

func TestDays_areLegible(t *testing.T) {
	for name, v := range variants {
		for _, d := range look.Days {
			c := d.Colours(v)
			if got := look.Contrast(c.Fill, c.Ink); got < legible {
				t.Errorf("%s: day %d has contrast %.2f", name, d, got)
			}
		}
	}
}

func TestTheme_isLegible(t *testing.T) {
	test.NewTempApp(t)
	inks := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNameForeground: {
			theme.ColorNameBackground, theme.ColorNameSelection, theme.ColorNameHover, theme.ColorNameHeaderBackground,
			theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, theme.ColorNameInputBackground, theme.ColorNameButton,
		},
		theme.ColorNamePlaceHolder: {theme.ColorNameBackground, theme.ColorNameHover, theme.ColorNameSelection, theme.ColorNameHeaderBackground, theme.ColorNameInputBackground},
		theme.ColorNameHyperlink:   {theme.ColorNameBackground, theme.ColorNameSelection, theme.ColorNameHover},

		theme.ColorNameForegroundOnPrimary: {theme.ColorNamePrimary},
		theme.ColorNameForegroundOnError:   {theme.ColorNameError},
		theme.ColorNameForegroundOnSuccess: {theme.ColorNameSuccess},
		theme.ColorNameForegroundOnWarning: {theme.ColorNameWarning},
		theme.ColorNameError:               {theme.ColorNameBackground},
		theme.ColorNameSuccess:             {theme.ColorNameBackground},
		theme.ColorNameWarning:             {theme.ColorNameBackground},
	}
	for name, v := range variants {
		for ink, grounds := range inks {
			for _, ground := range grounds {
				if got := look.Contrast(look.Theme{}.Color(ink, v), look.Theme{}.Color(ground, v)); got < legible {
					t.Errorf("%s: %s on %s has contrast %.2f", name, ink, ground, got)
				}
			}
		}
	}
}

func TestContrast_knownPairs(t *testing.T) {
	grey := color.NRGBA{R: 0x76, G: 0x76, B: 0x76, A: 0xFF} // the lightest grey that white takes
	for _, c := range []struct {
		a, b color.Color
		want string
	}{
		{color.White, color.Black, "21.00"},
		{color.White, color.White, "1.00"},
		{color.White, grey, "4.54"},
		{grey, color.White, "4.54"},
	} {
		if got := fmt.Sprintf("%.2f", look.Contrast(c.a, c.b)); got != c.want {
			t.Errorf("Contrast(%v, %v) = %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// Two tones of the same colours must not share a shape: the colour says how urgent, the shape which.
func TestTones_differInShapeOrColour(t *testing.T) {
	type seen struct {
		shape look.Shape
		fill  color.NRGBA
	}
	first := map[seen]look.Tone{}
	same := map[look.Tone]look.Tone{look.Failed: look.Lost, look.Running: look.InProgress} // never in one column together
	for _, tone := range look.Tones {
		key := seen{tone.Shape(), tone.Colours(theme.VariantLight).Fill}
		if other, ok := first[key]; ok && same[tone] != other {
			t.Errorf("tones %d and %d look the same", other, tone)
		}
		first[key] = tone
		if tone.Shape() == look.NoShape {
			t.Errorf("tone %d has no shape", tone)
		}
	}
}

func TestTone_chips(t *testing.T) {
	if look.Plain.Chip() || look.Muted.Chip() || look.Tone(200).Chip() {
		t.Error("running text is no chip")
	}
	for _, tone := range look.Tones {
		if !tone.Chip() {
			t.Errorf("tone %d should be a chip", tone)
		}
	}
}

func TestTheme_held(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Held(theme.VariantDark))
	if got := look.Variant(theme.Current()); got != theme.VariantDark {
		t.Errorf("variant = %d, want dark", got)
	}
	if got, want := theme.Color(theme.ColorNameBackground), (look.Theme{}).Color(theme.ColorNameBackground, theme.VariantDark); got != want {
		t.Errorf("background = %v, want %v", got, want)
	}
	if got := look.Variant(look.Theme{}); got != app.Settings().ThemeVariant() {
		t.Errorf("variant = %d, want the system's", got)
	}
	if got := theme.TextSize(); got != 13 {
		t.Errorf("text size = %v", got)
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"SQL-Prod · full":         "SQL-Prod · full",
		"two\nlines\tand\r\nmore": "two lines and  more",
		"bell\a and nul\x00":      "bell· and nul·",
		"txt.\u202Eexe":           "txt.·exe",
		"a\xffb":                  "a·b",
		"日本語 ñ":                   "日本語 ñ",
		"":                        "",
	} {
		if got := look.Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}
