package grid

import (
	"slices"

	"backstop/ui/look"
)

// Column shows one property of a row.
type Column[R any] struct {
	Key, Title string
	Width, Min float32
	Text       func(R) string
	Value      func(R) any       // what a spreadsheet gets where it is more than the text: a time, a number; nil: the text
	Tone       func(R) look.Tone // nil: plain text; else a chip with the tone's colour, shape and word
	Right      bool              // numbers, so that their digits stand below each other
	Link       bool              // a click calls OnLink
	Hidden     bool
}

// Layout is what a person made of the columns, in the order shown.
type Layout []Place

// Place is one column of a Layout.
type Place struct {
	Key    string  `json:"key"`
	Width  float32 `json:"width"`
	Hidden bool    `json:"hidden,omitempty"`
}

const (
	narrowest = 48 // a column without a Min can still be grabbed
	grip      = 4  // pixels on either side of an edge that take hold of it
	checks    = 32 // the column of check boxes
)

// Shown are the columns in view, in their order.
func (g *Grid[R]) Shown() []Column[R] {
	var shown []Column[R]
	for _, c := range g.columns.all {
		if !c.Hidden {
			shown = append(shown, c.Column)
		}
	}
	return shown
}

// column is a Column in its place.
type column[R any] struct {
	Column[R]
	cell int // its cell in every row, whatever the order
	x    float32
}

type columns[R any] struct {
	all   []*column[R] // in the order shown
	width float32      // of what is shown
	boxes float32      // width of the boxes before them
}

func newColumns[R any](cols []Column[R]) columns[R] {
	c := columns[R]{boxes: checks}
	for i, col := range cols {
		if col.Min == 0 {
			col.Min = narrowest
		}
		col.Width = max(col.Width, col.Min)
		c.all = append(c.all, &column[R]{Column: col, cell: i})
	}
	c.place()
	return c
}

// place puts the shown columns side by side.
func (c *columns[R]) place() {
	c.width = c.boxes
	for _, col := range c.all {
		col.x = c.width
		if !col.Hidden {
			c.width += col.Width
		}
	}
}

// at is the column under x, or nil.
func (c *columns[R]) at(x float32) *column[R] {
	for _, col := range c.all {
		if !col.Hidden && x >= col.x && x < col.x+col.Width {
			return col
		}
	}
	return nil
}

// edge is the column whose right edge lies at x, or nil.
func (c *columns[R]) edge(x float32) *column[R] {
	for _, col := range slices.Backward(c.all) {
		if end := col.x + col.Width; !col.Hidden && x >= end-grip && x <= end+grip {
			return col
		}
	}
	return nil
}

// slot is where a column dropped at x would go, as an index into the order, and the x of that gap.
func (c *columns[R]) slot(x float32) (int, float32) {
	for i, col := range c.all {
		if !col.Hidden && x < col.x+col.Width/2 {
			return i, col.x
		}
	}
	return len(c.all), c.width
}

// move takes a column to a slot and tells whether the order changed.
func (c *columns[R]) move(col *column[R], slot int) bool {
	from := slices.Index(c.all, col)
	if slot > from {
		slot-- // its own place closes behind it
	}
	if slot == from {
		return false
	}
	c.all = slices.Insert(slices.Delete(c.all, from, from+1), slot, col)
	return true
}

// shown counts the columns that are not hidden: the last one stays.
func (c *columns[R]) shown() int {
	n := 0
	for _, col := range c.all {
		if !col.Hidden {
			n++
		}
	}
	return n
}

func (c *columns[R]) layout() Layout {
	var l Layout
	for _, col := range c.all {
		l = append(l, Place{col.Key, col.Width, col.Hidden})
	}
	return l
}

// restore follows a saved layout. A column that it does not know, being newer, goes to the end; a key that is gone is passed over.
func (c *columns[R]) restore(l Layout) {
	at := 0
	for _, p := range l {
		i := slices.IndexFunc(c.all, func(col *column[R]) bool { return col.Key == p.Key })
		if i < 0 {
			continue
		}
		col := c.all[i]
		col.Width, col.Hidden = max(p.Width, col.Min), p.Hidden
		c.all = slices.Insert(slices.Delete(c.all, i, i+1), min(at, len(c.all)-1), col)
		at++
	}
	if c.shown() == 0 && len(c.all) > 0 {
		c.all[0].Hidden = false
	}
	c.place()
}
