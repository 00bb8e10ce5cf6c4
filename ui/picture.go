package ui

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

// settle is how long the windows are given to show what they asked for before a picture is taken.
const settle = 1500 * time.Millisecond

// Picture shows the windows in light and dark, leaves a picture of each in folder and ends the program. `make run` uses it where
// there is no display to look at.
func (u *UI) Picture(folder string) {
	u.pictureIn(folder, []shot{
		{"incidents-light", theme.VariantLight, func() { u.main.goTo("Incidents") }},
		{"incidents-dark", theme.VariantDark, func() { u.main.goTo("Incidents") }},
		{"sources-light", theme.VariantLight, func() { u.main.goTo("Sources") }},
		{"sources-dark", theme.VariantDark, func() { u.main.goTo("Sources") }},
	})
}

// shot is one picture of the main window.
type shot struct {
	name    string
	variant fyne.ThemeVariant
	show    func()
}

func (u *UI) pictureIn(folder string, shots []shot) {
	if len(shots) == 0 {
		tell(u.Quit)
		return
	}
	s := shots[0]
	tell(func() {
		u.app.Settings().SetTheme(look.Held(s.variant))
		s.show()
	})
	u.after(settle, func() {
		tell(func() {
			if err := paint(u.main.window, filepath.Join(folder, s.name+".png")); err != nil {
				fmt.Fprintln(os.Stderr, "backstop:", err)
			}
			u.pictureIn(folder, shots[1:])
		})
	})
}

// paint draws a window's content off the screen: reading back what the graphics card painted gives nothing on some drivers.
func paint(w fyne.Window, path string) error {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(w.Content())
	c.Resize(w.Canvas().Size())
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := png.Encode(f, c.Capture()); err != nil {
		return err
	}
	return f.Close()
}

// Quit closes the windows and ends the program's loop.
func (u *UI) Quit() { u.app.Quit() }
