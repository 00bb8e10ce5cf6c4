package format

import (
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

const pgbackrestTool = "pgBackRest"

// pgBackRest's log files and console: stamped lines between a begin and an end of each command. A command that finds the
// stanza locked writes into the same log while the other one is at work, so several can be open.
var _ = register(Format{
	Name:    "pgbackrest_log",
	Version: 2,
	Tool:    pgbackrestTool,
	Title:   say.N("log file or console"),
	Export:  say.N("Watch /var/log/pgbackrest, or keep what a command prints, errors too: pgbackrest --stanza=main backup >> pgbackrest.log 2>&1"),
	Meaning: func(code string) string { return pgbackrestCodes[code] },
	Endings: func() []backup.Ending {
		return codeEndings("aborted with exception", backup.Failed, slices.Collect(maps.Keys(pgbackrestCodes))...)
	},
	Evidence:   backup.Report,
	Match:      pgbackrestLine.Match,
	Executions: pgbackrestRuns,
})

var (
	pgbackrestLine  = signOf(`(?m)^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) P\d+ +(INFO|WARN|ERROR|DETAIL|DEBUG|TRACE|ASSERT): (.*)$`, " INFO: ", " WARN: ", " ERROR: ", " DETAIL: ", " DEBUG: ", " TRACE: ", " ASSERT: ")
	pgbackrestBegin = regexp.MustCompile(`^([a-z-]+) command begin \S+: (.*)$`)
	pgbackrestEnd   = regexp.MustCompile(`^([a-z-]+) command end: (completed successfully(?: \((\d+)ms\))?|aborted with exception \[(\d+)\]|terminated .*)$`)
)

var pgbackrestCodes = map[string]string{
	"050": say.Record("another pgBackRest holds the lock of this stanza"),
	"055": say.Record("a file is missing: the stanza was not created, or there is nothing to take"),
	"056": say.Record("no primary can be reached"),
}

// pgbackrestKinds are the commands that matter. The server calls archive-push and archive-get itself, for each segment.
var pgbackrestKinds = map[string]backup.Kind{
	"backup": backup.Data, "restore": backup.Restore,
	"expire": backup.Administrative, "check": backup.Administrative, "verify": backup.Administrative,
	"stanza-create": backup.Administrative, "stanza-upgrade": backup.Administrative, "stanza-delete": backup.Administrative,
}

func pgbackrestRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := pgbackrestLog{in: in, yield: yield, before: &pgbackrestRun{}}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if l.read(line); l.stopped {
				return
			}
		}
		l.settle()
		for _, r := range l.open {
			l.give(r)
		}
	}
}

// pgbackrestLog follows the commands of one log.
type pgbackrestLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool
	open    []*pgbackrestRun // the oldest first; lines are the newest's
	before  *pgbackrestRun   // began before this text: what is told until the first end or begin; nil behind it
	ended   *pgbackrestRun   // a console writes the reason of a failure behind its end
	backed  *pgbackrestRun   // the backup that ended last: it may go on to expire
}

func (l *pgbackrestLog) read(line Line) {
	text := lastFrame(line.Text)
	m := pgbackrestLine.FindStringSubmatch(text)
	if m == nil {
		l.unstamped(text)
		return
	}
	l.settle()
	if b := pgbackrestBegin.FindStringSubmatch(m[3]); b != nil {
		if l.before = nil; !line.Open { // else its options may be cut
			l.begin(line, m[1], b[1], b[2])
		}
		return
	}
	if e := pgbackrestEnd.FindStringSubmatch(m[3]); e != nil {
		l.end(line, m[1], e)
		return
	}
	if r := l.newest(); r != nil {
		r.say(text, m[2], m[3])
	} else if l.before != nil {
		l.before.from(line)
		l.before.say(text, m[2], m[3])
	}
}

// unstamped is the rest of a message, or the reason that a console shows behind the end.
func (l *pgbackrestLog) unstamped(text string) {
	r := l.ended
	if r == nil {
		r = l.newest()
	}
	if r == nil || strings.HasPrefix(text, "-----") {
		return
	}
	r.log.add(text)
	if why, ok := strings.CutPrefix(text, "ERROR: "); ok {
		r.fail(why)
	}
}

// begin opens a command. A log of commands that never ended keeps the newest of them open.
func (l *pgbackrestLog) begin(line Line, stamp, command, options string) {
	const most = 64
	if len(l.open) == most {
		l.give(l.open[0])
		l.open = l.open[1:]
	}
	r := newPgbackrestRun(line, stamp, command, options)
	r.automatic = command == "expire" && l.backed.goesOn(r)
	l.open = append(l.open, r)
}

func (l *pgbackrestLog) newest() *pgbackrestRun {
	if len(l.open) == 0 {
		return nil
	}
	return l.open[len(l.open)-1]
}

// end closes a command. Of several that are open it is the one that began as many milliseconds ago as the line says, else the newest.
func (l *pgbackrestLog) end(line Line, stamp string, m []string) {
	best := -1
	for i, r := range l.open {
		if r.command == m[1] && (best < 0 || m[3] == "" || r.distance(stamp, m[3]) <= l.open[best].distance(stamp, m[3])) {
			best = i
		}
	}
	r := l.before
	if l.before = nil; best >= 0 {
		r = l.open[best]
		l.open = slices.Delete(l.open, best, best+1)
	}
	if r == nil {
		return
	}
	r.from(line)
	r.command, r.kind = m[1], pgbackrestKinds[m[1]]
	r.log.add(lastFrame(line.Text))
	r.close(stamp, m)
	if r.command == "backup" {
		l.backed = r
	}
	l.ended = r
}

// settle gives out the command that has ended.
func (l *pgbackrestLog) settle() {
	if r := l.ended; r != nil {
		l.ended = nil
		l.give(r)
	}
}

// give leaves out what belongs to another command: an expire that the backup began is one only if it failed.
func (l *pgbackrestLog) give(r *pgbackrestRun) {
	if l.stopped || r.kind == 0 || r.automatic && (r.outcome == backup.Success || r.outcome == backup.Running) {
		return
	}
	l.stopped = !l.yield(r.execution(l.in))
}

// distance is how far a run's begin lies from the given milliseconds before the stamp.
func (r *pgbackrestRun) distance(stamp, ms string) time.Duration {
	n, _ := strconv.Atoi(ms)
	const layout = "2006-01-02 15:04:05.000"
	end, _ := time.Parse(layout, stamp)
	start, _ := time.Parse(layout, r.start)
	return (end.Sub(start) - time.Duration(n)*time.Millisecond).Abs()
}
