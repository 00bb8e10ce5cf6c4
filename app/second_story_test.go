//go:build !headless

package main

import (
	"context"
	"os"
	"testing"
)

// A second start over the same database brings the first one's window up, also out of the tray, and leaves nothing behind; another
// database is another desk.
func TestSecond_raisesTheFirst(t *testing.T) {
	first := newStart(t, aPast(t))
	m := &machine{}
	first.on = m
	calls := make(chan func(), 1)
	first.called = func(shown func()) { calls <- shown }
	first.begin()
	m.main.Hide()

	second := newOpening(t.Context(), Options{DB: first.options.DB})
	answered := make(chan bool, 1)
	go func() { answered <- second.raisesFirst() }()
	first.window.ComeForward(<-calls)
	if !<-answered || m.main.state != "shown" {
		t.Errorf("the first one's window is %s", m.main.state)
	}
	if left, err := os.ReadDir(callsIn(first.folder)); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	other := newOpening(t.Context(), Options{DB: first.options.DB + "2"})
	if other.raisesFirst() {
		t.Error("another database's desk was raised")
	}
	for _, o := range []*Opening{second, other} {
		if err := o.Stop(); err != nil {
			t.Error(err)
		}
	}
}

// One that does not answer is not waited for: the second start says that it is open.
func TestSecond_isNotAnswered(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	folder := t.TempDir()
	if answered, err := callFirst(ctx, folder); err != nil || answered {
		t.Errorf("answered: %v, %v", answered, err)
	}
	if left, err := os.ReadDir(callsIn(folder)); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
