package grid

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

// job is what the test grids show.
type job struct {
	id    int64
	name  string
	state look.Tone

	nowhere bool // its number is no link
}

// jobs are rows in memory; those in away are still on their way.
type jobs struct {
	list  []job
	away  map[int]bool
	asked int
}

func (j *jobs) Len() int { return len(j.list) }

func (j *jobs) Row(i int) (job, bool) {
	j.asked++
	if j.away[i] {
		return job{}, false
	}
	return j.list[i], true
}

func (j *jobs) ID(i int) int64 { return j.list[i].id }

// indexed are jobs that can be found without a walk.
type indexed struct{ jobs }

func (j *indexed) Index(id int64) (int, bool) {
	i := slices.IndexFunc(j.list, func(v job) bool { return v.id == id })
	return i, i >= 0
}

// nightly is a list of n jobs with the ids from 1.
func nightly(n int) *jobs {
	j := &jobs{away: map[int]bool{}}
	for i := range n {
		j.list = append(j.list, job{id: int64(i) + 1, name: fmt.Sprintf("vault-%02d", i+1), state: look.Tones[i%len(look.Tones)]})
	}
	return j
}

func jobColumns() []Column[job] {
	return []Column[job]{
		{Key: "id", Title: "ID", Width: 60, Right: true, Link: true, Plain: func(j job) bool { return j.nowhere }, Text: func(j job) string { return fmt.Sprint(j.id) }},
		{Key: "name", Title: "Name", Width: 150, Text: func(j job) string { return j.name }},
		{Key: "state", Title: "State", Width: 110, Text: func(job) string { return "as it is" }, Tone: func(j job) look.Tone { return j.state }},
	}
}

// stage is a grid in a window with room for ten rows, and what it said.
type stage struct {
	*Grid[job]
	window fyne.Window
	held   fyne.KeyModifier

	selected []int64
	opened   []int64
	said     []string
}

const room = 10

func newStage(t *testing.T, rows Rows[job]) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Held(theme.VariantLight))
	s := &stage{Grid: New(rows, jobColumns()...)}
	s.modifiers = func() fyne.KeyModifier { return s.held }
	s.OnSelected = func(ids []int64) { s.selected = ids }
	s.OnOpen = func(id int64) { s.opened = append(s.opened, id) }
	s.window = test.NewTempWindow(t, s.Grid)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(500, look.HeaderHeight+room*look.RowHeight))
	return s
}

func (s *stage) say(format string, args ...any) {
	s.said = append(s.said, fmt.Sprintf(format, args...))
}

// click presses and releases the primary button on the k-th row in view, at x.
func (s *stage) click(k int, x float32, held fyne.KeyModifier) {
	at := fyne.NewPos(x, (float32(k)+0.5)*look.RowHeight)
	s.body.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: held})
	test.TapCanvas(s.window.Canvas(), at.AddXY(0, look.HeaderHeight))
}

// pull drags in the header from x by dx.
func (s *stage) pull(x, dx float32) {
	at := fyne.NewPos(x, look.HeaderHeight/2)
	s.header.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	test.Drag(s.window.Canvas(), at, dx, 0)
}

func (s *stage) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		s.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// shown is the text of a column in the rows in view, from the top.
func (s *stage) shown(key string) []string {
	var out []string
	pool := s.body.pool.All()
	for k := range pool {
		r := pool[(s.down.Top+k)%len(pool)]
		if !r.box.Hidden {
			out = append(out, r.cells[s.column(key).cell].text.Text)
		}
	}
	return out
}

func (s *stage) column(key string) *column {
	i := slices.IndexFunc(s.columns.all, func(c *column) bool { return c.Key == key })
	return s.columns.all[i]
}

func (s *stage) order() string {
	var keys []string
	for _, p := range s.Columns() {
		if !p.Hidden {
			keys = append(keys, p.Key)
		}
	}
	return fmt.Sprint(keys)
}

func check(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
