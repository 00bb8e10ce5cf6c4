package format

import (
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// tsmSched reads the log line by line.
type tsmSched struct {
	node string
	run  *tsmSchedRun // of the event that is under way
}

// tsmSchedRun is one scheduled event.
type tsmSchedRun struct {
	line            Line
	node            string
	schedule        string
	due             string // when it was scheduled, as written
	begun, last     string // stamps
	outcome         backup.Outcome
	status, code    string
	failed, elapsed string
	files           backup.Count
	bytes           backup.Count
	tries           int
	trouble         string // the first error
	log             logText
}

var (
	tsmSchedObject  = regexp.MustCompile(`^--- SCHEDULEREC OBJECT (BEGIN|END) (\S+) (` + tsmStamp + `)$`)
	tsmSchedCount   = regexp.MustCompile(`^(Total number of (?:objects backed up|objects failed|bytes transferred)|Elapsed processing time): +(\S.*)$`)
	tsmSchedDone    = regexp.MustCompile(`^Scheduled event '([^']+)' completed successfully\.`)
	tsmSchedFailed  = regexp.MustCompile(`^ANS1512E Scheduled event '([^']+)' failed\. +Return code = (-?\d+)\.`)
	tsmSchedTrouble = regexp.MustCompile(`^ANS\d{4}[WES] `)
	tsmSchedClock   = regexp.MustCompile(`^(\d{1,4}):(\d\d):(\d\d)$`)
)

// take reads a line, and gives the event that it ends.
func (s *tsmSched) take(line Line) *tsmSchedRun {
	m := tsmSchedLine.FindStringSubmatch(line.Text)
	if m == nil {
		return nil
	}
	stamp, text := m[1], strings.TrimRight(m[2], " ")
	if n := tsmSchedNode.FindStringSubmatch(text); n != nil && !line.Open {
		s.node = n[1]
	}
	object := tsmSchedObject.FindStringSubmatch(text)
	done := s.begin(line, object)
	s.run.node = s.node
	s.run.say(stamp, text)
	if object != nil {
		s.run.is(stamp, object)
	}
	if s.run.outcome != 0 {
		done, s.run = s.run, nil
	}
	return done
}

// begin makes room for another event. One that is restarted goes on; one that never ended, though the next begins, failed.
func (s *tsmSched) begin(line Line, object []string) (unended *tsmSchedRun) {
	begins := object != nil && object[1] == "BEGIN"
	if s.run != nil && (!begins || s.run.schedule == object[2] && s.run.due == object[3]) {
		return nil
	}
	if s.run != nil && s.run.due != "" {
		unended = s.run
		unended.outcome, unended.status, unended.trouble = backup.Failed, "ended without result", say.Record("the log tells no end of the event")
	}
	s.run = &tsmSchedRun{line: line}
	return unended
}

func (r *tsmSchedRun) is(stamp string, object []string) {
	r.schedule, r.due = object[2], object[3]
	if object[1] == "BEGIN" {
		if r.tries++; r.begun == "" {
			r.begun = stamp
		}
	}
}

func (r *tsmSchedRun) say(stamp, text string) {
	r.last = stamp
	if m := tsmSchedCount.FindStringSubmatch(text); m != nil {
		r.count(m[1], m[2])
		r.log.add(text)
		return
	}
	switch done, failed := tsmSchedDone.FindStringSubmatch(text), tsmSchedFailed.FindStringSubmatch(text); {
	case done != nil:
		r.schedule, r.outcome, r.status = done[1], backup.Success, "completed successfully"
	case failed != nil:
		r.schedule, r.outcome, r.status, r.code = failed[1], backup.Failed, "failed", failed[2]
	case tsmSchedTrouble.MatchString(text):
		if r.trouble == "" {
			r.trouble = short(text)
		}
	default:
		return
	}
	r.log.add(text)
}

func (r *tsmSchedRun) count(what, value string) {
	switch {
	case strings.HasSuffix(what, "backed up"):
		r.files, _ = number(value)
	case strings.HasSuffix(what, "failed"):
		r.failed = value
	case strings.HasSuffix(what, "transferred"):
		r.bytes, _ = size(value)
	default:
		r.elapsed = value
	}
}

// execution: a log that ends within an event tells that it is at work.
func (r *tsmSchedRun) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{
		Routine: r.schedule, Client: r.node, Outcome: r.outcome, NativeStatus: r.status, Code: r.code,
		StartText: r.due, EndText: r.last, Bytes: r.bytes, Files: r.files, Line: r.line.N, Offset: r.line.Offset,
	}
	if r.node == "" {
		return e, bad(r.line.N, say.Record("event %s: the log has not named its node yet", r.schedule))
	}
	if r.tries > 1 {
		e.Tries, e.FirstOutcome = r.tries, backup.Failed
	}
	if e.Outcome == 0 {
		e.Outcome, e.EndText = backup.Running, ""
	}
	if failed, ok := number(r.failed); ok && failed != backup.N(0) && e.Outcome == backup.Success {
		e.Outcome, e.Error = backup.Partial, say.Record("%s objects failed", r.failed)
	}
	if e.Outcome.Final() {
		if e.End, e.TimeNote, err = in.Wall(r.last); err != nil {
			return e, bad(r.line.N, err.Error())
		}
	}
	if err := r.start(in, &e); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Log = r.log.String()
		if r.trouble != "" {
			e.Error = r.trouble
		} else if e.Error == "" {
			e.Error = tsmCause(r.code)
		}
	}
	return e, nil
}

// start is when the event began; where the log does not hold that, its elapsed time tells.
func (r *tsmSchedRun) start(in *Input, e *backup.Execution) (err error) {
	if r.begun != "" {
		e.Start, _, err = in.Wall(r.begun)
		return err
	}
	if m := tsmSchedClock.FindStringSubmatch(r.elapsed); m != nil && !e.End.IsZero() {
		took, _ := time.ParseDuration(m[1] + "h" + m[2] + "m" + m[3] + "s")
		e.Start = e.End.Add(-took)
	}
	return nil
}
