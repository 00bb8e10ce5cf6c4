package format

import (
	"iter"
	"regexp"
	"strconv"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// velero backup logs: one line of key=value for each step. The log does not know the backup's phase: that it was written to
// its end and what it complains of is all it says, so what states the phase is believed before it.
var _ = register(Format{
	Name:       "velero_logs",
	Version:    1,
	Tool:       veleroTool,
	Title:      "velero backup logs",
	Export:     say.N("velero backup logs NAME > backup.log; import velero backup get -o json as well, which tells the phase."),
	Evidence:   backup.List,
	Match:      veleroLogged.Match,
	Executions: veleroLogs,
})

var (
	veleroLogged = signOf(`(?m)^time="\S+" level=\w+ msg=.*\blogSource="(pkg|/go/src/github\.com/vmware-tanzu/velero)/`, "logSource=")
	veleroEntry  = regexp.MustCompile(`^time="([^"]+)" level=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)`)
	veleroOf     = regexp.MustCompile(` backup="?(?:[^\s"/]+/)?([^\s"/]+)"?(?: |$)`)
	veleroWhole  = regexp.MustCompile(` logSource="[^"]+"$`)
	veleroReason = regexp.MustCompile(` error=("(?:[^"\\]|\\.)*"|\S+)`)
)

// veleroLastWord ends the log of a backup that was carried through.
const veleroLastWord = "Backup completed successfully"

func veleroLogs(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var run *veleroRun
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			entry := veleroEntry.FindStringSubmatch(line.Text)
			if entry == nil || line.Open && !veleroWhole.MatchString(line.Text) {
				continue
			}
			if of := veleroOf.FindStringSubmatch(line.Text); of != nil && (run == nil || run.name != of[1]) {
				if run != nil && !yield(run.execution()) {
					return
				}
				run = &veleroRun{line: line, name: of[1]}
			}
			if run != nil {
				run.say(line.Text, entry)
			}
		}
		if run != nil {
			yield(run.execution())
		}
	}
}

// veleroRun is one backup's log while its lines are read.
type veleroRun struct {
	line             Line
	name             string
	first, last      string // times
	ended            bool
	errors, warnings int
	reason           string // the first error, else the first warning
	log              logText
}

// say counts what the log complains of; a warning may stand behind the last word.
func (r *veleroRun) say(line string, entry []string) {
	r.log.add(line)
	if r.last = entry[1]; r.first == "" {
		r.first = entry[1]
	}
	message := veleroUnquoted(entry[3])
	r.ended = r.ended || message == veleroLastWord
	if m := veleroReason.FindStringSubmatch(line); m != nil {
		message += ": " + veleroUnquoted(m[1])
	}
	switch entry[2] {
	case "error":
		if r.errors++; r.errors == 1 {
			r.reason = message
		}
	case "warning":
		if r.warnings++; r.warnings == 1 && r.errors == 0 {
			r.reason = message
		}
	}
}

func veleroUnquoted(s string) string {
	if text, err := strconv.Unquote(s); err == nil {
		return text
	}
	return s
}

func (r *veleroRun) execution() (e backup.Execution, err error) {
	phase := "InProgress"
	if r.ended {
		phase = "Completed"
	}
	if e, err = veleroExecution(r.line.N, r.name, phase, r.errors, r.warnings); err != nil {
		return e, err
	}
	e.Offset, e.Absolute, e.NativeStatus = r.line.Offset, true, ""
	if r.ended {
		e.NativeStatus = veleroLastWord
	}
	if e.Start, err = time.Parse(time.RFC3339, r.first); err != nil {
		return e, bad(r.line.N, say.Record("%q is no time", r.first))
	}
	if e.Outcome == backup.Success || e.Outcome == backup.Partial {
		if e.End, err = time.Parse(time.RFC3339, r.last); err != nil {
			return e, bad(r.line.N, say.Record("%q is no time", r.last))
		}
	}
	if e.Outcome != backup.Success {
		e.Log = r.log.String()
	}
	if e.Outcome == backup.Partial {
		e.Error = short(r.reason)
	}
	return e, nil
}
