// Package risk holds the rules of risks: what drifts, disappears or recurs although no single run tells it, and the life of what
// was found. Rules are pure: they take runs, incidents and a time, and return a Change. Nothing else can change a risk.
//
// What a person may do in each state, and the state it leads to (= stays as it is):
//
//	           New          In Progress  Closed       Ignored
//	assign     =            =            -            -
//	progress   In Progress  In Progress  -            -
//	close      Closed       Closed       -            -
//	ignore     Ignored      Ignored      -            -
//	reopen     -            -            In Progress  In Progress
//
// Everything but assigning needs a risk that is assigned to somebody.
package risk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/app/incident"
	"backstop/app/timeline"
)

// ID numbers risks from 1.
type ID int64

// Kind is the analysis that found a risk.
type Kind uint8

// The four analyses of DESIGN.md 8.
const (
	Volume     Kind = iota + 1 // a size far from the usual
	Duration                   // a duration far from the usual
	Absence                    // a client is gone from a routine, or a routine stopped or was disabled
	Recurrence                 // the same failure again and again
)

// Kinds are all of them, in the order in which people are shown them.
var Kinds = []Kind{Volume, Duration, Absence, Recurrence}

// State is where a risk stands in its life.
type State uint8

// The four states; a risk is resolved in the last two.
const (
	New State = iota + 1
	InProgress
	Closed  // with a solution
	Ignored // normal behaviour of the environment
)

// Resolved tells whether nobody must act any more.
func (s State) Resolved() bool { return s == Closed || s == Ignored }

// About is what a risk is about. No two open ones are about the same.
type About struct {
	Kind     Kind
	Routine  int64 // 0 for an absence, which is about a client's routines in a policy, or about the whole policy
	Tool     string
	Policy   string // the routine's name
	Client   string // "" where a whole policy stopped
	Level    string // of Volume and Duration: runs of different levels are never compared
	Company  string
	Category string // of Recurrence
}

// Key is the same for all risks about the same. Case does not tell names apart.
func (a About) Key() string {
	parts := []string{a.Kind.String()}
	switch a.Kind {
	case Volume, Duration:
		parts = append(parts, fmt.Sprint(a.Routine), a.Level)
	case Absence:
		parts = append(parts, a.Tool, a.Policy, a.Client)
	case Recurrence:
		parts = append(parts, fmt.Sprint(a.Routine), a.Company, a.Category)
	}
	return strings.ToLower(strings.Join(parts, "\x1f"))
}

// Role is what a run proves.
type Role uint8

// The roles. Elsewhere is a run of another client or policy, which shows that the absent one was not just unheard of.
const (
	Compared Role = iota + 1
	Off
	Elsewhere
)

// Run is an execution as evidence.
type Run struct {
	ID    incident.ExecutionID
	At    time.Time
	Value int64 // bytes or milliseconds; of an absence 0
	Role  Role
}

// Risk is what was found and what became of it.
type Risk struct {
	ID ID
	About
	Source int64
	Mark   int64     // the execution or incident by which it was found; none finds two risks about the same
	Found  time.Time // as judged
	Since  time.Time // the first run that is off, the last run of what is gone, the first of the incidents

	Usual, Value int64         // of the newest run that is off: bytes or milliseconds; of a recurrence Value counts incidents, of an absence it tells its kind
	Runs         []Run         // the evidence, oldest first
	Incidents    []incident.ID // the evidence of a recurrence

	State    State
	Assignee string
	Solution string // of a closed one; of an ignored one why it is normal
	Resolved time.Time

	Newest int64 // sequence number of its newest timeline entry
}

// Change is a risk as a rule leaves it, with the entries that say why. It is the only thing a store can save.
type Change struct {
	Risk    Risk
	Entries []timeline.Entry // Seq is given by the store, Judged by the desk
}

// isOff are its runs that are off.
func (r Risk) isOff(id incident.ExecutionID) bool {
	return slices.ContainsFunc(r.Runs, func(run Run) bool { return run.ID == id && run.Role == Off })
}
