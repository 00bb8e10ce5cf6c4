package grid

import "slices"

// selection is a set of ids. Ids, not row numbers: rows move. Selecting all takes the ids that are there, not "all but": a row that
// arrives later has been seen by nobody.
type selection struct {
	ids map[int64]struct{}
}

func (s *selection) has(id int64) bool {
	_, ok := s.ids[id]
	return ok
}

func (s *selection) clear() {
	s.ids = map[int64]struct{}{}
}

func (s *selection) add(id int64) {
	s.ids[id] = struct{}{}
}

// toggle selects a row, alone where only one can be, or selects it no more.
func (g *table) toggle(id int64) {
	if g.bare {
		g.draw(false)
		return
	}
	had := g.selected.has(id)
	if g.Single {
		g.selected.clear()
	}
	if had {
		delete(g.selected.ids, id)
	} else {
		g.selected.add(id)
	}
	g.reselected()
}

// few is up to how many ids a search for each is quicker than a walk through the rows.
const few = 1000

// prune drops the ids that are gone from the rows and tells whether there were any: nobody shall act on what is out of sight.
func (g *table) prune() bool {
	before := len(g.selected.ids)
	if before == 0 {
		return false
	}
	here := g.rowsOf(g.selected.ids)
	g.selected.clear()
	for _, i := range here {
		g.selected.add(g.rows.ID(i))
	}
	return len(g.selected.ids) != before
}

// rowsOf is where the ids are, in the order of the rows.
func (g *table) rowsOf(ids map[int64]struct{}) []int {
	var at []int
	if rows, ok := g.rows.(Indexer); ok && len(ids) <= few {
		for id := range ids {
			if i, ok := rows.Index(id); ok {
				at = append(at, i)
			}
		}
		slices.Sort(at)
		return at
	}
	for i := 0; i < g.rows.Len() && len(at) < len(ids); i++ {
		if _, ok := ids[g.rows.ID(i)]; ok {
			at = append(at, i)
		}
	}
	return at
}

// Selected is what is selected, in the order of the rows.
func (g *table) Selected() []int64 {
	at := g.rowsOf(g.selected.ids)
	ids := make([]int64, len(at))
	for k, i := range at {
		ids[k] = g.rows.ID(i)
	}
	return ids
}

// Select selects these and nothing else.
func (g *table) Select(ids ...int64) {
	g.selected.clear()
	for _, id := range ids {
		g.selected.add(id)
	}
	g.prune()
	g.reselected()
}

// SelectAll selects every row there is.
func (g *table) SelectAll() {
	if g.Single || g.bare {
		return
	}
	g.selected.ids = make(map[int64]struct{}, g.rows.Len())
	for i := range g.rows.Len() {
		g.selected.add(g.rows.ID(i))
	}
	g.reselected()
}

// Clear selects nothing.
func (g *table) Clear() {
	g.Select()
}

func (g *table) allSelected() bool {
	return g.rows.Len() > 0 && len(g.selected.ids) >= g.rows.Len()
}

// selectRange selects the rows from a to b, or b where only one can be, in place of what was selected or on top of it.
func (g *table) selectRange(a, b int, onTop bool) {
	if g.bare {
		g.draw(false)
		return
	}
	if g.Single {
		a = b
	}
	if !onTop || g.Single {
		g.selected.clear()
	}
	for i := min(a, b); i <= max(a, b); i++ {
		g.selected.add(g.rows.ID(i))
	}
	g.reselected()
}

func (g *table) reselected() {
	g.draw(false)
	g.tellSelected()
}

func (g *table) tellSelected() {
	if g.OnSelected != nil {
		g.OnSelected(g.Selected())
	}
}
