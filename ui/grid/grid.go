// Package grid shows any rows in any columns, as many as there are: it draws the few that are in view and uses them again while
// scrolling. It knows its rows by number and by id, and nothing of what they mean.
package grid

import (
	"strings"

	"backstop/ui/look"
)

// Rows is what the grid reads from: it must answer at once, with ok false while a page is on its way.
type Rows[R any] interface {
	Len() int
	Row(i int) (row R, ok bool)
	ID(i int) int64
}

// Indexer is what Rows may add to find a row without a walk through all of them.
type Indexer interface {
	Index(id int64) (i int, ok bool)
}

// Grid is the widget for rows of one type. All that does not ask what a row is stands in table, which the compiler reads once and not
// for every type of row.
type Grid[R any] struct {
	table
	cells typed[R]
}

// New is a grid over the rows.
func New[R any](rows Rows[R], cols ...Column[R]) *Grid[R] {
	g := &Grid[R]{cells: typed[R]{rows: rows, columns: cols}}
	shown := make([]column, len(cols))
	for i, c := range cols {
		shown[i] = column{Place: Place{c.Key, c.Width, c.Hidden}, title: c.Title, min: c.Min, right: c.Right, link: c.Link, toned: c.Tone != nil, cell: i}
	}
	g.init(g, rows, &g.cells, shown)
	return g
}

// Shown are the columns in view, in their order.
func (g *Grid[R]) Shown() []Column[R] {
	var shown []Column[R]
	for _, c := range g.columns.all {
		if !c.Hidden {
			shown = append(shown, g.cells.columns[c.cell])
		}
	}
	return shown
}

// TSV is rows as tab-separated text under their titles, in the columns as they are shown. Tabs and line breaks inside a cell become
// spaces, so that a row stays a row.
func (g *Grid[R]) TSV(values []R) string {
	var b strings.Builder
	g.titles(&b)
	for _, v := range values {
		g.line(&b, &typed[R]{columns: g.cells.columns, row: v})
	}
	return b.String()
}

// typed reads the cells of one row at a time.
type typed[R any] struct {
	rows    Rows[R]
	columns []Column[R]
	row     R
}

func (t *typed[R]) take(i int) (ok bool) {
	t.row, ok = t.rows.Row(i)
	return ok
}

func (t *typed[R]) text(cell int) string { return t.columns[cell].Text(t.row) }

func (t *typed[R]) tone(cell int) look.Tone { return t.columns[cell].Tone(t.row) }

func (t *typed[R]) plain(cell int) bool {
	plain := t.columns[cell].Plain
	return plain != nil && plain(t.row)
}
