package incident

import (
	"fmt"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Absence is a run that did not start, with all that tells so.
type Absence struct {
	Routine  int64
	Source   int64
	Tool     string
	Policy   string
	Client   string
	Kind     backup.Kind
	Vital    bool
	Due      time.Time
	Grace    time.Duration
	Expected string      // the expectation in words
	Starts   []time.Time // the last that there were, newest first
	Covered  time.Time   // up to where the source's data reaches
	File     string      // that proves it
	Late     bool        // detected late: nobody looked when it came due
}

// OpenMissed is the new incident of a run that did not start. It explains itself.
func OpenMissed(a Absence, now, judged time.Time) Change {
	in := Incident{
		Title: Title(backup.Execution{Tool: a.Tool, Routine: a.Policy}, CauseMissed), Cause: CauseMissed, Vital: a.Vital, Opened: judged,
		Routine: a.Routine, Source: a.Source, Due: a.Due, Failed: a.Due, Kind: a.Kind, Tool: a.Tool, Policy: a.Policy, Client: a.Client,
		Failure: say.Record("no run started when it was due"), State: New,
	}
	in.OpenedAs = in.Title
	said := []timeline.Detail{
		timeline.Said(say.N("title"), in.Title), timeline.Said(say.N("cause"), in.Cause.String()), timeline.Said(say.N("due"), instant(a.Due)),
		timeline.Said(say.N("grace"), span(a.Grace)), timeline.Said(say.N("expected"), a.Expected),
	}
	for _, s := range a.Starts {
		said = append(said, timeline.Said(say.N("started before"), instant(s)))
	}
	said = append(said, timeline.Said(say.N("covered until"), instant(a.Covered)), timeline.Said(say.N("file"), a.File))
	if a.Late {
		said = append(said, timeline.Said(say.N("noticed"), say.Record("detected late")))
	}
	return Change{in, []timeline.Entry{{Subject: timeline.Incident, At: now, Actor: timeline.System, Action: say.N("opened"), Details: said}}}
}

// Silence is a source that delivers nothing.
type Silence struct {
	Source backup.Source
	Since  time.Time // when the last of it came
	Every  time.Duration
	Late   bool
}

// OpenSilent is the new incident of a source that is silent for longer than its rhythm. What its routines miss waits behind it.
func OpenSilent(s Silence, now, judged time.Time) Change {
	in := Incident{
		Title: fmt.Sprintf(endings[CauseSilent], s.Source.Name), Cause: CauseSilent, Opened: judged, Source: s.Source.ID, Failed: s.Since, Kind: backup.Data, Tool: s.Source.Tool,
		Failure: say.Record("nothing has come from the source %s for longer than its rhythm of %s", s.Source.Name, span(s.Every)), State: New,
	}
	in.OpenedAs = in.Title
	said := []timeline.Detail{
		timeline.Said(say.N("title"), in.Title), timeline.Said(say.N("cause"), in.Cause.String()), timeline.Said(say.N("silent since"), instant(s.Since)), timeline.Said(say.N("rhythm"), span(s.Every)),
	}
	if s.Late {
		said = append(said, timeline.Said(say.N("noticed"), say.Record("detected late")))
	}
	return Change{in, []timeline.Entry{{Subject: timeline.Incident, At: now, Actor: timeline.System, Action: say.N("opened"), Details: said}}}
}

// Spoke tells the incident of a silent source, or that into which it was merged, that data has come again.
func Spoke(in Incident, silent ID, file string, now time.Time) (Change, bool) {
	i := slices.IndexFunc(in.Group(), func(m Incident) bool { return m.ID == silent })
	if i < 0 || in.Group()[i].Cause != CauseSilent {
		return Change{}, false
	}
	said := []timeline.Detail{timeline.Said(say.N("file"), file), timeline.Said(say.N("missed meanwhile"), say.Record("judged now, from what the source tells"))}
	if in.ID != silent {
		said = append(said, timeline.Said(say.N("incident"), number(silent)))
	} else if in.Closing == NotClosed {
		said = append(said, timeline.Said(say.N("offered"), ClosedSuccess.String()))
	}
	return record(in, in, "data came", timeline.System, now, said...), true
}

// Told joins what the tool itself reports as missed to the incident that was opened for the same due time.
func Told(in Incident, missed ID, id ExecutionID, e backup.Execution, now time.Time) (Change, bool) {
	i := slices.IndexFunc(in.Group(), func(m Incident) bool { return m.ID == missed })
	if i < 0 || in.Group()[i].Cause != CauseMissed {
		return Change{}, false
	}
	after, said := in, news(id, 0, e)
	if in.ID == missed {
		after.Execution, after.Session = id, e.Session
	} else {
		said = append(said, timeline.Said(say.N("incident"), number(missed)))
	}
	return record(in, after, "told by the tool", timeline.System, now, said...), true
}

// Overdue is the new incident of a run that is still running past its limit. late tells that nobody looked when it passed it.
func Overdue(f Finding, limit, usual time.Duration, late bool, now, judged time.Time) Change {
	c := Open(f, CauseStalled, now, judged)
	c.Incident.Failure = say.Record("still running after %s", span(judged.Sub(f.Execution.Start)))
	e := &c.Entries[0]
	for i := range e.Details {
		if e.Details[i].Name == "failure" {
			e.Details[i].To = c.Incident.Failure
		}
	}
	e.Details = append(e.Details, timeline.Said(say.N("limit"), span(limit)))
	if usual > 0 {
		e.Details = append(e.Details, timeline.Said(say.N("usual"), span(usual)))
	}
	if late {
		e.Details = append(e.Details, timeline.Said(say.N("noticed"), say.Record("detected late")))
	}
	return c
}
