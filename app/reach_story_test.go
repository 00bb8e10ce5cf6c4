//go:build !headless

package main

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"backstop/app/people"
)

// commands opens the list of commands by its keys, whatever window is looked at.
func (o *office) commands() {
	o.t.Helper()
	key := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}
	if o.at != o.ui.Main() {
		o.at.Canvas().(fyne.Shortcutable).TypedShortcut(key)
		o.settle()
		return
	}
	for _, m := range o.at.MainMenu().Items {
		for _, i := range m.Items {
			if i.Shortcut != nil && i.Shortcut.ShortcutName() == key.ShortcutName() {
				i.Action()
			}
		}
	}
	o.settle()
}

func TestCommands_goToAPage(t *testing.T) {
	o := newOffice(t)
	o.commands()
	o.types("rout")
	o.press(fyne.KeyReturn)
	o.shows("Learn from history…", "2 routines")
}

func TestCommands_openAnIncidentByNumber(t *testing.T) {
	o := newOffice(t)
	o.commands()
	o.types("1")
	o.shows("1 · ")
	o.press(fyne.KeyReturn)
	o.look(o.ui.Window("incident 1"))
	o.shows("LEDGER-FULL")
}

func TestCommands_findByWords(t *testing.T) {
	o := newOffice(t)
	o.commands()
	o.types("ledger")
	o.shows("LEDGER-FULL · Full on ledger-02.meadow.example", "routine", "1 · ")
	o.press(fyne.KeyReturn)
	o.shows("1 routine", "filter: ")
	o.commands()
	o.types("no such thing")
	o.shows("Nothing is called that.")
	o.press(fyne.KeyReturn)
	o.shows("Choose one that is listed")
	o.press(fyne.KeyEscape)
	if o.dialogOpen() {
		t.Error("Escape did not leave")
	}
}

// What can be done with the row under the cursor comes first; the arrows choose.
func TestCommands_actOnWhatIsChosen(t *testing.T) {
	o := newOffice(t)
	o.row("1")
	o.commands()
	o.types("note")
	o.shows("Notes | incident 1")
	o.press(fyne.KeyReturn)
	o.fill("Seen by the network team.")
	o.tap("Add note")
	o.steps(1, "system opened", "ines noted")

	o.open("1")
	o.commands()
	o.types("s")
	o.press(fyne.KeyDown, fyne.KeyUp, fyne.KeyEscape)
	o.commands()
	o.types("edit")
	o.press(fyne.KeyReturn)
	o.shows("Rename")
}

func TestCommands_rememberWhatIsUsed(t *testing.T) {
	o := newOffice(t)
	for range 2 {
		o.commands()
		o.types("settings: tools")
		o.press(fyne.KeyReturn)
		o.shows("Partial run")
	}
	o.commands()
	if text := o.text(); strings.Index(text, "Settings: Tools") > strings.Index(text, "Import files…") {
		t.Errorf("what was used most is not the first: %s", text)
	}
	var used map[string]int
	if err := o.desk.Preference(t.Context(), "palette.used", &used); err != nil || used["part Settings Tools"] != 2 {
		t.Errorf("remembered: %v, %v", used, err)
	}
}

// A Client is offered nothing that is not theirs, and finds nothing beyond their scope.
func TestCommands_keepToTheRole(t *testing.T) {
	o := newOffice(t)
	hire(t, o.desk)
	o.enter()
	o.signsIn(people.Client.String(), stone)
	o.commands()
	o.shows("Executions", "Panel")
	o.hides("Incidents", "Settings", "Routines", "Hand over")
	o.types("ledger")
	o.hides("LEDGER-FULL")
	o.press(fyne.KeyEscape)
}

// Every key of the menu and every letter of an action is listed.
func TestKeys_listsThemAll(t *testing.T) {
	o := newOffice(t)
	o.letter('?')
	o.shows("Ctrl+K | Commands…", "Ctrl+F | Search", "Ctrl+Shift+Z | Undo", "C | Close", "J | Judge again", "I | Ignore", "Ctrl+Space | which columns are shown")
	for _, m := range o.at.MainMenu().Items {
		for _, i := range m.Items {
			if i.Shortcut != nil {
				o.shows(" | " + i.Label)
			}
		}
	}
}
