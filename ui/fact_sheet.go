package ui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// factSheet shows facts in aligned columns.
type factSheet struct {
	object *fyne.Container
}

func newFactSheet() *factSheet { return &factSheet{container.NewVBox()} }

func (s *factSheet) show(f facts) {
	columns := container.NewGridWithColumns(len(f.columns))
	names := nameWidth(slices.Concat(append(f.columns[:], f.lines)...)...)
	for _, list := range f.columns {
		columns.Add(factColumn(list, names))
	}
	all := container.New(layout.NewCustomPaddedLayout(0, 0, factIndent, factIndent), container.NewVBox(columns, factColumn(f.lines, names)))
	s.object.Objects = []fyne.CanvasObject{container.NewThemeOverride(all, tight{})}
	s.object.Refresh()
}

// factsAbove lays a window out: a head, facts, what stands below them, and tabs that take the rest. Where a window is low the facts scroll.
func factsAbove(head fyne.CanvasObject, facts *factSheet, below, tabs fyne.CanvasObject) fyne.CanvasObject {
	indent := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), o)
	}
	scroll := container.NewVScroll(indent(facts.object))
	scroll.SetMinSize(fyne.NewSize(0, leastFacts*factRow))
	top := container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), indent(head))
	return container.New(&factsLayout{scroll}, top, scroll, indent(below), tabs)
}

const leastFacts = 5 // rows that are always in view

// factsLayout gives the facts the height that they need, as far as the last object keeps its least, and that one the rest.
type factsLayout struct{ facts *container.Scroll }

// Layout implements fyne.Layout.
func (l *factsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spare, y := size.Height-l.MinSize(objects).Height, float32(0)
	for i, o := range objects {
		height := o.MinSize().Height
		switch {
		case o == l.facts:
			more := max(0, min(spare, l.facts.Content.MinSize().Height-height))
			height, spare = height+more, spare-more
		case i == len(objects)-1:
			height += spare
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, height))
		y += height + theme.Padding()
	}
}

// MinSize implements fyne.Layout.
func (l *factsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return layout.NewVBoxLayout().MinSize(objects)
}

// nameWidth is how wide the names of facts are: as the longest of those shown, where a language needs more than English.
func nameWidth(shown ...fact) float32 {
	widest := float32(factName)
	for _, f := range shown {
		if f.value != "" {
			widest = max(widest, fyne.MeasureText(f.name, ofTheDay().Size(theme.SizeNameText), fyne.TextStyle{}).Width+tightPadding)
		}
	}
	return widest
}

func factColumn(list []fact, names float32) *fyne.Container {
	c := container.New(&factLayout{names})
	for _, f := range list {
		if f.value == "" {
			continue
		}
		name := widget.NewLabel(f.name)
		name.Importance = widget.LowImportance
		value := widget.NewLabel(look.Printable(f.value))
		value.Truncation = fyne.TextTruncateEllipsis
		c.Add(name)
		c.Add(value)
	}
	return c
}

// The names of all columns and lines are as wide as the longest there can be in English, so that all values stand below each other.
const (
	factName   = 96
	factRow    = 22
	factIndent = look.Gap - tightPadding // puts the names below the first letter of labels with the usual room around them
)

// factLayout places names and values in turn.
type factLayout struct{ names float32 }

func (l *factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for i, o := range objects {
		x, width := float32(0), l.names
		if i%2 == 1 {
			x, width = l.names, size.Width-l.names
		}
		o.Move(fyne.NewPos(x, float32(i/2)*factRow))
		o.Resize(fyne.NewSize(max(width, 0), factRow))
	}
}

func (l *factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*l.names, float32(len(objects)/2)*factRow)
}

// wide gives one object a width of its own.
type wide struct{ width float32 }

func (l *wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(l.width, height))
	objects[0].Move(fyne.NewPos(0, (size.Height-height)/2))
}

func (l *wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, objects[0].MinSize().Height)
}

const tightPadding = look.Gap / 4

// tight is the theme of the day with less room around labels: facts stand line below line.
type tight struct{}

// Color implements fyne.Theme.
func (tight) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return ofTheDay().Color(name, v)
}

// Font implements fyne.Theme.
func (tight) Font(style fyne.TextStyle) fyne.Resource { return ofTheDay().Font(style) }

// Icon implements fyne.Theme.
func (tight) Icon(name fyne.ThemeIconName) fyne.Resource { return ofTheDay().Icon(name) }

// Size implements fyne.Theme.
func (tight) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameInnerPadding {
		return tightPadding
	}
	return ofTheDay().Size(name)
}

func ofTheDay() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }
