package desk

import (
	"context"
	"sync"
)

// Event tells that something was committed. Listeners ask again; they never trust a payload.
type Event struct {
	Incidents bool
	Sources   bool
	Folders   bool // a source was added, changed or removed
	Settings  bool
	Risks     bool
	Routines  bool // a routine's settings or expectation
	Users     bool // who may sign in, and what they may do and see
	Clock     bool // the clock's question was asked or answered
	Copies    bool // a copy was made, or could not be
	Damage    bool // the database was found damaged
	Forgotten bool // it was said, or put off, what becomes of files that a restore forgot
	Resumed   int  // holds that ran out
	Opened    int  // incidents that opened by themselves, without anybody importing
}

type events struct {
	mu        sync.Mutex
	listeners map[int]func(Event)
	next      int
}

// Listen calls f after each commit, from any goroutine; f must return at once. The result ends it.
func (d *Desk) Listen(f func(Event)) (stop func()) {
	d.events.mu.Lock()
	defer d.events.mu.Unlock()
	if d.events.listeners == nil {
		d.events.listeners = map[int]func(Event){}
	}
	id := d.events.next
	d.events.next++
	d.events.listeners[id] = f
	return func() {
		d.events.mu.Lock()
		defer d.events.mu.Unlock()
		delete(d.events.listeners, id)
	}
}

func (d *Desk) publish(e Event) {
	d.events.mu.Lock()
	fs := make([]func(Event), 0, len(d.events.listeners))
	for _, f := range d.events.listeners {
		fs = append(fs, f)
	}
	d.events.mu.Unlock()
	for _, f := range fs {
		f(e)
	}
}

// NoticeOthers tells the listeners when another program, such as an import on the command line, has written beside the desk.
// Nobody knows what it wrote, so everything that is shown is asked for again.
func (d *Desk) NoticeOthers(ctx context.Context, actor Actor) error {
	if _, err := d.may(ctx, actor, ToSweep); err != nil {
		return err
	}
	changed, err := d.store.ChangedOutside(ctx)
	if changed {
		d.publish(Event{Incidents: true, Sources: true, Folders: true, Settings: true, Risks: true, Routines: true, Users: true})
	}
	return err
}
