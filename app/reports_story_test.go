//go:build !headless

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/incident"
)

// reporting is an office that looks at the page of reports; the night lies in yesterday and today.
func reporting(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	account := incident.Account{Category: "Network", Description: "The link was down.", Solution: "It is up."}
	o.now = o.now.Add(2 * time.Hour)
	if err := o.desk.Close(t.Context(), ines, []int64{1}, incident.ClosedMissed, account, nil); err != nil {
		t.Fatal(err)
	}
	o.now = time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC)
	o.visit("Reports")
	return o
}

func TestReports_previewAndSave(t *testing.T) {
	o := reporting(t)
	o.shows("2026-02-01 to 2026-02-28, compared with 2026-01-01 to 2026-01-31")
	o.choose("yesterday")
	o.settle()
	o.shows("2026-03-02, compared with 2026-03-01", "Success at first attempt", "Incidents opened", "Lost",
		"Runs by day", "Open incidents by day", "Open by age", "Every run was a success.")
	dir := t.TempDir()
	o.tap("Save workbook…")
	o.fill(dir, "monday")
	o.tap("Save")
	path := filepath.Join(dir, "monday.xlsx")
	o.shows("Saved", path)
	o.tap("Close")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A9": "Incidents opened", "B9": "2", "A13": "Lost", "B13": "1"} {
		if got, err := f.GetCellValue("Management", cell); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", cell, got, err, want)
		}
	}
	o.tap("Save summary for mail…")
	o.fill(dir, "monday")
	o.tap("Save")
	o.tap("Close")
	if raw, err := os.ReadFile(filepath.Join(dir, "monday.html")); err != nil || !strings.Contains(string(raw), "2026-03-02") {
		t.Errorf("the summary: %v", err)
	}
	o.tap("Earlier reports")
	o.shows("monday.xlsx", "monday.html", "2026-03-02", "ines")
}

// Dates are said to be wrong where they are written, and nothing is counted by half.
func TestReports_betweenTwoDates(t *testing.T) {
	o := reporting(t)
	o.choose("between two dates")
	o.fill("", "2026-03-02", "soon") // title, from, to
	o.settle()
	o.shows("Give the last day as YYYY-MM-DD")
	o.fill("", "2026-03-02", "2026-03-01")
	o.settle()
	o.shows("The period ends before it begins")
	o.fill("", "2026-03-01", "2026-03-02")
	o.settle()
	o.shows("2026-03-01 to 2026-03-02, compared with 2026-02-27 to 2026-02-28")
}

func TestReports_templatesAndSchedules(t *testing.T) {
	o := reporting(t)
	o.tap("Schedules")
	o.shows("Nothing is scheduled")
	o.tap("Schedule a template…")
	o.shows("No template to schedule")
	o.tap("OK")
	o.tap("New report")
	o.choose("yesterday")
	o.tap("Save as template…")
	o.tap("Save")
	o.shows("A template needs a name")
	o.fill("Morning")
	o.tap("Save")
	templates, err := o.desk.Templates(t.Context(), ines)
	if err != nil || len(templates) != 1 || templates[0].Name != "Morning" || templates[0].Span != "yesterday" {
		t.Fatalf("templates %+v, %v", templates, err)
	}
	o.tap("Schedules")
	o.tap("Schedule a template…")
	o.choose("every day")
	dir := t.TempDir()
	o.fill("1", "25:00", dir)
	o.tap("Save")
	o.shows("Give the time as HH:MM")
	o.fill("1", "07:15", filepath.Join(dir, "gone"))
	o.tap("Save")
	o.shows("is no folder")
	o.fill("1", "07:15", dir)
	o.tap("Save")
	o.shows("Morning", "every day at 07:15", "2026-03-04 07:15", "ready")
	o.now = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	if err := o.desk.MakeDueReports(t.Context(), desk.Actor{Name: "system"}); err != nil {
		t.Fatal(err)
	}
	o.settle()
	if names, err := os.ReadDir(dir); err != nil || len(names) != 1 || names[0].Name() != "Morning 2026-03-05.xlsx" {
		t.Errorf("made %v, %v", names, err)
	}
	o.tap("Earlier reports")
	o.shows("Morning 2026-03-05.xlsx", "system")
	o.tap("New report")
	o.tap("Rename…")
	o.fill("Dawn")
	o.tap("Rename")
	o.tap("Schedules")
	o.shows("Dawn", "every day at 07:15")
	if templates, err = o.desk.Templates(t.Context(), ines); err != nil || len(templates) != 1 || templates[0].Name != "Dawn" {
		t.Errorf("templates %+v, %v", templates, err)
	}
}

// A filter of the table is kept under a name, shown again, and a report can be about it.
func TestReports_savedViews(t *testing.T) {
	o := reporting(t)
	o.visit("Incidents")
	o.chooseMenu("Saved views…")
	o.shows("No saved view yet")
	o.tap("OK")
	o.chooseMenu("Save this filter as a view…")
	o.shows("It keeps: State open")
	o.fill("Open ones")
	o.tap("Save")
	o.chooseMenu("Saved views…")
	o.tap("Open ones")
	o.shows("1 incident", "State open")
	o.visit("Reports")
	o.choose("Open ones")
	o.choose("yesterday")
	o.settle()
	o.shows("2026-03-02, compared with")
	o.visit("Incidents")
	o.chooseMenu("Saved views…")
	o.at.Canvas().Overlays().Top().Refresh()
	views, err := o.desk.Views(t.Context(), ines)
	if err != nil || len(views) != 1 || len(views[0].Query.States) != 3 {
		t.Errorf("views %+v, %v", views, err)
	}
}
