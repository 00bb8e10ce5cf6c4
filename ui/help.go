package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// keys are all keys of the main window, as `?` shows them.
var keys = [][2]string{
	{"↑ ↓ Page Up Page Down Home End", "walk through the table"},
	{"Space", "select or unselect the row"},
	{"Shift with ↑ ↓, Shift or Ctrl with a click", "select several rows"},
	{"Ctrl+A, Escape", "select all rows, none"},
	{"Enter", "open the incident"},
	{"Ctrl+C", "copy the selected rows"},
	{"← →", "scroll the columns"},
	{"Ctrl+F or /", "search"},
	{"Ctrl+R or F5", "reload"},
	{"Ctrl+1, Ctrl+2", "Incidents, Sources"},
	{"Ctrl+O", "import files"},
	{"Ctrl+N", "add a folder"},
	{"?", "this list"},
}

func (m *mainWindow) showKeys() {
	grid := container.NewGridWithColumns(2)
	for _, k := range keys {
		grid.Add(widget.NewLabelWithStyle(k[0], fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		grid.Add(widget.NewLabel(k[1]))
	}
	p := m.ui.newPrompt(m.window, "Keys", container.NewVScroll(grid), "OK", justClose)
	p.cancel.Hide()
	p.show(fyne.NewSize(680, 520), p.ok)
}

func (m *mainWindow) showFormats() {
	var b strings.Builder
	for _, f := range m.ui.desk.Formats() {
		b.WriteString(f.Tool + ": " + f.Title + "\n" + f.Export + "\n\n")
	}
	label := widget.NewLabel(strings.TrimSpace(b.String()))
	label.Wrapping = fyne.TextWrapWord
	label.Selectable = true
	p := m.ui.newPrompt(m.window, "Exports that are read, and how to make them", container.NewVScroll(label), "OK", justClose)
	p.cancel.Hide()
	p.show(fyne.NewSize(760, 560), p.ok)
}
