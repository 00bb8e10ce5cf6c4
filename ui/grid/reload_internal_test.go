package grid

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

// both runs a test over rows that can be searched and over rows that cannot.
func both(t *testing.T, n int, f func(t *testing.T, s *stage, rows *jobs)) {
	t.Run("walked", func(t *testing.T) {
		rows := nightly(n)
		f(t, newStage(t, rows), rows)
	})
	t.Run("indexed", func(t *testing.T) {
		rows := &indexed{*nightly(n)}
		f(t, newStage(t, rows), &rows.jobs)
	})
}

func TestReload_keepsWhatIsRead(t *testing.T) {
	both(t, 40, func(t *testing.T, s *stage, rows *jobs) {
		s.ScrollTo(12)
		s.Reveal(15)
		rows.list = slices.Insert(rows.list, 0, job{id: 101, name: "new"}, job{id: 102, name: "newer"})
		s.Reload()
		check(t, "top", s.shown("name")[0], "vault-13")
		check(t, "cursor", s.cursor.row, 16)

		rows.list = slices.Delete(rows.list, 10, 20) // the row at the top and the cursor's
		s.Reload()
		check(t, "top of what is left", s.down.Top, 14)
		id, ok := s.Current()
		check(t, "cursor", fmt.Sprint(id, ok), fmt.Sprint(rows.list[16].id, true))

		rows.list = rows.list[:5]
		s.Reload()
		check(t, "a short list", s.down.Top, 0)
		check(t, "rows", s.shown("name"), []string{"new", "newer", "vault-01", "vault-02", "vault-03"})
	})
}

func TestRestart_beginsAtTheFirstRow(t *testing.T) {
	s := newStage(t, nightly(40))
	s.ScrollTo(12)
	s.Restart()
	check(t, "top", s.shown("name")[0], "vault-01")
}

func TestReload_keepsTheSelectionById(t *testing.T) {
	both(t, 40, func(t *testing.T, s *stage, rows *jobs) {
		s.Select(3, 7, 30)
		slices.Reverse(rows.list)
		s.Reload()
		check(t, "in the new order", s.Selected(), []int64{30, 7, 3})

		rows.list = slices.DeleteFunc(rows.list, func(j job) bool { return j.id == 7 })
		s.Reload()
		check(t, "told what is left", s.selected, []int64{30, 3})
	})
}

// A row that came after "select all" has been seen by nobody and must not be acted upon.
func TestSelectAll_leavesOutWhatArrivesLater(t *testing.T) {
	s := newStage(t, nightly(4))
	s.SelectAll()
	rows := s.rows.(*jobs)
	rows.list = append(rows.list, job{id: 99})
	s.Reload()
	check(t, "selected", s.Selected(), []int64{1, 2, 3, 4})
	check(t, "all", s.allSelected(), false)
}

func TestSelect_ignoresWhatIsNotThere(t *testing.T) {
	s := newStage(t, nightly(4))
	s.Select(2, 77)
	check(t, "selected", s.selected, []int64{2})
}

func TestRow_onItsWayIsEmptyAndThenFilled(t *testing.T) {
	rows := nightly(4)
	rows.away[1] = true
	s := newStage(t, rows)
	check(t, "names", s.shown("name"), []string{"vault-01", "", "vault-03", "vault-04"})
	chip := s.body.pool.All()[1].cells[2].chip
	check(t, "chip", chip.Visible(), false)
	delete(rows.away, 1)
	s.Refresh()
	check(t, "names", s.shown("name")[1], "vault-02")
	check(t, "chip", chip.Visible(), true)
}

// A step fills the one row that came into view: the others only move.
func TestScroll_fillsOnlyWhatCameIntoView(t *testing.T) {
	rows := nightly(1000)
	s := newStage(t, rows)
	for top := 1; top <= 30; top++ {
		rows.asked = 0
		s.ScrollTo(top)
		check(t, fmt.Sprint("asked at ", top), rows.asked, 1)
	}
	check(t, "rows", s.shown("name")[0]+s.shown("name")[9], "vault-31vault-40")
	rows.asked = 0
	s.ScrollTo(30)
	check(t, "asked in place", rows.asked, 0)
}

func TestEmpty_saysWhatWouldBeHere(t *testing.T) {
	rows := nightly(0)
	s := newStage(t, rows)
	hint := canvas.NewText("No incidents: nothing has failed.", theme.Color(theme.ColorNameForeground))
	s.SetEmpty(hint)
	check(t, "shown", hint.Visible(), true)
	s.press(fyne.KeyDown, fyne.KeyEnd, fyne.KeySpace, fyne.KeyReturn)
	s.TypedShortcut(&fyne.ShortcutSelectAll{})
	check(t, "nothing to select", len(s.Selected()), 0)
	rows.list = nightly(1).list
	s.Reload()
	check(t, "shown over a row", hint.Visible(), false)
}

func TestTheme_changesEverything(t *testing.T) {
	s := newStage(t, nightly(4))
	s.Select(1)
	r := s.body.pool.All()[0]
	light := []any{r.ground.FillColor, r.cells[1].text.Color, r.cells[2].chip.FillColor, s.header.ground.FillColor, s.body.lines.FillColor, r.check.Image}
	test.ApplyTheme(t, look.Held(theme.VariantDark))
	dark := []any{r.ground.FillColor, r.cells[1].text.Color, r.cells[2].chip.FillColor, s.header.ground.FillColor, s.body.lines.FillColor, r.check.Image}
	for i := range light {
		if light[i] == dark[i] {
			t.Errorf("part %d is %v in both", i, light[i])
		}
	}
}
