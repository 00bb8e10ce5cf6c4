package format

import (
	"iter"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Data Protector: a script's CSV with a row for every object of every session. The objects of a session are one execution.
var _ = register(Format{
	Name:     "dataprotector_objects_csv",
	Version:  3,
	Tool:     dpTool,
	Title:    say.N("CSV of session objects, made by a script"),
	Export:   say.N("Your own script's CSV from `omnirpt -report session_objects`, with at least the columns Session Id, Specification, Mountpoint, Status, Start Time and End Time. `omnirpt -report list_sessions -timeframe 48 48 -tab` needs no script."),
	Evidence: backup.List,
	Match: func(head []byte) bool {
		return csvHeaderHas(head, "Session Id", "Specification", "Mountpoint", "Status", "Start Time")
	},
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return func(yield func(backup.Execution, error) bool) {
			objects := dpObjectList{sessions: map[string]*dpObjectSum{}}
			for row, err := range csvRows(in) {
				if err == nil {
					err = objects.add(in, row)
				}
				if _, isBad := IsBad(err); isBad {
					objects.doubt(row)
				}
				if err != nil && !yield(backup.Execution{}, err) {
					return
				}
				if len(objects.order) > maxDPSessions && !objects.give(maxDPSessions/2, yield) {
					return
				}
			}
			if s := objects.doubted; s != nil && slices.Contains(in.Notes(), cutNote) {
				s.outcomes[backup.Running] = true
			}
			objects.give(len(objects.order), yield)
		}
	},
})

var _ = refuse(say.Record("these Data Protector objects have no time; map the columns by hand, or "+dpUseReport),
	func(head []byte) bool {
		return csvHeaderHas(head, "Session Id", "Specification", "Mountpoint", "Status")
	})

// maxDPSessions bounds the sessions that are gathered at once: rows of one session stand near each other, if not together.
const maxDPSessions = 20_000

// give gives out the n sessions that began first.
func (l *dpObjectList) give(n int, yield func(backup.Execution, error) bool) bool {
	for _, id := range l.order[:n] {
		s := l.sessions[id]
		delete(l.sessions, id)
		if len(s.outcomes) > 0 && !yield(s.execution(), nil) {
			return false
		}
	}
	l.order = slices.Clone(l.order[n:])
	return true
}

// dpObjectList gathers sessions, whose rows need not stand together.
type dpObjectList struct {
	sessions map[string]*dpObjectSum
	order    []string
	last     string
	doubted  *dpObjectSum // by the latest row; where the text ends in that row, the session may go on
}

type dpObjectSum struct {
	backup.Execution
	outcomes map[backup.Outcome]bool
	doubtful bool // a row of it could not be read, so it is no success, whatever the others say
}

func (l *dpObjectList) add(in *Input, r *Row) error {
	l.doubted = nil
	id, status := r.Text("Session Id"), r.Text("Status")
	outcome, ok := dpOutcome(status, false)
	if running := strings.ToLower(status); running == "pending" || running == "running" {
		outcome, ok = backup.Running, true
	}
	switch {
	case len(r.cells) < len(r.names):
		return bad(r.Line, say.Record("it has %d columns, not %d", len(r.cells), len(r.names)))
	case !dpSessionID.MatchString(id):
		return bad(r.Line, say.Record("%q is no session id", id))
	case !ok:
		return unknownWord(r.Line, say.Record("the status"), status)
	}
	in.dpOrder(id, r.Text("Start Time"))
	start, end := r.Time("Start Time"), r.Time("End Time")
	if r.Err() != nil {
		return r.Err()
	}
	s := l.session(id, r)
	s.outcomes[outcome] = true
	if s.Start.IsZero() || !start.IsZero() && start.Before(s.Start) {
		s.Start, s.TimeNote = start, r.TimeNote()
	}
	if end.After(s.End) {
		s.End = end
	}
	if kept := r.Expiry("Protection"); outcome == backup.Success && !kept.IsZero() && (s.Expires.IsZero() || kept.Before(s.Expires)) {
		s.Expires = kept // with its first object a copy is no longer whole
	}
	saved, _ := size(r.Text("Size", "Size kB") + " kB")
	s.Bytes = addUp(s.Bytes, saved)
	if outcome != backup.Success && s.Error == "" {
		s.Error, s.NativeStatus = r.Text("Mountpoint")+": "+status, status
	}
	return nil
}

func (l *dpObjectList) session(id string, r *Row) *dpObjectSum {
	l.last = id
	if s := l.sessions[id]; s != nil {
		return s
	}
	routine, idb := dpRoutine(r.Text("Specification"))
	s := &dpObjectSum{outcomes: map[backup.Outcome]bool{}, Execution: backup.Execution{
		Session: id, Routine: routine, Kind: dpKind("backup", idb), Vital: idb,
		Level: strings.TrimPrefix(r.Text("Mode"), "-"), NativeStatus: r.Text("Status"), Line: r.Line, Offset: r.Offset,
	}}
	l.sessions[id], l.order = s, append(l.order, id)
	return s
}

// doubt is about the session of a row that could not be read, or, where that cannot be told, of the row before.
func (l *dpObjectList) doubt(r *Row) {
	s := l.sessions[l.last]
	if r != nil && len(r.cells) == len(r.names) && dpSessionID.MatchString(r.Text("Session Id")) {
		s = l.session(r.Text("Session Id"), r)
	}
	if l.doubted = s; s != nil {
		s.doubtful = true
	}
}

// execution sums up: an object at work keeps the session running, and objects that differ make it partial.
func (s *dpObjectSum) execution() backup.Execution {
	e := s.Execution
	switch {
	case s.outcomes[backup.Running]:
		e.Outcome, e.End = backup.Running, time.Time{}
	case len(s.outcomes) > 1:
		e.Outcome = backup.Partial
	default:
		for o := range s.outcomes {
			e.Outcome = o
		}
	}
	if s.doubtful && e.Outcome == backup.Success {
		e.Outcome, e.Error = backup.Partial, say.Record("an object's row could not be read, so it is not known whether all were saved")
	}
	return e
}
