package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// mariabackup's messages: stamped lines of its threads, with InnoDB's own between them. Only "completed OK!" in the last line
// says that it went well. The three steps of a backup's life (backup, prepare, copy back) write the same last line.
var _ = register(Format{
	Name:       "mariabackup_log",
	Version:    1,
	Tool:       "mariabackup",
	Title:      say.N("messages (error stream)"),
	Export:     "mariabackup --backup --target-dir=/srv/backup/today 2>> mariabackup.log",
	Evidence:   backup.Report,
	Match:      mariabackupLine.Match,
	Executions: mariabackupRuns,
})

var _ = refuse(say.Record("xtrabackup_info describes the backup beside it; keep what mariabackup prints instead: mariabackup --backup … 2>> mariabackup.log"),
	func(head []byte) bool { return holds(head, "tool_command = ", "innodb_from_lsn = ") })

var (
	mariabackupLine    = signOf(`(?m)^\[\d\d\] (?:FATAL ERROR: )?(\d{4}-\d\d-\d\d +\d+:\d\d:\d\d) +(.*)$`, "] ")
	mariabackupBased   = regexp.MustCompile(`^(?:\S*/)?(?:mariabackup|mariadb-backup) based on `)
	mariabackupConnect = regexp.MustCompile(`^(Connecting to MariaDB server|Using server version )`)
	mariabackupFrom    = regexp.MustCompile(`^incremental backup from \d+ is enabled`)
	mariabackupPrepare = regexp.MustCompile(`^(mariabackup: )?This target seems to be `)
	mariabackupTrouble = regexp.MustCompile(`^\S*(?:mariabackup|mariadb-backup): (Error writing .*|Error: .*|Can't .*|.*\(errno: .*)$|^\d{4}-\d\d-\d\d +\d+:\d\d:\d\d \d+ \[ERROR\] (.*)$`)
)

func mariabackupRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var run *mariabackupRun
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := lastFrame(line.Text)
			m := mariabackupLine.FindStringSubmatch(text)
			if run != nil && run.endsBefore(text, m) {
				if run.outcome == 0 {
					run.outcome, run.reason = backup.Failed, say.Record("it ended without \"completed OK!\"")
				}
				if !yield(run.execution(in)) {
					return
				}
				run = nil
			}
			if run == nil && (m != nil || mariabackupBased.MatchString(text)) {
				run = &mariabackupRun{line: line, kind: backup.Restore}
			}
			if run != nil {
				run.say(line, text, m)
			}
		}
		if run != nil {
			yield(run.execution(in))
		}
	}
}

// mariabackupRun is one command while its lines are read. What neither connects to a server nor prepares puts files back.
type mariabackupRun struct {
	line       Line
	start, end string
	based      bool // the line that names the version was read
	kind       backup.Kind
	level      string
	outcome    backup.Outcome
	status     string
	trouble    string // the first error, before those that follow from it
	reason     string
	log        logText
}

// endsBefore tells the first lines of another run: a backup connects first, the others begin with the version.
func (r *mariabackupRun) endsBefore(text string, m []string) bool {
	connects := m != nil && strings.HasPrefix(m[2], "Connecting to MariaDB server")
	return r.outcome != 0 && (connects || mariabackupBased.MatchString(text)) || r.based && mariabackupBased.MatchString(text)
}

func (r *mariabackupRun) say(line Line, text string, m []string) {
	r.log.add(text)
	r.based = r.based || mariabackupBased.MatchString(text)
	if m == nil {
		r.suspect(text)
		return
	}
	if r.start == "" {
		r.start = m[1]
	}
	switch fatal := strings.Contains(text, "FATAL ERROR: "); {
	case fatal:
		r.outcome, r.status, r.reason = backup.Failed, "FATAL ERROR", strings.TrimPrefix(m[2], "mariabackup: ")
	case m[2] == "completed OK!":
		r.outcome, r.status = backup.Success, m[2]
	case mariabackupConnect.MatchString(m[2]):
		r.kind = backup.Data
		if r.level == "" {
			r.level = "full"
		}
	case mariabackupFrom.MatchString(m[2]):
		r.level = "incremental"
	case mariabackupPrepare.MatchString(m[2]):
		r.kind = backup.Administrative
	default:
		r.suspect(m[2])
	}
	r.end = m[1]
}

func (r *mariabackupRun) suspect(text string) {
	if m := mariabackupTrouble.FindStringSubmatch(text); m != nil && r.trouble == "" {
		r.trouble = m[1] + m[2]
	}
}

// execution is known by its first stamp: the log names no job, and tells the level late.
func (r *mariabackupRun) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{
		Session: r.start, Kind: r.kind, Level: r.level, Outcome: backup.Running, NativeStatus: r.status,
		StartText: r.start, Line: r.line.N, Offset: r.line.Offset,
	}
	if r.start == "" {
		return e, bad(r.line.N, say.Record("a run of mariabackup without any time"))
	}
	if e.Start, e.TimeNote, err = in.Wall(r.start); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	if r.outcome != 0 {
		e.Outcome, e.EndText = r.outcome, r.end
		if e.End, _, err = in.Wall(r.end); err != nil {
			return e, bad(r.line.N, err.Error())
		}
	}
	if e.Outcome == backup.Success {
		return e, nil
	}
	e.Log = r.log.String()
	if e.Outcome == backup.Failed {
		e.Error = short(r.reason)
		if r.trouble != "" && r.trouble != r.reason {
			e.Error = short(say.Record("%s (%s)", r.trouble, r.reason))
		}
	}
	return e, nil
}
