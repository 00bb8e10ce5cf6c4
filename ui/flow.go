package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"backstop/ui/look"
)

// flow puts objects side by side, each as wide as it needs, in as many lines as that takes. How high that is follows from the width that it
// was given last, as with text that wraps.
type flow struct {
	gap   float32
	first float32 // the least width of the first object, which takes the rest of a line that has room for all, else a line of its own; 0: it is as the others

	width float32
}

// filterFlow is a search that is never too short to read, with filters beside it or below it.
func filterFlow() *flow { return &flow{gap: look.Gap / 2, first: 300} }

// topped has something above and below a body that takes the rest; nil is nothing. What is above may flow.
func topped(top, bottom, body fyne.CanvasObject) *fyne.Container {
	c := container.NewBorder(top, bottom, nil, nil, body)
	c.Layout = twice{c.Layout}
	return c
}

// twice lays out again: what wraps knows its height only in its width.
type twice struct{ of fyne.Layout }

// Layout implements fyne.Layout.
func (t twice) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for range 2 {
		t.of.Layout(o, size)
	}
}

// MinSize implements fyne.Layout.
func (t twice) MinSize(o []fyne.CanvasObject) fyne.Size { return t.of.MinSize(o) }

// headed is a title with buttons at the other end of its line, or below it where both have no room.
func headed(title fyne.CanvasObject, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&flow{gap: look.Gap / 2, first: title.MinSize().Width}, append([]fyne.CanvasObject{title}, buttons...)...)
}

// Layout implements fyne.Layout.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Resize(size)
		o.Move(at)
	})
}

// MinSize implements fyne.Layout.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(f.first, 0)
	for _, o := range objects {
		if o.Visible() {
			least.Width = max(least.Width, o.MinSize().Width)
		}
	}
	least.Height = f.place(objects, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
	return least
}

// place finds each object's place and gives the height of all.
func (f *flow) place(objects []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	at, line := fyne.NewPos(0, 0), lineHeight(objects)
	width := f.width
	if width == 0 { // nobody has said yet
		width = 1 << 20
	}
	if f.first > 0 {
		rest := width - f.wanted(objects[1:])
		if rest < f.first {
			put(objects[0], at, fyne.NewSize(width, line))
			at = fyne.NewPos(0, line+f.gap)
		} else {
			put(objects[0], at, fyne.NewSize(rest, line))
			at.X = rest + f.gap
		}
		objects = objects[1:]
	}
	begun := at.X > 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize().Width
		if begun && at.X+need > width {
			at = fyne.NewPos(0, at.Y+line+f.gap)
		}
		put(o, at, fyne.NewSize(need, line))
		at.X += need + f.gap
		begun = true
	}
	return at.Y + line
}

// wanted is how wide the objects are side by side, each with the gap before it.
func (f *flow) wanted(objects []fyne.CanvasObject) float32 {
	var sum float32
	for _, o := range objects {
		if o.Visible() {
			sum += o.MinSize().Width + f.gap
		}
	}
	return sum
}

func lineHeight(objects []fyne.CanvasObject) float32 {
	var height float32
	for _, o := range objects {
		if o.Visible() {
			height = max(height, o.MinSize().Height)
		}
	}
	return height
}

// abreast is a grid of as many columns as have room, at most so many. How high it is follows from the width that it was given last.
type abreast struct {
	most  int
	width float32
}

// Layout implements fyne.Layout.
func (a *abreast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	a.width = size.Width
	a.grid(objects).Layout(objects, size)
}

// MinSize implements fyne.Layout.
func (a *abreast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(layout.NewGridLayoutWithColumns(1).MinSize(objects).Width, a.grid(objects).MinSize(objects).Height)
}

// grid is the one that the width has room for.
func (a *abreast) grid(objects []fyne.CanvasObject) fyne.Layout {
	columns := a.most
	for a.width > 0 && columns > 1 && layout.NewGridLayoutWithColumns(columns).MinSize(objects).Width > a.width {
		columns--
	}
	return layout.NewGridLayoutWithColumns(columns)
}
