package grid

// Reload draws the rows again after they changed. The selection stays, less the rows that are gone, and so does the row at the top:
// what a person reads does not move because something arrived above it.
func (g *table) Reload() {
	if i, ok := g.find(g.topID, g.down.Top); ok {
		g.down.Top = i
	}
	g.reload()
}

// AtTop tells whether the first row is in view: then what arrives above it may be shown at once.
func (g *table) AtTop() bool {
	return g.down.Top == 0
}

// Restart is Reload from the first row: for a new order or another filter.
func (g *table) Restart() {
	g.down.Top = 0
	g.reload()
}

func (g *table) reload() {
	g.arrange()
	g.followCursor()
	gone := g.prune()
	g.draw(true)
	if gone {
		g.tellSelected()
	}
}

// relayout is for columns that moved.
func (g *table) relayout() {
	g.columns.place()
	g.arrange()
	g.header.draw()
	g.draw(true)
}

// draw shows the rows in view. Only rows that came into view are filled, unless all are stale.
func (g *table) draw(stale bool) {
	if g.down.Top < g.rows.Len() {
		g.topID = g.rows.ID(g.down.Top)
	}
	g.body.draw(stale)
	g.header.check()
	g.bar.Place()
}

// find looks for an id, first near the row where it was.
func (g *table) find(id int64, near int) (int, bool) {
	if near >= 0 && near < g.rows.Len() && g.rows.ID(near) == id {
		return near, true
	}
	if rows, ok := g.rows.(Indexer); ok {
		return rows.Index(id)
	}
	for i := range g.rows.Len() {
		if g.rows.ID(i) == id {
			return i, true
		}
	}
	return 0, false
}
