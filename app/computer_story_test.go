//go:build !headless

package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
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

// machine is a computer with or without a tray, which starts what wants to be started.
type machine struct {
	fyne.App
	program *App
	noTray  bool
	menu    []ui.TrayEntry
	main    *mainWindow // the first that was made
	scale   int
	startup bool
}

func (m *machine) On() (bool, error) { return m.startup, nil }
func (m *machine) Set(on bool) error { m.startup = on; return nil }

func (m *machine) NewWindow(title string) fyne.Window {
	w := m.App.NewWindow(title)
	if m.main != nil {
		return w
	}
	m.main = &mainWindow{Window: w}
	return m.main
}

// mainWindow knows whether it is seen, and what its button does: the toolkit's test driver knows neither.
type mainWindow struct {
	fyne.Window
	state string
	press func()
}

func (w *mainWindow) SetCloseIntercept(f func()) { w.press = f }
func (w *mainWindow) Show()                      { w.state = "shown"; w.Window.Show() }
func (w *mainWindow) Hide()                      { w.state = "hidden" }

// Quit closes the window, as the toolkit's app does.
func (m *machine) Quit() { m.main.state = "closed" }

// around is the toolkit's app on the machine, and what the machine offers.
func (m *machine) around(app fyne.App) (fyne.App, ui.System) {
	if m == nil {
		return app, ui.System{}
	}
	m.App, m.main = app, nil
	return m, ui.System{
		Version: "backstop 9 (0123abc)", Folder: "/srv/desk", Startup: m, Diagnose: m.program.diagnose,
		Scale: func(percent int) { m.scale = percent }, HasTray: func() bool { return !m.noTray },
		ShowTray: func(menu []ui.TrayEntry) { m.menu = menu },
	}
}

// atComputer is an office with a night behind it, at the settings of its computer.
func atComputer(t *testing.T, m *machine) *office {
	t.Helper()
	o := emptyOffice(t)
	o.imports(night())
	m.program, o.on = o.program, m
	o.enter()
	o.visit("Settings")
	o.tap("This computer")
	return o
}

func TestComputer_changesLooks(t *testing.T) {
	m := &machine{}
	o := atComputer(t, m)
	o.shows("Default: as the system.", "Default: 100 %.", "Default: on. They tell how many, never which")
	o.chooses("Colours", "dark")
	o.chooses("Size", "150 %")
	if v := look.Variant(o.app.Settings().Theme()); v != theme.VariantDark || m.scale != 150 {
		t.Errorf("variant %v, scale %d", v, m.scale)
	}
	m.scale = 0
	o.app.Settings().SetTheme(look.Held(theme.VariantLight))
	again := ui.New(ui.Parts{App: m, Desk: o.desk, Actor: ines, Zone: time.UTC, Now: time.Now, System: ui.System{Scale: func(p int) { m.scale = p }}})
	t.Cleanup(again.Stop)
	if v := look.Variant(o.app.Settings().Theme()); v != theme.VariantDark || m.scale != 150 {
		t.Errorf("at the next start: variant %v, scale %d", v, m.scale)
	}
}

// The window goes and the desk stays, once the person has seen the icon that brings it back.
func TestComputer_goesOnInTheBackground(t *testing.T) {
	m := &machine{}
	o := atComputer(t, m)
	o.tap("Go on without a window")
	o.shows("Do you see it?")
	o.tap("Cancel")
	m.main.press()
	if m.main.state != "closed" {
		t.Errorf("nobody saw the icon, and the window is %s", m.main.state)
	}
	o.tap("Go on without a window")
	o.tap("I see it")
	m.main.press()
	if m.main.state != "hidden" || m.menu == nil || m.menu[0].Label != "Open" {
		t.Fatalf("the window is %s, the tray's menu %+v", m.main.state, m.menu)
	}
	m.menu[0].Do()
	if m.main.state != "shown" {
		t.Errorf("the window is %s", m.main.state)
	}
	o.tap("Start with it")
	if !m.startup {
		t.Error("it is not started with the session")
	}
	o.tap("Start with it")
	if m.startup {
		t.Error("it is started with the session still")
	}
}

// Where the tray is gone, closing the window asks before nothing is watched any more.
func TestComputer_asksWhereTheTrayIsGone(t *testing.T) {
	m := &machine{}
	o := atComputer(t, m)
	o.tap("Go on without a window")
	o.tap("I see it")
	m.main.state, m.noTray = "shown", true
	m.main.press()
	o.shows("End Backstop?")
	o.tap("Cancel")
	if m.main.state != "shown" {
		t.Errorf("nobody agreed, and the window is %s", m.main.state)
	}
	m.main.press()
	o.tap("End Backstop")
	if m.main.state != "closed" {
		t.Errorf("the window is %s", m.main.state)
	}
}

// A session may start its programs before its tray is there: the icon is shown once it is seen, and the window where it never is.
func TestComputer_waitsForTheTray(t *testing.T) {
	m := &machine{}
	o := atComputer(t, m)
	o.tap("Go on without a window")
	o.tap("I see it")
	for _, comes := range []bool{true, false} {
		m.menu, m.noTray, m.main.state = nil, true, "hidden"
		o.ui.ShowIcon()
		m.noTray = !comes
		for range 30 {
			o.settle()
		}
		if shown := m.main.state == "shown"; shown == comes || comes != (m.menu != nil) {
			t.Errorf("the tray comes: %v; the window is %s, the tray's menu %v", comes, m.main.state, m.menu)
		}
	}
}

func TestComputer_saysThatThereIsNoTray(t *testing.T) {
	m := &machine{noTray: true}
	o := atComputer(t, m)
	o.shows("Not here: this desktop shows no tray. Closing the window ends Backstop")
	o.tap("Go on without a window")
	if o.dialogOpen() || m.menu != nil {
		t.Error("it went to a tray that is not there")
	}
}

func TestComputer_keepsQuiet(t *testing.T) {
	o := atComputer(t, &machine{})
	o.tap("Tell me")
	wait := incident.Wait{Team: "Network team", Note: "The firewall rule is being changed.", Until: o.now.Add(time.Hour)}
	if err := o.desk.Hold(t.Context(), ines, []int64{1}, wait); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(2 * time.Hour)
	test.AssertNotificationSent(t, nil, func() {
		if s, err := o.desk.Sweep(t.Context(), desk.System()); err != nil || s.Resumed != 1 {
			t.Fatal(s, err)
		}
		o.settle()
	})
}

// Files that come by themselves are told of once, by how many incidents they opened and by no name; what a person imports is not.
func TestComputer_tellsHowManyAreNew(t *testing.T) {
	o := atComputer(t, &machine{})
	folder := t.TempDir()
	for i := range 3 {
		begin := 1772409600 + 3600*i
		export := job(fmt.Sprint(700201+i), "58", "LEDGER-FULL", "ledger-02.meadow.example", fmt.Sprint(begin), fmt.Sprint(begin+60))
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprint(i, ".txt")), []byte(export), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	request := desk.ImportRequest{Source: desk.ByHand, Zone: "UTC", Paths: []string{folder}}
	if read, err := o.desk.Import(t.Context(), desk.System(), request, nil); err != nil || len(read) != 3 {
		t.Fatal(read, err)
	}
	o.settle()
	test.AssertNotificationSent(t, fyne.NewNotification("Backstop", "3 new incidents"), o.due)
	o.imports(job("700204", "58", "LEDGER-FULL", "ledger-02.meadow.example", "1772413200", "1772413800"))
	test.AssertNotificationSent(t, nil, o.due)
}

// What is handed to strangers tells of the program; it names nobody's hosts, jobs or clients.
func TestDiagnostics_nameNobody(t *testing.T) {
	m := &machine{}
	o := atComputer(t, m)
	m.program.Log.Error("a job failed", "error", "LEDGER-FULL of ledger-02.meadow.example cannot be opened")
	if err := o.desk.SaveView(t.Context(), ines, desk.View{Name: "Ledgers", Query: desk.IncidentQuery{Clients: []string{"ledger-02.meadow.example"}}}); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"ledger", "LEDGER", "Ledger", "meadow", "homes-01", "HOMES"}
	for _, names := range []bool{false, true} {
		folder := t.TempDir()
		o.tap("Diagnostics…")
		o.shows("not about your backups")
		if names {
			o.tap("Leave settings and log as they are: with names of hosts, jobs, clients and people")
		}
		o.tap("Choose a file…")
		o.fill(folder, "d")
		o.tap("Save")
		o.tap("Close")
		text := unzipped(t, filepath.Join(folder, "d.zip"))
		for _, want := range []string{"incidents 2\n", "executions 3\n", "netbackup_bpdbjobs ", "theme = system", "msg=\"a job failed\"", "backstop "} {
			if !strings.Contains(text, want) {
				t.Errorf("lacks %q:\n%s", want, text)
			}
		}
		for _, s := range secrets {
			if strings.Contains(text, s) && !names {
				t.Errorf("names %s:\n%s", s, text)
			}
		}
		if names != strings.Contains(text, "ledger-02.meadow.example") {
			t.Errorf("with names %v:\n%s", names, text)
		}
	}
}

// unzipped is all that stands in a zip.
func unzipped(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(&all, r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestAbout_tellsTheVersion(t *testing.T) {
	o := atComputer(t, &machine{})
	o.menu("Help", "About Backstop")
	o.shows("backstop 9 (0123abc)", "Everything is kept in /srv/desk")
}

// At the next start a list is narrowed as it was left; what was searched for is not looked for again.
func TestFilters_areAsTheyWereLeft(t *testing.T) {
	o := newOffice(t)
	o.tap("State: open")
	o.tap("New")
	o.press(fyne.KeyEscape)
	o.shows("filter: ")
	left := o.status()
	o.enter()
	if now := o.status(); now != left {
		t.Errorf("at the next start %q, left %q", now, left)
	}
	if again := o.status(); !strings.Contains(again, "In Progress") {
		t.Errorf("the filter was never another than at the first start: %q", again)
	}
}

// So are the order of a list, the risks and the panel.
func TestFilters_ofOtherPages(t *testing.T) {
	o := newOffice(t)
	o.sortBy("Client")
	o.sortBy("Client")
	o.visitMain("Risks")
	o.tap("Resolved too")
	o.visitMain("Panel")
	o.tap("Days")
	o.tap("14 days")
	o.press(fyne.KeyEscape)
	o.tap("Small cells")
	o.enter()
	if text := o.text(); strings.Index(text, "ledger-02") > strings.Index(text, "homes-01") {
		t.Errorf("clients do not fall from the last name: %s", text)
	}
	o.visitMain("Risks")
	o.shows("resolved too")
	o.visitMain("Panel")
	o.shows("× 14 days", "Days: 14 days", "Large cells")
}

// status is the line below the table.
func (o *office) status() string {
	for _, part := range strings.Split(o.text(), " | ") {
		if strings.Contains(part, "filter: ") {
			return part
		}
	}
	return ""
}
