package desk

import "sync"

// zones are the time zones that this machine was in. What is read and shown is in the first of them until the program is started again.
type zones struct {
	mu         sync.Mutex
	first, now string
}

// NoticeZone is told the name of the machine's time zone over and over; the first time is that of the start.
func (d *Desk) NoticeZone(name string) {
	d.zones.mu.Lock()
	before := d.zones.now
	if d.zones.now = name; d.zones.first == "" {
		d.zones.first, before = name, name
	}
	d.zones.mu.Unlock()
	if name != before {
		d.publish(Event{Clock: true})
	}
}

// MovedZone is the time zone that the machine is in now, when that is another than at the start; else "".
func (d *Desk) MovedZone() string {
	d.zones.mu.Lock()
	defer d.zones.mu.Unlock()
	if d.zones.now == d.zones.first {
		return ""
	}
	return d.zones.now
}
