package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// keyList is keys with what they do, as `?` shows them.
type keyList [][2]string

var actionKeys = keyList{
	{"E  S  N  C", "Edit, Update Status, Notes, Close"},
	{"P", "Suggest reprocessing: close with the sessions that made it good"},
	{"R  A  M  U", "Reopen, Assign, Merge the selected, Unmerge"},
	{"Ctrl+Shift+Z", "undo the last step"},
}

var dialogKeys = keyList{
	{"Enter, Ctrl+Enter in several lines", "OK in a dialog"},
	{"Escape", "leave a dialog or an incident"},
	{"?", "this list"},
}

var mainKeys = keyList{
	{"↑ ↓ Page Up Page Down Home End", "walk through the table"},
	{"Space", "select or unselect the row"},
	{"Shift with ↑ ↓, Shift or Ctrl with a click", "select several rows"},
	{"Ctrl+A, Escape", "select all rows, none"},
	{"Enter", "open the incident"},
	{"Menu key", "what can be done with the selected rows"},
	{"Ctrl+C", "copy the selected rows"},
	{"D", "merge duplicates of the day"},
	{"+ -", "unfold and fold what was merged into the incident"},
	{"← →", "scroll the columns"},
	{"Ctrl+F or /", "search"},
	{"Ctrl+R or F5", "reload"},
	{"Ctrl+1 to Ctrl+9", "the pages, in the order of the sidebar"},
	{"Ctrl+O", "import files"},
	{"Ctrl+N", "add a folder"},
	{"Ctrl+H", "hand over to the next shift"},
}

var routineKeys = keyList{
	{"X, Enter", "when a routine is expected"},
	{"S", "a routine's settings"},
	{"P", "what its history proposes"},
	{"J", "judge its runs again by the settings of today"},
}

var panelKeys = keyList{
	{"↑ ↓ ← → Home End Enter", "walk through the panel, open a day"},
	{"[  ]", "earlier days, later days"},
}

var incidentKeys = keyList{
	{"Alt+← Alt+→", "the incident before and after it in the list"},
	{"Ctrl+1 to Ctrl+5", "Failure, Timeline, Merged incidents, Reprocessing, History"},
	{"Ctrl+F or /", "search in the log"},
	{"Enter, F3, Shift+F3", "next match, previous match"},
	{"Ctrl+C", "copy the selected lines, or the facts"},
	{"Ctrl+S", "save the log"},
	{"← →", "walk through the last runs"},
	{"F5", "reload"},
}

var executionKeys = keyList{
	{"Ctrl+1 to Ctrl+3", "Log, Incidents, History"},
	{"Ctrl+F or /", "search in the log"},
	{"Enter, F3, Shift+F3", "next match, previous match"},
	{"Ctrl+C", "copy the selected lines, or the facts"},
	{"Ctrl+S", "save the log"},
	{"← →", "walk through the last runs"},
	{"F5", "reload"},
}

var riskKeys = keyList{
	{"A  S  C  I  R", "Assign, Update Status, Close, Ignore, Reopen"},
	{"Ctrl+1 Ctrl+2", "Evidence, Timeline"},
	{"← →  Enter", "walk through the runs compared, open one"},
	{"F5", "reload"},
}

func (m *mainWindow) showKeys() {
	m.ui.showKeys(m.window, mainKeys, actionKeys, routineKeys, panelKeys, dialogKeys)
}

func (u *UI) showKeys(w fyne.Window, lists ...keyList) {
	grid := container.New(layout.NewFormLayout())
	for _, k := range slices.Concat(lists...) {
		grid.Add(widget.NewLabelWithStyle(k[0], fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		grid.Add(widget.NewLabel(k[1]))
	}
	p := u.newPrompt(w, "Keys", container.NewVScroll(grid), "OK", justClose)
	p.cancel.Hide()
	p.show(fyne.NewSize(680, 560), p.ok)
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
