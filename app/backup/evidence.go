package backup

import (
	"strconv"
	"time"
)

// Stated is an execution together with the export that states it.
type Stated struct {
	Execution
	Exported time.Time // modification time of the file it was read from
}

// Verdict says what a later statement about a known execution does.
type Verdict uint8

// The verdicts of Weigh.
const (
	Same   Verdict = iota + 1 // it says nothing new, but may be the stronger evidence for it
	Older                     // it says something else, but is the weaker evidence: noted as "older evidence, ignored"
	Change                    // it changes what is known
)

// Weigh decides what a statement read now does to what is known. Evidence order, not import order, decides: a final outcome
// never returns to running, an inventory never changes a known outcome, a job's own report beats a list; between two finals
// the later end wins, then the later export, then the later import. What the winner leaves open is filled from the loser.
func Weigh(known, read Stated) (Stated, Verdict) {
	winner, loser := known, read
	if read.Beats(known) {
		winner, loser = read, known
	}
	merged := Stated{fill(winner.Execution, loser.Execution), winner.Exported}
	if !merged.states(known.Execution) {
		return merged, Change
	}
	if !known.states(fill(read.Execution, known.Execution)) {
		return known, Older
	}
	return merged, Same
}

// Reread decides what a file says when it is read again, by a newer version of its format or with other settings, of an execution
// whose facts are this file's own. It is no new evidence but the old one understood better: it stands in place of what was read
// before. Where other files have filled in what it leaves open, that stays.
func Reread(known, read Stated, alone bool) (Stated, Verdict) {
	if !alone {
		read.Execution = fill(read.Execution, known.Execution)
	}
	if read.states(known.Execution) {
		return read, Same
	}
	return read, Change
}

// Beats tells whether a statement wins over one that was imported before.
func (a Stated) Beats(b Stated) bool {
	switch {
	case a.Outcome.Final() != b.Outcome.Final():
		return a.Outcome.Final()
	case !a.Outcome.Final():
		return !a.Exported.Before(b.Exported)
	case a.Evidence != b.Evidence:
		return a.Evidence > b.Evidence
	case !sameEnd(a.Execution, b.Execution):
		return a.End.After(b.End)
	}
	return !a.Exported.Before(b.Exported)
}

// sameEnd: ends count as equal within a day unless both are absolute, since a wall time may be off by its zone.
func sameEnd(a, b Execution) bool {
	if a.End.IsZero() || b.End.IsZero() {
		return true
	}
	if a.Absolute && b.Absolute {
		return a.End.Equal(b.End)
	}
	return a.End.Sub(b.End).Abs() < Restart
}

// fill completes the winner with what only the loser states.
func fill(w, l Execution) Execution {
	orText(&w.Instance, l.Instance)
	orText(&w.Session, l.Session)
	orText(&w.Parent, l.Parent)
	orText(&w.Routine, l.Routine)
	orText(&w.Schedule, l.Schedule)
	orText(&w.Client, l.Client)
	orText(&w.Level, l.Level)
	if w.Outcome == l.Outcome {
		orText(&w.NativeStatus, l.NativeStatus)
		orText(&w.Code, l.Code)
		orText(&w.Error, l.Error)
		orText(&w.Log, l.Log)
	}
	if !w.Absolute && l.Absolute && w.Outcome.Final() == l.Outcome.Final() && sameEnd(w, l) {
		w.Start, w.End, w.Absolute, w.TimeNote = orTime(l.Start, w.Start), orTime(l.End, w.End), true, l.TimeNote
	}
	if w.FromFile && !l.FromFile && !l.At().IsZero() {
		w.Start, w.End, w.FromFile = l.Start, l.End, false
	}
	w.Start = orTime(w.Start, l.Start)
	if w.Outcome.Final() && l.Outcome.Final() {
		w.End = orTime(w.End, l.End)
	}
	orText(&w.StartText, l.StartText)
	orText(&w.EndText, l.EndText)
	w.Expires = orTime(w.Expires, l.Expires)
	w.Bytes, w.Files = orCount(w.Bytes, l.Bytes), orCount(w.Files, l.Files)
	if l.Tries > w.Tries {
		w.Tries, w.FirstOutcome = l.Tries, l.FirstOutcome
	}
	w.Retry, w.Vital = w.Retry || l.Retry, w.Vital || l.Vital
	return w
}

// states tells whether two executions say the same. Where they were found is no statement.
func (e Execution) states(o Execution) bool {
	return e.Instance == o.Instance && e.Parent == o.Parent && e.Routine == o.Routine && e.Schedule == o.Schedule && e.Client == o.Client &&
		e.Kind == o.Kind && e.Vital == o.Vital && e.Level == o.Level &&
		e.Outcome == o.Outcome && e.AsTold() == o.AsTold() && e.NativeStatus == o.NativeStatus && e.Code == o.Code && e.Error == o.Error &&
		e.Start.Equal(o.Start) && e.End.Equal(o.End) && e.Expires.Equal(o.Expires) && e.Bytes == o.Bytes && e.Files == o.Files &&
		e.Tries == o.Tries && e.FirstOutcome == o.FirstOutcome && e.Retry == o.Retry && e.WillRetry == o.WillRetry
}

func orText(a *string, b string) {
	if *a == "" {
		*a = b
	}
}

func orTime(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

func orCount(a, b Count) Count {
	if !a.known {
		return b
	}
	return a
}

// Difference is one field in which two statements differ, in words.
type Difference struct{ Field, From, To string }

// Differences lists what a change says from → to: every field that states compares.
func Differences(from, to Execution) []Difference {
	var ds []Difference
	for _, d := range []Difference{
		{"outcome", from.Outcome.String(), to.Outcome.String()},
		{"read as", from.Told.String(), to.Told.String()},
		{"status", from.NativeStatus, to.NativeStatus},
		{"code", from.Code, to.Code},
		{"error", from.Error, to.Error},
		{"server", from.Instance, to.Instance},
		{"parent", from.Parent, to.Parent},
		{"routine", from.Routine, to.Routine},
		{"schedule", from.Schedule, to.Schedule},
		{"client", from.Client, to.Client},
		{"kind", from.Kind.String(), to.Kind.String()},
		{"vital", strconv.FormatBool(from.Vital), strconv.FormatBool(to.Vital)},
		{"level", from.Level, to.Level},
		{"start", instant(from.Start), instant(to.Start)},
		{"end", instant(from.End), instant(to.End)},
		{"expires", instant(from.Expires), instant(to.Expires)},
		{"bytes", from.Bytes.String(), to.Bytes.String()},
		{"files", from.Files.String(), to.Files.String()},
		{"tries", strconv.Itoa(from.Tries), strconv.Itoa(to.Tries)},
		{"first outcome", from.FirstOutcome.String(), to.FirstOutcome.String()},
		{"repeats", strconv.FormatBool(from.Retry), strconv.FormatBool(to.Retry)},
		{"will be tried again", strconv.FormatBool(from.WillRetry), strconv.FormatBool(to.WillRetry)},
	} {
		if d.From != d.To {
			ds = append(ds, d)
		}
	}
	return ds
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
