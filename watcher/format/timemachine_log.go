package format

import (
	"iter"
	"math"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Apple Time Machine: what backupd writes into the unified log, in the styles of log show or as helper scripts cut it down to
// the time of day, and into the system's log before macOS 10.12, which alone names the machine. The words differ between versions.
var _ = register(Format{
	Name:    "timemachine_log",
	Version: 2,
	Tool:    "Time Machine",
	Title:   "log show (com.apple.TimeMachine)",
	Export: say.N(`log show --predicate 'subsystem == "com.apple.TimeMachine"' --info --last 24h > timemachine.log; one source for each Mac. ` +
		"A Mac that sleeps makes no backup and says nothing."),
	Evidence:   backup.Report,
	Endings:    func() []backup.Ending { return []backup.Ending{{Word: "Backup canceled", Told: backup.Cancelled}} },
	Match:      func(head []byte) bool { return timemachineMatch(head) },
	Executions: timemachineRuns,
})

var _ = refuse(say.Record("tmutil tells what is at work or kept just now, not how backups ended; use: log show --predicate 'subsystem == \"com.apple.TimeMachine\"' --info --last 24h > timemachine.log"),
	regexp.MustCompile(`(?m)^Backup session status:|com\.apple\.backupd\.ErrorDomain`).Match)

var (
	timemachineStart   = regexp.MustCompile(`^Starting (?:\w+ backup\b|backup with mode "[^"]*backup")`)
	timemachineEnd     = regexp.MustCompile(`^Backup (completed successfully|succeeded|failed|cancell?ed)\b(?: with error)?:? ?(?:[A-Z_]+ )?\(?(-?\d+)?`)
	timemachineOwn     = regexp.MustCompile(`^Starting (?:(?:automatic|manual|standard) backup\b|backup with mode "[^"]*backup")`) // others log backups too
	timemachineCreated = regexp.MustCompile(`^Created new backup: (\d{4}-\d\d-\d\d)-(\d{6})$`)
	timemachineCopied  = regexp.MustCompile(`^Copied (\d+) (?:items|files) \(([\d.,]+) (bytes|[KMGT]B)\)`)

	// With a date and mostly an offset; cut down to them, or to the time of day alone; in the system's log.
	timemachineDated  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d+)([+-]\d{4})?\s.*?\[com\.apple\.TimeMachine(?:[:.]\w+)?\] (.*)$`)
	timemachineShort  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d{4})? +(?:0x[0-9a-f]+ +\w+ +)?(.*)$`)
	timemachineTimed  = regexp.MustCompile(`^()(\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d{4})? (.*)$`)
	timemachineSystem = regexp.MustCompile(`^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (\S+) com\.apple\.backupd(?:-\w+)?\[\d+\]: (.*)$`)
)

func timemachineMatch(head []byte) bool {
	for line := range strings.Lines(string(head)) {
		line = strings.TrimRight(line, "\r\n")
		if timemachineDated.MatchString(line) {
			return true
		}
		for _, style := range []*regexp.Regexp{timemachineTimed, timemachineSystem} {
			if m := style.FindStringSubmatch(line); m != nil && (timemachineStart.MatchString(m[len(m)-1]) || timemachineEnd.MatchString(m[len(m)-1])) {
				return true
			}
		}
		if m := timemachineShort.FindStringSubmatch(line); m != nil && timemachineOwn.MatchString(m[4]) {
			return true
		}
	}
	return false
}

func timemachineRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var run, before *timemachineRun
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			stamp, host, text := in.timemachineLine(line.Text)
			starts, ends := timemachineStart.MatchString(text), timemachineEnd.MatchString(text)
			if run == nil && ends && before.saidAlready(text) {
				continue
			}
			if run != nil && starts && !yield(run.execution(in)) {
				return
			}
			if starts || run == nil && ends {
				run = &timemachineRun{line: line, host: host}
			}
			if run == nil {
				continue
			}
			run.say(line, stamp, text, starts)
			if !ends {
				continue
			}
			if !yield(run.execution(in)) {
				return
			}
			run, before = nil, run
		}
		if run != nil {
			yield(run.execution(in))
		}
	}
}

// timemachineStamp is when a line was written; the day and the offset may be missing.
type timemachineStamp struct{ day, clock, offset string }

// String is the stamp as written.
func (s timemachineStamp) String() string { return strings.TrimSpace(s.day + " " + s.clock + s.offset) }

// timemachineLine cuts a line into its stamp, the machine where it is named, and backupd's sentence.
func (in *Input) timemachineLine(line string) (stamp timemachineStamp, host, text string) {
	for _, style := range []*regexp.Regexp{timemachineDated, timemachineShort, timemachineTimed} {
		if m := style.FindStringSubmatch(line); m != nil {
			return timemachineStamp{m[1], m[2], m[3]}, "", m[4]
		}
	}
	if m := timemachineSystem.FindStringSubmatch(line); m != nil {
		day, clock, _ := strings.Cut(in.syslogStamp(m[1]), " ")
		return timemachineStamp{day, clock, ""}, m[2], m[3]
	}
	return stamp, "", ""
}

// timemachineRun is one backup while its lines are read.
type timemachineRun struct {
	line       Line
	host       string
	start, end timemachineStamp
	day, at    string // of the backup that was made, on the Mac's clock: 2017-05-22 and 191840
	outcome    backup.Outcome
	status     string
	code       string
	bytes      backup.Count
	files      backup.Count
	log        logText
}

// saidAlready tells whether a last line is only this run's once more: some versions say in two ways that it went well.
func (r *timemachineRun) saidAlready(text string) bool {
	return r != nil && r.start.clock != "" && r.outcome == backup.Success && timemachineOutcome(text) == backup.Success
}

func timemachineOutcome(text string) backup.Outcome {
	switch how, _, _ := strings.Cut(strings.TrimPrefix(text, "Backup "), " "); strings.TrimRight(how, ":.") {
	case "completed", "succeeded":
		return backup.Success
	case "failed":
		return backup.Failed
	}
	return backup.Cancelled
}

func (r *timemachineRun) say(line Line, stamp timemachineStamp, text string, starts bool) {
	r.log.add(line.Text)
	if starts {
		r.start = stamp
	}
	if m := timemachineCreated.FindStringSubmatch(text); m != nil {
		r.day, r.at = m[1], m[2]
	} else if m := timemachineCopied.FindStringSubmatch(text); m != nil {
		r.files, _ = number(m[1])
		r.bytes = timemachineSize(m[2], m[3])
	} else if m := timemachineEnd.FindStringSubmatch(text); m != nil {
		r.end, r.status, r.code, r.outcome = stamp, strings.TrimRight(text, "."), m[2], timemachineOutcome(text)
	}
}

// timemachineSize: Apple counts in thousands.
func timemachineSize(n, unit string) backup.Count {
	f, ok := decimal(n)
	f *= math.Pow10(map[string]int{"KB": 3, "MB": 6, "GB": 9, "TB": 12}[unit])
	if !ok || f > 1<<62 {
		return backup.Count{}
	}
	return backup.N(int64(f))
}

func (r *timemachineRun) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{
		Client: r.host, Outcome: backup.Running, NativeStatus: r.status, Code: r.code, Bytes: r.bytes, Files: r.files,
		Line: r.line.N, Offset: r.line.Offset,
	}
	if r.outcome != 0 {
		e.Outcome = r.outcome
	}
	if e.Outcome != backup.Success {
		e.Log = r.log.String()
	}
	if e.Outcome == backup.Failed || e.Outcome == backup.Cancelled {
		e.Error = r.status
	}
	if err := r.times(in, &e); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	if e.At().IsZero() {
		e.Text = r.line.Text
	}
	return e, nil
}

// times: a stamp without a day takes that of the backup that was made. The run began the day before if its time of day is
// later than that backup's, and ended the day after if it is earlier. Without such a backup only the file's time is left.
func (r *timemachineRun) times(in *Input, e *backup.Execution) (err error) {
	if r.start.day+r.end.day == "" && r.day == "" {
		return nil
	}
	start, end := r.dated(r.start, -1), r.dated(r.end, 1)
	e.StartText, e.EndText, e.Absolute = start.String(), end.String(), start.offset+end.offset != ""
	if start.clock != "" {
		if e.Start, e.TimeNote, err = in.Wall(start.wall()); err != nil {
			return err
		}
	}
	if end.clock != "" {
		e.End, _, err = in.Wall(end.wall())
	}
	return err
}

func (s timemachineStamp) wall() string { return s.day + " " + s.clock + " " + s.offset }

// dated adds the day; other is the direction in which it lies if midnight was passed.
func (r *timemachineRun) dated(s timemachineStamp, other int) timemachineStamp {
	day, err := time.Parse("2006-01-02", r.day)
	if s.day != "" || s.clock == "" || err != nil {
		return s
	}
	clock := strings.ReplaceAll(s.clock[:len("15:04:05")], ":", "")
	if other < 0 && clock > r.at || other > 0 && clock < r.at {
		day = day.AddDate(0, 0, other)
	}
	s.day = day.Format("2006-01-02")
	return s
}
