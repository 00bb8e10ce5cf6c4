package grid

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

const (
	visible = 40
	across  = 13
	wide    = 120
)

var steps = []int{3, visible}

// BenchmarkScrollStep moves a grid of 40 × 13 cells, and beside it the toolkit's table of labels over the same rows: by a turn of
// the wheel, and by a page, when every cell changes. The time is the grid's; x-table is its share of the table's, in the same run.
func BenchmarkScrollStep(b *testing.B) {
	for _, rows := range []int{1_000, 1_000_000} {
		for _, step := range steps {
			b.Run(fmt.Sprintf("step=%d/rows=%d", step, rows), func(b *testing.B) {
				t, height := benchTable(b, rows)
				table := timeSteps(step, rows, func(top int) { t.ScrollToOffset(fyne.NewPos(0, float32(top)*height)) })
				g := benchGrid(b, rows)
				ours := timeSteps(step, rows, g.ScrollTo)
				for b.Loop() {
					g.ScrollTo(next(g.down.Top, step, rows))
				}
				b.ReportMetric(float64(ours)/float64(table), "x-table")
			})
		}
	}
}

// timeSteps is how long some steps take.
func timeSteps(step, rows int, to func(top int)) time.Duration {
	const some = 60
	top, begin := 0, time.Now()
	for range some {
		top = next(top, step, rows)
		to(top)
	}
	return time.Since(begin)
}

// next goes on by a step, round from the end to the start, and elsewhere each time round so that the same texts do not come back.
func next(top, step, rows int) int {
	if top+step+visible > rows {
		return (top + 7) % step
	}
	return top + step
}

func benchGrid(b *testing.B, rows int) *Grid[int] {
	test.NewTempApp(b).Settings().SetTheme(look.Held(theme.VariantLight))
	var cols []Column[int]
	for c := range across {
		col := Column[int]{Key: fmt.Sprint(c), Title: fmt.Sprint("Column ", c), Width: wide, Text: func(row int) string { return benchText(row, c) }}
		if c%6 == 5 {
			col.Tone = func(row int) look.Tone { return look.Tones[row%len(look.Tones)] }
		}
		cols = append(cols, col)
	}
	g := New(numbers(rows), cols...)
	w := test.NewTempWindow(b, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(across*wide+checks+20, look.HeaderHeight+visible*look.RowHeight))
	return g
}

func benchTable(b *testing.B, rows int) (*widget.Table, float32) {
	test.NewTempApp(b).Settings().SetTheme(look.Held(theme.VariantLight))
	template := widget.NewLabel("")
	t := widget.NewTable(
		func() (int, int) { return rows, across },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(id widget.TableCellID, o fyne.CanvasObject) { o.(*widget.Label).SetText(benchText(id.Row, id.Col)) },
	)
	height := template.MinSize().Height
	for c := range across {
		t.SetColumnWidth(c, wide)
	}
	w := test.NewTempWindow(b, t)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(across*(wide+theme.Padding()), visible*(height+theme.Padding())))
	return t, height + theme.Padding()
}

func benchText(row, col int) string {
	switch col % 4 {
	case 0:
		return fmt.Sprint(row*across + col)
	case 1:
		return "2026-11-23 02:14"
	case 2:
		return fmt.Sprintf("SQL-Prod-%d full backup of all volumes", row)
	}
	return fmt.Sprintf("host-%d", row%500)
}

// numbers are rows that are their own number.
type numbers int

func (n numbers) Len() int              { return int(n) }
func (n numbers) Row(i int) (int, bool) { return i, true }
func (n numbers) ID(i int) int64        { return int64(i) + 1 }
func (n numbers) Index(id int64) (int, bool) {
	return int(id) - 1, id >= 1 && id <= int64(n)
}
