package ui

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// The toolkit looks for events sixty times a second, also when nobody is there; that alone took more than a hundredth of a processor. So
// once nothing came for a while its loop is made to wait for the next event.

const (
	restAfter = 3 * time.Second // without an event
	restMost  = time.Second     // before it looks round once: the toolkit knows of nothing else that would wake it
)

// rests are those of the loop. Only a loop that rests is woken: the toolkit fails at waking one that has ended.
type rests struct {
	wait func(time.Duration)
	up   func()

	mu      sync.Mutex
	resting bool
	due     bool // something is to be shown that came too late to keep from this rest
}

// theRests are nil where there are none.
var theRests atomic.Pointer[rests]

// Rest lets the toolkit's loop rest until the context ends. Wait waits for the next event, or as long as it is told, and handles it; up
// makes it return from any goroutine.
func Rest(ctx context.Context, wait func(time.Duration), up func()) {
	r := &rests{wait: wait, up: up}
	theRests.Store(r)
	go func() {
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-time.After(restAfter):
				for ctx.Err() == nil && r.once(ctx) {
				}
			}
		}
	}()
}

// wake has the windows show what they were handed.
func wake() {
	if r := theRests.Load(); r != nil {
		r.wake()
	}
}

func (r *rests) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.due = true
	if r.resting {
		r.up()
	}
}

// begin tells whether the loop may rest; end ends what began.
func (r *rests) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resting, r.due = !r.due, false
	return r.resting
}

func (r *rests) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resting, r.due = false, false
}

// once has the loop rest once, and tells whether nothing came meanwhile.
func (r *rests) once(ctx context.Context) bool {
	took := make(chan time.Duration, 1)
	onWindows(func() {
		began := time.Now()
		if r.begin() {
			r.wait(restMost)
			r.end()
		}
		took <- time.Since(began)
	})
	select {
	case <-ctx.Done(): // the toolkit forgets what is queued when it ends
		return false
	case t := <-took:
		return t >= restMost*9/10
	}
}
