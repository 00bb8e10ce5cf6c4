package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// chooser is a filter: a button that tells what is chosen and opens a list to choose from, with a search field when it is long.
type chooser struct {
	button  *widget.Button
	name    string
	options []string
	chosen  []string
	changed func([]string)
	popup   *widget.PopUp
}

// longList is from how many options on the list has a search field.
const longList = 12

func newChooser(name string, changed func([]string)) *chooser {
	c := &chooser{name: name, changed: changed}
	c.button = widget.NewButtonWithIcon("", theme.MenuDropDownIcon(), c.open)
	c.button.IconPlacement = widget.ButtonIconTrailingText
	c.label()
	return c
}

// set shows a choice without telling anybody.
func (c *chooser) set(chosen []string) {
	c.chosen = slices.Clone(chosen)
	c.label()
}

func (c *chooser) label() {
	text, importance := c.name, widget.LowImportance
	switch {
	case len(c.chosen) == 1:
		text, importance = c.name+": "+shorten(c.chosen[0], 24), widget.MediumImportance
	case len(c.chosen) > 1:
		text, importance = fmt.Sprintf("%s: %s +%d", c.name, shorten(c.chosen[0], 16), len(c.chosen)-1), widget.MediumImportance
	}
	c.button.Importance = importance
	c.button.SetText(text)
}

// shorten cuts long text for a button; the whole stands where there is room.
func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func (c *chooser) toggle(option string, on bool) {
	c.chosen = slices.DeleteFunc(c.chosen, func(s string) bool { return s == option })
	if on {
		c.chosen = append(c.chosen, option)
	}
	c.label()
	c.changed(slices.Clone(c.chosen))
}

func (c *chooser) open() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(c.button)
	if canvas == nil {
		return
	}
	shown := slices.Clone(c.options)
	list := widget.NewList(
		func() int { return len(shown) },
		func() fyne.CanvasObject { return widget.NewCheck("", nil) },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			check, option := o.(*widget.Check), shown[i]
			check.OnChanged = nil
			check.Text = look.Printable(option)
			check.SetChecked(slices.Contains(c.chosen, option))
			check.OnChanged = func(on bool) { c.toggle(option, on) }
			check.Refresh()
		})
	list.HideSeparators = true
	var content fyne.CanvasObject = list
	search := widget.NewEntry()
	if len(c.options) > longList {
		search.SetPlaceHolder("Search " + strings.ToLower(c.name))
		search.OnChanged = func(text string) {
			shown = slices.DeleteFunc(slices.Clone(c.options), func(o string) bool { return !strings.Contains(strings.ToLower(o), strings.ToLower(text)) })
			list.Refresh()
		}
		content = container.NewBorder(search, nil, nil, nil, list)
	}
	if len(c.options) == 0 {
		content = widget.NewLabel("Nothing to choose from yet.")
	}
	c.popup = widget.NewPopUp(content, canvas)
	height := min(float32(len(c.options))*38+16, 360)
	c.popup.Resize(fyne.NewSize(280, max(height, 60)))
	c.popup.ShowAtRelativePosition(fyne.NewPos(0, c.button.Size().Height), c.button)
	if len(c.options) > longList {
		canvas.Focus(search)
	}
}
