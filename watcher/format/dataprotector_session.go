package format

import (
	"regexp"
	"strconv"
	"strings"

	"backstop/app/backup"
)

var dpStartLine = signOf(`(?m)^\s*([A-Z][A-Za-z ()-]*?) session "?(\d{4}/\d{2}/\d{2}-\d{1,9})"? started\.`, " started.")

// dpSession is the session whose messages are being read.
type dpSession struct {
	backup.Execution
	log  logText
	kind string // session type

	worst    dpMessage      // the first of the worst
	errors   int            // messages that are Minor or worse; the statistics' own counter is no guide
	agents   map[string]int // disk agents that Completed, Failed, Aborted
	none     bool           // no disk agent completed, in so many words
	abort    string         // the request to abort
	byUser   bool
	ended    bool // the statistics are there, and whole
	internal bool // it saves the product's own database
}

// dpStarted opens a session if m is its first message. The wall times are the Cell Manager's; agents stamp with clocks of their own.
func dpStarted(in *Input, m dpMessage) *dpSession {
	start := dpStartLine.FindStringSubmatch(m.text)
	if start == nil || !m.manager() {
		return nil
	}
	s := &dpSession{kind: start[1], agents: map[string]int{}}
	s.Instance, s.Session, s.Line, s.Offset = m.host, start[2], m.line.N, m.line.Offset
	in.dpOrder(s.Session, m.time)
	t, note, err := in.Wall(m.time)
	if err != nil {
		note = err.Error()
	}
	s.Start, s.TimeNote = t, note
	return s
}

// add takes a message into account. Nothing of the session comes after its statistics.
func (s *dpSession) add(in *Input, m dpMessage) {
	if s.ended {
		return
	}
	if m.severity > dpNormal || m.manager() { // the agents' progress is left out of the log
		m.writeTo(&s.log)
	}
	if m.severity >= dpMinor {
		s.errors++
	}
	if m.rank() > s.worst.rank() {
		s.worst = m
	}
	s.internal = s.internal || strings.Contains(m.agent, "POSTGRES_BAR") || m.object == "DPIDB"
	if m.manager() {
		s.heed(in, m)
	}
}

// heed takes what only the session manager knows.
func (s *dpSession) heed(in *Input, m dpMessage) {
	if s.Routine == "" { // the first messages of a restarted session leave it out
		var idb bool
		s.Routine, idb = dpRoutine(m.object)
		s.internal = s.internal || idb
	}
	if strings.Contains(m.text, " will be restarted.") {
		s.Retry = true
	}
	if strings.Contains(m.text, "Session abort request received") {
		s.abort, s.byUser = m.text, strings.Contains(m.text, "received by user")
	}
	s.none = s.none || m.consequence()
	if m.statistics() {
		s.finish(in, m)
	}
}

var (
	dpAgents = regexp.MustCompile(`^\s*(Completed|Failed|Aborted) Disk Agents[ .]*(\d{1,9})$`)
	dpTotal  = regexp.MustCompile(`^\s*Mbytes Total[ .]*?(\d[\d.,]*) +MB$`)
)

// finish reads the statistics. Those that the file's end may have cut prove nothing: the session stays running.
func (s *dpSession) finish(in *Input, m dpMessage) {
	s.ended = !m.last
	for _, line := range m.lines {
		line = strings.TrimRight(line, " ")
		if a := dpAgents.FindStringSubmatch(line); a != nil {
			s.agents[a[1]], _ = strconv.Atoi(a[2])
		}
		if t := dpTotal.FindStringSubmatch(line); t != nil {
			s.ended = true
			s.Bytes = dpMegabytes(t[1])
		}
	}
	if !s.ended {
		return
	}
	t, note, err := in.Wall(m.time)
	if err != nil {
		note = err.Error()
	}
	if s.End = t; s.TimeNote == "" {
		s.TimeNote = note
	}
}

// dpMegabytes reads the total, a whole number of MB.
func dpMegabytes(s string) backup.Count {
	whole, ok := number(s)
	if !ok {
		return backup.Count{}
	}
	mb, _ := whole.Value()
	bytes, _ := size(strconv.FormatInt(mb, 10) + " MB")
	return bytes
}

// execution closes the session. The status words are those that the list of sessions has for the same state.
func (s *dpSession) execution() backup.Execution {
	e := s.Execution
	e.Kind = dpKind(s.kind, s.internal)
	e.Vital = s.internal && e.Kind == backup.Administrative
	e.Outcome, e.NativeStatus = s.verdict()
	switch {
	case e.Outcome == backup.Success:
		return e
	case s.abort != "" && (e.Outcome == backup.Cancelled || s.worst.rank() == 0):
		e.Error = short(s.abort)
	default:
		e.Code, e.Error = s.worst.code(), short(s.worst.said())
	}
	e.Log = strings.TrimRight(s.log.String(), "\n")
	return e
}

func (s *dpSession) verdict() (backup.Outcome, string) {
	lost := s.agents["Failed"] + s.agents["Aborted"]
	switch {
	case !s.ended:
		return backup.Running, "In Progress"
	case s.byUser:
		return backup.Cancelled, "Aborted"
	case s.abort != "":
		return backup.Failed, "Aborted"
	case s.none, s.agents["Completed"] == 0 && lost+s.errors > 0:
		return backup.Failed, "Failed"
	case lost > 0:
		return backup.Partial, "Completed/Failures"
	case s.errors > 0:
		return backup.Partial, "Completed/Errors"
	}
	return backup.Success, "Completed"
}
