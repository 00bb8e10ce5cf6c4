package format

import (
	"iter"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Veeam Backup & Replication's events as a syslog server receives them: the ends of jobs, with the session's own id. Events of
// single tasks (150) belong to one of these.
var _ = register(Format{
	Name:       "veeam_syslog",
	Version:    1,
	Tool:       "Veeam",
	Title:      say.N("syslog events"),
	Export:     say.N("In Options, Event Forwarding, add a syslog server that writes what it receives to a file, and watch that file."),
	Evidence:   backup.Report,
	EndsOnly:   true,
	Append:     true,
	Match:      func(head []byte) bool { return veeamEvent.Match(head) },
	Executions: veeamEvents,
})

var (
	veeamEvent    = signOf(`(?m)^.*\[categoryId=\d+ instanceId=\d+ .*\bJobSessionID="`, "JobSessionID=")
	veeamEventID  = regexp.MustCompile(`\binstanceId=(\d+)`)
	veeamParam    = regexp.MustCompile(`(\w+)="((?:[^"\\]|\\.)*)"`)
	veeamReceived = regexp.MustCompile(`(?:^|[ >])(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) (\S+) `)
)

// veeamEventKinds are the events that end a job.
var veeamEventKinds = map[string]backup.Kind{
	"190": backup.Data, "490": backup.Copy, "390": backup.Administrative, "194": backup.Copy, "251": backup.Restore,
}

var veeamEventResults = map[string]struct {
	outcome backup.Outcome
	word    string
}{"0": {backup.Success, "Success"}, "1": {backup.Partial, "Warning"}, "2": {backup.Failed, "Failed"}}

func veeamEvents(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			id := veeamEventID.FindStringSubmatch(line.Text)
			if id == nil || !veeamEvent.MatchString(line.Text) {
				continue
			}
			kind, ends := veeamEventKinds[id[1]]
			if !ends {
				continue
			}
			if !yield(veeamEnded(line, kind)) {
				return
			}
		}
	}
}

func veeamEnded(line Line, kind backup.Kind) (backup.Execution, error) {
	param := map[string]string{}
	for _, m := range veeamParam.FindAllStringSubmatch(line.Text, -1) {
		param[m[1]] = strings.NewReplacer(`\"`, `"`, `\]`, `]`, `\\`, `\`).Replace(m[2])
	}
	result, known := veeamEventResults[param["JobResult"]]
	session := veeamID(param["JobSessionID"])
	var at []string // the last stamp: a collector puts its own before it
	if all := veeamReceived.FindAllStringSubmatch(line.Text[:strings.Index(line.Text, "[categoryId=")], -1); len(all) > 0 {
		at = all[len(all)-1]
	}
	switch {
	case session == "" || at == nil || line.Open && !strings.HasSuffix(strings.TrimSpace(line.Text), "]"):
		return backup.Execution{}, bad(line.N, say.Record("the event is cut off, or names no session and time"))
	case !known:
		return backup.Execution{}, unknownWord(line.N, "JobResult", param["JobResult"])
	}
	end, err := time.Parse(time.RFC3339, at[1])
	if err != nil {
		return backup.Execution{}, bad(line.N, say.Record("%q is no time", at[1]))
	}
	e := backup.Execution{
		Instance: at[2], Session: session, Routine: param["JobName"], Kind: kind, Outcome: result.outcome, NativeStatus: result.word,
		End: end.UTC(), EndText: at[1], Absolute: true, WillRetry: strings.EqualFold(param["WillBeRetried"], "true"),
		Line: line.N, Offset: line.Offset, RecordLength: int64(len(line.Text)),
	}
	if e.Routine == "" {
		e.Routine = veeamQuotedJob(param["Description"])
	}
	if e.Outcome != backup.Success {
		e.Error, e.Log = short(param["Description"]), line.Text
	}
	return e, nil
}

var veeamQuoted = regexp.MustCompile(`'([^']+)'`)

// veeamQuotedJob finds the job that a description names.
func veeamQuotedJob(s string) string {
	if m := veeamQuoted.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}
