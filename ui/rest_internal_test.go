package ui

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// The loop rests after three quiet seconds, on and on while nothing comes; an event gives it three lively ones.
func TestRest_whileNothingComes(t *testing.T) {
	test.NewTempApp(t)
	t.Cleanup(func() { theRests.Store(nil) })
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		began, woken := time.Now(), 0
		var rests []time.Duration
		Rest(ctx, func(most time.Duration) {
			rests = append(rests, time.Since(began))
			if len(rests) != 3 { // the third time an event comes at once
				<-time.After(most)
			}
		}, func() { woken++ })
		<-time.After(9900 * time.Millisecond)
		tell(func() {})
		stop()
		<-time.After(restMost) // a rest that had begun ends by itself
		synctest.Wait()
		want := []time.Duration{3 * time.Second, 4 * time.Second, 5 * time.Second, 8 * time.Second, 9 * time.Second}
		if !slices.Equal(rests[:min(len(rests), len(want))], want) {
			t.Errorf("rests at %v, want %v", rests, want)
		}
		if woken != 1 {
			t.Errorf("woken %d times", woken)
		}
	})
}

// A caret blinks for ten seconds after the last key, and stands until the next one.
func TestCaret_standsWhenNobodyTypes(t *testing.T) {
	app := test.NewTempApp(t)
	t.Cleanup(func() { theRests.Store(nil) })
	synctest.Test(t, func(t *testing.T) {
		theRests.Store(&rests{up: func() {}})
		var stands atomic.Bool // when the toolkit asked last
		fyne.SetCurrentApp(calmApp{app, func() bool { stands.Store(caretStands); return caretStands }})
		f := newField("", "")
		test.NewTempWindow(t, f).Canvas().Focus(f)
		<-time.After(8 * time.Second)
		test.Type(f, "x")
		<-time.After(9 * time.Second)
		synctest.Wait()
		if stands.Load() {
			t.Error("it stands while somebody types")
		}
		<-time.After(2 * time.Second)
		synctest.Wait()
		if !stands.Load() {
			t.Error("it blinks on")
		}
		test.Type(f, "y")
		if stands.Load() || f.Text != "xy" {
			t.Errorf("it stands: %v, in %q", stands.Load(), f.Text)
		}
		f.FocusLost()
	})
}
