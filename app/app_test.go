package main

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"backstop/app/desk"
	"backstop/app/timeline"
)

type detail = timeline.Detail

var rosa = desk.Actor{Name: "rosa"}

// app opens the shell's database as a desk does.
func (s *shell) app() *App {
	s.t.Helper()
	a, err := New(s.t.Context(), Options{DB: s.db})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if err := a.Stop(); err != nil {
			s.t.Error(err)
		}
	})
	return a
}

// opening is the start of a desk over the shell's database.
func (s *shell) opening() *Opening {
	s.t.Helper()
	p := newOpening(context.Background(), Options{DB: s.db, Now: s.now})
	s.t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			s.t.Error(err)
		}
	})
	return p
}

func entries(t *testing.T, a *App) []timeline.Entry {
	t.Helper()
	entries, err := a.Desk.Timeline(t.Context(), rosa, desk.TimelineQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func openIncidents(t *testing.T, a *App) int {
	t.Helper()
	figures, err := a.Desk.Figures(t.Context(), rosa)
	if err != nil {
		t.Fatal(err)
	}
	return figures.Open
}

// Two programs on two folders know nothing of each other.
func TestApp_twoSideBySide(t *testing.T) {
	one, two := newShell(t).aNight(), newShell(t)
	a, b := one.app(), two.app()
	for _, x := range []*App{a, b} {
		if err := x.Watch(); err != nil {
			t.Fatal(err)
		}
	}
	// the run that was at work that night is stalled by now
	if n, m := openIncidents(t, a), openIncidents(t, b); n != 2 || m != 0 {
		t.Errorf("%d incidents are open in the first, %d in the second", n, m)
	}
	if n := len(entries(t, b)); n != 0 {
		t.Errorf("the second has %d entries", n)
	}
}

// One database has one desk. Commands work beside it, and the desk sees what they did.
func TestApp_oneDeskAndCommandsBesideIt(t *testing.T) {
	s := newShell(t)
	first := s.opening()
	if err := first.Open(); err != nil {
		t.Fatal(err)
	}
	if err := s.opening().Open(); !errors.Is(err, errSecond) {
		t.Errorf("a second desk: %v", err)
	}
	s.aNight()
	if n := openIncidents(t, first.app); n != 1 {
		t.Errorf("the desk sees %d incidents", n)
	}
}

// Imports of several commands at once wait for each other; what two of them bring is brought once.
func TestApp_commandsAtOnce(t *testing.T) {
	s := newShell(t)
	for _, id := range []string{"1", "2", "3", "4"} {
		s.write(id+".txt", jobRow("100"+id, "58", "", "", "0"+id+":00:00", ""), jobRow("2000", "58", "", "", "09:00:00", ""))
	}
	var group sync.WaitGroup
	for _, id := range []string{"1", "2", "3", "4", "4"} {
		group.Go(func() {
			if _, err, status := s.run("import", filepath.Join(s.folder, id+".txt")); status != 0 {
				t.Errorf("status %d: %s", status, err)
			}
		})
	}
	group.Wait()
	if out, _, _ := s.run("executions", "--json"); len(sessions(t, out)) != 5 {
		t.Errorf("executions:\n%s", out)
	}
	if n := openIncidents(t, s.app()); n != 5 {
		t.Errorf("%d incidents", n)
	}
}

// What New opened is closed again when it fails, so that the next attempt finds nothing locked.
func TestApp_closesWhatItOpenedOnAnError(t *testing.T) {
	s := newShell(t)
	s.write("desk.db.files", "a file in the place of the folder")
	if _, err := New(t.Context(), Options{DB: s.db}); err == nil {
		t.Fatal("it opened")
	}
	s.db = filepath.Join(s.folder, "other.db")
	s.aNight()
}

// A desk that is open shows what a command wrote beside it; what it writes itself it knows already.
func TestApp_noticesWhatACommandWrote(t *testing.T) {
	s := newShell(t)
	a := s.app()
	var heard []desk.Event
	stop := a.Desk.Listen(func(e desk.Event) { heard = append(heard, e) })
	defer stop()
	notices := func(want int) {
		t.Helper()
		heard = nil
		if err := a.Desk.NoticeOthers(t.Context(), desk.System()); err != nil {
			t.Fatal(err)
		}
		if len(heard) != want {
			t.Errorf("heard %+v", heard)
		}
	}
	notices(0)
	s.aNight()
	notices(1)
	if e := heard[0]; !e.Incidents || !e.Sources {
		t.Errorf("heard %+v", e)
	}
	notices(0)
	if err := a.Desk.AddCategory(t.Context(), rosa, "Tape robot"); err != nil {
		t.Fatal(err)
	}
	notices(0)
}
