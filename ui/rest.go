package ui

import (
	"context"
	"time"
)

// The toolkit looks for events sixty times a second, also when nobody is there; that alone took more than a hundredth of a processor. So
// once nothing came for a while its loop is made to wait for the next event.

const (
	restAfter = 3 * time.Second        // without an event
	restMost  = 250 * time.Millisecond // before it looks round once: the toolkit knows of nothing else that would wake it
)

// wake ends a rest: something is to be shown. It is set before anything runs beside the windows.
var wake = func() {}

// Rest lets the toolkit's loop rest until the context ends. Wait waits for the next event, or as long as it is told, and handles it; wakeUp
// makes it return from any goroutine.
func Rest(ctx context.Context, wait func(time.Duration), wakeUp func()) {
	wake = wakeUp
	go func() {
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-time.After(restAfter):
				for ctx.Err() == nil && rested(ctx, wait) {
				}
			}
		}
	}()
}

// rested has the loop rest once, and tells whether nothing came meanwhile.
func rested(ctx context.Context, wait func(time.Duration)) bool {
	took := make(chan time.Duration, 1)
	onWindows(func() {
		began := time.Now()
		wait(restMost)
		took <- time.Since(began)
	})
	select {
	case <-ctx.Done(): // the toolkit forgets what is queued when it ends
		return false
	case t := <-took:
		return t >= restMost*9/10
	}
}
