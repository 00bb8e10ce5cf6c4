package risk

import (
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// The Value of an absence says what kind it is.
const (
	notSeen     int64 = iota // it did not run
	switchedOff              // a person disabled it in the desk, so nothing of it is missed any more
	switchedOn               // and enabled it again since
)

// SaysOff tells whether the entry of a change of a routine's settings says that it was disabled.
func SaysOff(e timeline.Entry) bool {
	for _, d := range e.Details {
		if d.Name == "disabled" && d.To != "" {
			return true
		}
	}
	return false
}

// SwitchedOff is the finding that a person disabled a routine. Each disabling is one: its entry on the record tells them apart.
// last is the newest run; zero for a routine that never ran.
func SwitchedOff(a About, source int64, last Run, e timeline.Entry) Finding {
	a.Kind, a.Routine, a.Level = Absence, 0, ""
	f := Finding{
		About: a, Source: source, Mark: -e.Seq, Since: e.At, Value: switchedOff,
		Says: []timeline.Detail{timeline.Said(say.N("found"), "routine disabled"), timeline.Said(say.N("by"), e.Actor)},
	}
	for _, d := range e.Details {
		if d.Name == "reason" {
			f.Says = append(f.Says, d)
		}
	}
	if last.ID != 0 {
		last.Role = Off
		f.Runs = []Run{last}
	}
	return f
}

// SwitchedOn notes on an open risk that what was disabled is enabled again; a person decides whether all is well.
func SwitchedOn(r Risk, now time.Time) (Change, bool) {
	if !r.Disabled() || r.State.Resolved() {
		return Change{}, false
	}
	after := r
	after.Value = switchedOn
	return record(r, after, "enabled again", timeline.System, now), true
}

// Disabled tells whether it is about a routine that a person disabled, and that is so still.
func (r Risk) Disabled() bool { return r.Kind == Absence && r.Value == switchedOff }

// How says what kind of absence an absence's value means, in words.
func How(client string, value int64) string {
	switch {
	case value == switchedOff:
		return say.N("Disabled in Backstop")
	case value == switchedOn:
		return say.N("Enabled again; was disabled")
	case client == "":
		return say.N("Stopped: no run")
	}
	return say.N("Not seen")
}
