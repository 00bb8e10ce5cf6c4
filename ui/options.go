package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
	"backstop/ui/look"
)

// optionList is what a chooser opens: a tick for each option, for the mouse and for keys, with a search when there are many.
type optionList struct {
	widget.List
	of     *chooser
	canvas fyne.Canvas
	popup  *widget.PopUp
	shown  []string
	search *field // nil when there are few
}

// manyOptions is from how many on there is a search.
const manyOptions = 12

// The list is so wide, and so high at most.
const (
	optionsWidth  = 280
	optionsHeight = 360
)

func openOptions(c *chooser) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(c.button)
	if canvas == nil {
		return
	}
	l := &optionList{of: c, canvas: canvas, shown: c.options}
	l.ExtendBaseWidget(l)
	l.HideSeparators = true
	l.Length = func() int { return len(l.shown) }
	l.CreateItem, l.UpdateItem, l.OnSelected = newOption, l.draw, l.choose
	l.popup, c.leave = widget.NewPopUp(l.content(), canvas), l.leave
	l.popup.Resize(fyne.NewSize(optionsWidth, min(l.height(), optionsHeight)))
	l.popup.ShowAtRelativePosition(fyne.NewPos(0, c.button.Size().Height), c.button)
	if l.search != nil {
		canvas.Focus(l.search)
		return
	}
	canvas.Focus(l)
}

func (l *optionList) content() fyne.CanvasObject {
	switch {
	case len(l.shown) == 0:
		return container.NewStack(l, widget.NewLabel(say.T("Nothing to choose from yet.")))
	case len(l.shown) <= manyOptions:
		return l
	}
	l.search = newField("", say.T("Search %s", strings.ToLower(l.of.name)))
	l.search.OnChanged = l.narrow
	l.search.key = l.leaveSearch
	return container.NewBorder(l.search, nil, nil, nil, l)
}

// height is what all options need.
func (l *optionList) height() float32 {
	between := l.Theme().Size(theme.SizeNamePadding)
	return float32(max(1, len(l.shown)))*(newOption().MinSize().Height+between) + 2*between
}

// An option is its word and its tick, in this order.
func newOption() fyne.CanvasObject {
	word := widget.NewLabel("")
	word.Truncation = fyne.TextTruncateEllipsis
	return container.NewBorder(nil, nil, widget.NewIcon(nil), nil, word)
}

func (l *optionList) draw(i widget.ListItemID, o fyne.CanvasObject) {
	parts, option := o.(*fyne.Container).Objects, l.shown[i]
	parts[0].(*widget.Label).SetText(look.Printable(option))
	tick := theme.CheckButtonIcon()
	if slices.Contains(l.of.chosen, option) {
		tick = theme.CheckButtonCheckedIcon()
	}
	parts[1].(*widget.Icon).SetResource(tick)
}

// choose turns the tick of an option. The list's own selection is given up, so that the same option can be chosen again.
func (l *optionList) choose(i widget.ListItemID) {
	option := l.shown[i]
	l.of.toggle(option, !slices.Contains(l.of.chosen, option))
	l.UnselectAll()
}

// narrow shows the options with a text.
func (l *optionList) narrow(text string) {
	text = strings.ToLower(text)
	l.shown = slices.DeleteFunc(slices.Clone(l.of.options), func(o string) bool { return !strings.Contains(strings.ToLower(o), text) })
	l.Refresh()
}

// TypedKey implements fyne.Focusable: Space ticks, the arrows walk, Escape and Enter leave.
func (l *optionList) TypedKey(e *fyne.KeyEvent) {
	if endsDialog(e) {
		l.leave()
		return
	}
	l.List.TypedKey(e)
}

// leaveSearch goes on to the options found, or leaves.
func (l *optionList) leaveSearch(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		l.leave()
		return
	}
	l.canvas.Focus(l)
}

// leave closes the list. Who came by mouse has no focus to return to: it goes to the button.
func (l *optionList) leave() {
	l.popup.Hide()
	if l.canvas.Focused() == nil {
		l.canvas.Focus(l.of.button)
	}
}
