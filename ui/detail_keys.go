package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// neighbour is the incident before (-1) or after (1) this one in the list of the main window.
func (i *incidentWindow) neighbour(by int) (int64, bool) {
	ids := i.ui.main.incidents.model.ids
	at := slices.Index(ids, i.id)
	if at < 0 || at+by < 0 || at+by >= len(ids) {
		return 0, false
	}
	return ids[at+by], true
}

// goTo turns the window to a neighbour. One that has a window of its own is raised instead.
func (i *incidentWindow) goTo(by int) {
	id, ok := i.neighbour(by)
	if !ok {
		return
	}
	if !i.ui.rekey(i.window, incidentKind+idText(id)) {
		i.ui.openIncident(id, "")
		return
	}
	i.id = id
	i.timeline.showIncident(id)
	i.read()
}

// hearKeys takes the letters of the actions, and what else the window knows.
func (i *incidentWindow) hearKeys() {
	canvas := i.window.Canvas()
	canvas.SetOnTypedRune(i.letter)
	canvas.SetOnTypedKey(i.key)
	on := func(key fyne.KeyName, with fyne.KeyModifier, run func()) {
		canvas.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: with}, func(fyne.Shortcut) {
			if canvas.Overlays().Top() == nil {
				run()
			}
		})
	}
	for at, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5} {
		on(key, fyne.KeyModifierShortcutDefault, func() { i.turn(at) })
	}
	on(fyne.KeyF, fyne.KeyModifierShortcutDefault, i.search)
	on(fyne.KeyS, fyne.KeyModifierShortcutDefault, i.failure.saveAs)
	on(fyne.KeyLeft, fyne.KeyModifierAlt, func() { i.goTo(-1) })
	on(fyne.KeyRight, fyne.KeyModifierAlt, func() { i.goTo(1) })
	canvas.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) { i.ui.app.Clipboard().SetContent(i.ui.incidentFacts(i.detail).text()) })
}

func (i *incidentWindow) letter(r rune) {
	switch {
	case i.act.typedRune(r):
	case r == '/':
		i.search()
	case r == '?':
		i.ui.showKeys(i.window.Window, incidentKeys(), actionKeys(), logKeys(), tableKeys(), everywhereKeys(), dialogKeys())
	}
}

func (i *incidentWindow) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		i.ui.leave(i.window)
	case fyne.KeyF5:
		i.read()
	default:
	}
}

func (i *incidentWindow) search() {
	i.tabs.SelectIndex(0)
	i.window.Canvas().Focus(i.failure.search)
}
