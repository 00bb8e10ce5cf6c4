package format

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// What barman backup prints, and Barman's log, which holds the same sentences behind a stamp and the number of the process.
var _ = register(Format{
	Name:       "barman_backup",
	Version:    2,
	Tool:       barmanTool,
	Title:      "barman backup",
	Export:     say.N("barman backup main >> barman-backup.log 2>&1; the log file /var/log/barman/barman.log also tells when a backup failed."),
	Evidence:   backup.Report,
	Match:      func(head []byte) bool { return barmanPrinted.Match(head) && !barmanLogged.Match(head) },
	Executions: barmanRuns,
})

var _ = register(Format{
	Name:       "barman_log",
	Version:    2,
	Tool:       barmanTool,
	Title:      "barman.log",
	Export:     say.N("Watch /var/log/barman/barman.log (log_file in barman.conf)."),
	Evidence:   backup.Report,
	Match:      func(head []byte) bool { return barmanLogged.Match(head) },
	Executions: barmanRuns,
})

var (
	barmanPrinted = signOf(`(?m)^(Starting backup using \S+ method for server \S+|ERROR: (Impossible to start the backup|Backup failed |Another backup process is running)|Backup completed \(start time: )`, "Starting backup using ", "ERROR: ", "Backup completed ")
	barmanLogged  = signOf(`(?m)^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \[(\d+)\] barman\.\S+ +([A-Z]+): (.*)$`, "] barman.")
	barmanLevels  = regexp.MustCompile(`^(ERROR|WARNING|EXCEPTION|CRITICAL): (.*)$`)
)

func barmanRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := barmanLog{in: in, yield: yield}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if l.read(line); l.stopped {
				return
			}
		}
		for _, r := range l.runs {
			l.give(r)
		}
	}
}

// barmanLog follows the processes of one log; the output of a command is one process without a number. What a process says of
// its backup may go on behind the end, so a run is kept until its process begins another, or too many wait.
type barmanLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool
	runs    []*barmanRun // the oldest first
	process string       // of the last stamped line: lines without a stamp are its
}

func (l *barmanLog) read(line Line) {
	text, stamp, level := lastFrame(line.Text), "", ""
	if m := barmanLogged.FindStringSubmatch(text); m != nil {
		stamp, l.process, level, text = m[1], m[2], m[3], m[4]
	} else if m := barmanLevels.FindStringSubmatch(text); m != nil {
		level, text = m[1], m[2]
	}
	if level == "ERROR" && text == barmanBusy {
		l.refuse(line, stamp)
		return
	}
	r := l.current()
	starts := barmanStarts.FindStringSubmatch(text)
	switch {
	case line.Open && (starts != nil || barmanImpossible.MatchString(text) && !strings.HasSuffix(text, "'")): // its names may be cut
		return
	case starts != nil || r != nil && r.outcome != 0 && barmanEnds.MatchString(text):
		r = l.begin(line)
	case r == nil && (level == "ERROR" || barmanEnds.MatchString(text)):
		r = l.begin(line)
	case r == nil:
		return
	}
	if r.log.add(line.Text); starts != nil {
		r.server, r.id = starts[1], starts[2]
	}
	r.say(stamp, level, text)
}

// refuse gives the backup that did not begin because another of its server was at work, which may be told of in the lines around it.
func (l *barmanLog) refuse(line Line, stamp string) {
	r := &barmanRun{line: line, process: l.process, outcome: backup.Missed, status: barmanBusy, reason: barmanBusy, stamp: stamp}
	r.log.add(line.Text)
	l.give(r)
}

func (l *barmanLog) current() *barmanRun {
	for _, r := range l.runs {
		if r.process == l.process {
			return r
		}
	}
	return nil
}

// begin puts a new run in the place of its process's last one.
func (l *barmanLog) begin(line Line) *barmanRun {
	const most = 64
	i := slices.Index(l.runs, l.current())
	if i < 0 && len(l.runs) == most {
		i = 0
	}
	if i >= 0 {
		l.give(l.runs[i])
		l.runs = slices.Delete(l.runs, i, i+1)
	}
	r := &barmanRun{line: line, process: l.process}
	l.runs = append(l.runs, r)
	return r
}

// give leaves out processes that began no backup.
func (l *barmanLog) give(r *barmanRun) {
	if !l.stopped && (r.id != "" || r.outcome != 0) {
		l.stopped = !l.yield(r.execution(l.in))
	}
}
