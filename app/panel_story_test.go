//go:build !headless

package main

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"backstop/ui/chart"
)

func (o *office) heat() *chart.HeatMap {
	o.t.Helper()
	for _, object := range inside(o.at.Content()) {
		if h, ok := object.(*chart.HeatMap); ok {
			return h
		}
	}
	o.t.Fatal("there is no panel")
	return nil
}

// The keys go from day to day, the line below tells the cell, Enter opens its executions; the legend filters.
func TestPanel_tellsADayAndOpensIt(t *testing.T) {
	o := newOffice(t)
	o.visit("Panel")
	o.shows("2 routines × 30 days", "open incident  2", "success  1", "March 2026", "HOMES-DIFF · homes-01.mea")
	o.press(fyne.KeyUp, fyne.KeyLeft) // it begins at the newest day of the first routine
	o.press(fyne.KeyRight)
	o.shows("HOMES-DIFF · homes-01.meadow.example", "Mon 2026-03-02  ·  success  ·  1 run  ·  5.0 GiB")
	o.press(fyne.KeyLeft)
	o.shows("Sun 2026-03-01  ·  open incident  ·  1 run  ·  5.0 GiB  ·  incident 2")
	o.press(fyne.KeyReturn)
	o.look(o.ui.Window("day 2 20513 0"))
	o.shows("2026-03-01  ·  HOMES-DIFF", "partial", "1 execution")

	o.look(o.ui.Main())
	o.tap("success  1")
	o.shows("1 routine × 30 days  ·  those with success")
	o.hides("LEDGER-FULL")
	o.tap("success  1")
	o.shows("2 routines × 30 days")
}

// What is saved is all of the panel, not only what is in view.
func TestPanel_isSavedAsAPicture(t *testing.T) {
	o := newOffice(t)
	o.visit("Panel")
	want := o.heat().Whole()
	folder := t.TempDir()
	o.tap("Save picture…")
	o.fill(folder, "march")
	o.tap("Save")
	f, err := os.Open(filepath.Join(folder, "march.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.DecodeConfig(f)
	if err != nil || picture.Width != int(want.Width) || picture.Height != int(want.Height) {
		t.Errorf("the picture is %d × %d, want %v; %v", picture.Width, picture.Height, want, err)
	}
}

// Where nothing ran lately, the panel ends with the newest run and says so. The copy of a success that was kept for some months is
// gone by then, and its day says that.
func TestPanel_goesToTheNewestRuns(t *testing.T) {
	o := newOffice(t)
	o.now = o.now.AddDate(0, 8, 0)
	o.visit("Panel")
	o.shows("2 routines × 30 days", "nothing ran since 2026-03-02", "open incident  2", "all copies expired  1")
}

// The panel turns to earlier days and back, by buttons and by keys; after the newest there are none.
func TestPanel_turnsToEarlierDays(t *testing.T) {
	o := newOffice(t)
	o.visit("Panel")
	o.shows("2026-02-01 to 2026-03-02")
	o.letter(']')
	o.shows("2026-02-01 to 2026-03-02")
	o.letter('[')
	o.shows("2026-01-02 to 2026-01-31", "No runs in these days")
	o.letter(']')
	o.shows("2026-02-01 to 2026-03-02", "2 routines × 30 days", "open incident  2")
}
