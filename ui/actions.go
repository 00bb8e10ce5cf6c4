package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// action is one thing that a person can do with incidents. This table is all there is: menus, keys and bars are made of it.
type action struct {
	label string
	key   rune            // 0: none
	what  incident.Action // as the rules call it
	many  bool            // with several at once
	open  func(*handling, []int64)
}

// actions stand in the order of the menu; the first four are those of every day.
func actions() []action {
	return []action{
		{say.T("Edit"), 'e', incident.ToRename, false, (*handling).edit},
		{say.T("Update Status"), 's', incident.ToProgress, true, func(h *handling, ids []int64) { h.updateStatus(ids) }},
		{say.T("Notes"), 'n', incident.ToNote, true, (*handling).addNote},
		{say.T("Close"), 'c', incident.ToClose, true, (*handling).askClose},
		{say.T("Suggest reprocessing"), 'p', incident.ToClose, true, (*handling).askSuggested},
		{say.T("Reopen"), 'r', incident.ToReopen, false, (*handling).askReopen},
		{say.T("Assign"), 'a', incident.ToAssign, true, (*handling).assign},
		{say.T("Merge"), 'm', incident.ToMerge, true, func(h *handling, ids []int64) { h.askMerge(ids, say.T("selected")) }},
		{say.T("Unmerge"), 'u', incident.ToUnmerge, false, (*handling).takeOut},
		{say.T("Seen"), 0, incident.ToSee, false, (*handling).askSeen},
		{say.T("Undo"), 0, incident.ToUndo, false, (*handling).undoLast},
	}
}

// everyDay is how many of the actions stand above the line in menus.
const everyDay = 4

// undoKey undoes the last step.
var undoKey = &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}

func actionTo(what incident.Action) action {
	for _, a := range actions() {
		if a.what == what {
			return a
		}
	}
	return action{}
}

// handling is what lets a window act on incidents: one that it shows, or those chosen in its table.
type handling struct {
	ui     *UI
	window fyne.Window
	toast  *toast
	chosen func() []int64                    // what is acted on
	known  func([]int64) []incident.Incident // those of them that the window has at hand; the desk judges the others
	noUndo bool                              // the window knows that there is no step of this person to take back
}

func newHandling(u *UI, w fyne.Window, chosen func() []int64, known func([]int64) []incident.Incident) *handling {
	h := &handling{ui: u, window: w, toast: newToast(u), chosen: chosen, known: known}
	w.Canvas().AddShortcut(undoKey, func(fyne.Shortcut) { h.run(actionTo(incident.ToUndo)) })
	return h
}

// whyNot says why an action is not available; nothing when it is.
func (h *handling) whyNot(a action, ids []int64) string {
	why := h.ui.whyNot(desk.ToHandle)
	switch {
	case why != "":
		return why
	case len(ids) == 0:
		return say.T("nothing is selected")
	case len(ids) > 1 && !a.many:
		return say.T("one incident at a time")
	case a.what == incident.ToMerge && len(ids) == 1:
		return say.T("select several in the table")
	case a.what == incident.ToMerge:
		return "" // the wizard leaves out what is not open
	}
	known := h.known(ids)
	if len(known) == 0 {
		return ""
	}
	var ok bool
	ok, why = desk.Allowed(known, a.what)
	if ok && a.what == incident.ToUndo && h.noUndo {
		return say.T("the last step is not yours, or it is too late")
	}
	return why
}

// run opens the form of an action, or says why there is none.
func (h *handling) run(a action) {
	if h.window.Canvas().Overlays().Top() != nil {
		return // a dialog is open
	}
	ids := h.chosen()
	if why := h.whyNot(a, ids); why != "" {
		h.toast.show(a.label+": "+why+".", nil)
		return
	}
	a.open(h, ids)
}

// typedRune runs the action of a key and tells whether there is one.
func (h *handling) typedRune(r rune) bool {
	for _, a := range actions() {
		if a.key != 0 && (r == a.key || r == a.key-'a'+'A') {
			h.run(a)
			return true
		}
	}
	return false
}

// items are the actions for a menu; one that is not available says why.
func (h *handling) items() []*fyne.MenuItem {
	ids := h.chosen()
	var items []*fyne.MenuItem
	for i, a := range actions() {
		if i == everyDay {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, h.item(a, ids))
	}
	return items
}

// commands are the actions that are available now.
func (h *handling) commands() []command {
	ids := h.chosen()
	if len(ids) == 0 {
		return nil
	}
	of := say.T("incident %s", idText(ids[0]))
	if len(ids) > 1 {
		of = say.Many(len(ids), "1 incident", "%s incidents")
	}
	return menuItemCommands(h.items(), of)
}

func (h *handling) item(a action, ids []int64) *fyne.MenuItem {
	item := fyne.NewMenuItem(a.label, func() { h.run(a) })
	if a.what == incident.ToUndo {
		item.Shortcut = undoKey
	}
	if why := h.whyNot(a, ids); why != "" {
		item.Label, item.Disabled = fmt.Sprintf("%s (%s)", a.label, why), true
	}
	return item
}

// menu opens the actions below an object.
func (h *handling) menu(below fyne.CanvasObject) {
	widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", h.items()...), h.window.Canvas(), fyne.NewPos(0, below.Size().Height), below)
}

// did is what a dialog does once its work is done: it says so and, where the step can be taken back, offers that.
func (h *handling) did(words string, undo bool, ids []int64) func() {
	if len(ids) > 1 {
		words = say.Many(len(ids), "1 incident", "%s incidents") + ": " + words
	}
	var back func() error
	if undo && len(ids) <= undoMost {
		back = h.undoAll(ids)
	}
	return func() { h.toast.show(words+".", back) }
}

// undoMost bounds how many steps one Undo takes back: each is an entry of its own.
const undoMost = 50

func (h *handling) undoAll(ids []int64) func() error {
	return func() error {
		for _, id := range ids {
			if err := h.ui.desk.Undo(h.ui.ctx, h.ui.actor, id); err != nil {
				return err
			}
		}
		return nil
	}
}

func (h *handling) undoLast(ids []int64) { h.toast.takeBack(h.undoAll(ids)) }
