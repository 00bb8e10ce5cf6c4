package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// resticLog cuts a log into runs. Runs follow each other without a mark: one begins with its first line and ends with its
// last word, and a capture may hold the errors of a run behind that word.
type resticLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	open    *resticRun // being read; it may not have begun
	done    *resticRun // ended, but lines that belong to it may follow; nil for none
	line    Line
	earlier bool // a run before done was yielded, or read in a shorter state of the file
	stopped bool
}

func (l *resticLog) read(line Line) {
	l.line = line
	text := resticPlain(line.Text)
	if text == "" || resticChatter(text) {
		return
	}
	if strings.HasPrefix(text, `{"message_type":`) {
		l.message(text)
		return
	}
	if strings.HasPrefix(text, `[{`) && strings.Contains(text, `"keep":`) {
		l.forgotten(text)
		return
	}
	for _, rules := range [][]resticRule{resticRules, resticAdminRules} {
		for _, rule := range rules {
			if m := rule.line.FindStringSubmatch(text); m != nil {
				rule.act(l, text, m)
				return
			}
		}
	}
	if cause := l.open.cause; cause != "" && strings.HasSuffix(resticTemporary.ReplaceAllString(text, ""), cause) {
		l.fail(text, text)
		return
	}
	if l.done != nil && l.done.asked && l.behind(text) {
		l.done.asked = false
		return
	}
	l.settle()
	l.keep(text)
	l.open.last = text
}

// resticChatter tells lines of which there is one for each file or second, and that say nothing of the outcome.
func resticChatter(text string) bool {
	for _, item := range []string{"unchanged ", "modified  ", "new       "} {
		if strings.HasPrefix(text, item) {
			return true
		}
	}
	return resticClock.MatchString(text)
}

var resticClock = regexp.MustCompile(`^\[\d+:\d\d(:\d\d)?\] `)

// keep adds the line to the run that is being read.
func (l *resticLog) keep(text string) {
	if l.open.e.Line == 0 {
		l.open.e.Line, l.open.e.Offset = l.line.N, l.line.Offset
	}
	l.open.log.add(text)
}

// begin says that the line belongs to a run at this stage of its work. A run does not go back: that is the next one.
func (l *resticLog) begin(stage int, kind backup.Kind, command string) *resticRun {
	r := l.open
	back := stage < r.stage || stage == r.stage && stage > resticOpening || stage <= resticReading && r.broken
	other := kind != 0 && r.e.Kind != 0 && kind != r.e.Kind || command != "" && r.e.Routine != "" && command != r.e.Routine
	if r.begun && (back || other) {
		r = l.next()
	}
	r.begun, r.stage = true, stage
	if kind != 0 {
		r.e.Kind = kind
	}
	if command != "" {
		r.e.Routine = command
	}
	return r
}

// next ends the run that is being read, since the line is of another.
func (l *resticLog) next() *resticRun {
	l.end(l.open.unended(true))
	return l.open
}

// settle ends a run that is complete, before a line that need not be its own.
func (l *resticLog) settle() {
	if l.open.complete {
		l.next()
	}
}

// end closes the run that is being read. The one before it is complete now.
func (l *resticLog) end(o backup.Outcome) {
	l.flush()
	l.open.e.Outcome = o
	l.done, l.open = l.open, &resticRun{}
}

// fail ends the run with the line that says why.
func (l *resticLog) fail(text, why string) {
	l.settle()
	l.open.begun = true
	l.keep(text)
	l.open.explain(why)
	l.end(backup.Failed)
}

// saved is the run that ended last, if it was a backup of which more may be said here.
func (l *resticLog) saved() *resticRun {
	if l.done == nil || l.open.begun || !l.done.saved || l.done.warned {
		return nil
	}
	return l.done
}

// behind adds a line to the run that ended last, if nothing of the next one was seen.
func (l *resticLog) behind(text string) bool {
	if l.done == nil || l.open.begun || l.done.e.Outcome == backup.Success {
		return false
	}
	l.done.log.add(text)
	return true
}

func (l *resticLog) flush() {
	r := l.done
	l.done = nil
	if r == nil || l.stopped {
		return
	}
	l.earlier = true
	if r.dry {
		l.in.note(say.Record("dry runs are left out: they save nothing"))
		return
	}
	e, err := r.execution()
	l.stopped = !l.yield(e, err)
}

func (l *resticLog) bad(reason string) {
	l.flush()
	if !l.stopped {
		l.stopped = !l.yield(backup.Execution{}, bad(l.line.N, reason))
	}
}

// close judges what is left at the end. A target that was skipped is named before its run, which goes on; only in the capture
// of a single run, one stream after the other, it stands behind it.
func (l *resticLog) close() {
	if r := l.saved(); r != nil && !l.earlier && l.open.skipped > 0 {
		r.skipped, r.reason = l.open.skipped, l.open.reason
		r.log.add(l.open.log.String())
		l.open = &resticRun{}
	}
	l.flush()
	if r := l.open; r.begun || r.skipped > 0 {
		l.end(r.unended(false))
		l.flush()
	}
}
