package scroll

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPosition_staysInTheList(t *testing.T) {
	p := Position{Len: 100, Page: 10}
	for _, c := range []struct {
		set, want int
		moved     bool
	}{{5, 5, true}, {5, 5, false}, {-3, 0, true}, {95, 90, true}, {91, 90, false}} {
		if moved := p.Set(c.set); p.Top != c.want || moved != c.moved {
			t.Errorf("Set(%d): top %d, moved %v", c.set, p.Top, moved)
		}
	}
	p = Position{Len: 3, Page: 10}
	if p.Set(2); p.Top != 0 {
		t.Errorf("a short list moved to %d", p.Top)
	}
}

func TestPosition_showsARow(t *testing.T) {
	for _, c := range []struct{ top, show, want int }{
		{20, 25, 20}, {20, 29, 20}, {20, 30, 21}, {20, 19, 19}, {20, 0, 0}, {20, 99, 90},
	} {
		p := Position{Top: c.top, Len: 100, Page: 10}
		p.Show(c.show)
		if p.Top != c.want {
			t.Errorf("from %d, Show(%d): top %d, want %d", c.top, c.show, p.Top, c.want)
		}
	}
}

// The thumb and the row it stands for must agree at any place of a million rows.
func TestPosition_dragDoesNotDrift(t *testing.T) {
	const track = 700
	for _, n := range []int{41, 1_000, 1_000_000} {
		p := Position{Len: n, Page: 40}
		_, length := p.thumb(track)
		if got := p.dragged(0, track-length, track); got != p.Last() {
			t.Errorf("%d rows: dragged to the end lands on %d, want %d", n, got, p.Last())
		}
		if got := p.dragged(p.Last(), -(track - length), track); got != 0 {
			t.Errorf("%d rows: dragged back lands on %d", n, got)
		}
		for top := 0; top <= p.Last(); top += max(1, n/997) {
			p.Set(top)
			at, _ := p.thumb(track)
			slip := p.dragged(0, at, track) - top
			if perPixel := p.Last() / (track - int(length)); max(slip, -slip) > perPixel/1000+1 {
				t.Fatalf("%d rows: row %d slips by %d", n, top, slip)
			}
		}
	}
}

func TestPosition_thumbFillsTheTrackWhenAllFits(t *testing.T) {
	p := Position{Len: 5, Page: 10}
	if at, length := p.thumb(300); at != 0 || length != 300 {
		t.Errorf("thumb at %v, %v long", at, length)
	}
}

func TestWheel_keepsTheRest(t *testing.T) {
	w := Wheel{Step: 10}
	for i, c := range []struct {
		pixels float32
		want   int
	}{{-25, 2}, {-25, 3}, {-4, 0}, {-6, 1}, {-9, 0}, {4, 0}, {7, -1}} {
		if got := w.Turn(c.pixels); got != c.want {
			t.Errorf("turn %d by %v moves %d, want %d", i, c.pixels, got, c.want)
		}
	}
}

func TestBar_movesByDragAndByPage(t *testing.T) {
	test.NewTempApp(t)
	p := Position{Len: 1_000_000, Page: 40}
	bar := NewBar(&p, func(top int) { p.Set(top) })
	w := test.NewTempWindow(t, bar)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(10, 400))
	bar.Resize(fyne.NewSize(10, 400))

	test.Drag(w.Canvas(), fyne.NewPos(5, 3), 0, 9_000)
	if p.Top != p.Last() {
		t.Errorf("dragged beyond the end: top %d, want %d", p.Top, p.Last())
	}
	bar.Place()
	if got := bar.thumb.Position().Y + bar.thumb.Size().Height; got != 400 {
		t.Errorf("the thumb ends at %v", got)
	}
	bar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 3)})
	if want := p.Last() - 40; p.Top != want {
		t.Errorf("a tap above the thumb: top %d, want %d", p.Top, want)
	}
	bar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, bar.thumb.Position().Y+5)})
	if want := p.Last() - 40; p.Top != want {
		t.Errorf("a tap on the thumb moved to %d", p.Top)
	}
}

// A drag that leaves the track and comes back is where the mouse is, not where the track ended.
func TestBar_dragRemembersTheOvershoot(t *testing.T) {
	test.NewTempApp(t)
	p := Position{Len: 1_000, Page: 10}
	bar := NewLevelBar(&p, func(top int) { p.Set(top) })
	bar.Resize(fyne.NewSize(400, 10))
	for _, dx := range []float32{900, -900} {
		bar.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(dx, 0)})
	}
	bar.DragEnd()
	if p.Top != 0 {
		t.Errorf("top %d, want 0", p.Top)
	}
}
