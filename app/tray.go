//go:build !headless

package main

import (
	"runtime"

	"fyne.io/systray"

	"backstop/assets"
	"backstop/ui"
)

// tray is the icon in the tray. The toolkit's own has to be there before the windows are, and is not seen when it comes later; this one
// comes when the person chose it.
type tray struct{ shown bool }

// show shows the icon with a menu, or gives it another one. A click on the icon does the first entry; on macOS it opens the menu.
func (t *tray) show(entries []ui.TrayEntry) {
	if !t.shown {
		t.shown = true
		t.begin(entries[0].Do)
	}
	systray.ResetMenu()
	for _, e := range entries {
		clicked := systray.AddMenuItem(e.Label, "").ClickedCh
		go func() {
			for range clicked { // it is closed with the menu
				e.Do()
			}
		}()
	}
}

func (t *tray) begin(tapped func()) {
	icon := assets.IconPNG
	switch runtime.GOOS {
	case "windows":
		icon = assets.IconICO
		systray.SetOnTapped(tapped)
	case "linux":
		systray.SetTitle("Backstop") // by which desktops know the icon again
		systray.SetOnTapped(tapped)
	}
	start, _ := systray.RunWithExternalLoop(nil, nil)
	start()
	systray.SetIcon(icon)
	systray.SetTooltip("Backstop")
}

// end takes the icon away. Windows would leave it until the pointer passes over it; elsewhere it goes with the program.
func (t *tray) end() {
	if t.shown && runtime.GOOS == "windows" {
		systray.Quit()
	}
}
