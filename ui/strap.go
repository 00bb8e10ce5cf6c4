package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// strap is a coloured line with something to know and what can be done about it. It is hidden until there is.
type strap struct{ object *fyne.Container }

func newStrap(icon fyne.Resource, said fyne.CanvasObject, buttons ...fyne.CanvasObject) *strap {
	s := &strap{container.NewStack(newSurface(theme.ColorNameSelection),
		container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, 0), widget.NewIcon(icon)), container.NewCenter(container.NewHBox(buttons...)), said))}
	s.object.Hide()
	return s
}

// show shows or hides it. The toolkit knows no window of what was hidden so far, and paints none before something else in one changes.
func (s *strap) show(shown bool) {
	if s.object.Hidden != shown {
		return
	}
	s.object.Hidden = !shown
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		w.Canvas().Refresh(s.object)
	}
}
