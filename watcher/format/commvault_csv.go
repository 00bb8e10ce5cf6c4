package format

import (
	"encoding/json"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Commvault: a job summary as a table. Reports are designed by people, so columns are found by name. A job's id is the one that the REST
// interface has too; its CommCell is not told.
var _ = register(Format{
	Name:    "commvault_csv",
	Version: 1,
	Tool:    "Commvault",
	Title:   say.N("job summary (CSV)"),
	Export: say.N("Export the Backup Job Summary of the last two days as CSV, with Job ID, Client, Agent, Instance, Backup Set, Subclient, Type, Status, Start Time, End Time, " +
		"Size of Application and Failure Reason. The REST interface tells more, and its times name no zone."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(commvaultWords) },
	Match:      func(head []byte) bool { return csvHeaderHas(head, "Job ID", "Subclient", "Status", "Start Time") },
	Executions: csvExecutions(commvaultRow),
})

func commvaultRow(r *Row) (backup.Execution, error) {
	j := commvaultJob{ID: json.Number(r.Text("Job ID")), Status: r.Text("Status"), Type: r.Text("Type", "Job Type", "Operation"), App: r.Text("Agent", "Agent Type"), Level: r.Text("Backup Level", "Level", "Type")}
	j.Of.Client, j.Of.Instance, j.Of.BackupSet, j.Of.Subclient = r.Text("Client", "Client Name"), r.Text("Instance"), r.Text("Backup Set", "Backupset"), r.Text("Subclient")
	j.Reason, j.Code = r.Text("Failure Reason", "Reason"), r.Text("Error Code")
	switch {
	case !r.Whole():
		return backup.Execution{}, bad(r.Line, say.Record("it is cut off, or has other columns than the header"))
	case !isDigits(r.Text("Job ID")):
		return backup.Execution{}, bad(r.Line, say.Record("%q is no job id", r.Text("Job ID")))
	}
	e, err := j.execution(jsonRecord{line: r.Line})
	if err != nil {
		return e, err
	}
	switch strings.ToLower(r.Text("Type")) { // the level of a backup, where it is not what the job does
	case "full", "incremental", "differential", "synthetic full":
		e.Kind = backup.Data
	case "transaction log":
		e.Kind = backup.Log
	}
	e.Absolute, e.Line, e.Offset = false, r.Line, r.Offset
	e.Start, e.StartText = r.Time("Start Time"), r.Text("Start Time")
	if end := r.Time("End Time"); e.Outcome.Final() && !end.Before(e.Start) {
		e.End, e.EndText = end, r.Text("End Time")
	}
	if e.TimeNote, e.Log = r.TimeNote(), ""; e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Log = r.Cells()
	}
	e.Bytes, _ = size(r.Text("Size of Application"))
	return e, r.Err()
}
