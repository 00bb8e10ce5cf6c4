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

// Case is an incident as far as figures look at it, as the desk knows it now.
type Case struct {
	ID        int64
	Cause     incident.Cause
	State     incident.State
	Closing   incident.Closing
	Category  string
	Proposed  string // category that its failure proposes, while it has none
	Opened    time.Time
	Closed    time.Time // zero while it is open
	Acted     time.Time // when a person first did something about it; zero for never
	Due       time.Time // of a run that did not start
	Execution int64
	Routine   int64
	Into      int64 // the incident that it was merged into
	Team      string
	Until     time.Time
	Tool      string
	Policy    string
	Client    string
	Host      string // as in Routine
}

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
