package incident

import (
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Session is an execution as far as reprocessing is concerned. Names are those that confirmed aliases lead to.
type Session struct {
	ID         ExecutionID
	Routine    int64
	Tool       string
	Policy     string
	Client     string
	Level      string
	Kind       backup.Kind
	Outcome    backup.Outcome
	Start, End time.Time
	LaterTry   bool // of the incident's own run
}

// At is its start, else its end.
func (s Session) At() time.Time {
	if s.Start.IsZero() {
		return s.End
	}
	return s.Start
}

// Opinion is what Check thinks of a session.
type Opinion struct { // in the chosen language: it is shown and not kept
	Refused  string   // why it cannot make the incident good; empty if it can
	Warnings []string // what a person should look at first
	Note     bool     // a note is needed
}

func (o *Opinion) warn(words string) { o.Warnings = append(o.Warnings, words) }

// Check tells whether a session can make good an incident. A session without an objection gives the zero Opinion.
func Check(in Incident, s Session) Opinion {
	if in.Cause == CauseSilent {
		return Opinion{Warnings: []string{say.T("a silent source needs no session")}}
	}
	if why := objection(in, s); why != "" {
		return Opinion{Refused: why}
	}
	var o Opinion
	o.Note = s.Outcome == backup.Partial
	if o.Note {
		o.warn(say.T("it is partial: a note must say why that is enough"))
	}
	if !in.sameClient(s) {
		o.warn(say.T("it is of another client: %s", unnamed(s.Client)))
	}
	if !in.sameRoutine(s) {
		o.warn(say.T("it is of another routine: %s", unnamed(s.Policy)))
	}
	if s.Kind != in.Kind {
		o.warn(say.T("it is of another kind: %s", say.W(s.Kind.String())))
	}
	if in.Failed.IsZero() {
		o.warn(say.T("the failed run has no time: nothing shows that the session is later"))
	}
	return o
}

// objection says why a session cannot make good an incident, or nothing.
func objection(in Incident, s Session) string {
	switch {
	case s.Outcome == backup.Running:
		return say.T("it is not finished")
	case s.Outcome != backup.Success && s.Outcome != backup.Partial:
		return say.T("it saved nothing: its outcome is %s", say.W(s.Outcome.String()))
	case s.ID == in.Execution && s.Outcome != backup.Success:
		return say.T("it is the run that opened the incident")
	case s.Kind == backup.Restore && in.Kind != backup.Restore:
		return say.T("it is a restore: it saves nothing")
	case s.Kind == backup.Administrative && in.Kind != backup.Administrative:
		return say.T("it is an administrative run: it saves no data")
	case s.ID == in.Execution:
		return "" // its own later try, under one native id: the run began when it failed first
	case s.At().IsZero():
		return say.T("it has no time: nothing shows that it is later than the failed run")
	case s.At().Before(in.Failed):
		return say.T("it is from before the failed run: %s, not %s or later", instant(s.At()), instant(in.Failed))
	}
	return ""
}

func (in Incident) sameClient(s Session) bool { return strings.EqualFold(in.Client, s.Client) }

// sameRoutine: one policy of one tool, whatever its schedule.
func (in Incident) sameRoutine(s Session) bool {
	return in.Routine != 0 && in.Routine == s.Routine || in.Tool == s.Tool && strings.EqualFold(in.Policy, s.Policy)
}

func unnamed(s string) string {
	if s == "" {
		return say.T("unnamed")
	}
	return s
}
