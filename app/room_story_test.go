//go:build !headless

package main

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/say"
)

// tours shows each window and dialog that there is, in a language, drawn at twice the size on a screen of 1920 × 1080.
func (o *office) tours(language *say.Language, each func(name string, w fyne.Window)) {
	o.t.Helper()
	o.t.Setenv("BACKSTOP_TEST_LANGUAGE", language.Tag)
	o.t.Cleanup(func() { say.Use(say.English); say.UseForm(say.English.Form) })
	if err := o.program.importSamples(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	o.enter()
	o.app.Preferences().SetInt("scale", 200)
	o.ui.Main().Resize(screen)
	o.settle()
	done := false
	o.ui.Tour(func(name string, w fyne.Window) {
		if w == nil {
			o.t.Errorf("%s did not open", name)
			return
		}
		o.look(w)
		each(name, w)
	}, func() { done = true })
	for !done {
		o.settle()
		o.waitsUntil(2 * time.Second)
	}
}

// waitsUntil lets what comes due by then be done.
func (o *office) waitsUntil(d time.Duration) {
	later := o.later
	o.later = nil
	for _, l := range later {
		if l.wait <= d {
			l.run()
		} else {
			o.later = append(o.later, l)
		}
	}
}

// screen is what 1920 × 1080 hold at twice the size, less a window's title and the bar of the desktop, and the room that the toolkit leaves
// around what a window shows.
var screen = fyne.NewSize(960-8, 500-8)

// No window, in words that are longer than the English ones, is larger than a screen that shows everything twice as large.
func TestWindows_fitTheScreen(t *testing.T) {
	o := emptyOffice(t)
	o.tours(say.Portuguese, func(name string, w fyne.Window) {
		parts := append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...)
		for _, part := range parts {
			if least := part.MinSize(); least.Width > screen.Width || least.Height > screen.Height {
				t.Errorf("%s is at least %v × %v", name, least.Width, least.Height)
			}
		}
	})
}

// Whatever a window or dialog shows has gone through the catalogue.
func TestWindows_sayAllThroughTheCatalogue(t *testing.T) {
	o := emptyOffice(t)
	o.tours(say.Pseudo, func(name string, w fyne.Window) {
		defer func(failed bool) {
			if t.Failed() && !failed {
				t.Log("first in ", name)
			}
		}(t.Failed())
		o.checkWords(inside(w.Content()))
		for _, above := range w.Canvas().Overlays().List() {
			o.checkWords(inside(above))
		}
	})
}
