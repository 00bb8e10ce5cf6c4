package ui

import (
	"image/color"

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
	for _, list := range f.columns {
		columns.Add(factColumn(list))
	}
	all := container.New(layout.NewCustomPaddedLayout(0, 0, factIndent, factIndent), container.NewVBox(columns, factColumn(f.lines)))
	s.object.Objects = []fyne.CanvasObject{container.NewThemeOverride(all, tight{})}
	s.object.Refresh()
}

func factColumn(list []fact) *fyne.Container {
	c := container.New(&factLayout{})
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

// The names of all columns and lines are as wide as the longest there can be, so that all values stand below each other.
const (
	factName   = 96
	factRow    = 22
	factIndent = look.Gap - tightPadding // puts the names below the first letter of labels with the usual room around them
)

// factLayout places names and values in turn.
type factLayout struct{}

func (*factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for i, o := range objects {
		x, width := float32(0), float32(factName)
		if i%2 == 1 {
			x, width = factName, size.Width-factName
		}
		o.Move(fyne.NewPos(x, float32(i/2)*factRow))
		o.Resize(fyne.NewSize(max(width, 0), factRow))
	}
}

func (*factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*factName, float32(len(objects)/2)*factRow)
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
