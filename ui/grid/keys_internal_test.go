package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestKeys_walk(t *testing.T) {
	const n = 40
	for name, c := range map[string]struct {
		keys     []fyne.KeyName
		row, top int
	}{
		"down":                   {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown}, 2, 0},
		"down out of view":       {[]fyne.KeyName{fyne.KeyPageDown, fyne.KeyDown}, 11, 2},
		"up from the first":      {[]fyne.KeyName{fyne.KeyUp}, 0, 0},
		"a page down and up":     {[]fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageUp}, 10, 10},
		"to the end":             {[]fyne.KeyName{fyne.KeyEnd}, n - 1, n - room},
		"down from the last":     {[]fyne.KeyName{fyne.KeyEnd, fyne.KeyDown}, n - 1, n - room},
		"to the end and back":    {[]fyne.KeyName{fyne.KeyEnd, fyne.KeyHome}, 0, 0},
		"up through the top row": {[]fyne.KeyName{fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyUp}, n - 12, n - 12},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, nightly(n))
			s.window.Canvas().Focus(s.Grid)
			s.press(c.keys...)
			check(t, "row", s.cursor.row, c.row)
			check(t, "top", s.down.Top, c.top)
			check(t, "selected by walking", len(s.Selected()), 0)
		})
	}
}

func TestKeys_select(t *testing.T) {
	s := newStage(t, nightly(8))
	s.window.Canvas().Focus(s.Grid)
	s.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
	check(t, "space selects", s.selected, []int64{2, 4})
	s.press(fyne.KeySpace)
	check(t, "and takes away", s.selected, []int64{2})

	s.held = fyne.KeyModifierShift
	s.press(fyne.KeyDown, fyne.KeyDown)
	check(t, "shift selects on", s.selected, []int64{4, 5, 6})
	s.press(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
	check(t, "and turns round", s.selected, []int64{3, 4})
	s.press(fyne.KeyEnd)
	check(t, "to the end", s.selected, []int64{4, 5, 6, 7, 8})

	s.held = 0
	s.TypedShortcut(&fyne.ShortcutSelectAll{})
	check(t, "all", len(s.selected), 8)
	s.press(fyne.KeyEscape)
	check(t, "nothing", len(s.selected), 0)
}

// In a dialog Escape is the dialog's, whatever is selected.
func TestKeys_escapes(t *testing.T) {
	s := newStage(t, nightly(8))
	s.Escapes = true
	left := false
	s.window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { left = e.Name == fyne.KeyEscape })
	s.window.Canvas().Focus(s.Grid)
	s.press(fyne.KeySpace, fyne.KeyEscape)
	check(t, "selected", s.selected, []int64{1})
	check(t, "left", left, true)
}

func TestKeys_open(t *testing.T) {
	s := newStage(t, nightly(8))
	s.press(fyne.KeyReturn) // nowhere yet
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter)
	check(t, "opened", s.opened, []int64{2, 2})
}

func TestKeys_menu(t *testing.T) {
	s := newStage(t, nightly(40))
	s.OnMenu = func(ids []int64, _ fyne.Position) { s.say("%v", ids) }
	s.press(fyne.KeyEnd)
	s.ScrollTo(0)
	s.press(desktop.KeyMenu)
	check(t, "menu", s.said, []string{"[40]"})
	check(t, "in view", s.down.Top, 30)
}

// The toolkit gives a key to the focused widget alone, so what the grid does not use has to reach the window through it.
func TestKeys_theRestIsTheWindows(t *testing.T) {
	s := newStage(t, nightly(8))
	c := s.window.Canvas()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { s.say("%s", e.Name) })
	c.SetOnTypedRune(func(r rune) { s.say("%c", r) })
	find := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault}
	c.AddShortcut(find, func(fyne.Shortcut) { s.say("find") })

	s.Select(2)
	knowOnly(t, s.Grid)
	s.press(fyne.KeyEscape, fyne.KeyEscape, fyne.KeyF5, fyne.KeyDown)
	s.TypedRune('?')
	s.TypedShortcut(find)
	check(t, "passed on", s.said, []string{"Escape", "F5", "?", "find"})
}

// knowOnly has the toolkit tell the window of that widget alone, as it does outside of tests: here it would name one for anything.
func knowOnly(t *testing.T, w fyne.Widget) {
	app := fyne.CurrentApp()
	t.Cleanup(func() { fyne.SetCurrentApp(app) })
	fyne.SetCurrentApp(strictApp{app, w})
}

type strictApp struct {
	fyne.App
	known fyne.CanvasObject
}

func (a strictApp) Driver() fyne.Driver { return strictDriver{a.App.Driver(), a.known} }

type strictDriver struct {
	fyne.Driver
	known fyne.CanvasObject
}

func (d strictDriver) CanvasForObject(o fyne.CanvasObject) fyne.Canvas {
	if o != d.known {
		return nil
	}
	return d.Driver.CanvasForObject(o)
}

func TestFocus_isSeen(t *testing.T) {
	s := newStage(t, nightly(40))
	check(t, "at first", !s.frame.Hidden || !s.body.ring.Hidden, false)
	s.ScrollTo(5)
	s.window.Canvas().Focus(s.Grid)
	check(t, "frame", s.frame.Visible(), true)
	check(t, "the first row in view has the ring", s.cursor.row, 5)
	s.press(fyne.KeyDown)
	check(t, "ring", s.body.ring.Visible(), true)
	check(t, "ring at", s.body.ring.Position().Y, float32(30))
	s.window.Canvas().Unfocus()
	check(t, "frame without the focus", s.frame.Visible(), false)
	s.click(3, onName, 0)
	check(t, "a click takes the focus", s.window.Canvas().Focused() == fyne.Focusable(s.Grid), true)
}

func TestCopy_isTSV(t *testing.T) {
	rows := nightly(8)
	rows.list[2].name = "two\tin\none"
	rows.away[4] = true
	for name, c := range map[string]struct {
		selected []int64
		want     string
	}{
		"folded and in the order of rows": {[]int64{3, 1}, "Name\tID\nvault-01\t1\ntwo in one\t3\n"},
		"counts what is not loaded":       {[]int64{1, 5}, "Name\tID\nvault-01\t1\n(1 more rows were not loaded)\n"},
		"else the cursor's row":           {nil, "Name\tID\nvault-02\t2\n"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, rows)
			s.SetColumns(Layout{{Key: "name", Width: 100}, {Key: "id", Width: 60}, {Key: "state", Width: 90, Hidden: true}})
			s.press(fyne.KeyDown, fyne.KeyDown)
			s.Select(c.selected...)
			clipboard := test.NewClipboard()
			s.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
			if got := clipboard.Content(); got != c.want {
				t.Errorf("copied %q, want %q", got, c.want)
			}
		})
	}
}

func TestCopy_canBeTheOwners(t *testing.T) {
	s := newStage(t, nightly(8))
	s.OnCopy = func(ids []int64, _ fyne.Clipboard) { s.say("%v", ids) }
	s.Select(2, 3)
	s.TypedShortcut(&fyne.ShortcutCopy{Clipboard: test.NewClipboard()})
	check(t, "copied", s.said, []string{"[2 3]"})
}

func TestCursor_tellsWhereItCameTo(t *testing.T) {
	s := newStage(t, nightly(40))
	var came []int64
	s.OnCurrent = func(id int64) { came = append(came, id) }
	s.press(fyne.KeyHome, fyne.KeyHome, fyne.KeyDown, fyne.KeyEnd)
	check(t, "came to", came, []int64{1, 2, 40})
	check(t, "at the top", s.AtTop(), false)
	s.press(fyne.KeyHome)
	check(t, "at the top", s.AtTop(), true)
}

// Where only one row can be chosen, the last one counts, and Escape is the window's.
func TestKeys_chooseOne(t *testing.T) {
	s := newStage(t, nightly(8))
	s.Single = true
	passed := 0
	s.window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { passed++ })
	s.window.Canvas().Focus(s.Grid)
	s.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	check(t, "space chooses", s.selected, []int64{3})
	s.held = fyne.KeyModifierShift
	s.press(fyne.KeyDown)
	check(t, "shift goes on to one", s.selected, []int64{4})
	s.held = 0
	s.click(0, onName, fyne.KeyModifierShortcutDefault)
	check(t, "so does the mouse with ctrl", s.selected, []int64{1})
	s.TypedShortcut(&fyne.ShortcutSelectAll{})
	s.press(fyne.KeyEscape)
	check(t, "neither all nor none", s.selected, []int64{1})
	check(t, "escape is handed on", passed, 1)
	s.press(fyne.KeyHome, fyne.KeySpace)
	check(t, "space takes the choice back", len(s.selected), 0)
}
