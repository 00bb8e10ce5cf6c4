package scroll

import "fyne.io/fyne/v2"

// Pool holds the drawings of the steps in view. Step i is drawn by the drawing i modulo their number, so that a step keeps its drawing
// for as long as it is in view, and the drawing of one that left is used again for the one that came.
type Pool[D any] struct {
	drawings []D
	shows    []int // the step that each shows; -1 for none
}

// Provide has as many drawings as the view has room for, and tells whether that changed.
func (p *Pool[D]) Provide(n int, make func() D) bool {
	if n == len(p.drawings) {
		return false
	}
	for len(p.drawings) < n {
		p.drawings = append(p.drawings, make())
		p.shows = append(p.shows, -1)
	}
	p.drawings, p.shows = p.drawings[:n], p.shows[:n]
	p.Forget()
	return true
}

// Forget has every drawing made afresh the next time.
func (p *Pool[D]) Forget() {
	for k := range p.shows {
		p.shows[k] = -1
	}
}

// Each goes through the view from its top. Step -1 is a place below the end of the list; fresh is a step that its drawing did not show
// before.
func (p *Pool[D]) Each(at *Position, draw func(d D, step int, fresh bool)) {
	for i := at.Top; i < at.Top+len(p.drawings); i++ {
		k, step := i%len(p.drawings), i
		if i >= at.Len {
			step = -1
		}
		fresh := p.shows[k] != step
		p.shows[k] = step
		draw(p.drawings[k], step, fresh)
	}
}

// All are the drawings, in no order.
func (p *Pool[D]) All() []D {
	return p.drawings
}

// Still is the layout of objects that are placed by hand. It also ends the toolkit's search for a new least size: a text that changed
// in one of thousands of cells has no say in the size of its window.
type Still struct{}

// Layout implements fyne.Layout.
func (Still) Layout([]fyne.CanvasObject, fyne.Size) {}

// MinSize implements fyne.Layout.
func (Still) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.Size{}
}
