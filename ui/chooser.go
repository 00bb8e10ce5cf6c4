package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// chooser is a filter: a button that tells what is chosen and opens a list to choose from.
type chooser struct {
	button  *button
	name    string
	options []string
	sets    map[string][]string // names of what is often chosen together: "open" is three of the states
	chosen  []string
	changed func([]string)
	leave   func() // closes the list that it opened last
}

func newChooser(name string, changed func([]string)) *chooser {
	c := &chooser{name: name, changed: changed}
	c.button = newButton("", theme.MenuDropDownIcon(), func() { openOptions(c) })
	c.button.IconPlacement = widget.ButtonIconTrailingText
	c.label()
	return c
}

// set shows a choice without telling anybody.
func (c *chooser) set(chosen []string) {
	c.chosen = slices.Clone(chosen)
	c.label()
}

func (c *chooser) toggle(option string, on bool) {
	c.chosen = slices.DeleteFunc(c.chosen, func(s string) bool { return s == option })
	if on {
		c.chosen = append(c.chosen, option)
	}
	c.label()
	c.changed(slices.Clone(c.chosen))
}

func (c *chooser) label() {
	text, importance := c.name, widget.LowImportance
	if len(c.chosen) > 0 {
		text, importance = c.name+": "+c.words(), widget.MediumImportance
	}
	c.button.Importance = importance
	c.button.SetText(text)
}

// words tells what is chosen, as far as a button has room.
func (c *chooser) words() string {
	for name, set := range c.sets {
		if len(set) == len(c.chosen) && !slices.ContainsFunc(set, func(s string) bool { return !slices.Contains(c.chosen, s) }) {
			return shorten(name, 24)
		}
	}
	first := look.Printable(c.chosen[0])
	if len(c.chosen) == 1 {
		return shorten(first, 24)
	}
	return fmt.Sprintf("%s +%d", shorten(first, 16), len(c.chosen)-1)
}

// shorten cuts long text for a button; the whole stands where there is room.
func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
