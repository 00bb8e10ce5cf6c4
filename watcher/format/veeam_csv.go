package format

import (
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Sessions and task sessions as PowerShell's Export-Csv writes them: Veeam's own objects, the known report scripts, the AHV
// proxy and Enterprise Manager. Each chooses its columns, so everything is found by name. Sessions are of a job; tasks are of
// one machine in it. Times are local to the backup server unless the column says UTC.
var _ = register(Format{
	Name:  "veeam_csv",
	Tool:  "Veeam",
	Title: "Get-VBRBackupSession | Export-Csv",
	Export: say.N(`On the backup server: Get-VBRBackupSession | Where {$_.CreationTime -gt (Get-Date).AddDays(-2)} | Select Id,JobName,JobTypeString,State,Result,` +
		`CreationTimeUTC,EndTimeUTC,IsRetryMode,WillBeRetried,IsFullMode,@{n='Reason';e={$_.Info.Reason}},@{n='BackupSize';e={$_.BackupStats.BackupSize}} | ` +
		`Export-Csv sessions.csv -NoTypeInformation -Encoding UTF8`),
	Version:    2,
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return veeamEndings() },
	Match:      veeamMatch,
	Executions: csvExecutions(veeamExecution),
})

// What the columns are called, the most telling first.
var (
	veeamJob     = []string{"JobName", "SessionName"}
	veeamResult  = []string{"Result", "Status", "SessionResult"}
	veeamState   = []string{"State", "SessionStatus"}
	veeamMachine = []string{"VMName", "VM", "ObjectName", "MachineName"}
	veeamStart   = []string{"CreationTimeUTC", "BackupCreationTime(UTC)", "StartTimeUTC", "CreationTime", "StartTime", "SessionStartTime", "Date"}
	veeamEnd     = []string{"EndTimeUTC", "BackupEndTime(UTC)", "EndTime", "StopTime"}
	veeamTook    = []string{"Duration", "WorkDuration", "TaskDuration", "JobDuration"}
	veeamReason  = []string{"Reason", "Info.Reason", "FailureMessage", "ErrorMessage", "Description"}
)

// veeamMatch wants property names as PowerShell writes them: other products head a column "Job Name".
func veeamMatch(head []byte) bool {
	return (holds(head, "JobName") || holds(head, "SessionName")) &&
		csvHasOne(head, veeamJob) && csvHasOne(head, veeamResult) && csvHasOne(head, veeamStart)
}

func veeamExecution(r *Row) (backup.Execution, error) {
	if !r.Whole() {
		return backup.Execution{}, bad(r.Line, say.Record("it is cut off, or has other columns than the header"))
	}
	e := backup.Execution{
		Instance:  veeamText(r, "BackupServer", "VBRServer"),
		Routine:   veeamText(r, veeamJob...),
		Kind:      veeamKind(r),
		Vital:     veeamIsConfiguration(r),
		Level:     veeamLevel(r),
		Error:     short(strings.Join(strings.Fields(veeamText(r, veeamReason...)), " ")),
		Retry:     strings.EqualFold(veeamText(r, "IsRetryMode", "IsRetry"), "true"),
		WillRetry: strings.EqualFold(r.Text("WillBeRetried"), "true"),
		Bytes:     veeamBytes(r),
		Line:      r.Line,
		Offset:    r.Offset,
	}
	if e.Routine == "" {
		return e, bad(r.Line, say.Record("it names no job"))
	}
	veeamTimes(r, &e)
	if e.Outcome, e.NativeStatus = veeamOutcome(r, e); e.Outcome == 0 {
		return e, unknownWord(r.Line, say.Record("the result"), e.NativeStatus)
	}
	veeamIdentity(r, &e)
	veeamFinish(r, &e)
	return e, r.Err()
}

// veeamIdentity takes Veeam's own id where it is exported. A task without an id of its own is known by its session and
// machine; without any id the execution is known by job, machine and creation time. Level and kind are no part of it: a task
// that waits has no level yet, and not every script exports the job's type.
func veeamIdentity(r *Row, e *backup.Execution) {
	e.Client = veeamText(r, veeamMachine...)
	session := veeamID(veeamText(r, "JobSessId", "JobSessionId", "SessionId"))
	id := veeamID(r.Text("Id"))
	if e.Client == "" && r.Has("JobSessId") {
		e.Client = r.Text("Name")
	}
	switch {
	case e.Client == "" && id != "":
		e.Session = id
	case e.Client == "":
		e.Session = session
	case id != "":
		e.Session, e.Parent = id, session
	case session != "":
		e.Session, e.Parent = session+"/"+strings.ToLower(e.Client), session
	}
	if e.Session == "" && e.StartText != "" {
		e.Session = strings.TrimSpace(e.Routine + " @ " + e.StartText + " " + e.Client)
	}
	if e.Parent == e.Session {
		e.Parent = ""
	}
}

var veeamGUID = regexp.MustCompile(`^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$`)

func veeamID(s string) string {
	if m := veeamGUID.FindStringSubmatch(strings.ToLower(s)); m != nil {
		return m[1]
	}
	return ""
}

// veeamFinish settles what depends on the outcome: a run at work has no end, and one that did not succeed keeps its record.
func veeamFinish(r *Row, e *backup.Execution) {
	if e.Outcome == backup.Running {
		e.End = time.Time{}
	}
	if e.Outcome == backup.Success || e.Outcome == backup.Running {
		e.Error = ""
		return
	}
	if e.Error == "" && strings.HasPrefix(e.NativeStatus, "None") {
		e.Error = say.Record("ended without result")
	}
	e.Log = r.Cells()
}

// veeamBytes is what the run wrote; a size that cannot be read is unknown, since the outcome matters more. Scripts that list
// tasks give each machine the size of its whole session, which says nothing about the machine.
func veeamBytes(r *Row) backup.Count {
	if r.Has("ProcessingMode", "TaskAlgorithm") {
		return backup.Count{}
	}
	s := r.Text("BackupSize")
	if gb := r.Text("BackupSizeGB"); gb != "" {
		s = gb + " GB"
	}
	n, _ := size(s)
	return n
}

// veeamText gives the first of these columns that is filled.
func veeamText(r *Row, names ...string) string {
	for _, n := range names {
		if s := r.Text(n); s != "" {
			return s
		}
	}
	return ""
}
