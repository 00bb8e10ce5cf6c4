//go:build !headless

package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backstop/ui"
)

// views are the pages whose first painting is measured, with the words that are there once they show what they read.
var views = []struct{ page, shows string }{
	{"Incidents", "Policy-"}, {"Executions", "Policy-"}, {"Panel", "Policy-"}, {"Figures", "Each number opens"}, {"Risks", "Policy-"}, {"Routines", "Policy-"},
}

// viewWindows are the windows whose first painting is measured: those that Enter opens on a page, after the key that goes to a row or to
// a day with a run, and the hand-over's of the menu.
var viewWindows = []struct {
	page  string
	goTo  fyne.KeyName
	menu  string
	name  string
	shows string
}{
	{"Executions", fyne.KeyHome, "", "execution", "Last runs"},
	{"Panel", fyne.KeyLeft, "", "day", "NetBackup"},
	{"Risks", fyne.KeyHome, "", "risk", "Rule: "},
	{"", "", "Hand over…", "hand-over", "Open by owner"},
}

// BenchmarkFirstPaint opens each page of the main window, and each window that is opened from them, over a year of a hundred thousand
// and of a million executions and paints it by the processor, up to the first screen; what follows behind it is not waited for. growth
// is how many times as long it takes at ten times the size.
func BenchmarkFirstPaint(b *testing.B) {
	small := map[string]float64{}
	for _, n := range []int{100_000, 1_000_000} {
		d := filledDesk(b, n)
		measure := func(name string, ready func(*viewed), paint func(*viewed)) {
			b.Run(fmt.Sprintf("%s/executions=%d", name, n), func(b *testing.B) {
				b.StopTimer()
				for range b.N {
					w := openViews(b, d)
					ready(w)
					b.StartTimer()
					paint(w)
					b.StopTimer()
					w.ui.Stop()
				}
				took := float64(b.Elapsed()) / float64(b.N)
				if before, ok := small[name]; ok {
					b.ReportMetric(took/before, "growth")
				} else {
					small[name] = took
				}
			})
		}
		for _, v := range views {
			measure(v.page, func(*viewed) {}, func(w *viewed) { w.paint(v.page, v.shows) })
		}
		for _, o := range viewWindows {
			measure("window "+o.name, func(w *viewed) { w.turn(o.page) }, func(w *viewed) { w.open(o.goTo, o.menu, o.name, o.shows) })
		}
	}
}

// viewed is the main window over a desk, whose work is done one by one, as it was asked for.
type viewed struct {
	b    *testing.B
	ui   *ui.UI
	work []func()
}

func openViews(b *testing.B, a *App) *viewed {
	b.Helper()
	v := &viewed{b: b}
	v.ui = ui.New(ui.Parts{
		App: test.NewTempApp(b), Desk: a.Desk, Actor: ines, Zone: time.UTC, Now: yearEnd, Work: func(f func()) { v.work = append(v.work, f) }, After: func(time.Duration, func()) {},
	})
	v.ui.Main().Resize(fyne.NewSize(1280, 800))
	return v
}

// paint brings a page up, does what it asks for until it shows it, and paints the window.
func (v *viewed) paint(page, shows string) {
	v.b.Helper()
	content := v.ui.Main().Content()
	if page == "Incidents" || page == "Risks" || page == "Routines" {
		v.ui.Show() // these ask as the program starts
	}
	turn := slices.IndexFunc(inside(content), func(o fyne.CanvasObject) bool { return strings.HasPrefix(saidBy(o), page) && isTappable(o) })
	if turn < 0 {
		v.b.Fatalf("there is no page %s", page)
	}
	test.Tap(inside(content)[turn].(fyne.Tappable))
	for !strings.Contains(saidBy(content), shows) {
		if len(v.work) == 0 {
			v.b.Fatalf("%s never shows %q", page, shows)
		}
		f := v.work[0]
		v.work = v.work[1:]
		f()
	}
	v.ui.Main().Canvas().Capture()
}

// turn brings a page up and does all of its work.
func (v *viewed) turn(page string) {
	v.b.Helper()
	for _, p := range views {
		if p.page == page {
			v.paint(p.page, p.shows)
		}
	}
	v.settle()
}

func (v *viewed) settle() {
	for len(v.work) > 0 {
		f := v.work[0]
		v.work = v.work[1:]
		f()
	}
}

// open opens a window by keys, or from the menu, and paints it once it shows what it is about.
func (v *viewed) open(goTo fyne.KeyName, menu, window, shows string) {
	v.b.Helper()
	if focused := v.ui.Main().Canvas().Focused(); goTo != "" {
		focused.TypedKey(&fyne.KeyEvent{Name: goTo})
		focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	for _, m := range v.ui.Main().MainMenu().Items {
		for _, i := range m.Items {
			if i.Label == menu {
				i.Action()
			}
		}
	}
	var w fyne.Window
	for _, other := range fyne.CurrentApp().Driver().AllWindows() {
		if other != v.ui.Main() && other.Title() != "" { // the toolkit has one of its own
			w = other
		}
	}
	if w == nil {
		v.b.Fatalf("no window of %s opens", window)
	}
	for !strings.Contains(saidBy(w.Content()), shows) {
		if len(v.work) == 0 {
			v.b.Fatalf("the window of %s never shows %q; there is: %s", window, shows, saidBy(w.Content()))
		}
		f := v.work[0]
		v.work = v.work[1:]
		f()
	}
	w.Canvas().Capture()
}

func isTappable(o fyne.CanvasObject) bool {
	_, ok := o.(fyne.Tappable)
	return ok
}

// yearEnd is when the filled year is over.
func yearEnd() time.Time { return time.UnixMilli(1740787200000).Add(365 * 24 * time.Hour).UTC() }

// filledDesk is a desk with a year of n executions of 2,000 routines, one in fifty failed, an incident for half of those, all but the
// newest 300 closed, and 500 risks; straight in SQL.
func filledDesk(b *testing.B, n int) *App {
	b.Helper()
	path := filepath.Join(b.TempDir(), "x.db")
	a, err := New(b.Context(), Options{DB: path, Now: yearEnd})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Stop() })
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	const rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
	for _, q := range []struct {
		text string
		n    int
	}{
		{"INSERT INTO sources (name) SELECT 'bench' WHERE ?1 > 0", 1},
		{"INSERT INTO files (source, path, sha256, size, modified, status, imported, importer) SELECT 1, 'x', x'00', 1, 1, 'imported', 1, 'x' WHERE ?1 > 0", 1},
		{rows + "INSERT INTO routines (tool, name, client, schedule, source) SELECT CASE i % 4 WHEN 0 THEN 'NetBackup' WHEN 1 THEN 'Veeam' WHEN 2 THEN 'restic' ELSE 'Bacula' END, 'Policy-' || (i % 400), 'client' || (i % 1000) || '.example.org', '', 1 FROM n", 2000},
		{rows + `INSERT INTO executions (key, routine, source, file, record, line, instance, session, parent, kind, vital, level, outcome, native_status, code, error, start, end, at,
			start_text, end_text, absolute, from_file, time_note, bytes, files, tries, first_outcome, retry, will_retry, evidence, exported, format)
			SELECT randomblob(16), 1 + i % 2000, 1, 1, i, i, 'primary', CAST(i AS TEXT), '', 1, 0, 'Full', CASE i % 50 WHEN 7 THEN 4 ELSE 2 END, '', '', CASE i % 50 WHEN 7 THEN 'cannot connect' ELSE '' END,
			t, t + 3600000, t, '', '', 1, 0, '', i * 7919 % 1000003 * 100000, i % 99999, 0, 0, 0, 0, 2, 1, 'netbackup_bpdbjobs' FROM (SELECT i, 1740787200000 + CAST(i * (365.0 * 86400000 / ?1) AS INTEGER) - 1 AS t FROM n)`, n},
		{rows + `INSERT INTO incidents (title, opened_as, cause, vital, opened, failed, source, kind, tool, policy, client, failure, code, session, state, assignee, team, closing,
			category, description, solution, evidence_changed, merge_id, before_merge, changed, execution, routine, closed)
			SELECT r.name || ' failed', '', 1, 0, e.at, e.at, 1, 1, r.tool, r.name, r.client, e.error, '', e.session, CASE WHEN i > ?1 - 300 THEN 1 ELSE 4 END, '', '', CASE WHEN i > ?1 - 300 THEN 0 ELSE 3 END,
			'', '', '', 0, 0, '', 0, e.id, e.routine, CASE WHEN i > ?1 - 300 THEN NULL ELSE e.at + 7200000 END FROM n JOIN executions e ON e.id = i * 100 - 43 JOIN routines r ON r.id = e.routine`, n / 100},
		{rows + `INSERT INTO risks (kind, key, mark, routine, source, tool, policy, client, level, company, category, found, since, usual, value, state, assignee, solution)
			SELECT 1, 'k' || i, i, i, 1, 'Veeam', 'Policy-' || i, 'client' || i, 'full', '', '', 1772323200000, 1772323200000, 100, 300, 1, '', '' FROM n`, 500},
		{"UPDATE routines SET runs = ?1 / 2000, outcome = 2, kind = 1, first = 1740787200000, last = 1772323199999", n},
	} {
		if _, err := db.Exec(q.text, q.n); err != nil {
			b.Fatal(err)
		}
	}
	return a
}
