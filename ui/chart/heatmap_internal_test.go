package chart

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

// table is a heat of rows × columns in which every fifth day is partial and row 2 is on its way.
type table struct{ rows, columns int }

func (t table) Rows() int    { return t.rows }
func (t table) Columns() int { return t.columns }
func (t table) Title(row int) (title, group string) {
	if row%10 == 0 {
		group = fmt.Sprint("group ", row/10)
	}
	return fmt.Sprint("routine ", row), group
}

func (t table) Column(col int) (name, above string) {
	if col%30 == 0 {
		above = fmt.Sprint("month ", col/30)
	}
	return fmt.Sprint(col%30 + 1), above
}

func (t table) Cell(row, col int) (HeatCell, bool) {
	if (row+col)%5 == 0 {
		return HeatCell{look.DayPartial, "1.4T"}, row != 2
	}
	return HeatCell{look.DaySuccess, "5.0G"}, row != 2
}

func heatOf(t testing.TB, rows, columns int) *HeatMap {
	test.NewTempApp(t).Settings().SetTheme(look.Held(theme.VariantLight))
	h := NewHeatMap(table{rows, columns})
	w := test.NewTempWindow(t, h)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(titleWidth+10*cellWidth+10, heatHead+8*cellHeight+10))
	return h
}

func TestHeatMap_drawsWhatIsInView(t *testing.T) {
	h := heatOf(t, 2000, 366)
	if len(h.cells) != 80 || len(h.titles) != 8 || len(h.names) != 10 {
		t.Fatalf("%d cells, %d titles, %d names", len(h.cells), len(h.titles), len(h.names))
	}
	h.Reveal(1999, 365)
	last := h.cells[79]
	if h.titles[7].Text != "routine 1999" || h.names[9].Text != "6" || last.word.Text != "5.0G" || !last.glyph.Hidden {
		t.Errorf("at the end: %q, %q, %q", h.titles[7].Text, h.names[9].Text, last.word.Text)
	}
	if h.above[0].Text != "month 11" || h.above[4].Text != "month 12" {
		t.Errorf("above: %q, %q", h.above[0].Text, h.above[4].Text)
	}
	h.Reveal(0, 0)
	if h.titles[0].Text != "routine 0" || h.groups[0].Text != "group 0" || h.above[0].Text != "month 0" {
		t.Errorf("at the start: %q, %q, %q", h.titles[0].Text, h.groups[0].Text, h.above[0].Text)
	}
	if first := h.cells[0]; first.glyph.Hidden || first.word.Text != "1.4T" || first.ground.FillColor != look.DayPartial.Colours(theme.VariantLight).Fill {
		t.Errorf("a partial day: %+v", first.ground.FillColor)
	}
	if away := h.cells[2*10]; !away.glyph.Hidden || !away.word.Hidden {
		t.Error("a day that is on its way shows something")
	}
}

func TestHeatMap_keysAndPointer(t *testing.T) {
	h := heatOf(t, 100, 60)
	var over, opened [2]int
	h.OnHover = func(row, col int) { over = [2]int{row, col} }
	h.OnOpen = func(row, col int) { opened = [2]int{row, col} }
	for _, step := range []struct {
		keys []fyne.KeyName
		want [2]int
	}{
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyRight, fyne.KeyRight}, [2]int{1, 2}},
		{[]fyne.KeyName{fyne.KeyUp, fyne.KeyUp, fyne.KeyLeft}, [2]int{0, 1}},
		{[]fyne.KeyName{fyne.KeyEnd, fyne.KeyPageDown}, [2]int{8, 59}},
		{[]fyne.KeyName{fyne.KeyHome, fyne.KeyPageUp}, [2]int{0, 0}},
	} {
		for _, k := range step.keys {
			h.TypedKey(&fyne.KeyEvent{Name: k})
		}
		if over != step.want {
			t.Errorf("after %v: %v, want %v", step.keys, over, step.want)
		}
	}
	h.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	h.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != [2]int{0, 59} {
		t.Errorf("Enter opened %v", opened)
	}
	test.TapAt(h, fyne.NewPos(titleWidth+3*cellWidth+5, heatHead+2*cellHeight+5))
	if opened != [2]int{2, 53} { // ten columns are in view, the last at the right
		t.Errorf("a tap opened %v", opened)
	}
	h.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(titleWidth+5, heatHead+5)}})
	before := over
	h.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10*cellHeight), PointEvent: fyne.PointEvent{Position: fyne.NewPos(titleWidth+5, heatHead+5)}})
	if over[0] <= before[0] || over[0] != h.down.Top {
		t.Errorf("the wheel brings row %d under the pointer, and %v is told after %v", h.down.Top, over, before)
	}
	opened = [2]int{}
	test.TapAt(h, fyne.NewPos(20, heatHead+5))
	if opened != [2]int{} {
		t.Errorf("a tap on a title opened %v", opened)
	}
}

func TestHeatMap_whole(t *testing.T) {
	h := heatOf(t, 3, 4)
	if got := h.Whole(); got.Width < titleWidth+4*cellWidth || got.Height < heatHead+3*cellHeight {
		t.Errorf("whole: %v", got)
	}
	h.SetCompact(true)
	if h.cells[0].word.Visible() || !h.cells[0].glyph.Visible() {
		t.Error("small cells show a glyph and no word")
	}
}

// BenchmarkHeatMap scrolls by a page of days, when every cell in view changes.
func BenchmarkHeatMap(b *testing.B) {
	for _, rows := range []int{100, 2000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			h := heatOf(b, rows, 366)
			h.Resize(fyne.NewSize(titleWidth+14*cellWidth+10, heatHead+26*cellHeight+10))
			for i := 0; b.Loop(); i++ {
				h.scrollTo((i*26)%(rows-26), (i*14)%352)
			}
		})
	}
}
