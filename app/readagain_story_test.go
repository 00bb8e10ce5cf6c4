//go:build !headless

package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backstop/app/backup"
	"backstop/app/desk"
)

// localTimes is an export without offsets: what they mean is the source's zone.
const localTimes = `"Name","JobName","JobTypeString","State","Result","CreationTime","EndTime","Id"
"HOMES-DIFF (Incremental)","HOMES-DIFF","Backup","Stopped","Failed","2026-03-01 23:00:00","2026-03-01 23:40:00","0c7e0a52-6f0e-4d58-9c0a-7a1f6f1f0001"
"LEDGER-FULL (Full)","LEDGER-FULL","Backup","Stopped","Success","2026-03-02 01:00:00","2026-03-02 02:10:00","0c7e0a52-6f0e-4d58-9c0a-7a1f6f1f0002"
`

// zoned imports localTimes as a source in UTC and gives the source.
func (o *office) zoned() backup.Source {
	o.t.Helper()
	src, err := o.desk.SaveSource(o.t.Context(), ines, backup.Source{Name: "vbr", Folder: o.t.TempDir(), Zone: "UTC", Order: backup.DayFirst}, "")
	if err != nil {
		o.t.Fatal(err)
	}
	path := filepath.Join(src.Folder, "sessions.csv")
	if err := os.WriteFile(path, []byte(localTimes), 0o600); err != nil {
		o.t.Fatal(err)
	}
	results, err := o.desk.Import(o.t.Context(), ines, desk.ImportRequest{Source: "vbr", Paths: []string{path}, ImportRules: desk.ImportRules{OpenAll: true}}, nil)
	if err != nil || results[0].New != 2 || results[0].Incidents != 1 {
		o.t.Fatalf("%+v, %v", results, err)
	}
	return src
}

func (o *office) runs() []desk.ExecutionRow {
	o.t.Helper()
	var rows []desk.ExecutionRow
	for e, err := range o.desk.Executions(o.t.Context(), ines, desk.ExecutionQuery{}) {
		if err != nil {
			o.t.Fatal(err)
		}
		rows = append(rows, e)
	}
	return rows
}

// The zone of a source was wrong. Corrected, its runs and the incident move; none becomes another, nothing is doubled.
func TestReadAgain_aCorrectedZoneIsOfferedAndMoves(t *testing.T) {
	o := emptyOffice(t)
	o.zoned()
	o.enter()
	before := o.runs()
	o.visit("Sources")
	o.chooseSource(0)
	o.tap("Edit…")
	o.fill(o.sources()[0].Folder, "vbr", "", "", "America/Lima")
	o.tap("Save")
	o.look(o.ui.Window("read again vbr"))
	o.shows("1 file: 2 runs would be known better, 2 of them moved, 0 new, 0 incidents would be opened.", "moved", "HOMES-DIFF", "start: 2026-03-01 23:00:00 → 2026-03-02 04:00")
	if got := o.runs(); !got[0].Start.Equal(before[0].Start) {
		t.Error("the preview moved a run")
	}
	o.tap("Read again")
	after := o.runs()
	if len(after) != len(before) {
		t.Fatalf("%d runs became %d", len(before), len(after))
	}
	for i, e := range after {
		if e.ID != before[i].ID || e.Start.Sub(before[i].Start) != 5*time.Hour || e.End.Sub(before[i].End) != 5*time.Hour || e.Session != before[i].Session {
			t.Errorf("run %d: %s to %s, was %s to %s", e.ID, e.Start, e.End, before[i].Start, before[i].End)
		}
	}
	if in := o.incident(1); !in.Failed.Equal(after[0].Start) {
		t.Errorf("the incident's run failed at %s, its run starts at %s", in.Failed, after[0].Start)
	}
	o.steps(1, "system opened", "system run moved")
	if ids, _ := o.desk.IncidentIDs(t.Context(), ines, desk.IncidentQuery{}); len(ids) != 1 {
		t.Errorf("%d incidents", len(ids))
	}
	o.look(o.ui.Main())
	o.shows("Read again, 1 file: 2 runs known better")
	entries, err := o.desk.Timeline(t.Context(), ines, desk.TimelineQuery{Action: "read again"})
	if err != nil || len(entries) != 3 || entries[0].Actor != "ines" {
		t.Errorf("on record: %+v, %v", entries, err)
	}
}

// One file is read again from its own line; when nothing has changed, nothing changes.
func TestReadAgain_oneFile(t *testing.T) {
	o := emptyOffice(t)
	o.zoned()
	o.enter()
	o.visit("Sources")
	o.tap("Read again…")
	o.look(o.ui.Window("read again all sources"))
	o.shows("1 file: 0 runs would be known better", "Nothing would change.")
	o.at.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if o.ui.Window("read again all sources") != nil {
		t.Error("Escape does not leave")
	}
}
