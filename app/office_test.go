//go:build !headless

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/people"
	"backstop/app/timeline"
	"backstop/ui"
)

// office is the real desk over a real database with its windows, on a clock that the test moves. Stories press what bears the words
// that a person reads, and look into the database afterwards.
type office struct {
	t     *testing.T
	desk  *desk.Desk
	app   fyne.App
	ui    *ui.UI
	drop  func(fyne.Position, []fyne.URI) // what the main window does with a drop
	now   time.Time
	mu    sync.Mutex
	work  []func()
	later []timer
	at    fyne.Window // that is looked at

	program *App
	on      *machine // that it runs on; nil offers nothing
}

type timer struct {
	wait time.Duration
	run  func()
}

// The night brought one job that could not reach its client, which is incident 1, and one that skipped files, which is incident 2.
func night() string {
	return job("700101", "58", "LEDGER-FULL", "ledger-02.meadow.example", "1772323200", "1772323800") +
		job("700102", "1", "HOMES-DIFF", "homes-01.meadow.example", "1772326800", "1772327700") +
		job("700103", "0", "HOMES-DIFF", "homes-01.meadow.example", "1772413200", "1772414100")
}

// newOffice has the night behind it.
func newOffice(t *testing.T) *office {
	t.Helper()
	o := emptyOffice(t)
	o.imports(night())
	o.enter()
	return o
}

// emptyOffice has a desk that nothing was imported into, and no windows yet.
func emptyOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, now: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)}
	a, err := New(t.Context(), Options{DB: filepath.Join(t.TempDir(), "desk.db"), Now: func() time.Time { return o.now }, Cost: people.Cost{Passes: 1, Memory: 8, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Stop() })
	o.desk, o.program = a.Desk, a
	return o
}

// enter opens the windows, as at the start of the program.
func (o *office) enter() {
	o.t.Helper()
	o.app = test.NewTempApp(o.t)
	o.app.Preferences().SetString("language", language())
	app, system := o.on.around(dropApp{o.app, &o.drop})
	o.ui = ui.New(ui.Parts{
		App: app, Desk: o.desk, Actor: ines, Zone: time.UTC, Now: func() time.Time { return o.now }, Samples: o.samples, System: system,
		Work: o.waits, After: o.waitsFor,
	})
	o.t.Cleanup(o.ui.Stop)
	o.ui.Show()
	o.ui.Main().Resize(fyne.NewSize(1280, 800))
	o.look(o.ui.Main())
}

// imports reads an export.
func (o *office) imports(export string) {
	o.t.Helper()
	path := filepath.Join(o.t.TempDir(), "jobs.txt")
	if err := os.WriteFile(path, []byte(export), 0o600); err != nil {
		o.t.Fatal(err)
	}
	request := desk.ImportRequest{Source: desk.ByHand, Zone: "UTC", Paths: []string{path}}
	request.OpenAll = true
	if _, err := o.desk.Import(o.t.Context(), ines, request, nil); err != nil {
		o.t.Fatal(err)
	}
	o.settle()
}

// waits keeps work until the office settles; the desk's events come from goroutines of their own.
func (o *office) waits(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.work = append(o.work, f)
}

func (o *office) waitsFor(d time.Duration, f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.later = append(o.later, timer{d, f})
}

// settle does the work that waits, and what comes due within a second.
func (o *office) settle() {
	for due := o.waiting(); len(due) > 0; due = o.waiting() {
		for _, f := range due {
			f()
		}
	}
}

func (o *office) waiting() []func() {
	o.mu.Lock()
	defer o.mu.Unlock()
	due := o.work
	o.work = nil
	o.later = slices.DeleteFunc(o.later, func(l timer) bool {
		soon := l.wait <= time.Second
		if soon {
			due = append(due, l.run)
		}
		return soon
	})
	return due
}

// look turns to a window.
func (o *office) look(w fyne.Window) {
	o.t.Helper()
	o.settle()
	if w == nil {
		o.t.Fatal("there is no such window")
	}
	o.at = w
}

// open opens an incident with Enter on its row; the table has the newest first.
func (o *office) open(id string) {
	o.t.Helper()
	o.row(id)
	o.ui.Main().Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.look(o.ui.Window("incident " + id))
}

// row puts the table's cursor on one of the two incidents.
func (o *office) row(id string) {
	table := o.ui.Main().Canvas().Focused()
	table.TypedKey(&fyne.KeyEvent{Name: map[string]fyne.KeyName{"2": fyne.KeyHome, "1": fyne.KeyEnd}[id]})
}

// letter types a letter while the window itself has the keys.
func (o *office) letter(r rune) {
	o.at.Canvas().Unfocus()
	o.at.Canvas().OnTypedRune()(r)
	o.settle()
}

// tap presses what bears the words, in the open dialog or menu or else in the window.
func (o *office) tap(words string) {
	o.t.Helper()
	for _, object := range o.objects() {
		if b, ok := object.(fyne.Tappable); ok && object != o.at.Canvas().Overlays().Top() && saidBy(object) == words {
			test.TapAt(b, middle(object))
			o.settle()
			return
		}
	}
	o.t.Fatalf("nothing to tap says %q; there is: %s", words, o.text())
}

// middle is of what an object draws, which may be less than it has room for.
func middle(object fyne.CanvasObject) fyne.Position {
	size := object.Size()
	return fyne.NewPos(min(size.Width, object.MinSize().Width)/2, size.Height/2)
}

// fill writes into the fields of the open dialog, in their order.
func (o *office) fill(texts ...string) {
	o.t.Helper()
	for _, object := range o.objects() {
		field, ok := object.(interface {
			fyne.Focusable
			SetText(string)
			SelectedText() string
		})
		if ok && len(texts) > 0 {
			field.SetText(texts[0])
			texts = texts[1:]
		}
	}
	if len(texts) > 0 {
		o.t.Fatalf("there is no field for %q", texts)
	}
}

// choose takes an option of whatever offers it.
func (o *office) choose(option string) {
	o.t.Helper()
	for _, object := range o.objects() {
		if s, ok := object.(interface{ SetSelected(string) }); ok {
			s.SetSelected(option)
			if saidBy(object) == option {
				return
			}
		}
	}
	o.t.Fatalf("%q is not offered", option)
}

// objects are those of the topmost dialog or menu, else of the window; none that is hidden.
func (o *office) objects() []fyne.CanvasObject {
	top := o.at.Canvas().Overlays().Top()
	if top == nil {
		top = o.at.Content()
	}
	all := inside(top)
	o.checkWords(all)
	return all
}

func inside(object fyne.CanvasObject) []fyne.CanvasObject {
	if object == nil || !object.Visible() {
		return nil
	}
	found, parts := []fyne.CanvasObject{object}, []fyne.CanvasObject(nil)
	switch o := object.(type) {
	case *fyne.Container:
		parts = o.Objects
	case *widget.RichText: // its text is read whole
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	for _, p := range parts {
		found = append(found, inside(p)...)
	}
	return found
}

// saidBy is the text that an object shows.
func saidBy(object fyne.CanvasObject) string {
	var parts []string
	for _, part := range inside(object) {
		switch p := part.(type) {
		case *canvas.Text:
			parts = append(parts, plain(p.Text))
		case *widget.RichText:
			parts = append(parts, plain(p.String()))
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " | ")
}

func (o *office) text() string {
	if top := o.at.Canvas().Overlays().Top(); top != nil {
		return saidBy(top)
	}
	return saidBy(o.at.Content())
}

// shows fails unless all the words can be read.
func (o *office) shows(words ...string) {
	o.t.Helper()
	for _, w := range words {
		if text := o.text(); !strings.Contains(text, w) {
			o.t.Fatalf("%q is not shown; there is: %s", w, text)
		}
	}
}

// dialogOpen tells whether a dialog or menu is open.
func (o *office) dialogOpen() bool { return o.at.Canvas().Overlays().Top() != nil }

// incident reads one back from the database.
func (o *office) incident(id int64) incident.Incident {
	o.t.Helper()
	d, err := o.desk.Incident(o.t.Context(), ines, id)
	if err != nil {
		o.t.Fatal(err)
	}
	return d.Incident
}

// steps fails unless these are the steps on an incident, the oldest first.
func (o *office) steps(id int64, want ...string) {
	o.t.Helper()
	entries, err := o.desk.Timeline(o.t.Context(), ines, desk.TimelineQuery{Subject: timeline.Incident, SubjectID: id})
	if err != nil {
		o.t.Fatal(err)
	}
	var got []string
	for _, e := range slices.Backward(entries) {
		got = append(got, e.Actor+" "+e.Action)
	}
	if !slices.Equal(got, want) {
		o.t.Errorf("steps on %d: %q, want %q", id, got, want)
	}
}

// said is a detail of the newest entry on an incident.
func (o *office) said(id int64, name string) string {
	o.t.Helper()
	entries, err := o.desk.Timeline(o.t.Context(), ines, desk.TimelineQuery{Subject: timeline.Incident, SubjectID: id, Limit: 1})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, d := range entries[0].Details {
		if d.Name == name {
			return d.To
		}
	}
	return ""
}
