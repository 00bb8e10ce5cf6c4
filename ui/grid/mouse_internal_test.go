package grid

import (
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"backstop/ui/look"
)

const (
	onBox  = 10
	onID   = checks + 20
	onName = checks + 60 + 20
)

func TestClick_selects(t *testing.T) {
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	type click struct {
		row  int
		x    float32
		held fyne.KeyModifier
	}
	for name, c := range map[string]struct {
		clicks []click
		want   []int64
	}{
		"a click selects one":           {[]click{{2, onName, 0}, {4, onName, 0}}, []int64{5}},
		"ctrl adds":                     {[]click{{4, onName, 0}, {2, onName, ctrl}}, []int64{3, 5}},
		"ctrl takes away":               {[]click{{4, onName, 0}, {2, onName, ctrl}, {4, onName, ctrl}}, []int64{3}},
		"shift selects up to here":      {[]click{{4, onName, 0}, {1, onName, shift}}, []int64{2, 3, 4, 5}},
		"shift turns round its anchor":  {[]click{{4, onName, 0}, {1, onName, shift}, {5, onName, shift}}, []int64{5, 6}},
		"ctrl and shift add a range":    {[]click{{0, onName, 0}, {4, onName, ctrl}, {6, onName, ctrl | shift}}, []int64{1, 5, 6, 7}},
		"the boxes add and take away":   {[]click{{1, onBox, 0}, {3, onBox, 0}, {5, onBox, 0}, {3, onBox, 0}}, []int64{2, 6}},
		"shift works on the boxes too":  {[]click{{1, onBox, 0}, {3, onBox, shift}}, []int64{2, 3, 4}},
		"below the last row is nothing": {[]click{{1, onName, 0}, {9, onName, 0}}, []int64{2}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, nightly(8))
			for _, k := range c.clicks {
				s.click(k.row, k.x, k.held)
			}
			check(t, "told", s.selected, c.want)
			check(t, "selected", s.Selected(), c.want)
		})
	}
}

// Where rows are ticked, a click only looks at one.
func TestClick_amongTicks(t *testing.T) {
	s := newStage(t, nightly(8))
	s.Ticks = true
	s.SelectAll()
	s.click(2, onName, 0)
	check(t, "row", s.cursor.row, 2)
	check(t, "still ticked", len(s.Selected()), 8)
	s.click(2, onBox, 0)
	check(t, "less one", len(s.Selected()), 7)
}

// What is only looked at has no boxes, and nothing selects it.
func TestOnlyLook(t *testing.T) {
	s := newStage(t, nightly(8))
	s.OnlyLook()
	s.click(2, onBox, 0)
	s.click(3, onName, fyne.KeyModifierShortcutDefault)
	s.window.Canvas().Focus(s.Grid)
	s.press(fyne.KeySpace, fyne.KeyEscape)
	s.SelectAll()
	check(t, "row", s.cursor.row, 3)
	check(t, "selected", len(s.Selected()), 0)
	check(t, "the first column begins at", s.columns.all[0].x, float32(0))
	check(t, "box of all", s.header.box.Visible(), false)
}

func TestHeaderBox_selectsAllAndNothing(t *testing.T) {
	s := newStage(t, nightly(40))
	s.click(3, onBox, 0)
	test.TapCanvas(s.window.Canvas(), fyne.NewPos(onBox, 10))
	check(t, "all", len(s.selected), 40)
	test.TapCanvas(s.window.Canvas(), fyne.NewPos(onBox, 10))
	check(t, "nothing", len(s.selected), 0)
}

func TestDoubleClick_opens(t *testing.T) {
	s := newStage(t, nightly(8))
	clock := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return clock }

	s.click(2, onName, 0)
	clock = clock.Add(200 * time.Millisecond)
	s.click(3, onName, 0) // another row is no second click
	clock = clock.Add(400 * time.Millisecond)
	s.click(3, onName, 0) // too late
	check(t, "opened", len(s.opened), 0)

	clock = clock.Add(200 * time.Millisecond)
	s.click(3, onName, 0)
	clock = clock.Add(100 * time.Millisecond)
	s.click(3, onName, 0) // a third click begins anew
	check(t, "opened", s.opened, []int64{4})
}

func TestLink_isFollowedAndSelects(t *testing.T) {
	s := newStage(t, nightly(8))
	s.OnLink = func(key string, id int64) { s.say("%s %d", key, id) }
	s.click(2, onID, 0)
	s.click(3, onName, 0)
	s.click(4, onID, fyne.KeyModifierShortcutDefault) // picks, does not follow
	check(t, "followed", s.said, []string{"id 3"})
	check(t, "selected", s.selected, []int64{4, 5})
}

func TestMenu_isAboutTheSelection(t *testing.T) {
	s := newStage(t, nightly(8))
	s.OnMenu = func(ids []int64, at fyne.Position) { s.say("%v", ids) }
	s.Select(2, 3)
	for _, k := range []float32{2, 5, 9} { // selected, not selected, no row
		test.TapSecondaryAt(s.body, fyne.NewPos(onName, k*look.RowHeight+4))
	}
	check(t, "menus", s.said, []string{"[2 3]", "[6]"})
	check(t, "selected", s.selected, []int64{6})
}

func TestHover_tellsTheCell(t *testing.T) {
	s := newStage(t, nightly(4))
	s.OnHover = func(key string, id int64, _ fyne.Position) { s.say("%s %d", key, id) }
	for _, p := range []fyne.Position{
		fyne.NewPos(onName, look.HeaderHeight+5),
		fyne.NewPos(onName+5, look.HeaderHeight+8), // the same cell
		fyne.NewPos(onID, look.HeaderHeight+8),
		fyne.NewPos(onID, look.HeaderHeight+look.RowHeight+8),
		fyne.NewPos(onID, 5), // the header
	} {
		test.MoveMouse(s.window.Canvas(), p)
	}
	check(t, "cells", s.said, []string{"name 1", "id 1", "id 2", " 0"})
}

func TestHover_lightsTheRowUnderAStillPointer(t *testing.T) {
	s := newStage(t, nightly(40))
	test.MoveMouse(s.window.Canvas(), fyne.NewPos(onName, look.HeaderHeight+2*look.RowHeight+5))
	s.ScrollTo(7)
	for _, r := range s.body.pool.All() {
		check(t, r.cells[1].text.Text, r.ground.FillColor == s.style.hover, r.id == 10)
	}
}

func TestCursor_isAHandOverLinks(t *testing.T) {
	s := newStage(t, nightly(2))
	for _, c := range []struct {
		x, y float32
		want desktop.Cursor
	}{
		{onID, 5, desktop.PointerCursor}, {onName, 5, desktop.DefaultCursor}, {onID, 5 * look.RowHeight, desktop.DefaultCursor},
	} {
		test.MoveMouse(s.window.Canvas(), fyne.NewPos(c.x, look.HeaderHeight+c.y))
		check(t, "pointer", s.body.Cursor(), c.want)
	}
}

func TestLink_thatLeadsNowhereIsPlain(t *testing.T) {
	rows := nightly(3)
	rows.list[1].nowhere = true
	s := newStage(t, rows)
	s.OnLink = func(key string, id int64) { s.say("%s %d", key, id) }
	for k := range 3 {
		s.click(k, onID, 0)
	}
	check(t, "followed", s.said, []string{"id 1", "id 3"})
	for k, want := range []desktop.Cursor{desktop.PointerCursor, desktop.DefaultCursor, desktop.PointerCursor} {
		test.MoveMouse(s.window.Canvas(), fyne.NewPos(onID, look.HeaderHeight+float32(k)*look.RowHeight+5))
		check(t, "pointer", s.body.Cursor(), want)
	}
	s.body.pool.Each(&s.down, func(r *row, i int, _ bool) {
		if i >= 0 {
			check(t, "ink", r.cells[0].text.Color, map[bool]color.Color{true: s.style.text, false: s.style.link}[i == 1])
		}
	})
}
