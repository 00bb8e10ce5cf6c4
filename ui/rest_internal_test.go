package ui

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

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
		<-time.After(6900 * time.Millisecond)
		tell(func() {})
		stop()
		<-time.After(restMost) // a rest that had begun ends by itself
		synctest.Wait()
		want := []time.Duration{3 * time.Second, 3250 * time.Millisecond, 3500 * time.Millisecond, 6500 * time.Millisecond, 6750 * time.Millisecond}
		if !slices.Equal(rests[:min(len(rests), len(want))], want) {
			t.Errorf("rests at %v, want %v", rests, want)
		}
		if woken != 1 {
			t.Errorf("woken %d times", woken)
		}
	})
}
