package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
)

var (
	_ fyne.Tappable          = (*header)(nil)
	_ fyne.SecondaryTappable = (*header)(nil)
)

// Tapped sorts by a column, the other way round at the second tap; the box selects all or nothing.
func (h *header) Tapped(e *fyne.PointEvent) {
	g, x := h.grid, h.across(e.Position)
	col := g.columns.at(x)
	keys.Focus(g.self)
	switch {
	case x < g.columns.boxes && g.allSelected():
		g.Clear()
	case x < g.columns.boxes:
		g.SelectAll()
	case col != nil && g.columns.edge(x) == nil && g.OnSort != nil:
		g.SetSort(col.Key, col.Key == g.sortKey && !g.falling)
		g.OnSort(g.sortKey, g.falling)
	}
}

// TappedSecondary offers which columns to show.
func (h *header) TappedSecondary(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(h); c != nil {
		widget.ShowPopUpMenuAtPosition(h.menu(), c, e.AbsolutePosition)
	}
}

func (h *header) menu() *fyne.Menu {
	g := h.grid
	menu := fyne.NewMenu("")
	for _, col := range g.columns.all {
		item := fyne.NewMenuItem(col.title, func() {
			col.Hidden = !col.Hidden
			g.recolumned()
		})
		item.Checked = !col.Hidden
		item.Disabled = item.Checked && g.columns.shown() == 1 // somebody has to be left to bring the others back
		menu.Items = append(menu.Items, item)
	}
	return menu
}

// recolumned draws the columns anew and tells so.
func (g *table) recolumned() {
	g.relayout()
	if g.OnColumns != nil {
		g.OnColumns(g.Columns())
	}
}
