package format

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// maxRsnapshotRuns bounds the runs that never ended; the oldest is given out beyond it.
const maxRsnapshotRuns = 1000

// rsnapshotLog follows the runs of a log. More than one is open where one finds the lock of another.
type rsnapshotLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	open    []*rsnapshotRun // by their start
	printed *rsnapshotRun   // read from what cron mails
	half    string          // of a line that goes on
	first   Line            // of it
	stamp   string
	synced  map[string]bool // the commands, without their interval, whose sync alone copies
	stopped bool
}

// rsnapshotRun is one run as far as it has been read.
type rsnapshotRun struct {
	line          Line
	log           logText
	command       string
	from, to      string // as written
	process, lock string
	unlocked      bool // it gave the lock back
	begun         bool // it says so; else it found its configuration wrong
	invoked       bool // the printed lines name its command
	copies, moves bool
	synced        bool // another command has copied for it
	files, moved  int64
	counted       bool
	wrong, unsure string // the first error, the first warning
	cause         string // rsync's or ssh's word about it
	outcome       backup.Outcome
	status        string
}

func (l *rsnapshotLog) read(line Line) {
	text, stamp := resticPlain(line.Text), ""
	if m := rsnapshotLine.FindStringSubmatch(text + " "); m != nil { // an empty message has lost its blank
		stamp, text = m[1], strings.TrimSuffix(m[2], " ")
	}
	if l.half == "" {
		l.first, l.stamp = line, stamp
	}
	whole, ok := l.wrapped(text)
	switch {
	case !ok:
	case l.stamp == "":
		l.print(line, whole)
	default:
		l.log(l.first, l.stamp, whole)
	}
}

// log is a line of the log file.
func (l *rsnapshotLog) log(line Line, stamp, text string) {
	m := rsnapshotFrame.FindStringSubmatch(text)
	if m == nil {
		if r := l.holder(); r != nil {
			r.to = stamp
			r.say(line, text)
			if why, ok := strings.CutPrefix(text, "WARNING: "); ok {
				r.unsure = cmp.Or(r.unsure, why)
			}
		}
		return
	}
	command, word, why := m[1], m[2], m[3]
	ends := rsnapshotEnds.FindStringSubmatch(text)
	r := l.of(command, ends != nil)
	if word == "started" || r == nil || !r.begun && l.later(r.to, stamp) {
		if r != nil && !r.begun {
			l.end(r)
		}
		l.giveUp()
		r = &rsnapshotRun{line: line, command: command, from: stamp, begun: word == "started"}
		r.synced = l.afterSync(command)
		l.open = append(l.open, r)
		if len(l.open) > maxRsnapshotRuns {
			l.end(l.open[0])
		}
	}
	r.to = stamp
	r.say(line, text)
	switch {
	case ends != nil:
		r.complete(ends[1])
	case strings.HasPrefix(word, "completed") && !line.Open:
		l.drop(r, unknownWord(line.N, say.Record("rsnapshot's status"), word))
	case word == "ERROR":
		r.fail(why)
	case word == "WARNING":
		r.unsure = cmp.Or(r.unsure, why)
	}
	if r.outcome != 0 && (r.begun || ends != nil) {
		l.end(r)
	}
}

// afterSync tells whether a sync of the same configuration was seen: then the intervals only rotate, and a short log shows no moves.
func (l *rsnapshotLog) afterSync(command string) bool {
	i := strings.LastIndex(command, " ")
	if i < 0 {
		return false
	}
	if command[i+1:] != "sync" {
		return l.synced[command[:i]]
	}
	const most = 1000
	if l.synced == nil || len(l.synced) > most {
		l.synced = map[string]bool{}
	}
	l.synced[command[:i]] = true
	return false
}

// giveUp ends the runs that broke off over an error, when the next one begins: they gave their lock back and said no more.
func (l *rsnapshotLog) giveUp() {
	for _, r := range slices.Clone(l.open) {
		if r.unlocked && r.wrong != "" && r.outcome == 0 {
			r.outcome, r.status = backup.Failed, "ERROR"
			l.end(r)
		}
	}
}

// later tells whether an error is of the next run: those about one configuration come at once.
func (l *rsnapshotLog) later(from, to string) bool {
	a, _, _ := rsnapshotTime(l.in, from)
	b, _, _ := rsnapshotTime(l.in, to)
	return b.Sub(a).Abs() > time.Minute
}

// of is the run of a command that a line is about: the newest, for an end the newest that got the lock.
func (l *rsnapshotLog) of(command string, ends bool) *rsnapshotRun {
	var found *rsnapshotRun
	for _, r := range slices.Backward(l.open) {
		if r.command == command && (found == nil || ends && found.process == "" && r.process != "") {
			found = r
		}
	}
	return found
}

// holder is the run that is at work, so that lines without a command are its own: the newest with the lock.
func (l *rsnapshotLog) holder() *rsnapshotRun {
	for _, r := range slices.Backward(l.open) {
		if r.process != "" {
			if last := l.open[len(l.open)-1]; last.begun && last.process == "" && last.outcome == 0 {
				return last // it may be about to take the lock, which ended with a run that never said so
			}
			return r
		}
	}
	if len(l.open) > 0 {
		return l.open[len(l.open)-1]
	}
	return nil
}

// say is any line of the run.
func (r *rsnapshotRun) say(line Line, text string) {
	if r.log.add(line.Text); r.line.N == 0 {
		r.line = line
	}
	if m := rsnapshotPID.FindStringSubmatch(text); m != nil && r.process == "" {
		r.process, r.lock = m[1], strings.TrimSpace(text[len(m[0]):])
	}
	if rsnapshotMoves.MatchString(text) { // also what sync has copied before
		r.moves = true
	} else {
		r.copies = r.copies || rsnapshotCopies.MatchString(text)
	}
	r.unlocked = r.unlocked || r.process != "" && strings.HasPrefix(text, "rm -f "+r.lock)
	if rsnapshotCause.MatchString(text) {
		r.cause = cmp.Or(r.cause, text)
	}
	if m := rsyncCounts.FindStringSubmatch(text); m != nil && !line.Open {
		n, _ := number(m[2])
		i, ok := n.Value()
		if r.counted = r.counted || ok; strings.HasPrefix(m[1], "Number") {
			r.files += i
		} else {
			r.moved += i
		}
	}
}

func (r *rsnapshotRun) complete(how string) {
	r.outcome, r.status = backup.Success, "completed successfully"
	if how == "" {
		return
	}
	r.status = "completed, but with " + how
	if r.outcome = backup.Failed; how == "some warnings" {
		r.outcome = backup.Partial
	}
}

// fail notes an error. A run that could not take the lock, or could not read its configuration, did not start.
func (r *rsnapshotRun) fail(why string) {
	if strings.Trim(why, "-") == "" { // a rule between messages
		return
	}
	if strings.HasSuffix(r.wrong, ":") { // only says where
		r.wrong += " " + why
	}
	r.wrong = cmp.Or(r.wrong, why)
	if rsnapshotNot.MatchString(why) || !r.begun && !r.invoked {
		r.outcome, r.status = backup.Missed, "ERROR"
	}
}

func (l *rsnapshotLog) end(r *rsnapshotRun) {
	l.open = slices.DeleteFunc(l.open, func(o *rsnapshotRun) bool { return o == r })
	if !l.stopped {
		l.stopped = !l.yield(r.execution(l.in))
	}
}

func (l *rsnapshotLog) drop(r *rsnapshotRun, err error) {
	l.open = slices.DeleteFunc(l.open, func(o *rsnapshotRun) bool { return o == r })
	if !l.stopped {
		l.stopped = !l.yield(backup.Execution{}, err)
	}
}

func (l *rsnapshotLog) close() {
	if r := l.printed; r != nil && r.invoked && r.wrong != "" && !l.stopped {
		l.stopped = !l.yield(r.execution(l.in))
	}
	for len(l.open) > 0 {
		l.end(l.open[0])
	}
}
