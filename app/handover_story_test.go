//go:build !headless

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// handOver opens the hand-over as its entry of the menu does.
func (o *office) handOver() {
	o.t.Helper()
	for _, item := range o.ui.Main().MainMenu().Items[0].Items {
		if item.Label == "Hand over…" {
			item.Action()
			o.look(o.ui.Window("hand-over"))
			return
		}
	}
	o.t.Fatal("the menu has no hand-over")
}

// The next shift sees who has what, what was said and tried and what comes back soon; taking over is on record.
func TestHandOver_tellsTheNextShift(t *testing.T) {
	o := newOffice(t)
	if err := o.desk.Hold(t.Context(), ines, []int64{1}, incident.Wait{Team: "Network team", Note: "The firewall <b>rule</b>.", Until: o.now.Add(5 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.handOver()
	o.shows("Open by owner 2", "Holds ending in 12 hours 1", "New 2", "Closed", "nobody", "The firewall <b>rule</b>.", "2026-03-02 14:30")

	o.tap("Since: 12 hours")
	o.tap("another time…")
	o.fill("2026-03-02 09:31")
	o.tap("Show")
	o.shows("Since 2026-03-02 09:31", "Open by owner 2")

	folder := t.TempDir()
	o.tap("Save page…")
	o.fill(folder, "shift")
	o.tap("Save")
	raw, err := os.ReadFile(filepath.Join(folder, "shift.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	for _, want := range []string{"default-src 'none'", "The firewall &lt;b&gt;rule&lt;/b&gt;.", "Holds that end within 12 hours (1)", "Open, by owner (2)", "2026-03-02 14:30", "Network team", "Never taken over so far."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page, "<script") || strings.Contains(page, "<b>rule") {
		t.Error("the page runs what a person wrote")
	}

	o.tap("Close")
	o.tap("Take over…")
	o.fill("The network team calls at noon.")
	o.tap("Take over")
	entries, err := o.desk.Timeline(t.Context(), ines, desk.TimelineQuery{Subject: timeline.Database, Action: "taken over"})
	if err != nil || len(entries) != 1 || entries[0].Actor != "ines" {
		t.Fatalf("on record: %+v, %v", entries, err)
	}
	if d := entries[0].Details; d[0].To != "2" || d[1].To != "1" || d[2].To != "The network team calls at noon." {
		t.Errorf("it says %+v", d)
	}
	o.shows("last taken over by ines, 2026-03-02 09:30")
}
