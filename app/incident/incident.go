// Package incident holds the rules of an incident's life: opening, states, hold, merge, close, reprocess. Rules are pure: they
// take values and a time, and return a Change. Nothing else can change an incident.
//
// What a person may do in each state, and the state it leads to (= stays as it is):
//
//	             New          In Progress  On Hold      Closed       Merged
//	rename       =            =            =            -            -
//	progress     In Progress  In Progress  In Progress  -            -
//	hold         On Hold      On Hold      On Hold      -            -
//	note         =            =            =            =            -
//	assign       =            =            =            -            -
//	close        Closed       Closed       Closed       -            -
//	merge        Merged       Merged       Merged       -            -
//	unmerge      -            -            -            -            as before
//	reopen       -            -            -            In Progress  -
//	see          -            -            -            =            -
//	undo         as before    as before    as before    =            -
//
// By itself only a hold that came due leads on: to In Progress. A merged incident has no life of its own: it follows its
// destination, which is passed to the rules with its children and whose own state a merge leaves alone.
package incident

import (
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// ID numbers incidents from 1.
type ID int64

// State is where an incident stands in its life.
type State uint8

// The five states of DESIGN.md 5.
const (
	New State = iota + 1
	InProgress
	OnHold
	Closed
	Merged
)

// Closing is the closing status.
type Closing uint8

// The closing statuses. ClosedMissed reads "Missed (lost)", never the word of the cause.
const (
	NotClosed     Closing = iota
	ClosedSuccess         // false alarm: the backup position is valid
	ClosedMissed          // could not be made good in its window: the position is lost
	Reprocessed           // made good by linked sessions
)

// Cause is what opened an incident; it has exactly one.
type Cause uint8

// The causes of DESIGN.md 10. CauseMissed reads "did not start".
const (
	CauseFailed Cause = iota + 1
	CausePartial
	CauseMissed
	CauseCancelled
	CauseStalled
	CauseSilent
)

// ExecutionID numbers executions in the store.
type ExecutionID int64

// Incident is a case that a person follows.
type Incident struct {
	ID     ID
	Title  string
	Cause  Cause
	Vital  bool
	Opened time.Time

	Execution ExecutionID // that opened it; 0 for a missed run without one and for a silent source
	Routine   int64       // 0 for a silent source
	Source    int64
	Due       time.Time // of a missed run; else zero
	Failed    time.Time // start of the failed run, else its end, else its due time: what a reprocessing session is measured against
	Kind      backup.Kind
	Tool      string
	Policy    string // the routine's name
	Client    string
	OpenedAs  string // the title it was opened with
	Code      string // the tool's code it was opened with
	Session   string // the tool's id of the run that opened it
	Failure   string // the failure text it was opened with; never replaced

	State    State
	Assignee string
	Team     string    // external team that must act, while on hold
	Until    time.Time // end of the hold

	Closing     Closing
	Category    string
	Description string
	Solution    string
	ClosedAt    time.Time
	Links       []Link // its reprocessing sessions
	Proposed    []Link // kept from before a reopening

	Newest          int64 // sequence number of its newest timeline entry
	EvidenceChanged bool  // closed, and later evidence contradicts it

	Into    ID         // the destination it was merged into; 0 for none
	MergeID int64      // of the merge that brought it there
	Before  *Before    // what unmerging restores
	Merged  []Incident // its children, when it is a destination; one level deep
}

// Before is what an incident was when it was merged: one that a merge brought along with its destination was Merged then.
type Before struct {
	State    State
	Assignee string
	Team     string
	Until    time.Time
	Links    []Link
	Into     ID // its former destination, when the merge brought it along with that one
	MergeID  int64
	Earlier  *Before // of a child that was brought along: what it was when it was merged into that former destination
}

// Link ties an incident to a session that made it good.
type Link struct {
	Session ExecutionID
	Note    string // asked for when the session is partial
}

// Change is an incident as a rule leaves it, with the entries that say why. It is the only thing a store can save. It saves the
// incident alone: a rule that changes children returns a Change for each.
type Change struct {
	Incident Incident
	Entries  []timeline.Entry // Seq is given by the store, Judged by the desk
}

// ErrNotAllowed is wrapped by every refusal of a rule; the words before it say why, for people.
var ErrNotAllowed = say.Error("not allowed")
