package format

import (
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Cohesity: the runs of protected objects, as the vendor's scripts and reports write them, with commas or tabs. There is no id: an object has
// one run of its group at a time. The older interface puts a k before its words.
var _ = register(Format{
	Name:       "cohesity_csv",
	Version:    1,
	Tool:       "Cohesity",
	Title:      say.N("protection runs (CSV)"),
	Export:     say.N("Export the report Protection Runs of the last two days as CSV, or let the vendor's script protectionRunsReport write it, with at least Start Time, End Time, Status, Object Name, Group Name and Backup Type."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(cohesityWords) },
	Match:      func(head []byte) bool { return csvHeaderHas(head, "Start Time", "Status", "Object Name", "Group Name") },
	Executions: csvExecutions(cohesityRun),
})

var cohesityWords = map[string]backup.Outcome{
	"Succeeded": backup.Success, "kSuccess": backup.Success,
	"SucceededWithWarning": backup.Partial, "kWarning": backup.Partial,
	"Failed": backup.Failed, "kFailure": backup.Failed,
	"Canceled": backup.Cancelled, "kCanceled": backup.Cancelled,
	"Missed": backup.Missed, "Skipped": backup.Missed,
	"Running": backup.Running, "kRunning": backup.Running, "Accepted": backup.Running, "kAccepted": backup.Running,
	"Canceling": backup.Running, "kWaitingToRetry": backup.Running,
}

var cohesityOutcomes = lowerCase(cohesityWords)

func cohesityRun(r *Row) (backup.Execution, error) {
	object, group, start, status := r.Text("Object Name"), r.Text("Group Name"), r.Text("Start Time"), r.Text("Status")
	e := backup.Execution{
		Instance: r.Text("System Name"), Session: strings.Join([]string{group, r.Text("Source Name"), object, start}, " / "),
		Routine: group, Schedule: r.Text("Policy Name"), Client: object, Kind: backup.Data, Level: strings.ToLower(strings.TrimPrefix(r.Text("Backup Type"), "k")),
		Outcome: cohesityOutcomes[strings.ToLower(status)], NativeStatus: status, Start: r.Time("Start Time"), StartText: start, Line: r.Line, Offset: r.Offset,
	}
	switch {
	case !r.Whole():
		return backup.Execution{}, bad(r.Line, say.Record("it is cut off, or has other columns than the header"))
	case e.Outcome == 0:
		return e, unknownWord(r.Line, say.Record("the status"), status)
	case object == "" || start == "":
		return e, bad(r.Line, say.Record("it names no object, or no start"))
	}
	if strings.Contains(e.Level, "log") {
		e.Kind = backup.Log
	}
	if end := r.Time("End Time"); e.Outcome.Final() && !end.Before(e.Start) {
		e.End, e.EndText = end, r.Text("End Time")
	}
	if e.TimeNote = r.TimeNote(); e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Log = short(r.Text("Message", "Error Message", "Error")), r.Cells()
	}
	return e, r.Err()
}
