package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/incident"
)

// keyList is keys with what they do, below a heading, as `?` shows them.
type keyList struct {
	title string
	keys  [][2]string
}

// Keys that are entries of a menu, or letters in a table of actions, are listed from there. What follows are those that widgets know.

var dialogKeys = keyList{"Dialogs and lists to choose from", [][2]string{
	{"Tab, Shift+Tab", "the next field, the one before"},
	{"Space", "press the button, turn the tick, open the choice"},
	{"↑ ↓ Enter", "walk through a choice and take one"},
	{"Enter, Ctrl+Enter in several lines", "OK"},
	{"Escape", "leave"},
}}

var tableKeys = keyList{"Tables", [][2]string{
	{"↑ ↓ Page Up Page Down Home End", "walk"},
	{"Enter", "open"},
	{"Space", "select or unselect the row"},
	{"Shift with ↑ ↓, Shift or Ctrl with a click", "select several rows"},
	{"Ctrl+A, Escape", "select all rows, none"},
	{"Menu key, Shift+F10", "what can be done with the rows"},
	{"Ctrl+C", "copy the selected rows"},
	{"← →", "scroll the columns"},
	{"Ctrl+← Ctrl+→", "choose a column; then"},
	{"Ctrl+↑ Ctrl+↓", "sort by it, upwards or downwards"},
	{"Ctrl+Shift+← Ctrl+Shift+→", "move it"},
	{"Alt+Shift+← Alt+Shift+→", "make it narrower, wider"},
	{"Ctrl+Space", "which columns are shown"},
}}

var everywhereKeys = keyList{"Everywhere", [][2]string{
	{"Tab, Shift+Tab", "the next thing that takes keys, the one before"},
	{"/", "search"},
	{"F5", "reload"},
	{"Escape", "leave the search; close a window other than the first"},
	{"?", "this list"},
}}

var foldKeys = keyList{"Incidents", [][2]string{
	{"D", "merge duplicates of the day"},
	{"+ -", "unfold and fold what was merged into the incident"},
}}

var chartKeys = keyList{"Panel and charts", [][2]string{
	{"↑ ↓ ← → Home End", "walk through days, bars or ranks"},
	{"Enter", "open what stands behind one"},
	{"[  ]", "the panel's earlier days, its later days"},
}}

var logKeys = keyList{"The tool's log", [][2]string{
	{"Ctrl+F or /", "search"},
	{"Enter, F3, Shift+F3", "next match, previous match"},
	{"Ctrl+C", "copy the selected lines, or the facts"},
	{"Ctrl+S", "save the log"},
}}

var incidentKeys = keyList{"This window", [][2]string{
	{"Ctrl+1 to Ctrl+5", "Failure, Timeline, Merged incidents, Reprocessing, History"},
	{"Alt+← Alt+→", "the incident before and after it in the list"},
	{"← →  Enter", "walk through the last runs, open one"},
}}

var executionKeys = keyList{"This window", [][2]string{
	{"Ctrl+1 to Ctrl+3", "Log, Incidents, History"},
	{"← →  Enter", "walk through the last runs, open one"},
}}

var riskKeys = keyList{"This window", [][2]string{
	{"Ctrl+1 Ctrl+2", "Evidence, Timeline"},
	{"← →  Enter", "walk through the runs compared, open one"},
}}

// actionKeys are the letters of what is done with incidents.
func actionKeys() keyList {
	list := keyList{title: "Handling incidents"}
	for _, a := range actions() {
		switch {
		case a.key != 0:
			list.keys = append(list.keys, [2]string{letterText(a.key), a.label})
		case a.what == incident.ToUndo:
			list.keys = append(list.keys, [2]string{shortcutText(undoKey), a.label})
		}
	}
	return list
}

func riskActionKeys() keyList {
	list := keyList{title: "Handling risks"}
	for _, a := range riskActions() {
		list.keys = append(list.keys, [2]string{letterText(a.key), a.label})
	}
	return list
}

func routineActionKeys() keyList {
	list := keyList{title: "Routines"}
	for _, a := range routineActions() {
		list.keys = append(list.keys, [2]string{letterText(a.key), a.label})
	}
	return list
}

// menuKeys are those of the entries of a menu.
func menuKeys(menu *fyne.MainMenu) keyList {
	list := keyList{title: "Main window"}
	for _, m := range menu.Items {
		for _, i := range m.Items {
			if i.Shortcut != nil {
				list.keys = append(list.keys, [2]string{shortcutText(i.Shortcut), i.Label})
			}
		}
	}
	return list
}

func letterText(key rune) string { return strings.ToUpper(string(key)) }

// shortcutText names the keys of a shortcut: "Ctrl+Shift+Z"; "" for none.
func shortcutText(s fyne.Shortcut) string {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return ""
	}
	var text string
	for _, m := range []struct {
		held fyne.KeyModifier
		word string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierSuper, "Cmd+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
		if custom.Modifier&m.held != 0 {
			text += m.word
		}
	}
	return text + string(custom.KeyName)
}

func (m *mainWindow) showKeys() {
	m.ui.showKeys(m.window, everywhereKeys, menuKeys(m.window.MainMenu()), tableKeys, foldKeys, actionKeys(), riskActionKeys(), routineActionKeys(), chartKeys, dialogKeys)
}

func (u *UI) showKeys(w fyne.Window, lists ...keyList) {
	grid := container.New(layout.NewFormLayout())
	for _, l := range lists {
		if len(l.keys) == 0 {
			continue
		}
		grid.Add(widget.NewLabelWithStyle(l.title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		grid.Add(widget.NewLabel(""))
		for _, k := range l.keys {
			grid.Add(widget.NewLabel(k[0]))
			grid.Add(widget.NewLabel(k[1]))
		}
	}
	scroll := container.NewVScroll(grid)
	p := u.newPrompt(w, "Keys", scroll, "OK", justClose)
	p.cancel.Hide()
	p.scrolled(scroll)
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
	scroll := container.NewVScroll(label)
	p := m.ui.newPrompt(m.window, "Exports that are read, and how to make them", scroll, "OK", justClose)
	p.cancel.Hide()
	p.scrolled(scroll)
	p.show(fyne.NewSize(760, 560), p.ok)
}
