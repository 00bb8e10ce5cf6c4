package incident

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Policy is what the settings say about a tool and a routine. DefaultPolicy holds where nothing was set.
type Policy struct {
	Partial   bool // a partial run opens an incident
	Cancelled bool // a cancelled one does
	Restores  bool // a failed restore does

	Status backup.Choice // what is said of the tool's own word for the outcome; it stands above the rest
	Vital  backup.Choice // the routine's mark; undecided: as its format knows
}

// DefaultPolicy opens for partial and cancelled runs and keeps restores in the log.
var DefaultPolicy = Policy{Partial: true, Cancelled: true}

// Try is one execution of a run, or a child of a coordinator, as far as opening is concerned.
type Try struct {
	ID       ExecutionID
	Outcome  backup.Outcome
	Incident ID // that it opened; 0 for none
}

// Finding is an execution that may call for an incident, with what is known around it.
type Finding struct {
	ID        ExecutionID
	Routine   int64
	Source    int64
	Execution backup.Execution
	Policy    Policy
	Before    []Try // earlier tries of its run, oldest first
	After     []Try // later tries of its run
	Children  []Try // executions in hand that name it as their coordinator
}

// Opens tells whether the execution opens an incident. One run opens at most one, ever, and its last try is the one that
// does; while the tool says that it will try again nothing opens; a coordinator opens one only if no child explains it.
func Opens(f Finding) (Cause, bool) {
	cause, calls := Calls(f.Execution, f.Policy)
	switch {
	case !calls, f.Execution.WillRetry, len(f.After) > 0, f.RunIncident() != 0:
		return 0, false
	}
	for _, c := range f.Children {
		if c.Outcome.Final() && c.Outcome != backup.Success {
			return 0, false
		}
	}
	return cause, true
}

// RunIncident is the incident that an earlier try of the run opened, or 0.
func (f Finding) RunIncident() ID {
	for _, t := range append(append([]Try(nil), f.Before...), f.After...) {
		if t.Incident != 0 {
			return t.Incident
		}
	}
	return 0
}

// Calls tells whether an outcome, taken alone, calls for an incident, and with which cause.
func Calls(e backup.Execution, p Policy) (Cause, bool) {
	switch p.Status {
	case backup.No:
		return 0, false
	case backup.Yes:
		p.Partial, p.Cancelled, p.Restores = true, true, true
	case backup.Undecided:
	}
	if e.Kind == backup.Restore && !p.Restores {
		return 0, false
	}
	switch e.Outcome {
	case backup.Failed:
		return CauseFailed, true
	case backup.Missed:
		return CauseMissed, true
	case backup.Partial:
		return CausePartial, p.Partial
	case backup.Cancelled:
		return CauseCancelled, p.Cancelled
	case backup.Running, backup.Success:
	}
	return 0, false
}

// Title names a new incident until a person renames it: what, where, how it ended.
func Title(e backup.Execution, cause Cause) string {
	name := e.Routine
	if name == "" {
		name = e.Tool
	}
	return strings.Join(strings.Fields(fmt.Sprintf(endings[cause], name+" "+e.Level)), " ")
}

// afterCode stands between the code of a failure and its text.
const afterCode = "  "

// Failure is the text that an incident is opened with: the tool's own, else its status and code.
func Failure(e backup.Execution) string {
	var parts []string
	for _, s := range []string{e.Code, e.Error} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Error == "" && e.NativeStatus != "" {
		parts = append(parts, e.NativeStatus)
	}
	if len(parts) == 0 {
		return e.Outcome.String()
	}
	return strings.Join(parts, afterCode)
}

// Untouched tells an incident that nobody has acted on: the system may still merge it into a child that explains it.
func (in Incident) Untouched() bool {
	return in.State == New && in.Assignee == "" && len(in.Merged) == 0 && in.Title == in.OpenedAs
}

// Open is the new incident of an execution, with its first entry. It is opened at the instant judged by.
func Open(f Finding, cause Cause, now, judged time.Time) Change {
	e := f.Execution
	in := Incident{
		Title: Title(e, cause), Cause: cause, Vital: f.Policy.Vital.Or(e.Vital), Opened: judged,
		Execution: f.ID, Routine: f.Routine, Source: f.Source, Failed: e.At(),
		Kind: e.Kind, Tool: e.Tool, Policy: e.Routine, Client: e.Client, Failure: Failure(e), Code: e.Code, Session: e.Session,
		State: New,
	}
	in.OpenedAs = in.Title
	if cause == CauseMissed {
		in.Due = e.Start // a tool that reports a miss states when the run was scheduled
	}
	return Change{in, []timeline.Entry{{
		Subject: timeline.Incident, At: now, Actor: timeline.System, Action: say.N("opened"),
		Details: []timeline.Detail{
			timeline.Said(say.N("title"), in.Title), timeline.Said(say.N("cause"), cause.String()), timeline.Said(say.N("execution"), strconv.FormatInt(int64(f.ID), 10)),
			timeline.Said(say.N("session"), e.Session), timeline.Said(say.N("failure"), in.Failure), timeline.Said(say.N("started"), instant(e.Start)), timeline.Said(say.N("ended"), instant(e.End)),
		},
	}}}
}

// TriedAgain tells an incident that a later try of its run failed too. A closed one is flagged.
func TriedAgain(in Incident, f Finding, now time.Time) (Change, bool) {
	if _, calls := Calls(f.Execution, f.Policy); !calls {
		return Change{}, false
	}
	after := in
	after.EvidenceChanged = in.EvidenceChanged || in.State == Closed
	return record(in, after, "tried again", timeline.System, now,
		timeline.Said(say.N("execution"), strconv.FormatInt(int64(f.ID), 10)), timeline.Said(say.N("outcome"), f.Execution.Outcome.String()), timeline.Said(say.N("failure"), Failure(f.Execution))), true
}

// Explained merges the incident of a coordinator into that of a child which explains it. One that somebody has touched is
// only linked, with an entry on both.
func Explained(parent, child Incident, now time.Time) ([]Change, error) {
	if parent.State == Merged || child.State == Merged {
		return nil, nil
	}
	if parent.Untouched() {
		return MergeInto(child, []Incident{parent}, now.UnixMilli(), timeline.System, now)
	}
	return []Change{
		record(parent, parent, "explained", timeline.System, now, timeline.Said(say.N("by incident"), number(child.ID))),
		record(child, child, "explains", timeline.System, now, timeline.Said(say.N("incident"), number(parent.ID))),
	}, nil
}
