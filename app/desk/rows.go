package desk

import (
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
	"backstop/app/timeline"
)

// IncidentRow is what the table and `incidents --json` show of one incident.
type IncidentRow struct {
	ID              int64
	Title           string
	OpenedAs        string // the title it was opened with
	Cause           incident.Cause
	Vital           bool
	Opened          time.Time
	Failed          time.Time // start of the failed run, else its end, else its due time
	Due             time.Time
	Kind            backup.Kind
	Tool            string
	Routine         string
	Client          string
	Session         string
	Code            string
	Failure         string
	State           incident.State
	Closing         incident.Closing
	Category        string
	ClosedAt        time.Time
	Into            int64
	Merged          int
	Assignee        string
	Team            string
	Until           time.Time
	EvidenceChanged bool
}

// ShownTitle is the title to be read, in the chosen language where nobody has renamed the incident.
func (r IncidentRow) ShownTitle() string { return incident.ShownTitle(r.Title, r.OpenedAs) }

// ShownFailure is the failure text to be read: what the tool wrote stays.
func (r IncidentRow) ShownFailure() string { return incident.ShownFailure(r.Failure) }

// IncidentQuery filters and sorts incidents. Empty fields filter nothing.
type IncidentQuery struct {
	States          []incident.State
	Closings        []incident.Closing
	Causes          []incident.Cause
	Tools           []string
	Clients         []string
	Assignee        string
	NobodyActive    bool      // assigned to somebody who was deactivated
	OpenedFrom      time.Time // inclusive
	OpenedTo        time.Time // exclusive
	FailedFrom      time.Time // inclusive
	FailedTo        time.Time // exclusive
	Text            string    // in title, routine, client, failure, session
	EvidenceChanged bool
	LostSince       time.Time // closed as Missed at or after
	Into            int64     // merged into this one
	WithoutMerged   bool      // those merged into others are left out,
	Unfolded        []int64   // but stand right behind these destinations
	ClosedFrom      time.Time // inclusive; closed since, and still
	ClosedTo        time.Time // exclusive
	OpenAt          time.Time // opened before and not closed by then
	MergedOnly      bool      // only those merged into others
	ActedOn         bool      // a person has done something about it
	Routines        []string  // policies or jobs, by name
	Companies       []string  // of their sources
	Branches        []string

	// In place of OpenedFrom, FailedFrom and LostSince: only so much of the time before the present, whenever that is asked. So a
	// saved view moves with the calendar.
	OpenedLast, FailedLast, LostLast time.Duration

	Sort  string // one of IncidentSorts; "" sorts by id
	Desc  bool
	Limit int // 0: all
}

// At is the question as it is asked at an instant: what lies so far before it has its own instant.
func (q IncidentQuery) At(now time.Time) IncidentQuery {
	for _, x := range []struct {
		last *time.Duration
		from *time.Time
	}{{&q.OpenedLast, &q.OpenedFrom}, {&q.FailedLast, &q.FailedFrom}, {&q.LostLast, &q.LostSince}} {
		if *x.last > 0 {
			*x.from, *x.last = now.Add(-*x.last), 0
		}
	}
	return q
}

// IncidentSorts are the columns that incidents can be sorted by.
var IncidentSorts = []string{"id", "opened", "title", "routine", "client", "tool", "kind", "failure", "failed", "state", "closing", "merged", "assignee", "vital"}

// OpenStates are the states of incidents that somebody must still act on.
var OpenStates = []incident.State{incident.New, incident.InProgress, incident.OnHold}

// Choices are what filters offer: what there is.
type Choices struct {
	Tools               []string
	Clients             []string
	Companies, Branches []string // of sources, and those that rules put routines in
}

// Figures are the numbers above the table; each is a filter.
type Figures struct {
	Open, New, InProgress, OnHold int
	LostThisWeek                  int
	Evidence                      int // evidence changed
	FirstTryRuns, FirstTryGood    int // of the last 24 hours
	Risks                         int // not resolved
	Questions                     int // waiting for an answer
	Rejected                      int // files, of sources that were not removed
}

// Detail is everything about one incident.
type Detail struct {
	Incident  incident.Incident
	Row       IncidentRow
	Execution *ExecutionRow // nil for a missed run without one
	Source    backup.Source // the zero source where it lies outside what is seen, as File does
	File      FileRow
	Company   string // where it belongs
	Branch    string
	Sessions  []ExecutionRow // of its links
	Children  []IncidentRow
	History   []ExecutionRow // the routine's last runs, newest first

	Explanation
	MadeGood map[int64][]int64 // execution among Sessions and History → the incidents that it made good
}

// ExecutionDetail is everything about one execution.
type ExecutionDetail struct {
	Row      ExecutionRow
	Source   backup.Source  // the zero source where it lies outside what is seen, as File does
	File     FileRow        // the export that is its evidence
	Opened   *IncidentRow   // the incident that it opened; nil for none
	MadeGood []IncidentRow  // the incidents that it made good
	History  []ExecutionRow // the routine's last runs up to now, newest first
}

// Explanation is what explains an incident that the sweep opened: one of these.
type Explanation struct {
	Miss    *Miss     // of a run that did not start; nil for one that the tool reported
	Silence *Silenced // of a silent source
	Stall   *Stall    // of a run that was running past its limit
}

// Silenced is what explains the incident of a silent source.
type Silenced struct {
	Since time.Time // when the last of it came
	Every time.Duration
	Ended time.Time // when data came again; zero while it is silent
	File  string
	Late  bool // detected late: nobody looked when the rhythm was over
}

// ExecutionRow is an execution in the store.
type ExecutionRow struct {
	ID        int64
	RoutineID int64
	Company   string
	Branch    string
	Format    string
	Incident  int64 // that it opened
	HasLog    bool
	backup.Execution
}

// AsSession is the execution as reprocessing needs it.
func (r ExecutionRow) AsSession() incident.Session {
	return incident.Session{
		ID: incident.ExecutionID(r.ID), Routine: r.RoutineID, Tool: r.Tool, Policy: r.Routine, Client: r.Client, Level: r.Level,
		Kind: r.Kind, Outcome: r.Outcome, Start: r.Start, End: r.End,
	}
}

// SessionQuery filters executions that may have made something good: finished ones that saved something. Empty fields filter nothing.
type SessionQuery struct {
	IDs     []incident.ExecutionID
	From    time.Time // inclusive
	To      time.Time // exclusive
	Routine int64
	Client  string // whatever its case; under any of its host's names where aliases tell them
	Text    string // in routine, client, tool, session
	Any     bool   // the others too
	Limit   int
}

// ExecutionQuery filters and sorts executions. Empty fields filter nothing.
type ExecutionQuery struct {
	From, To   time.Time     // of the start, else the end: From inclusive, To exclusive; rows without any time pass only without them
	Last       time.Duration // in place of From: only so much of the time before the present, whenever that is asked
	Outcomes   []backup.Outcome
	Kinds      []backup.Kind
	Tools      []string
	Routines   []string
	Clients    []string
	RoutineIDs []int64
	Text       string // in routine, client, tool, error; at the beginning of the session

	Sort  string // one of ExecutionSorts; "" sorts by start, else end
	Desc  bool
	Limit int // 0: all
}

// ExecutionSorts are the columns that executions can be sorted by.
var ExecutionSorts = []string{"start", "end", "routine", "client", "tool", "outcome", "kind", "duration", "size", "files", "level", "session", "expiry"}

// ExecutionChoices are what filters of executions offer: what there is.
type ExecutionChoices struct {
	Tools, Routines, Clients, Branches []string
}

// FileRow is a line of the ledger.
type FileRow struct {
	ID         int64
	Source     int64
	SourceName string
	Path       string
	SHA256     string
	Size       int64
	Modified   time.Time
	Imported   time.Time
	Status     backup.Status
	Reason     string
	Format     string
	Executions int
	New        int
	Updated    int
	Incidents  int
	Problems   []backup.BadRecord
	Notes      []string
	Ignored    bool // rejected, and of a kind that a person has ignored since
}

// FileQuery filters the ledger; newest first.
type FileQuery struct {
	Source int64
	Status backup.Status
	Limit  int
}

// SourceState is a source with what it has brought.
type SourceState struct {
	backup.Source
	State      backup.FolderState
	Said       string
	LastFile   string
	LastAt     time.Time
	Delivered  time.Time // when it last brought anything that was imported
	Files      int
	Executions int
	Rejected   int
	Questions  int
	Stale      int // imported files that would be read otherwise now
}

// Question is a waiting one: a file brought many old failures.
type Question struct {
	ID     int64
	Source int64
	Name   string // of the source
	File   string
	Asked  time.Time
	Old    int // how many openings wait
	First  time.Time
	Last   time.Time
}

// Answer opens waiting incidents: those at or after From; zero opens none.
type Answer struct {
	Question int64
	All      bool
	From     time.Time
	Actor    string
	At       time.Time
	Judged   time.Time
	Words    string // of the choice, for the record
	Rules    IntakeRules
}

// TimelineQuery filters the record; newest first.
type TimelineQuery struct {
	Subject   timeline.Subject
	SubjectID int64
	Actor     string
	Action    string
	Before    int64 // sequence number; 0: from the newest
	Limit     int
}

// TimelineChoices are what filters of the record offer: who did something, and what was done.
type TimelineChoices struct {
	People  []string
	Actions []string
}

// Verification is what `verify` found, in the chosen language.
type Verification struct {
	Entries  int64
	Head     string   // hash of the newest entry
	Findings []string // empty when all is well
	Restored []string // restores from a copy: findings of their own, no tampering
}
