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

func dialogKeys() keyList {
	return keyList{say.T("Dialogs and lists to choose from"), [][2]string{
		{"Tab, Shift+Tab", say.T("the next field, the one before")},
		{say.T("Space"), say.T("press the button, turn the tick, open the choice")},
		{"↑ ↓ Enter", say.T("walk through a choice and take one")},
		{say.T("Enter, Ctrl+Enter in several lines"), say.T("OK")},
		{"Escape", say.T("leave")},
	}}
}

func tableKeys() keyList {
	return keyList{say.T("Tables"), [][2]string{
		{"↑ ↓ Page Up Page Down Home End", say.T("walk")},
		{"Enter", strings.ToLower(say.T("Open"))},
		{say.T("Space"), say.T("select or unselect the row")},
		{say.T("Shift with ↑ ↓, Shift or Ctrl with a click"), say.T("select several rows")},
		{"Ctrl+A, Escape", say.T("select all rows, none")},
		{say.T("Menu key, Shift+F10"), say.T("what can be done with the rows")},
		{"Ctrl+C", say.T("copy the selected rows")},
		{"← →", say.T("scroll the columns")},
		{"Ctrl+← Ctrl+→", say.T("choose a column; then")},
		{"Ctrl+↑ Ctrl+↓", say.T("sort by it, upwards or downwards")},
		{"Ctrl+Shift+← Ctrl+Shift+→", say.T("move it")},
		{"Alt+Shift+← Alt+Shift+→", say.T("make it narrower, wider")},
		{"Ctrl+Space", say.T("which columns are shown")},
	}}
}

func everywhereKeys() keyList {
	return keyList{say.T("Everywhere"), [][2]string{
		{"Tab, Shift+Tab", say.T("the next thing that takes keys, the one before")},
		{"/", say.T("search")},
		{"F5", say.T("reload")},
		{"Escape", say.T("leave the search; close a window other than the first")},
		{"?", say.T("this list")},
	}}
}

func foldKeys() keyList {
	return keyList{say.T("Incidents"), [][2]string{
		{"D", say.T("merge duplicates of the day")},
		{"+ -", say.T("unfold and fold what was merged into the incident")},
	}}
}

func chartKeys() keyList {
	return keyList{say.T("Panel and charts"), [][2]string{
		{"↑ ↓ ← → Home End", say.T("walk through days, bars or ranks")},
		{"Enter", say.T("open what stands behind one")},
		{"[  ]", say.T("the panel's earlier days, its later days")},
	}}
}

func logKeys() keyList {
	return keyList{say.T("The tool's log"), [][2]string{
		{say.T("Ctrl+F or /"), say.T("search")},
		{"Enter, F3, Shift+F3", say.T("next match, previous match")},
		{"Ctrl+C", say.T("copy the selected lines, or the facts")},
		{"Ctrl+S", say.T("save the log")},
	}}
}

func incidentKeys() keyList {
	return keyList{say.T("This window"), [][2]string{
		{say.T("Ctrl+1 to Ctrl+5"), say.T("Failure, Timeline, Merged incidents, Reprocessing, History")},
		{"Alt+← Alt+→", say.T("the incident before and after it in the list")},
		{"← →  Enter", say.T("walk through the last runs, open one")},
	}}
}

func executionKeys() keyList {
	return keyList{say.T("This window"), [][2]string{
		{say.T("Ctrl+1 to Ctrl+3"), say.T("Log, Incidents, History")},
		{"← →  Enter", say.T("walk through the last runs, open one")},
	}}
}

func riskKeys() keyList {
	return keyList{say.T("This window"), [][2]string{
		{"Ctrl+1 Ctrl+2", say.T("Evidence, Timeline")},
		{"← →  Enter", say.T("walk through the runs compared, open one")},
	}}
}

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
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierSuper, "Cmd+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
		if custom.Modifier&m.held != 0 {
			text += m.word
		}
	}
	return text + string(custom.KeyName)
}

func (m *mainWindow) showKeys() {
	m.ui.showKeys(m.window, everywhereKeys(), menuKeys(m.window.MainMenu()), tableKeys(), foldKeys(), actionKeys(), riskActionKeys(), routineActionKeys(), chartKeys(), dialogKeys())
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
	p := u.newPrompt(w, say.T("Keys"), scroll, say.T("OK"), justClose)
	p.cancel.Hide()
	p.scrolled(scroll)
	p.show(fyne.NewSize(680, 560), p.ok)
}

func (m *mainWindow) showFormats() {
	var b strings.Builder
	for _, f := range m.ui.desk.Formats() {
		b.WriteString(f.Tool + ": " + say.W(f.Title) + "\n" + say.W(f.Export) + "\n\n")
	}
	label := widget.NewLabel("")
	label.Wrapping = fyne.TextWrapWord
	label.Selectable = true
	scroll := container.NewVScroll(label)
	p := m.ui.newPrompt(m.window, say.T("Exports that are read, and how to make them"), scroll, say.T("OK"), justClose)
	p.cancel.Hide()
	p.scrolled(scroll)
	p.show(fyne.NewSize(760, 560), p.ok)
	label.SetText(strings.TrimSpace(b.String())) // once its width is known: wrapping that much takes a while
}
