//go:build !headless

package main

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
)

// Each number of the page opens as many rows as it says: incidents on their page, others in a window.
func TestFigures_openTheRowsTheyCount(t *testing.T) {
	o := riskyOffice(t)
	account := incident.Account{Category: "Network", Description: "the switch", Solution: "replaced"}
	if err := o.desk.Close(t.Context(), ines, []int64{1}, incident.ClosedMissed, account, nil); err != nil {
		t.Fatal(err)
	}
	wait := incident.Wait{Team: "Network team", Note: "a new switch", Until: o.now.AddDate(0, 0, 1)}
	if err := o.desk.Hold(t.Context(), ines, []int64{2}, wait); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Minute)
	o.settle()
	o.visit("Figures")
	o.shows("Success at first attempt", "95.6 %", "Open at the end", "Runs by day", "good at once", "Open by age", "Routines with most runs without success", "MAIL  (Veeam)", "3 of 20 runs", "On hold by team", "Network team", "ledger-01")
	for _, tt := range []struct{ tap, window, rows string }{
		{"Runs without success", "rows Runs without success", "3 runs"},
		{"Incidents opened", "", "3 incidents  ·  filter: Opened since"},
		{"Open at the end", "", "2 incidents  ·  filter: Open at 2026"},
		{"Lost", "", "1 incident  ·  filter: Closed since"},
		{"Clients without a good copy for more than 7 days", "rows Clients without a good copy for more than 7 days", "1 client"},
	} {
		o.look(o.ui.Main())
		o.visit("Figures")
		o.tapFirst(tt.tap)
		if tt.window != "" {
			o.look(o.ui.Window(tt.window))
		}
		o.shows(tt.rows)
	}
}

// tapFirst presses the tile whose title begins so.
func (o *office) tapFirst(title string) {
	o.t.Helper()
	d := map[string]figure.Definition{}
	for _, x := range figure.Definitions {
		d[x.Title] = x
	}
	for _, object := range o.objects() {
		if tile, ok := object.(interface {
			fyne.Focusable
			fyne.Tappable
			Shows() string
		}); ok && tile.Shows() == title {
			tile.Tapped(nil)
			o.settle()
			return
		}
	}
	o.t.Fatalf("no figure %q among %d; there is: %s", title, len(d), o.text())
}

// The page says what the desk counts, whatever is chosen.
func TestFigures_sayWhatTheDeskCounts(t *testing.T) {
	o := riskyOffice(t)
	o.visit("Figures")
	for _, days := range []int{30} {
		now := o.now
		p := figure.Period{From: now.AddDate(0, 0, 1-days).Truncate(24 * 3600e9), To: now, Zone: now.Location()}
		f, err := o.desk.PeriodFigures(t.Context(), ines, p, desk.ReportScope{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range figure.Definitions {
			if v := f.Now.Values[d.Key]; v.Known {
				o.shows(fmt.Sprint(d.Say(v)))
			}
		}
	}
}

// A period without runs says so where the bars would be.
func TestFigures_sayWhenNothingRan(t *testing.T) {
	o := riskyOffice(t)
	o.visit("Figures")
	o.shows("A bar a day, the newest on the right")
	o.now = o.now.AddDate(0, 6, 0)
	o.press(fyne.KeyF5)
	o.settle()
	o.shows("No run began in this period")
}
