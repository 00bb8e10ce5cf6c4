package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/assets"
)

// Every execution of the samples is found again, so many days later, and nothing else of it has changed.
func TestSamples_moveAsAWhole(t *testing.T) {
	before := sampled(t, 0)
	if len(before) < 200 {
		t.Fatalf("only %d executions", len(before))
	}
	for _, days := range []int{1, 17, 248, 366} {
		after := sampled(t, days)
		if len(after) != len(before) {
			t.Fatalf("%d days later: %d executions, before %d", days, len(after), len(before))
		}
		for i, b := range before {
			a := after[i]
			for _, at := range []*time.Time{&b.Start, &b.End, &b.Expires} {
				if !at.IsZero() {
					*at = at.AddDate(0, 0, days)
				}
			}
			b.Error = string(later([]byte(b.Error), days))
			for _, e := range []*desk.ExecutionRow{&a, &b} { // the day is in what was written, and some tools make a session's number of it
				e.Session, e.StartText, e.EndText = "", "", ""
			}
			if a.Execution != b.Execution {
				t.Fatalf("%d days later: %+v\nwant %+v", days, a.Execution, b.Execution)
			}
		}
	}
}

func TestSamplesAge(t *testing.T) {
	for now, want := range map[string]int{"2026-03-24T11:00:00Z": 0, "2026-03-24T13:00:00Z": 1, "2026-11-26T20:00:00Z": 248, "2019-01-01T00:00:00Z": 0} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := samplesAge(at); got != want {
			t.Errorf("at %s: %d days, want %d", now, got, want)
		}
	}
}

// sampled are the executions of the samples when they are moved by some days, by their place in the files.
func sampled(t *testing.T, days int) []desk.ExecutionRow {
	t.Helper()
	folder := t.TempDir()
	files, err := fs.Glob(assets.Samples(), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		raw, err := fs.ReadFile(assets.Samples(), name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), later(raw, days), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a, err := New(t.Context(), Options{DB: filepath.Join(t.TempDir(), "desk.db"), Now: func() time.Time { return samplesEnd.AddDate(0, 0, days) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Stop() })
	request := desk.ImportRequest{Source: desk.ByHand, Zone: "UTC", Paths: []string{folder}}
	request.OpenAll = true
	if _, err := a.Desk.Import(t.Context(), rosa, request, nil); err != nil {
		t.Fatal(err)
	}
	ids, err := a.Desk.ExecutionIDs(t.Context(), rosa, desk.ExecutionQuery{Sort: "start"})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := a.Desk.ExecutionRows(t.Context(), rosa, ids)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
