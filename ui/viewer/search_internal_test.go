package viewer

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestPattern_within(t *testing.T) {
	for _, c := range []struct {
		sought, text string
		want         []int
	}{
		{"err", "Error: errors", []int{0, 7}},
		{"aa", "aaaaa", []int{0, 2}},
		{"é", "É e é", []int{0, 4}},
		{"space", "no spac", nil},
		{"", "anything", nil},
		{"longer than that", "short", nil},
	} {
		p := newPattern(c.sought)
		check(t, c.sought+" within "+c.text, p.within([]rune(c.text)), c.want)
		check(t, c.sought+" in "+c.text, p.in(c.text), c.want != nil)
	}
}

func TestSearch_goesRoundTheEnd(t *testing.T) {
	v, _ := newStage(t, nightly(40)) // errors at 9, 19, 29, 39
	check(t, "found", v.Search("error"), true)
	lines := []int{v.found}
	for range 4 {
		v.Next()
		lines = append(lines, v.found)
	}
	for range 2 {
		v.Previous()
		lines = append(lines, v.found)
	}
	check(t, "lines", lines, []int{9, 19, 29, 39, 9, 39, 29})
	check(t, "in view", v.down.Top <= 29 && 29 < v.down.Top+room, true)
	check(t, "selected", v.Selected(), nightly(40)[29]+"\n")

	check(t, "nowhere", v.Search("tape"), false)
	check(t, "next of nothing", v.Next(), false)
	check(t, "previous of nothing", v.Previous(), false)
}

func TestSearch_beginsWhereOneReads(t *testing.T) {
	v, _ := newStage(t, nightly(40))
	v.ScrollTo(15)
	v.Search("error")
	check(t, "line", v.found, 19)
	check(t, "top stays", v.down.Top, 15)
}

func TestSearch_byKeys(t *testing.T) {
	v, _ := newStage(t, nightly(40))
	v.Search("error")
	typed(v, fyne.KeyF3)
	check(t, "next", v.found, 19)
	v.modifiers = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	typed(v, fyne.KeyF3)
	check(t, "previous", v.found, 9)
}

func TestSearch_marksMatchesInView(t *testing.T) {
	v, _ := newStage(t, logLines{"Copied copied", "nothing", "ünd copied"})
	v.Search("COPIED")
	check(t, "marks", marks(v, 0), []string{"Copied", "copied"})
	check(t, "marks", marks(v, 1), "[]")
	v.Search("nothing")
	check(t, "marks of another search", marks(v, 0), "[]")
	check(t, "marks of another search", marks(v, 1), []string{"nothing"})
	v.Search("")
	check(t, "marks of no search", marks(v, 1), "[]")
}

// Letters that are not plain are as wide as they are: the mark stands under the match all the same.
func TestSearch_marksBehindWideLetters(t *testing.T) {
	v, _ := newStage(t, logLines{"夜間 failed"})
	v.Search("failed")
	m := drawing(v, 0).marks[0]
	check(t, "mark at", m.Position().X, gutter+v.style.measure("夜間 "))
}

func TestSearch_beyondTheCutMarksTheEllipsis(t *testing.T) {
	v, _ := newStage(t, logLines{strings.Repeat("x", 600) + "needle"})
	check(t, "found", v.Search("needle"), true)
	m := drawing(v, 0).marks[0]
	check(t, "mark", m.Visible(), true)
	check(t, "mark at", m.Position().X, gutter+most*v.style.letter)
}

func TestSearch_inNothing(t *testing.T) {
	v, _ := newStage(t, logLines{})
	check(t, "found", v.Search("a"), false)
	typed(v, fyne.KeyDown, fyne.KeyEnd, fyne.KeyF3)
	v.SelectAll()
	check(t, "selected", v.Selected(), "")
}

// An owner that searches by itself marks, shows the line it found, and hears of F3.
func TestReveal_leavesTheSearchToTheOwner(t *testing.T) {
	v, _ := newStage(t, nightly(40))
	v.Mark("error")
	check(t, "top", v.Top(), 0)
	v.Reveal(29)
	check(t, "found", v.found, 29)
	v.Reveal(40) // there is no such line
	check(t, "found", v.found, 29)
	var steps []int
	v.OnStep = func(by int) { steps = append(steps, by) }
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF3})
	v.modifiers = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF3})
	check(t, "steps", steps, []int{1, -1})
}
