package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// keptList is a short list that people keep, as a part of the settings: a heading with buttons, what it is for, and its rows.
type keptList[R any] struct {
	ui     *UI
	window fyne.Window
	object fyne.CanvasObject
	toast  *toast
	words  *widget.Label // what it is for
	empty  fyne.CanvasObject
	rows   *numbered[R]
	grid   *grid.Grid[R]
	of     []*button // need a row
	read   func() ([]R, error)
	when   func(desk.Event) bool
	needs  desk.Right    // to change anything
	shown  func(R, bool) // the row chosen is another; nil: nothing more depends on it
}

// numbered are rows in memory that go by their place, from 1.
type numbered[R any] struct{ rows []R }

func (n *numbered[R]) Len() int            { return len(n.rows) }
func (n *numbered[R]) Row(i int) (R, bool) { return n.rows[i], true }
func (n *numbered[R]) ID(i int) int64      { return int64(i) + 1 }

// newKeptList is read whenever the desk tells of what when asks for; open is what Enter does with a row.
func newKeptList[R any](u *UI, w fyne.Window, columns []grid.Column[R], read func() ([]R, error), when func(desk.Event) bool, open func(R)) *keptList[R] {
	l := &keptList[R]{ui: u, window: w, toast: newToast(u), rows: &numbered[R]{}, read: read, when: when, needs: desk.ToAdminister}
	l.grid = grid.New[R](l.rows, columns...)
	l.grid.Single = true
	l.grid.OnOpen = func(id int64) {
		if why := u.whyNot(l.needs); why != "" {
			l.toast.show(sentence(why), nil)
			return
		}
		open(l.rows.rows[id-1])
	}
	l.grid.OnSelected = func([]int64) { l.enable() }
	l.grid.OnCurrent = func(int64) { l.enable() }
	return l
}

// lay puts the buttons at the end of the heading; those of rows are greyed while there is none.
func (l *keptList[R]) lay(title, about string, empty fyne.CanvasObject, of []*button, others ...fyne.CanvasObject) {
	l.words = widget.NewLabel(about)
	l.words.Wrapping = fyne.TextWrapWord
	l.words.Importance = widget.LowImportance
	l.of = of
	var buttons []fyne.CanvasObject
	for _, b := range of {
		buttons = append(buttons, b)
	}
	buttons = append(buttons, others...)
	for _, o := range buttons {
		if b, ok := o.(*button); ok {
			l.ui.only(l.needs, l.window, b)
		}
	}
	top := container.NewVBox(headed(heading(title), buttons...), l.words)
	l.empty = empty
	l.grid.SetEmpty(empty)
	l.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), top), l.toast.object, l.grid)
	l.enable()
}

// with does something with the row that is chosen, else the one under the cursor.
func (l *keptList[R]) with(do func(R)) func() {
	return func() {
		if r, ok := l.chosen(); ok {
			do(r)
		}
	}
}

func (l *keptList[R]) chosen() (r R, ok bool) {
	id, ok := l.grid.Current()
	if ids := l.grid.Selected(); len(ids) == 1 {
		id, ok = ids[0], true
	}
	if !ok || id < 1 || int(id) > len(l.rows.rows) {
		return r, false
	}
	return l.rows.rows[id-1], true
}

func (l *keptList[R]) enable() {
	r, ok := l.chosen()
	if l.shown != nil {
		l.shown(r, ok)
	}
	for _, b := range l.of {
		if ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (l *keptList[R]) focus() { l.window.Canvas().Focus(l.grid) }

func (l *keptList[R]) reload(e desk.Event) {
	if !l.when(e) {
		return
	}
	ask(l.ui.work, l.read, func(rows []R, err error) {
		if err != nil {
			l.ui.showError(l.window, err)
			return
		}
		l.rows.rows = rows
		l.grid.Reload()
		l.enable()
		if len(rows) > 0 && holds(l.empty, l.window.Canvas().Focused()) {
			l.focus() // the button that had the keys is gone
		}
	})
}

// holds tells whether something in a container has the keys.
func holds(o fyne.CanvasObject, focused fyne.Focusable) bool {
	if c, ok := o.(*fyne.Container); ok {
		return slices.ContainsFunc(c.Objects, func(o fyne.CanvasObject) bool { return holds(o, focused) })
	}
	return focused != nil && any(o) == any(focused)
}

// askReason asks why, does, and says what was done.
func (l *keptList[R]) askReason(title, text, ok string, do func(reason string) error, done string) {
	l.ui.askReason(l.window, title, text, ok, do, func() { l.toast.show(done, nil) })
}
