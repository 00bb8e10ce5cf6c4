package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// emptyState says what would be here and how to get it here.
func emptyState(title, text string, actions ...fyne.CanvasObject) *fyne.Container {
	heading := widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	words := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
	words.Importance = widget.LowImportance
	return container.NewCenter(container.NewVBox(heading, words, container.NewCenter(container.NewHBox(actions...))))
}
