package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backstop/ui/look"
)

// numberGrid is a grid of a million rows in a view of ten.
func numberGrid(t *testing.T, n int) (*Grid[int], fyne.Canvas) {
	t.Helper()
	test.NewTempApp(t)
	g := New(numbers(n), Column[int]{Key: "n", Title: "Number", Width: 200, Text: func(i int) string { return fmt.Sprint(i) }},
		Column[int]{Key: "m", Title: "Again", Width: 300, Text: func(i int) string { return fmt.Sprint(i) }})
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, look.HeaderHeight+10*look.RowHeight))
	return g, w.Canvas()
}

func firstShown(g *Grid[int]) string {
	for _, r := range g.body.pool.All() {
		if r.box.Position().Y == 0 && r.box.Visible() {
			return r.cells[0].text.Text
		}
	}
	return "none"
}

func TestScroll_aMillionRows(t *testing.T) {
	const n = 1_000_000
	g, c := numberGrid(t, n)
	page := g.down.Page
	for _, top := range []int{0, 123_456, 400_001, 700_003, n - page} {
		g.ScrollTo(top)
		check(t, "first row", firstShown(g), fmt.Sprint(top))
	}
	g.ScrollTo(n + 5)
	check(t, "last page", firstShown(g), fmt.Sprint(n-page))

	g.SelectAll()
	check(t, "selected", len(g.Selected()), n)

	g.ScrollTo(0)
	test.Drag(c, fyne.NewPos(395, look.HeaderHeight+5), 0, 5_000)
	check(t, "dragged to the end", firstShown(g), fmt.Sprint(n-page))
}

func TestWheel_turnsByRows(t *testing.T) {
	g, c := numberGrid(t, 1000)
	over := fyne.NewPos(100, 100)
	test.Scroll(c, over, 0, -25)
	test.Scroll(c, over, 0, -25)
	check(t, "top", g.down.Top, 5)
	test.Scroll(c, over, 0, 1000)
	check(t, "top", g.down.Top, 0)
	test.Scroll(c, fyne.NewPos(100, 5), 0, -25) // over the header
	check(t, "top", g.down.Top, 2)
}

func TestScroll_across(t *testing.T) {
	g, c := numberGrid(t, 1000)
	check(t, "bar", g.level.Visible(), true)
	test.Scroll(c, fyne.NewPos(100, 100), -60, 0)
	check(t, "by the wheel", g.across.Top, 60)
	g.modifiers = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	test.Scroll(c, fyne.NewPos(100, 100), 0, -10)
	check(t, "by the wheel with shift", g.across.Top, 70)
	g.modifiers = func() fyne.KeyModifier { return 0 }
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	check(t, "by key", g.across.Top, 118)
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	g.ScrollTo(3)
	check(t, "rows", g.body.pool.All()[3].box.Position(), fyne.NewPos(-70, 0))
	check(t, "titles", g.header.titles[0].text.Position().X, float32(checks-70+gap))
	check(t, "hit", g.columns.at(checks+200+1-70+float32(g.across.Top)).Key, "m")

	g.SetColumns(Layout{{Key: "m", Hidden: true}})
	check(t, "bar when all fits", g.level.Visible(), false)
	check(t, "back at the left", g.across.Top, 0)
}

func TestResize_providesRows(t *testing.T) {
	g, c := numberGrid(t, 1000)
	g.ScrollTo(990)
	c.(test.WindowlessCanvas).Resize(fyne.NewSize(600, look.HeaderHeight+20*look.RowHeight))
	check(t, "page", g.down.Page, 20)
	check(t, "first row", firstShown(g), "980")
	c.(test.WindowlessCanvas).Resize(fyne.NewSize(600, look.HeaderHeight+4*look.RowHeight))
	check(t, "first row", firstShown(g), "980")
	check(t, "rows drawn", len(g.body.pool.All()), 4)
}
