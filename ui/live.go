package ui

import (
	"sync"
	"time"

	"backstop/app/desk"
)

// gather is how long events are collected before the windows reload: an import of many files is one reload, not many.
const gather = 200 * time.Millisecond

// live gathers what the desk says and has each open window reload. Windows never poll and never trust an event's payload.
type live struct {
	mu      sync.Mutex
	pending desk.Event
	armed   bool
	after   func(time.Duration, func()) // time.AfterFunc, or a test's
	reload  func(desk.Event)            // on the goroutine of the windows
}

func (l *live) hear(e desk.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending.Incidents = l.pending.Incidents || e.Incidents
	l.pending.Sources = l.pending.Sources || e.Sources
	l.pending.Settings = l.pending.Settings || e.Settings
	l.pending.Risks = l.pending.Risks || e.Risks
	l.pending.Clock = l.pending.Clock || e.Clock
	l.pending.Users = l.pending.Users || e.Users
	l.pending.Routines = l.pending.Routines || e.Routines
	l.pending.Copies = l.pending.Copies || e.Copies
	l.pending.Damage = l.pending.Damage || e.Damage
	l.pending.Resumed += e.Resumed
	l.pending.Opened += e.Opened
	if !l.armed {
		l.armed = true
		l.after(gather, l.fire)
	}
}

func (l *live) fire() {
	l.mu.Lock()
	e := l.pending
	l.pending, l.armed = desk.Event{}, false
	l.mu.Unlock()
	tell(func() { l.reload(e) })
}
