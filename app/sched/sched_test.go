package sched

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"
)

func TestAdd_runsOnTheClock(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	s, err := New(log, gocron.WithClock(clock))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Shutdown() })
	ran := make(chan string, 9) // room for all: a job stuck on its channel stalls Shutdown
	for _, j := range []Job{
		{"sweep", Heartbeat, func(context.Context) error { ran <- "sweep"; return nil }},
		{"broken", Heartbeat, func(context.Context) error { return errors.New("said to the log") }},
		{"worse", Heartbeat, func(context.Context) error { panic("said to the log too") }},
	} {
		if err := Add(t.Context(), s, log, j); err != nil {
			t.Fatal(err)
		}
	}
	s.Start()
	for range 2 { // again, although the others failed
		clock.BlockUntilContext(t.Context(), 3) // the timers are armed
		clock.Advance(Heartbeat + time.Second)  // past the due time: exactly on it, a job can fire over and over
		if got := <-ran; got != "sweep" {
			t.Fatalf("ran %q", got)
		}
	}
}
