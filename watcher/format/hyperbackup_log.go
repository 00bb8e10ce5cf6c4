package format

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

const hyperbackupTool = "Synology Hyper Backup"

// Synology Hyper Backup's log on the NAS that is saved. A run is told by lines of its task: the task's destination and name
// stand in brackets, and lines with one bracket or none are about settings. One failure is several err lines.
var _ = register(Format{
	Name:    "hyperbackup_log",
	Version: 1,
	Tool:    hyperbackupTool,
	Title:   "synobackup.log",
	Export: say.N("Copy /var/log/synolog/synobackup.log from the NAS (SSH), or take it from a support archive; one source for each NAS, " +
		"since the log does not name it."),
	Evidence: backup.Report,
	Match: func(head []byte) bool {
		return hyperbackupLine.Match(head) && !hyperbackupVault.Match(head)
	},
	Executions: hyperbackupRuns,
})

const hyperbackupStamp = `^(info|warning|err)\t(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)\t([^\t]*):\t`

var (
	hyperbackupLine = signOf(`(?m)`+hyperbackupStamp+`(.*)$`, ":\t")
	hyperbackupTask = regexp.MustCompile(`^\[([^\[\]]*)\]\[(.+?)\] (.*)$`)
)

// hyperbackupWords begin and end a run. Other lines of a task say more about it, or are about its settings.
var hyperbackupWords = []struct {
	text    *regexp.Regexp
	outcome backup.Outcome
}{
	{regexp.MustCompile(`^Backup task started\.`), backup.Running},
	{regexp.MustCompile(`(?i)^Backup task finished successfully\b`), backup.Success},
	{regexp.MustCompile(`(?i)^Backup task .*partially completed\b`), backup.Partial},
	{regexp.MustCompile(`(?i)^Failed to start backup task\b`), backup.Missed},
	{regexp.MustCompile(`(?i)^(Scheduled )?backup (task )?.*\bskipped\b`), backup.Missed},
	{regexp.MustCompile(`(?i)^Failed to run backup task\b`), backup.Failed},
	{regexp.MustCompile(`(?i)^Backup task .*\b(cancell?ed|suspended)\b`), backup.Cancelled},
	{regexp.MustCompile(`(?i)^Backup task .*\bresumed\b`), backup.Running},
}

func hyperbackupRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := hyperbackupLog{in: in, yield: yield}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := hyperbackupLine.FindStringSubmatch(line.Text); m != nil {
				l.read(line, m[1], m[2], m[4])
			}
			if l.stopped {
				return
			}
		}
		for _, r := range l.open {
			l.give(r)
		}
	}
}

// hyperbackupLog follows the tasks of one NAS.
type hyperbackupLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool
	open    []*hyperbackupRun
}

// hyperbackupRun is one run of a task while its lines are read.
type hyperbackupRun struct {
	line       Line
	key        string
	routine    string
	client     string
	start, end string
	outcome    backup.Outcome
	status     string
	failure    string // the first error
	warning    string // the first
	log        logText
}

func (l *hyperbackupLog) read(line Line, level, stamp, text string) {
	m := hyperbackupTask.FindStringSubmatch(text)
	if m == nil {
		return
	}
	outcome := backup.Outcome(0)
	for _, w := range hyperbackupWords {
		if w.text.MatchString(m[3]) {
			outcome = w.outcome
			break
		}
	}
	key := m[1] + "\x00" + m[2]
	switch {
	case outcome == backup.Running:
		l.begin(line, key, m[2], stamp).log.add(line.Text)
	case outcome != 0:
		r := l.run(key)
		if r == nil { // the text begins within it, or the task never started
			r = l.begin(line, key, m[2], "")
		}
		r.say(level, m[3], line.Text)
		r.end, r.outcome, r.status = stamp, outcome, m[3]
		l.close(r)
	default:
		if r := l.run(key); r != nil {
			r.say(level, m[3], line.Text)
		}
	}
}

func (l *hyperbackupLog) run(key string) *hyperbackupRun {
	for _, r := range l.open {
		if r.key == key {
			return r
		}
	}
	return nil
}

// begin opens a run. The one before it that wrote errors and no last word has failed.
func (l *hyperbackupLog) begin(line Line, key, routine, stamp string) *hyperbackupRun {
	const most = 1000
	before := l.run(key)
	if before == nil && len(l.open) == most {
		before = l.open[0]
	}
	if before != nil {
		if before.failure != "" {
			before.outcome = backup.Failed
		}
		l.close(before)
	}
	r := &hyperbackupRun{line: line, key: key, routine: routine, start: stamp, outcome: backup.Running}
	l.open = append(l.open, r)
	return r
}

func (l *hyperbackupLog) close(r *hyperbackupRun) {
	l.open = slices.DeleteFunc(l.open, func(o *hyperbackupRun) bool { return o == r })
	l.give(r)
}

func (l *hyperbackupLog) give(r *hyperbackupRun) {
	if !l.stopped {
		l.stopped = !l.yield(r.execution(l.in))
	}
}

func (r *hyperbackupRun) say(level, text, line string) {
	r.log.add(line)
	switch {
	case level == "err" && r.failure == "":
		r.failure = text
	case level == "warning" && r.warning == "":
		r.warning = text
	}
}

// execution is known by task and start, which is the NAS's wall time. A success with warnings is partial.
func (r *hyperbackupRun) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{
		Routine: r.routine, Client: r.client, Outcome: r.outcome, NativeStatus: strings.TrimSuffix(r.status, "."),
		StartText: r.start, EndText: r.end, Line: r.line.N, Offset: r.line.Offset,
	}
	if e.Outcome == backup.Success && r.warning+r.failure != "" {
		e.Outcome = backup.Partial
	}
	if r.start != "" {
		if e.Start, e.TimeNote, err = in.Wall(r.start); err != nil {
			return e, bad(r.line.N, err.Error())
		}
	}
	if r.end != "" {
		if e.End, _, err = in.Wall(r.end); err != nil {
			return e, bad(r.line.N, err.Error())
		}
	}
	if e.Outcome == backup.Success {
		return e, nil
	}
	e.Log = r.log.String()
	if e.Outcome != backup.Running {
		e.Error = short(r.why())
	}
	return e, nil
}

// why is the first error, which names the cause; those behind it only say that the task failed.
func (r *hyperbackupRun) why() string {
	for _, s := range []string{r.failure, r.warning, r.status} {
		if s != "" {
			return s
		}
	}
	return ""
}
