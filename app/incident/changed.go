package incident

import (
	"fmt"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// NewEvidence tells an incident that its own execution or a linked session is reported with another outcome. An open one gets an
// entry, with the closing that is offered now; a closed one is flagged if the news contradicts its closing, and is never
// changed by itself. A destination is to be told of what concerns its children too: the flag is its own, not theirs.
func NewEvidence(in Incident, session ExecutionID, from, to backup.Execution, now time.Time) (Change, bool) {
	said := news(session, from.Outcome, to)
	concerned, contradicted := false, false
	for _, i := range in.Group() {
		own := i.Execution == session
		if !own && !i.linked(session) {
			continue
		}
		concerned = true
		contradicted = contradicted || contradicts(in.Closing, own, to.Outcome)
		if i.ID != in.ID {
			said = append(said, timeline.Said(say.N("incident"), number(i.ID)))
		}
	}
	if !concerned || from.Outcome == to.Outcome {
		return Change{}, false
	}
	after := in
	if in.Execution == session {
		after = in.goingOn(to)
		said = append(said, in.offer(from, to)...)
	}
	after.EvidenceChanged = in.EvidenceChanged || in.State == Closed && contradicted
	return record(in, after, changed, timeline.System, now, said...), true
}

// RanLate tells an incident that a late export brings the run that was thought not to have started: that of the missed
// incident itself, or of one merged into it. If it succeeded, closing as Success is offered; if not, the same incident goes on with
// that failure; a closed one is flagged.
func RanLate(in Incident, missed ID, id ExecutionID, e backup.Execution, now time.Time) (Change, bool) {
	i := slices.IndexFunc(in.Group(), func(m Incident) bool { return m.ID == missed })
	if i < 0 || in.Group()[i].Cause != CauseMissed {
		return Change{}, false
	}
	after, said := in, news(id, 0, e)
	if in.ID == missed {
		after = in.goingOn(e)
		after.Execution, after.Session = id, e.Session
		said = append(said, in.offer(backup.Execution{}, e)...)
	} else {
		said = append(said, timeline.Said(say.N("incident"), number(missed)))
	}
	after.EvidenceChanged = in.EvidenceChanged || in.State == Closed && contradicts(in.Closing, true, e.Outcome)
	return record(in, after, changed, timeline.System, now, said...), true
}

// contradicts tells whether a closing would be another one today. That the run itself was good is what Success says.
func contradicts(c Closing, own bool, now backup.Outcome) bool {
	return now != backup.Success || own && c != ClosedSuccess
}

func (in Incident) linked(e ExecutionID) bool {
	return slices.ContainsFunc(in.Links, func(l Link) bool { return l.Session == e })
}

// offer is the closing that an open incident may have now that its own run is good: it was a false alarm, or a later try under the
// same id made it good.
func (in Incident) offer(from, to backup.Execution) []timeline.Detail {
	switch {
	case in.Closing != NotClosed || to.Outcome != backup.Success:
		return nil
	case from.Outcome.Final() && to.Tries > max(from.Tries, 1):
		return []timeline.Detail{timeline.Said(say.N("offered"), Reprocessed.String())}
	}
	return []timeline.Detail{timeline.Said(say.N("offered"), ClosedSuccess.String())}
}

var causeOf = map[backup.Outcome]Cause{backup.Failed: CauseFailed, backup.Partial: CausePartial, backup.Cancelled: CauseCancelled}

// goingOn is a missed or stalled run that turns out to have failed, unless it is closed. The text it was opened with is not replaced: the
// entry tells the new one.
func (in Incident) goingOn(e backup.Execution) Incident {
	cause, failed := causeOf[e.Outcome]
	if !failed || in.Cause != CauseMissed && in.Cause != CauseStalled || in.Closing != NotClosed {
		return in
	}
	in.Cause = cause
	if !e.At().IsZero() {
		in.Failed = e.At()
	}
	return in
}

// news is what an entry says of an execution.
func news(id ExecutionID, from backup.Outcome, e backup.Execution) []timeline.Detail {
	said := []timeline.Detail{timeline.Said(say.N("execution"), fmt.Sprint(id)), timeline.Changed(say.N("outcome"), from.String(), e.Outcome.String())}
	said = append(said, detail("session", e.Session)...)
	if e.Outcome.Final() && e.Outcome != backup.Success {
		said = append(said, detail("failure", Failure(e))...)
	}
	return said
}
