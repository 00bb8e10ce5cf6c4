package format

import (
	"cmp"
	"iter"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Proxmox Backup Server: a task's log. Each line has a stamp with its offset, and the last one begins with TASK. The log
// names neither the server nor the task's id, so a task is known by what it works on and by its start.
var _ = register(Format{
	Name:    "pbs_task_log",
	Version: 2,
	Tool:    "Proxmox Backup Server",
	Title:   say.N("task log"),
	Export: say.N("In the task viewer press Download, or run: proxmox-backup-manager task log UPID > task.log. The task list as JSON tells " +
		"all tasks with their ids; import one or the other, since the log does not hold the id."),
	Evidence:   backup.Report,
	Match:      func(head []byte) bool { return pbsTask.Match(head) && pbsLine.Match(head) },
	Executions: pbsTasks,
})

const pbsStamp = `^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)): `

var (
	pbsLine = regexp.MustCompile(`(?m)` + pbsStamp + `(.*)$`)
	pbsTask = signOf(`(?m)`+pbsStamp+`(?:starting new backup on datastore|TASK (?:OK|ERROR|WARNINGS)\b|(?i:starting (?:garbage collection|datastore|tape backup)))`, "starting new backup", "TASK ", "tarting ")
)

// pbsBeginnings tell a task by its first line. Any other task is administrative, and its first line is its name.
var pbsBeginnings = []struct {
	line    *regexp.Regexp
	routine string // of the line
	client  string
	kind    backup.Kind
}{
	{regexp.MustCompile(`^starting new backup on datastore '(.+?)'(?: from .*)?: "(?:(ns/.+)/)?((?:vm|ct|host)/[^/"]+)/[^/"]+"$`), "$1 $2", "$3", backup.Data},
	{regexp.MustCompile(`(?i)^starting tape backup job '(.+?)'`), "tape backup $1", "", backup.Copy},
	{regexp.MustCompile(`(?i)^starting datastore sync job '(.+?)'`), "sync $1", "", backup.Copy},
	{regexp.MustCompile(`(?i)^starting garbage collection on store (\S+)`), "garbage collection $1", "", backup.Administrative},
	{regexp.MustCompile(`(?i)^starting datastore (verify|prune) (?:job|on) '(.+?)'`), "$1 $2", "", backup.Administrative},
}

func pbsTasks(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var task *pbsRun
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			m := pbsLine.FindStringSubmatch(line.Text)
			switch {
			case task == nil && m == nil:
			case task == nil && !strings.HasPrefix(m[2], "TASK "):
				task = pbsBegin(line, m[1], m[2])
			case task == nil:
			case m == nil:
				task.log.add(line.Text)
			case task.say(line, m[1], m[2]):
				if !yield(task.execution()) {
					return
				}
				task = nil
			}
		}
		if task != nil {
			yield(task.execution())
		}
	}
}

// pbsRun is one task while its lines are read.
type pbsRun struct {
	line     Line
	e        backup.Execution
	start    string
	end      string
	uploaded int64
	known    bool // the size of an upload was told
	warning  string
	log      logText
}

func pbsBegin(line Line, stamp, text string) *pbsRun {
	r := &pbsRun{line: line, start: stamp}
	r.e = backup.Execution{Kind: backup.Administrative, Routine: text, Outcome: backup.Running, StartText: stamp, Absolute: true, Line: line.N, Offset: line.Offset}
	for _, b := range pbsBeginnings {
		if m := b.line.FindStringSubmatchIndex(text); m != nil {
			r.e.Kind = b.kind
			r.e.Routine = strings.TrimSpace(string(b.line.ExpandString(nil, b.routine, text, m)))
			r.e.Client = string(b.line.ExpandString(nil, b.client, text, m))
			break
		}
	}
	r.log.add(line.Text)
	return r
}

var (
	pbsUpload = regexp.MustCompile(`^Upload size: (\d+)\b`)
	pbsEnd    = regexp.MustCompile(`^TASK (OK|ERROR|WARNINGS)(?:: (.*))?$`)
)

// say reads a line and tells whether it is the task's last.
func (r *pbsRun) say(line Line, stamp, text string) (last bool) {
	r.log.add(line.Text)
	if m := pbsUpload.FindStringSubmatch(text); m != nil {
		if n, ok := number(m[1]); ok {
			bytes, _ := n.Value()
			r.uploaded, r.known = r.uploaded+bytes, true
		}
		return false
	}
	if strings.HasPrefix(text, "WARN") && r.warning == "" {
		r.warning = text
	}
	m := pbsEnd.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	r.end, r.e.EndText, r.e.NativeStatus = stamp, stamp, m[1]
	switch m[1] {
	case "OK":
		r.e.Outcome = backup.Success
	case "WARNINGS":
		r.e.Outcome, r.e.Error = backup.Partial, short(cmp.Or(r.warning, text[len("TASK "):]))
	default:
		r.e.Outcome, r.e.Error = backup.Failed, short(m[2])
	}
	return true
}

func (r *pbsRun) execution() (backup.Execution, error) {
	var err error
	if r.line.Open {
		return r.e, bad(r.line.N, say.Record("the log ends in its first line"))
	}
	if r.e.Start, err = time.Parse(time.RFC3339, r.start); err != nil {
		return r.e, bad(r.line.N, say.Record("%q is no time", r.start))
	}
	if r.end != "" {
		if r.e.End, err = time.Parse(time.RFC3339, r.end); err != nil {
			return r.e, bad(r.line.N, say.Record("%q is no time", r.end))
		}
	}
	if r.known && r.uploaded >= 0 {
		r.e.Bytes = backup.N(r.uploaded)
	}
	if r.e.Outcome != backup.Success {
		r.e.Log = r.log.String()
	}
	return r.e, nil
}
