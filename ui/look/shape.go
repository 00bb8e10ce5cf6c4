package look

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Shape is a small picture that says the same as a colour. Shapes are drawn, because the toolkit's font lacks most symbols.
type Shape uint8

// The shapes of the states, then those of the grid's own controls.
const (
	NoShape Shape = iota
	Ring
	HalfDisc
	TwoBars
	Tick
	Cross
	TurningArrow
	NestedCorner
	Triangle
	Dot
	Slash

	Box
	BoxTicked
	BoxSome
	ArrowUp
	ArrowDown
)

// outlines are drawn in a square of 12; INK and GROUND stand for the two colours.
var outlines = [...]string{
	NoShape:      ``,
	Ring:         `<circle cx="6" cy="6" r="4" fill="none" stroke="INK" stroke-width="2"/>`,
	HalfDisc:     stroke(1.5, "M6 1.75A4.25 4.25 0 1 1 6 10.25A4.25 4.25 0 1 1 6 1.75") + solid("M6 1.5A4.5 4.5 0 0 1 6 10.5Z"),
	TwoBars:      solid("M2.5 1.5H5V10.5H2.5Z M7 1.5H9.5V10.5H7Z"),
	Tick:         stroke(2, "M1.75 6.5L4.75 9.5L10.25 3"),
	Cross:        stroke(2, "M2.25 2.25L9.75 9.75M9.75 2.25L2.25 9.75"),
	TurningArrow: stroke(1.75, "M2 3.5H7A2.75 2.75 0 0 1 7 9H2.5M4.5 6.75L2.25 9L4.5 11.25"),
	NestedCorner: stroke(2, "M2.5 1.5V8H9.5M7 5.5L9.5 8L7 10.5"),
	Triangle:     solid("M6 1L11.5 10.75H0.5Z"),
	Dot:          solid("M6 2.5A3.5 3.5 0 1 1 6 9.5A3.5 3.5 0 1 1 6 2.5Z"),
	Slash:        stroke(2, "M2.25 9.75L9.75 2.25"),
	Box:          box("GROUND"),
	BoxTicked:    box("INK") + strings.ReplaceAll(stroke(1.75, "M3 6.25L5.25 8.5L9 3.75"), "INK", "GROUND"),
	BoxSome:      box("INK") + strings.ReplaceAll(stroke(1.75, "M3.25 6H8.75"), "INK", "GROUND"),
	ArrowUp:      solid("M6 3L10 8.5H2Z"),
	ArrowDown:    solid("M6 9L10 3.5H2Z"),
}

func stroke(width float32, path string) string {
	return fmt.Sprintf(`<path d="%s" fill="none" stroke="INK" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round"/>`, path, width)
}

func solid(path string) string {
	return fmt.Sprintf(`<path d="%s" fill="INK"/>`, path)
}

func box(fill string) string {
	return fmt.Sprintf(`<path d="M2.5 1.5H9.5A1 1 0 0 1 10.5 2.5V9.5A1 1 0 0 1 9.5 10.5H2.5A1 1 0 0 1 1.5 9.5V2.5A1 1 0 0 1 2.5 1.5Z" fill="%s" stroke="INK" stroke-width="1"/>`, fill)
}

// Resource is the shape as an SVG icon, in ink on ground; ground matters to the boxes only.
func (s Shape) Resource(ink, ground color.Color) fyne.Resource {
	colours := strings.NewReplacer("INK", hex(ink), "GROUND", hex(ground))
	return fyne.NewStaticResource(
		fmt.Sprintf("shape%d%s%s.svg", s, hex(ink), hex(ground)),
		[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12" viewBox="0 0 12 12">`+colours.Replace(outlines[s])+`</svg>`),
	)
}

type picture struct {
	shape       Shape
	ink, ground color.NRGBA
}

// pictures is filled and read on the goroutine of the windows only.
var pictures = map[picture]image.Image{}

// Picture is the shape as pixels, drawn once: a row that is used again for another tone then swaps a picture instead of reading an
// icon afresh. Off a canvas the toolkit draws at twice the size, which is exact at both scales 1 and 2. NoShape has no picture.
func (s Shape) Picture(ink, ground color.Color) image.Image {
	if s == NoShape {
		return nil
	}
	key := picture{s, nrgba(ink), nrgba(ground)}
	if p, ok := pictures[key]; ok {
		return p
	}
	drawn := canvas.NewImageFromResource(s.Resource(ink, ground))
	drawn.Resize(fyne.NewSquareSize(ShapeSize))
	pictures[key] = drawn.Image
	return drawn.Image
}

func nrgba(c color.Color) color.NRGBA {
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}

func hex(c color.Color) string {
	n := nrgba(c)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}
