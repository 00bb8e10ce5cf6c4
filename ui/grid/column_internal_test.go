package grid

import (
	"encoding/json"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"backstop/ui/look"
)

// The columns of a stage: the boxes up to 32, ID up to 92, Name up to 242, State up to 352.
const (
	idEdge    = checks + 60
	nameEdge  = idEdge + 150
	stateEdge = nameEdge + 110
)

func TestTitle_sorts(t *testing.T) {
	s := newStage(t, nightly(4))
	s.OnSort = func(key string, descending bool) { s.say("%s %v", key, descending) }
	for _, x := range []float32{onName, onName, onName, onID, nameEdge, 480} { // an edge and beside the columns: nothing
		test.TapCanvas(s.window.Canvas(), fyne.NewPos(x, 10))
	}
	check(t, "sorted", s.said, []string{"name false", "name true", "name false", "id false"})
	check(t, "arrow", s.header.titles[0].arrow.Visible(), true)
	check(t, "arrow of another", s.header.titles[1].arrow.Visible(), false)

	s.SetSort("name", true)
	check(t, "arrow", s.header.titles[1].arrow.Image == look.ArrowDown.Picture(s.style.muted, s.style.header), true)
	check(t, "asked", len(s.said), 4)
}

// Nobody sorts: no arrow says that it is sorted.
func TestTitle_withoutAnOrder(t *testing.T) {
	s := newStage(t, nightly(4))
	s.OnSort = nil
	test.TapCanvas(s.window.Canvas(), fyne.NewPos(onName, 10))
	check(t, "arrow", s.header.titles[1].arrow.Visible(), false)
}

func TestEdge_isPulled(t *testing.T) {
	for name, c := range map[string]struct {
		x, dx, want float32
	}{
		"wider":                     {nameEdge, 30, 180},
		"narrower":                  {nameEdge - 3, -50, 100},
		"not below the least":       {nameEdge, -400, narrowest},
		"the edge of its neighbour": {idEdge, 20, 150},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, nightly(4))
			s.OnColumns = func(l Layout) { s.say("%v", l[1].Width) }
			s.pull(c.x, c.dx)
			check(t, "width", s.column("name").Width, c.want)
			check(t, "told", s.said, []float32{c.want})
			cell := s.body.pool.All()[0].cells[s.column("state").cell]
			check(t, "the next cell follows", cell.x, s.column("state").x)
		})
	}
}

func TestTitle_isDraggedElsewhere(t *testing.T) {
	for name, c := range map[string]struct {
		from, by float32
		want     string
		told     int
	}{
		"to the right":             {onID, 130, "[name id state]", 1},
		"to the end":               {onID, 400, "[name state id]", 1},
		"to the front":             {onName + 200, -300, "[state id name]", 1},
		"back to where it was":     {onID, 20, "[id name state]", 0},
		"the boxes stay":           {onBox, 200, "[id name state]", 0},
		"what is beside stays too": {stateEdge + 50, -200, "[id name state]", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, nightly(4))
			told := 0
			s.OnColumns = func(Layout) { told++ }
			s.pull(c.from, c.by)
			check(t, "order", s.order(), c.want)
			check(t, "told", told, c.told)
			check(t, "mark", s.header.drop.Visible(), false)
			check(t, "cells", s.shown("name")[0], "vault-01")
		})
	}
}

func TestColumnMenu_hidesAllButOne(t *testing.T) {
	s := newStage(t, nightly(4))
	s.OnColumns = func(Layout) { s.say("%s", s.order()) }
	choose := func(i int) { s.header.menu().Items[i].Action() }
	choose(1)
	choose(0)
	check(t, "the last one stays", s.header.menu().Items[2].Disabled, true)
	choose(1)
	check(t, "told", s.said, []string{"[id state]", "[state]", "[name state]"})
	check(t, "title", s.header.titles[0].text.Visible(), false)
	check(t, "cell", s.body.pool.All()[0].cells[0].text.Visible(), false)

	test.TapSecondaryAt(s.header, fyne.NewPos(onName, 5))
	check(t, "menu", s.window.Canvas().Overlays().Top() != nil, true)
}

func TestColumnMenu_hiddenChipsStayHidden(t *testing.T) {
	s := newStage(t, nightly(40))
	s.header.menu().Items[2].Action()
	s.ScrollTo(9)
	c := s.body.pool.All()[0].cells[2]
	check(t, "chip", c.chip.Visible() || c.mark.Visible() || c.text.Visible(), false)
}

func TestLayout_isRestored(t *testing.T) {
	place := func(key string, width float32, hidden bool) Place {
		return Place{Key: key, Width: width, Hidden: hidden}
	}
	for name, c := range map[string]struct {
		saved Layout
		want  Layout
	}{
		"as saved":                 {Layout{place("state", 90, false), place("id", 70, true), place("name", 200, false)}, nil},
		"a new column at the end":  {Layout{place("name", 99, false), place("id", 60, false)}, Layout{place("name", 99, false), place("id", 60, false), place("state", 110, false)}},
		"a column that is gone":    {Layout{place("tool", 99, false), place("state", 90, false)}, Layout{place("state", 90, false), place("id", 60, false), place("name", 150, false)}},
		"never narrower than that": {Layout{place("id", 1, false), place("name", 150, false), place("state", 110, false)}, Layout{place("id", narrowest, false), place("name", 150, false), place("state", 110, false)}},
		"never all hidden":         {Layout{place("id", 60, true), place("name", 60, true), place("state", 60, true)}, Layout{place("id", 60, false), place("name", 60, true), place("state", 60, true)}},
		"nothing saved":            {nil, Layout{place("id", 60, false), place("name", 150, false), place("state", 110, false)}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, nightly(4))
			s.SetColumns(c.saved)
			want := c.want
			if want == nil {
				want = c.saved
			}
			check(t, "layout", s.Columns(), want)
		})
	}
}

func TestLayout_survivesJSON(t *testing.T) {
	s := newStage(t, nightly(4))
	text, err := json.Marshal(s.Columns())
	if err != nil {
		t.Fatal(err)
	}
	check(t, "text", string(text), `[{"key":"id","width":60},{"key":"name","width":150},{"key":"state","width":110}]`)
}

func TestCursor_overAnEdge(t *testing.T) {
	s := newStage(t, nightly(4))
	for x, want := range map[float32]desktop.Cursor{nameEdge + 3: desktop.HResizeCursor, onName: desktop.DefaultCursor} {
		test.MoveMouse(s.window.Canvas(), fyne.NewPos(x, 10))
		check(t, "pointer", s.header.Cursor(), want)
	}
}
