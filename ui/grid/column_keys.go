package grid

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// What the mouse does to titles the keys do to the chosen column, which has a line under its title while the grid has the keys.

const (
	choosing = fyne.KeyModifierShortcutDefault
	moving   = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
	pulling  = fyne.KeyModifierAlt | fyne.KeyModifierShift
	pull     = 16 // pixels that a key makes a column wider or narrower
)

// columnKey does what a shortcut means for the columns, and tells whether it means anything.
func (g *table) columnKey(s *desktop.CustomShortcut) bool {
	by := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1}[s.KeyName]
	switch {
	case s.Modifier == choosing && by != 0:
		g.chooseColumn(by)
	case s.Modifier == choosing && (s.KeyName == fyne.KeyUp || s.KeyName == fyne.KeyDown):
		g.sortChosen(s.KeyName == fyne.KeyDown)
	case s.Modifier == choosing && s.KeyName == fyne.KeySpace:
		g.columnMenu()
	case s.Modifier == moving && by != 0:
		g.shiftChosen(by)
	case s.Modifier == pulling && by != 0:
		g.pullChosen(float32(by) * pull)
	default:
		return false
	}
	return true
}

// inView are the columns that are not hidden, and where the chosen one is among them: -1 for none yet.
func (g *table) inView() (shown []*column, at int) {
	for _, c := range g.columns.all {
		if !c.Hidden {
			shown = append(shown, c)
		}
	}
	return shown, slices.Index(shown, g.column)
}

// chooseColumn goes to the next column; the first time to the one that is sorted by.
func (g *table) chooseColumn(by int) {
	shown, at := g.inView()
	if at < 0 {
		at = max(0, slices.IndexFunc(shown, func(c *column) bool { return c.Key == g.sortKey }))
	} else {
		at = min(max(at+by, 0), len(shown)-1)
	}
	g.column = shown[at]
	g.showColumn()
}

// showColumn scrolls to the chosen column as far as it must.
func (g *table) showColumn() {
	left, right := int(g.column.x), int(g.column.x+g.column.Width)
	g.scrollAcross(min(left, max(g.across.Top, right-g.across.Page)))
	g.header.draw()
}

func (g *table) sortChosen(descending bool) {
	if _, at := g.inView(); at >= 0 && g.OnSort != nil {
		g.SetSort(g.column.Key, descending)
		g.OnSort(g.sortKey, g.falling)
	}
}

// shiftChosen moves the column past the next one that is shown.
func (g *table) shiftChosen(by int) {
	shown, at := g.inView()
	if to := at + by; at >= 0 && to >= 0 && to < len(shown) {
		slot := slices.Index(g.columns.all, shown[to])
		if by > 0 {
			slot++
		}
		g.columns.move(g.column, slot)
		g.recolumned()
		g.showColumn()
	}
}

func (g *table) pullChosen(by float32) {
	if _, at := g.inView(); at >= 0 {
		g.column.Width = max(g.column.min, g.column.Width+by)
		g.recolumned()
	}
}

// columnMenu offers which columns to show, below the titles.
func (g *table) columnMenu() {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(g.self); c != nil {
		widget.ShowPopUpMenuAtPosition(g.header.menu(), c, driver.AbsolutePositionForObject(g.header).AddXY(0, look.HeaderHeight))
	}
}
