//go:build !headless

package main

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/timeline"
	"backstop/ui"
)

// starting is the start of the program over a database that is there or not, in windows without a screen.
type starting struct {
	*office
	*Opening
	window *ui.Opening
	quit   bool
}

// start opens the program's first window and lets it do its work.
func start(t *testing.T, db string) *starting {
	t.Helper()
	s := newStart(t, db)
	s.begin()
	return s
}

// newStart is the program before its first window.
func newStart(t *testing.T, db string) *starting {
	t.Helper()
	o := &office{t: t, now: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC), app: test.NewTempApp(t)}
	s := &starting{office: o}
	s.Opening = newOpening(t.Context(), Options{DB: db, Now: func() time.Time { return o.now }, Cost: people.Cost{Passes: 1, Memory: 8, Threads: 1}})
	return s
}

// begin opens the first window and lets it do its work.
func (s *starting) begin() {
	s.t.Helper()
	app, _ := s.on.around(dropApp{quitApp{s.office.app, &s.quit}, &s.drop})
	s.window = ui.NewOpening(ui.OpeningParts{
		App: app, Opener: s, Zone: time.UTC,
		Work: s.waits, After: s.waitsFor,
	})
	s.t.Cleanup(s.leave)
	s.window.Show()
	s.at = s.window.Window()
	s.shows("Opening the database …") // painted before it is open
	s.window.Begin()
	s.settle()
}

// leave ends the program.
func (s *starting) leave() {
	s.t.Helper()
	if s.ui != nil {
		s.ui.Stop()
	}
	s.window.Stop()
	if err := s.Stop(); err != nil {
		s.t.Error(err)
	}
}

// quitApp knows when it is to end.
type quitApp struct {
	fyne.App
	quit *bool
}

func (a quitApp) Quit() { *a.quit = true }

// Enter implements ui.Opener.
func (s *starting) Enter(w fyne.Window) *ui.UI {
	s.desk = s.Opening.app.Desk
	s.ui = ui.New(ui.Parts{
		App: s.office.app, Window: w, Desk: s.desk, Actor: ines, Zone: time.UTC, Now: func() time.Time { return s.office.now }, Recover: s.window.Begin,
		Work: s.waits, After: s.waitsFor,
	})
	s.ui.Show()
	return s.ui
}

// aPast is a database with a night in it, a copy, and a job that came after the copy. It was closed as it should be.
func aPast(t *testing.T) (db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "desk.db")
	s := start(t, db)
	s.imports(night())
	if _, err := s.desk.CopyNow(t.Context(), ines, nil); err != nil {
		t.Fatal(err)
	}
	s.imports(job("700200", "58", "LEDGER-FULL", "ledger-02.meadow.example", "1772409600", "1772410200"))
	s.leave()
	return db
}

// A damaged file is said, with what the newest copy holds and what is lost; one click goes on from it, and nothing was deleted.
func TestOpening_goesOnFromACopy(t *testing.T) {
	db := aPast(t)
	if err := os.Truncate(db, 20_000); err != nil {
		t.Fatal(err)
	}
	s := start(t, db)
	s.shows("The database is damaged", "The newest sound copy is of 2026-03-02 09:30: 3 executions, 2 incidents", "would be lost", "Quit")
	s.tap("Go on from the copy of 2026-03-02 09:30…")
	s.shows("The copy is in place", "The damaged file is kept in ")
	s.tap("Open the desk")
	s.shows("Incidents", "2 incidents")
	if rows := s.figures(); rows.Open != 2 {
		t.Errorf("%d incidents are open", rows.Open)
	}
	kept, err := filepath.Glob(db + ".files/damaged/*/desk.db")
	if err != nil || len(kept) != 1 {
		t.Errorf("kept aside: %q, %v", kept, err)
	}
	entries, err := s.desk.Timeline(t.Context(), ines, desk.TimelineQuery{Action: timeline.Restored})
	if err != nil || len(entries) != 1 {
		t.Fatalf("entries: %+v, %v", entries, err)
	}
	if v, err := s.desk.Verify(t.Context(), ines, nil); err != nil || len(v.Findings) > 0 || len(v.Restored) != 1 {
		t.Errorf("verified: %+v, %v", v, err)
	}
}

// A database that is gone is not begun anew where there are copies, neither by the desk nor by a command.
func TestOpening_beginsNothingAnew(t *testing.T) {
	db := aPast(t)
	if err := os.Remove(db); err != nil {
		t.Fatal(err)
	}
	shell := newShell(t)
	shell.db = db
	if _, said, status := shell.run("incidents"); status != 3 || !strings.Contains(said, "there are copies of it") {
		t.Errorf("a command: %d, %s", status, said)
	}
	s := start(t, db)
	s.shows("The database is damaged", "Its file is gone.")
	s.tap("Quit")
	if _, err := os.Stat(db); !s.quit || !os.IsNotExist(err) {
		t.Errorf("left: %v; %v", s.quit, err)
	}
}

// The write-ahead log was deleted after the program was killed: what it held is missed, since its head is known elsewhere.
func TestOpening_missesTheNewestPart(t *testing.T) {
	db := aPast(t)
	crashed := start(t, db)
	if err := crashed.Opening.app.rememberHead(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(db)
	crashed.imports(job("700300", "58", "LEDGER-FULL", "ledger-02.meadow.example", "1772413200", "1772413800"))
	if err := crashed.Opening.app.rememberHead(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	known, _ := os.ReadFile(knownIn(db + ".files"))
	crashed.leave()
	for path, raw := range map[string][]byte{db: before, knownIn(db + ".files"): known} { // as if nothing had been closed
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := start(t, db)
	s.shows("The newest part of the database is missing", "desk.db-wal", "Go on from the copy of")
	s.tap("Go on without it")
	s.shows("3 incidents")
	v, err := s.desk.Verify(t.Context(), ines, nil)
	if err != nil || len(v.Findings) > 0 || len(v.Restored) != 1 {
		t.Errorf("verified: %+v, %v", v, err)
	}
	s.leave()
	again := start(t, db)
	again.shows("3 incidents")
}

// After a crash the file is checked beside the desk, and what is found is said above all pages; from there one goes on from a copy.
func TestOpening_checksAfterACrash(t *testing.T) {
	db := aPast(t)
	harm(t, db)
	k := readKnown(db + ".files")
	k.Open = true
	if err := k.remember(db + ".files"); err != nil {
		t.Fatal(err)
	}
	s := start(t, db)
	if err := s.desk.Check(t.Context(), desk.System()); err != nil { // Watch has begun it beside; here its end is waited for
		t.Fatal(err)
	}
	s.settle()
	s.shows("The database is damaged. What you do now may be lost")
	s.tap("What can be done…")
	s.tap("Go on from the copy of 2026-03-02 09:30…")
	s.tap("Open the desk")
	s.shows("2 incidents")
	s.hides("What can be done")
}

// Damage that shows only while one works is said with the way out, like that which a check finds.
func TestOpening_findsDamageAtWork(t *testing.T) {
	db := aPast(t)
	file, err := sql.Open("sqlite3", db)
	if err != nil {
		t.Fatal(err)
	}
	var page int64
	if err := errors.Join(file.QueryRowContext(t.Context(), "SELECT rootpage FROM sqlite_schema WHERE name = 'incidents'").Scan(&page), file.Close()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	copy(raw[(page-1)*4096:], "~~~~~~~~")
	if err := os.WriteFile(db, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, db)
	s.shows("The database is damaged. What you do now may be lost")
	s.tap("What can be done…")
	s.shows("Go on from the copy of 2026-03-02 09:30…")
}

// harm damages an index in a place that opening does not read.
func harm(t *testing.T, db string) {
	t.Helper()
	raw, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	for at := len(raw) - 4096; at > 4096; at -= 4096 {
		if raw[at] == 0x0a { // a leaf of an index
			copy(raw[at+3:], strings.Repeat("~", 5))
			break
		}
	}
	if err := os.WriteFile(db, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A second desk over one database says so, and goes on once the first is closed.
func TestOpening_onlyOnce(t *testing.T) {
	db := filepath.Join(t.TempDir(), "desk.db")
	first := start(t, db)
	second := start(t, db)
	second.shows("Backstop cannot open its database", "The desk is open already with this database")
	first.leave()
	second.tap("Try again")
	second.shows("No incidents")
}

// A data folder on a network drive is refused by the window of the start, which leaves nothing there.
func TestOpening_refusesNetwork(t *testing.T) {
	share := t.TempDir()
	s := newStart(t, filepath.Join(t.TempDir(), "local.db"))
	s.Opening = newOpening(t.Context(), Options{DB: filepath.Join(share, "desk", "desk.db"), Drive: func(string) string { return "SMB" }})
	s.begin()
	s.shows("Backstop cannot open its database", "is on a network share (SMB), where a database cannot be kept safely; choose a folder on a local disk with --db", "Quit")
	if left, err := os.ReadDir(share); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
