package format

import (
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// rmanRun is one session while its lines are read.
type rmanRun struct {
	line     Line
	whole    bool // its first line was read
	start    string
	began    string // of the first command that tells when it began
	ended    string // of the last one that tells when it finished
	failedAt string // by the error stack
	database string // NAME DBID
	name     string
	work     rmanWork
	complete bool
	killed   bool // another session begins before it was complete
	inStack  bool
	stack    []string
	warning  string // the first
	log      logText
}

var (
	rmanStack   = regexp.MustCompile(`^(?:RMAN|ORA)-\d{5}: `)
	rmanFailed  = regexp.MustCompile(`^RMAN-030\d\d: failure of (.+?) command .*at (\d\d/\d\d/\d{4} \d\d:\d\d:\d\d)$`)
	rmanRule    = regexp.MustCompile(`^RMAN-00(?:569|571): =`)
	rmanWarns   = regexp.MustCompile(`^RMAN-(?:0813[78]\b|06\d{3}: |\d{5}: WARNING: )`)
	rmanStarts  = regexp.MustCompile(`^Starting (.+) at (\S.*)$`)
	rmanStopped = regexp.MustCompile(`^Finished .+ at (\S.*)$`)
)

// maxRMANStack bounds the lines of one stack that are kept.
const maxRMANStack = 100

func (r *rmanRun) say(line Line, text string) {
	r.log.add(strings.TrimRight(lastFrame(line.Text), " "))
	if line.Open && text != "Recovery Manager complete." && !(r.inStack && (r.whole || len(r.stack) > 0)) {
		return // half a line
	}
	switch {
	case text == "Recovery Manager complete.":
		r.complete = true
	case rmanRule.MatchString(text):
		r.inStack = true
	case rmanStack.MatchString(text) && (r.inStack || rmanFailed.MatchString(text)):
		r.inStack = true // even where the rules above it were left out
		r.fail(text)
	case rmanWarns.MatchString(text):
		if r.warning == "" {
			r.warning = text
		}
	default:
		r.inStack = r.inStack && text != "" && !strings.HasPrefix(text, "RMAN>")
		r.note(text)
	}
}

func (r *rmanRun) fail(text string) {
	if m := rmanFailed.FindStringSubmatch(text); m != nil {
		r.work.command(m[1])
		r.failedAt = m[2]
	}
	if len(r.stack) < maxRMANStack {
		r.stack = append(r.stack, text)
	}
}

// note takes what a line tells about the session.
func (r *rmanRun) note(text string) {
	if m := rmanConnected.FindStringSubmatch(text); m != nil && r.name == "" {
		r.name, r.database = m[1], m[1]+" "+m[2]
	} else if m := rmanStarts.FindStringSubmatch(text); m != nil {
		r.work.starts(m[1])
		if r.began == "" {
			r.began = m[2]
		}
	} else if m := rmanStopped.FindStringSubmatch(text); m != nil {
		r.ended = m[1]
	} else {
		r.work.does(text)
	}
}

// execution: without a beginning, the session is known by the first time it tells, else by its error stack.
func (r *rmanRun) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{Client: r.name, Line: r.line.N, Offset: r.line.Offset}
	e.Kind, e.Level = r.work.kind(), r.work.level
	r.judge(&e)
	switch {
	case e.Outcome == backup.Running && !r.whole:
		return e, bad(r.line.N, say.Record("a piece of a log that does not tell how RMAN ended"))
	case e.Outcome == backup.Running && r.database == "":
		return e, bad(r.line.N, say.Record("the log ends before RMAN is connected to a database"))
	}
	if r.whole {
		e.Session, e.Routine = strings.TrimSpace(r.database+" @ "+r.start), r.work.routine()
	}
	if err := r.times(in, &e); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	if e.Outcome == backup.Success || e.Outcome == backup.Running {
		return e, nil
	}
	e.Log = r.log.String()
	if !r.whole && len(r.stack) > 0 {
		e.Text = r.stack[0]
	}
	return e, nil
}

func (r *rmanRun) judge(e *backup.Execution) {
	switch {
	case len(r.stack) > 0:
		e.Outcome, e.NativeStatus = backup.Failed, "ERROR MESSAGE STACK"
		e.Error = short(rmanCause(r.stack))
	case r.killed && !r.complete:
		e.Outcome, e.Error = backup.Failed, say.Record("it ended without \"Recovery Manager complete.\"")
	case !r.complete:
		e.Outcome = backup.Running
	case r.warning != "":
		e.Outcome, e.NativeStatus, e.Error = backup.Partial, "Recovery Manager complete.", short(r.warning)
	default:
		e.Outcome, e.NativeStatus = backup.Success, "Recovery Manager complete."
	}
	e.Code, _, _ = strings.Cut(rmanStack.FindString(e.Error), ":")
}

// times: a stack's time is always written month first, whatever NLS_DATE_FORMAT says about the others.
func (r *rmanRun) times(in *Input, e *backup.Execution) (err error) {
	var near time.Time
	if at, err := time.Parse("01/02/2006 15:04:05", r.failedAt); err == nil {
		near = at
		e.End, e.TimeNote = in.Place(at)
		e.EndText = r.failedAt
	}
	if r.whole {
		e.StartText = r.start
		if e.Start, e.TimeNote, err = in.Wall(r.start); err != nil {
			return err
		}
		near, _ = time.Parse("Mon Jan _2 15:04:05 2006", r.start)
	} else if began, ok := rmanTime(in, r.began, near); ok {
		e.Start, e.StartText = began, r.began
	}
	if ended, ok := rmanTime(in, r.ended, near); ok && e.End.IsZero() && e.Outcome.Final() {
		e.End, e.EndText = ended, r.ended
	}
	return nil
}

// rmanCause is the line to read first. What Oracle reports of memory, files, devices and the instance causes the rest, even if
// other errors follow; else the deepest line counts.
func rmanCause(stack []string) string {
	for _, line := range stack {
		if rmanRoot.MatchString(line) {
			return line
		}
	}
	for i := len(stack) - 1; i > 0; i-- {
		if !rmanConsequence.MatchString(stack[i]) {
			return stack[i]
		}
	}
	return stack[0]
}

var (
	rmanRoot        = regexp.MustCompile(`^ORA-(?:04|19|27|00)\d{3}: `)
	rmanConsequence = regexp.MustCompile(`^ORA-(?:06508|06512|06550): `)
)
