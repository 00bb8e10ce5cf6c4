package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// A search and four filters of 100 each: beside one another where the search keeps its least width, else below it, and what is under them
// begins where they end, whatever width there was before.
func TestFlow_takesTheLinesThatItNeeds(t *testing.T) {
	box := func(width float32) *canvas.Rectangle {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(width, 30))
		return r
	}
	search, body := box(10), box(0)
	row := []fyne.CanvasObject{search}
	for range 4 {
		row = append(row, box(100))
	}
	c := topped(container.NewVBox(container.New(&flow{gap: 10, first: 200}, row...)), nil, body)
	for _, x := range []struct{ width, search, lines float32 }{{640, 200, 1}, {639, 639, 2}, {1000, 560, 1}, {300, 300, 3}, {640, 200, 1}} {
		c.Resize(fyne.NewSize(x.width, 500))
		used := 500 - body.Size().Height
		if want := x.lines*30 + (x.lines-1)*10; search.Size().Width != x.search || used < want || used > want+8 {
			t.Errorf("%v wide: the search %v, above the body %v, want %v and %v", x.width, search.Size().Width, used, x.search, want)
		}
		last := row[4]
		if end := last.Position().X + last.Size().Width; end > x.width {
			t.Errorf("%v wide: the last filter ends at %v", x.width, end)
		}
	}
}

// Boxes of 100: as many columns as have room, at most three, and the least width is that of one.
func TestAbreast_hasColumnsAsThereIsRoom(t *testing.T) {
	var boxes []fyne.CanvasObject
	for range 5 {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(100, 30))
		boxes = append(boxes, r)
	}
	c := container.New(&abreast{most: 3}, boxes...)
	for _, x := range []struct {
		width   float32
		columns int
	}{{1000, 3}, {299, 2}, {150, 1}, {100, 1}, {400, 3}} {
		c.Resize(fyne.NewSize(x.width, 500))
		columns := 0
		for _, b := range boxes {
			if b.Position().Y == 0 {
				columns++
			}
		}
		if columns != x.columns || c.MinSize().Width != 100 {
			t.Errorf("%v wide: %d columns, at least %v", x.width, columns, c.MinSize())
		}
	}
}
