package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/look"
)

// emptyState says what would be here and how to get it here.
func emptyState(title, text string, actions ...fyne.CanvasObject) *fyne.Container {
	heading := widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	words := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
	words.Importance = widget.LowImportance
	words.Wrapping = fyne.TextWrapWord
	return container.New(middle{}, container.NewVBox(heading, words, container.NewCenter(container.NewHBox(actions...))))
}

// middle has one object in the middle, no wider than is read well.
type middle struct{}

const readable = 720

// Layout implements fyne.Layout.
func (middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-2*look.Gap, readable)
	for range 2 { // a text that wraps knows its height only in its width
		o[0].Resize(fyne.NewSize(width, o[0].MinSize().Height))
	}
	o[0].Move(fyne.NewPos((size.Width-width)/2, max(0, (size.Height-o[0].Size().Height)/2)))
}

// MinSize implements fyne.Layout.
func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
