package look_test

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2/test"

	"backstop/ui/look"
)

func TestShape_everyOneDrawsInItsColour(t *testing.T) {
	test.NewTempApp(t)
	ink := color.NRGBA{R: 0x9B, G: 0x1C, B: 0x1C, A: 0xFF}
	seen := map[string]look.Shape{}
	for s := look.Ring; s <= look.ArrowDown; s++ {
		p := s.Picture(ink, color.White)
		if p == nil {
			t.Errorf("shape %d is not drawn", s)
			continue
		}
		if !has(p, ink) && s != look.BoxTicked {
			t.Errorf("shape %d has no pixel in its ink", s)
		}
		key := string(p.(*image.NRGBA).Pix)
		if other, ok := seen[key]; ok {
			t.Errorf("shapes %d and %d are drawn the same", other, s)
		}
		seen[key] = s
		if s.Picture(ink, color.White) != p {
			t.Errorf("shape %d is drawn twice", s)
		}
	}
	if look.NoShape.Picture(ink, color.White) != nil {
		t.Error("no shape should draw nothing")
	}
}

func has(p image.Image, ink color.NRGBA) bool {
	b := p.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(p.At(x, y)).(color.NRGBA)
			if c.A > 100 && near(c.R, ink.R) && near(c.G, ink.G) && near(c.B, ink.B) {
				return true
			}
		}
	}
	return false
}

func near(a, b uint8) bool {
	return a-b < 8 || b-a < 8
}
