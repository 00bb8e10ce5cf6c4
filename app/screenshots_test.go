//go:build !headless

package main

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/ui"
	"backstop/ui/look"
)

var update = flag.Bool("update", false, "write the screenshots of the README anew")

// TestScreenshots paints the table that the README shows, filled from the sample exports, so that the picture never goes stale
// unseen: -update writes it, and without it the one that is there must have the size of the window as it is now.
func TestScreenshots(t *testing.T) {
	a, err := New(t.Context(), Options{DB: filepath.Join(t.TempDir(), "desk.db"), Now: func() time.Time { return time.Date(2026, 3, 23, 8, 30, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Stop() })
	if err := a.importSamples(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, desk: a.Desk, now: time.Date(2026, 3, 23, 9, 0, 0, 0, time.UTC)}
	o.act()
	app := test.NewTempApp(t)
	o.ui = ui.New(ui.Parts{
		App: app, Desk: a.Desk, Actor: ines, Zone: time.UTC, Now: func() time.Time { return o.now },
		Work: o.waits, After: o.waitsFor,
	})
	t.Cleanup(o.ui.Stop)
	for name, variant := range map[string]fyne.ThemeVariant{"incidents-light": theme.VariantLight, "incidents-dark": theme.VariantDark} {
		app.Settings().SetTheme(look.Held(variant))
		o.ui.Show()
		o.ui.Main().Resize(fyne.NewSize(1280, 800))
		o.settle()
		compareScreenshot(t, filepath.Join("..", "assets", "screenshots", name+".png"), o.ui.Main().Canvas().Capture())
	}
}

// act gives a few incidents another state, so that the picture shows the colours.
func (o *office) act() {
	o.t.Helper()
	ctx := o.t.Context()
	ids, err := o.desk.IncidentIDs(ctx, ines, desk.IncidentQuery{Sort: "id", Desc: true, Limit: 8})
	if err != nil {
		o.t.Fatal(err)
	}
	if err := o.desk.Progress(ctx, ines, ids[1:3], "Looking into it.", true); err != nil {
		o.t.Fatal(err)
	}
	wait := incident.Wait{Team: "Network team", Note: "The firewall rule is being changed.", Until: o.now.Add(4 * time.Hour)}
	if err := o.desk.Hold(ctx, ines, ids[5:6], wait); err != nil {
		o.t.Fatal(err)
	}
}

func compareScreenshot(t *testing.T, path string, now image.Image) {
	t.Helper()
	if *update {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, now); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	was, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatal(err)
	}
	if was.Width != now.Bounds().Dx() || was.Height != now.Bounds().Dy() {
		t.Errorf("%s is %d × %d, the window %v: run the test with -update", path, was.Width, was.Height, now.Bounds().Size())
	}
}
