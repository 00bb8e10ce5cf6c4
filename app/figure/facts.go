package figure

import (
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
)

// Facts are what the figures of one period are counted from.
type Facts struct {
	Cases    []Case            // every incident that was open at some time of the period
	Runs     []Run             // every run that began in it
	Routines map[int64]Routine // of the runs
	Copies   []Copy            // one a client, as things stood at the end
}

// Case is an incident as far as figures look at it, as the desk knows it now. A period may have very many: each is small, and what
// comes again and again is there once and pointed at.
type Case struct {
	ID        int64
	Opened    Instant
	Closed    Instant // none while it is open
	Acted     Instant // when a person first did something about it; none for never
	Due       Instant // of a run that did not start
	Execution int64
	Into      int64 // the incident that it was merged into
	Category  string
	Proposed  string // category that its failure proposes, while it has none
	*Hold            // nil for one that is not on hold
	*Routine         // what it is about; never nil
	Cause     incident.Cause
	State     incident.State
	Closing   incident.Closing
}

// Hold is what an incident waits for.
type Hold struct {
	Team  string
	Until Instant
}

// Instant is a time in UTC milliseconds; 0 is none.
type Instant int64

// At is the instant of a time.
func At(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMilli())
}

// Time is the time of an instant; the zero one for none.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(i)).UTC()
}

// Sub is how much later an instant is than another.
func (i Instant) Sub(o Instant) time.Duration { return time.Duration(i-o) * time.Millisecond }

// Run is one scheduled execution with its tries. One that the desk missed has no execution but an incident.
type Run struct {
	At       int64 // when it began, else ended, or was due: UTC milliseconds
	ID       int64 // of the execution that was its first try; 0 for one that the desk missed
	Last     int64 // of the execution that was its last try so far
	Incident int64 // of a missed one without an execution
	Routine  int64
	First    backup.Outcome // of its first try
	End      backup.Outcome // of its last try so far
}

// Over tells whether the run counts: one whose first try is still at work does not.
func (r Run) Over() bool { return r.First.Final() }

// Routine names what runs.
type Routine struct {
	Tool, Policy, Client string

	Host string // the one name of the client, where people confirmed that it has others: they count for it; else its own, or ""
}

// Copy is the last good copy of a client.
type Copy struct {
	Client    string    // the one name of its host
	At        time.Time // when the run that made it ended, else began; zero for none
	Execution int64
	Since     time.Time // when the client was first heard of
}

// Age is how old the last good copy is; of a client that has none, how long it has been known.
func (c Copy) Age(at time.Time) time.Duration {
	if c.At.IsZero() {
		return at.Sub(c.Since)
	}
	return at.Sub(c.At)
}
