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
	Plain      func(R) bool      // of a link: a row in which it leads nowhere; nil: none
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

// column is a Column in its place, without what it knows of rows.
type column struct {
	Place
	title       string
	min         float32
	right, link bool
	toned       bool // its cells may be chips
	cell        int  // its cell in every row, whatever the order
	x           float32
}

type columns struct {
	all   []*column // in the order shown
	width float32   // of what is shown
	boxes float32   // width of the boxes before them
}

func newColumns(cols []column) columns {
	c := columns{boxes: checks}
	for i := range cols {
		col := &cols[i]
		if col.min == 0 {
			col.min = narrowest
		}
		col.Width = max(col.Width, col.min)
		c.all = append(c.all, col)
	}
	c.place()
	return c
}

// place puts the shown columns side by side.
func (c *columns) place() {
	c.width = c.boxes
	for _, col := range c.all {
		col.x = c.width
		if !col.Hidden {
			c.width += col.Width
		}
	}
}

// at is the column under x, or nil.
func (c *columns) at(x float32) *column {
	for _, col := range c.all {
		if !col.Hidden && x >= col.x && x < col.x+col.Width {
			return col
		}
	}
	return nil
}

// edge is the column whose right edge lies at x, or nil.
func (c *columns) edge(x float32) *column {
	for _, col := range slices.Backward(c.all) {
		if end := col.x + col.Width; !col.Hidden && x >= end-grip && x <= end+grip {
			return col
		}
	}
	return nil
}

// slot is where a column dropped at x would go, as an index into the order, and the x of that gap.
func (c *columns) slot(x float32) (int, float32) {
	for i, col := range c.all {
		if !col.Hidden && x < col.x+col.Width/2 {
			return i, col.x
		}
	}
	return len(c.all), c.width
}

// move takes a column to a slot and tells whether the order changed.
func (c *columns) move(col *column, slot int) bool {
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
func (c *columns) shown() int {
	n := 0
	for _, col := range c.all {
		if !col.Hidden {
			n++
		}
	}
	return n
}

func (c *columns) layout() Layout {
	var l Layout
	for _, col := range c.all {
		l = append(l, col.Place)
	}
	return l
}

// restore follows a saved layout. A column that it does not know, being newer, goes to the end; a key that is gone is passed over.
func (c *columns) restore(l Layout) {
	at := 0
	for _, p := range l {
		i := slices.IndexFunc(c.all, func(col *column) bool { return col.Key == p.Key })
		if i < 0 {
			continue
		}
		col := c.all[i]
		col.Width, col.Hidden = max(p.Width, col.min), p.Hidden
		c.all = slices.Insert(slices.Delete(c.all, i, i+1), min(at, len(c.all)-1), col)
		at++
	}
	if c.shown() == 0 && len(c.all) > 0 {
		c.all[0].Hidden = false
	}
	c.place()
}
