package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/incident"
	"backstop/app/say"
)

// keyList is keys with what they do, below a heading, as `?` shows them.
type keyList struct {
	title string
	keys  [][2]string
}

// Keys that are entries of a menu, or letters in a table of actions, are listed from there. What follows are those that widgets know.

var dialogKeys = keyList{say.N("Dialogs and lists to choose from"), [][2]string{
	{say.N("Tab, Shift+Tab"), say.N("the next field, the one before")},
	{say.N("Space"), say.N("press the button, turn the tick, open the choice")},
	{say.N("↑ ↓ Enter"), say.N("walk through a choice and take one")},
	{say.N("Enter, Ctrl+Enter in several lines"), "OK"},
	{say.N("Escape"), "leave"},
}}

var tableKeys = keyList{say.N("Tables"), [][2]string{
	{say.N("↑ ↓ Page Up Page Down Home End"), "walk"},
	{say.N("Enter"), "open"},
	{say.N("Space"), say.N("select or unselect the row")},
	{say.N("Shift with ↑ ↓, Shift or Ctrl with a click"), say.N("select several rows")},
	{say.N("Ctrl+A, Escape"), say.N("select all rows, none")},
	{say.N("Menu key, Shift+F10"), say.N("what can be done with the rows")},
	{"Ctrl+C", say.N("copy the selected rows")},
	{"← →", say.N("scroll the columns")},
	{say.N("Ctrl+← Ctrl+→"), say.N("choose a column; then")},
	{say.N("Ctrl+↑ Ctrl+↓"), say.N("sort by it, upwards or downwards")},
	{say.N("Ctrl+Shift+← Ctrl+Shift+→"), say.N("move it")},
	{say.N("Alt+Shift+← Alt+Shift+→"), say.N("make it narrower, wider")},
	{"Ctrl+Space", say.N("which columns are shown")},
}}

var everywhereKeys = keyList{say.N("Everywhere"), [][2]string{
	{say.N("Tab, Shift+Tab"), say.N("the next thing that takes keys, the one before")},
	{"/", "search"},
	{"F5", "reload"},
	{say.N("Escape"), say.N("leave the search; close a window other than the first")},
	{"?", say.N("this list")},
}}

var foldKeys = keyList{say.N("Incidents"), [][2]string{
	{"D", say.N("merge duplicates of the day")},
	{"+ -", say.N("unfold and fold what was merged into the incident")},
}}

var chartKeys = keyList{say.N("Panel and charts"), [][2]string{
	{say.N("↑ ↓ ← → Home End"), say.N("walk through days, bars or ranks")},
	{say.N("Enter"), say.N("open what stands behind one")},
	{"[  ]", say.N("the panel's earlier days, its later days")},
}}

var logKeys = keyList{say.N("The tool's log"), [][2]string{
	{say.N("Ctrl+F or /"), "search"},
	{say.N("Enter, F3, Shift+F3"), say.N("next match, previous match")},
	{"Ctrl+C", say.N("copy the selected lines, or the facts")},
	{"Ctrl+S", say.N("save the log")},
}}

var incidentKeys = keyList{say.N("This window"), [][2]string{
	{say.N("Ctrl+1 to Ctrl+5"), say.N("Failure, Timeline, Merged incidents, Reprocessing, History")},
	{say.N("Alt+← Alt+→"), say.N("the incident before and after it in the list")},
	{say.N("← →  Enter"), say.N("walk through the last runs, open one")},
}}

var executionKeys = keyList{say.N("This window"), [][2]string{
	{say.N("Ctrl+1 to Ctrl+3"), say.N("Log, Incidents, History")},
	{say.N("← →  Enter"), say.N("walk through the last runs, open one")},
}}

var riskKeys = keyList{say.N("This window"), [][2]string{
	{say.N("Ctrl+1 Ctrl+2"), say.N("Evidence, Timeline")},
	{say.N("← →  Enter"), say.N("walk through the runs compared, open one")},
}}

// actionKeys are the letters of what is done with incidents.
func actionKeys() keyList {
	list := keyList{title: say.T("Handling incidents")}
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
	list := keyList{title: say.T("Handling risks")}
	for _, a := range riskActions() {
		list.keys = append(list.keys, [2]string{letterText(a.key), a.label})
	}
	return list
}

func routineActionKeys() keyList {
	list := keyList{title: say.T("Routines")}
	for _, a := range routineActions() {
		list.keys = append(list.keys, [2]string{letterText(a.key), a.label})
	}
	return list
}

// menuKeys are those of the entries of a menu.
func menuKeys(menu *fyne.MainMenu) keyList {
	list := keyList{title: say.T("Main window")}
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
	}{{fyne.KeyModifierControl, say.T("Ctrl+")}, {fyne.KeyModifierSuper, say.T("Cmd+")}, {fyne.KeyModifierAlt, say.T("Alt+")}, {fyne.KeyModifierShift, say.T("Shift+")}} {
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
	p := u.newPrompt(w, say.T("Keys"), scroll, "OK", justClose)
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
	p := m.ui.newPrompt(m.window, say.T("Exports that are read, and how to make them"), scroll, "OK", justClose)
	p.cancel.Hide()
	p.scrolled(scroll)
	p.show(fyne.NewSize(760, 560), p.ok)
}
