// Package scroll moves a view over a long list in whole steps: rows, lines or pixels counted as integers. Adding up heights as
// float32 goes wrong after some hundred thousand rows; a number of a row does not.
package scroll

import "math"

// Position is where a view stands: the first step shown, how many there are, and how many fit.
type Position struct {
	Top, Len, Page int
}

// Last is the highest Top: the one that shows the end of the list at the bottom.
func (p *Position) Last() int {
	return max(0, p.Len-p.Page)
}

// Set moves the top as far as the list allows and tells whether it moved.
func (p *Position) Set(top int) bool {
	before := p.Top
	p.Top = min(max(top, 0), p.Last())
	return p.Top != before
}

// Show moves just far enough to have step i in view.
func (p *Position) Show(i int) bool {
	switch {
	case i < p.Top:
		return p.Set(i)
	case i >= p.Top+p.Page:
		return p.Set(i - p.Page + 1)
	}
	return false
}

// shortest is the least length of a thumb that can still be grabbed.
const shortest = 24

// thumb is where the thumb lies in a track of that length, and how long it is.
func (p *Position) thumb(track float32) (at, length float32) {
	if p.Last() == 0 {
		return 0, track
	}
	length = min(track, max(shortest, track*float32(p.Page)/float32(p.Len)))
	return (track - length) * float32(float64(p.Top)/float64(p.Last())), length
}

// dragged is the top for a thumb that was taken at start and moved by that many pixels. It is computed from the start of the drag,
// so that errors do not add up, and both ends are reached exactly.
func (p *Position) dragged(start int, by, track float32) int {
	_, length := p.thumb(track)
	room := track - length
	if room <= 0 {
		return start
	}
	return start + int(math.Round(float64(by)/float64(room)*float64(p.Last())))
}
