package format

import (
	"encoding/json"
	"iter"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Veeam Service Provider Console: jobs with their last run, one or a list. A job's machines are parts of that run.
var _ = register(Format{
	Name:    "veeam_vspc_json",
	Version: 1,
	Tool:    "Veeam Service Provider Console",
	Title:   say.N("backup server jobs (JSON)"),
	Export: say.N("Ask the console's REST API: GET /api/v3/infrastructure/backupServers/jobs?limit=500, at least as often as the jobs run, " +
		"since it tells the last run only."),
	Evidence: backup.List,
	Endings:  func() []backup.Ending { return wordEndings(veeamConsoleWords) },
	Match: func(head []byte) bool {
		return isJSON(head, `"instanceUid"`, `"lastRun"`, `"status"`)
	},
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return jsonExecutions(in, func(r jsonRecord) (backup.Execution, bool, error) {
			return veeamLastRun(in, r)
		}, "data")
	},
})

type veeamConsoleJob struct {
	ID       string      `json:"instanceUid"`
	Name     string      `json:"name"`
	Status   string      `json:"status"`
	Type     string      `json:"type"`
	Start    string      `json:"lastRun"`
	End      string      `json:"lastEndTime"`
	Duration json.Number `json:"lastDuration"` // seconds; of a run at work, so far
	Written  json.Number `json:"transferredData"`
	Failure  string      `json:"failureMessage"`
	Enabled  *bool       `json:"isEnabled"`
}

var veeamConsoleWords = map[string]backup.Outcome{
	"Success": backup.Success, "Warning": backup.Partial, "Failed": backup.Failed, "Running": backup.Running,
	"Starting": backup.Running, "Stopping": backup.Running, "WaitingTape": backup.Running, "WaitingRepository": backup.Running,
}

var veeamConsoleOutcomes = lowerCase(veeamConsoleWords)

// veeamLastRun is known by the job and its start. A job that never ran, and the braces round a list, are none.
func veeamLastRun(in *Input, r jsonRecord) (e backup.Execution, ok bool, err error) {
	var job veeamConsoleJob
	if err := r.into(&job); err != nil {
		return e, true, err
	}
	if job.ID == "" && job.Status == "" || job.Start == "" && strings.EqualFold(job.Status, "None") {
		return e, false, nil
	}
	if job.Enabled != nil && !*job.Enabled {
		in.note(say.Record("some of the jobs are disabled: their last run stays the last"))
	}
	e = backup.Execution{
		Session: job.ID + " " + job.Start, Routine: job.Name, Kind: veeamKind(veeamRowOf(in, r.line, "JobType", job.Type)),
		Outcome: veeamConsoleOutcomes[strings.ToLower(job.Status)], NativeStatus: job.Status, Bytes: jsonCount(job.Written), Absolute: true,
	}
	if e.Outcome == 0 {
		return e, true, unknownWord(r.line, say.Record("the status"), job.Status)
	}
	if e.Start, err = r.time("lastRun", job.Start); err != nil || job.ID == "" || e.Start.IsZero() {
		return e, true, bad(r.line, say.Record("the job has no id, or %q is no start of its last run", job.Start))
	}
	if e.End, err = r.time("lastEndTime", job.End); err != nil {
		return e, true, err
	}
	if e.Outcome == backup.Running {
		e.End = time.Time{}
	} else if d, took := duration(job.Duration.String()); took && e.End.IsZero() {
		e.End = e.Start.Add(d)
	}
	if e.Outcome != backup.Success {
		e.Log = r.log()
	}
	if e.Outcome == backup.Partial || e.Outcome == backup.Failed {
		e.Error = short(strings.Join(strings.Fields(job.Failure), " "))
	}
	return e, true, nil
}
