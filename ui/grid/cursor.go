package grid

// cursor is the row that the keys act on, and the row where a range began. It walks through the rows without selecting them: Space
// and Shift select.
type cursor struct {
	row int // -1 before the first key or click
	id  int64

	anchor   int
	anchorID int64
}

// begin starts ranges at the cursor.
func (c *cursor) begin() {
	c.anchor, c.anchorID = c.row, c.id
}

// Current is the row that the keys act on.
func (g *table) Current() (id int64, ok bool) {
	return g.cursor.id, g.cursor.row >= 0
}

// Reveal brings a row into view and puts the cursor on it.
func (g *table) Reveal(id int64) bool {
	row, ok := g.find(id, g.cursor.row)
	if ok {
		g.moveCursor(row, false)
		g.draw(false)
	}
	return ok
}

// moveCursor goes to a row, or the nearest there is, and has it in view. Ranges start there unless one is being made.
func (g *table) moveCursor(row int, ranging bool) {
	if g.rows.Len() == 0 {
		return
	}
	row = min(max(row, 0), g.rows.Len()-1)
	ranging = ranging && g.cursor.row >= 0
	moved := row != g.cursor.row || g.rows.ID(row) != g.cursor.id
	g.cursor.row, g.cursor.id = row, g.rows.ID(row)
	if !ranging {
		g.cursor.begin()
	}
	g.down.Show(row)
	if moved && g.OnCurrent != nil {
		g.OnCurrent(g.cursor.id)
	}
}

// followCursor finds the cursor's row after the rows changed; where it is gone, the row that took its place.
func (g *table) followCursor() {
	c := &g.cursor
	if g.rows.Len() == 0 {
		c.row = -1
	}
	if c.row < 0 {
		return
	}
	row, ok := g.find(c.id, c.row)
	if !ok {
		row = min(c.row, g.rows.Len()-1)
	}
	c.row, c.id = row, g.rows.ID(row)
	if c.anchor, ok = g.find(c.anchorID, c.anchor); !ok {
		c.begin()
	}
}
