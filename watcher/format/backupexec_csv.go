package format

import (
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Backup Exec: the history of jobs as PowerShell writes it. Times are local to the server. States of jobs that are only planned are
// no executions.
var _ = register(Format{
	Name:    "backupexec_csv",
	Version: 1,
	Tool:    "Backup Exec",
	Title:   "Get-BEJobHistory | Export-Csv",
	Export: say.N("On the Backup Exec server: Get-BEJobHistory -FromStartTime (Get-Date).AddDays(-2) | Select Id,Name,JobType,JobStatus,StartTime,EndTime,TotalDataSizeBytes,ErrorCode,ErrorMessage | " +
		"Export-Csv jobs.csv -NoTypeInformation -Encoding UTF8"),
	Evidence: backup.List,
	Endings:  func() []backup.Ending { return wordEndings(backupexecWords) },
	Match: func(head []byte) bool {
		return holds(head, "JobStatus") && csvHeaderHas(head, "Name", "JobStatus", "StartTime")
	},
	Executions: csvExecutions(backupexecJob),
})

// backupexecWords are the states of a job.
var backupexecWords = map[string]backup.Outcome{
	"Succeeded":               backup.Success,
	"SucceededWithExceptions": backup.Partial, "Recovered": backup.Partial, "Resumed": backup.Partial,
	"Error": backup.Failed, "ThresholdAbort": backup.Failed, "DispatchFailed": backup.Failed,
	"Missed": backup.Missed, "NotInTimeWindow": backup.Missed, "InvalidTimeWindow": backup.Missed, "InvalidSchedule": backup.Missed,
	"Canceled": backup.Cancelled, "Cancel": backup.Cancelled,
	"Queued": backup.Running, "Active": backup.Running, "Ready": backup.Running, "Dispatched": backup.Running,
	"Scheduled": 0, "ToBeScheduled": 0, "Superseded": 0, "Linked": 0, "Disabled": 0, "OnHold": 0, "RuleBlocked": 0,
}

var backupexecOutcomes = lowerCase(backupexecWords)

func backupexecJob(r *Row) (backup.Execution, error) {
	status := r.Text("JobStatus")
	outcome, known := backupexecOutcomes[strings.ToLower(status)]
	e := backup.Execution{
		Session: r.Text("Id", "JobHistoryId"), Routine: r.Text("Name", "JobName"), Client: r.Text("AgentServerName", "ServerName"), Kind: backupexecKind(r.Text("JobType")),
		Outcome: outcome, NativeStatus: status, Code: r.Text("ErrorCode"),
		Start: r.Time("StartTime"), StartText: r.Text("StartTime"), Line: r.Line, Offset: r.Offset,
	}
	switch {
	case !r.Whole():
		return backup.Execution{}, bad(r.Line, say.Record("it is cut off, or has other columns than the header"))
	case !known:
		return e, unknownWord(r.Line, say.Record("the job status"), status)
	case outcome == 0:
		r.in.note(say.Record("jobs that are only planned were left out: they have not run"))
		return e, nil
	case e.Routine == "" || e.StartText == "":
		return e, bad(r.Line, say.Record("it names no job, or no start"))
	}
	if e.Code == "0" {
		e.Code = ""
	}
	if end := r.Time("EndTime"); e.Outcome.Final() && !end.Before(e.Start) {
		e.End, e.EndText = end, r.Text("EndTime")
	}
	e.Bytes, _ = number(r.Text("TotalDataSizeBytes"))
	if e.TimeNote = r.TimeNote(); e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Log = short(strings.Join(strings.Fields(r.Text("ErrorMessage", "ErrorCategory")), " ")), r.Cells()
	}
	return e, r.Err()
}

// backupexecKind: what is neither backup nor restore nor copy takes care of media and catalogs.
func backupexecKind(jobType string) backup.Kind {
	switch t := strings.ToLower(jobType); {
	case strings.Contains(t, "restore"):
		return backup.Restore
	case strings.Contains(t, "duplicate"):
		return backup.Copy
	case t == "", strings.Contains(t, "backup"):
		return backup.Data
	}
	return backup.Administrative
}
