package keys_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
)

func TestPass_reachesTheWindow(t *testing.T) {
	test.NewTempApp(t)
	list := widget.NewEntry()
	c := test.NewTempWindow(t, list).Canvas()
	find := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault}
	pass := func() {
		keys.Pass(list, &fyne.KeyEvent{Name: fyne.KeyF5})
		keys.PassRune(list, '?')
		keys.PassShortcut(list, find)
	}
	pass() // a window that wants none of them

	var got []string
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { got = append(got, string(e.Name)) })
	c.SetOnTypedRune(func(r rune) { got = append(got, string(r)) })
	c.AddShortcut(find, func(fyne.Shortcut) { got = append(got, "find") })
	pass()
	if want := "[F5 ? find]"; fmt.Sprint(got) != want {
		t.Errorf("passed %v, want %s", got, want)
	}
	keys.Focus(list)
	if c.Focused() != fyne.Focusable(list) {
		t.Error("the widget has not got the focus")
	}
	if keys.Held() != 0 {
		t.Error("a driver without a keyboard holds no keys")
	}
}
