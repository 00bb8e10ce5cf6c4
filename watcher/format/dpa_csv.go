package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Dell Data Protection Advisor: reports of the jobs of NetBackup, Avamar and NetWorker servers. Everybody designs them anew, so
// columns are found by name, and the units are in the names. A job has no id; times are whole minutes, so the path belongs to the key.
var _ = register(Format{
	Name:     "dpa_csv",
	Version:  2,
	Tool:     "Dell DPA",
	Title:    say.N("Backup Job report (CSV)"),
	Export:   say.N("In Data Protection Advisor schedule a report of all backup jobs of the last two days as CSV, with at least Server, Client, Group, Job, Status, Error Code, Error Code Summary, Level, Started, Finished and Effective Path."),
	Evidence: backup.List,
	EndsOnly: true, // success or failed: a job that is at work is in no report
	Match: func(head []byte) bool {
		return csvHeaderHas(head, "Server", "Client", "Job", "Status", "Started")
	},
	Executions: csvExecutions(dpaJob),
})

func dpaJob(r *Row) (backup.Execution, error) {
	if !dpaWhole(r) {
		return backup.Execution{}, bad(r.Line, say.Record("it is cut off, or has other columns than the header"))
	}
	started, finished := r.Text("Started"), r.Text("Finished")
	e := backup.Execution{
		Instance: r.Text("Server"), Routine: r.Text("Group"), Schedule: r.Text("Schedule"), Client: r.Text("Client"),
		Session: strings.Join([]string{r.Text("Client"), started, finished, r.Text("Effective Path"), r.Text("Job")}, " / "),
		Level:   strings.ToLower(r.Text("Level")), NativeStatus: r.Text("Status"), Code: r.Text("Error Code"),
		Start: r.Time("Started"), End: r.Time("Finished"), StartText: started, EndText: finished, TimeNote: r.TimeNote(),
		Expires: r.Expiry("Expires"), Bytes: dpaBytes(r), Line: r.Line, Offset: r.Offset,
	}
	if e.Routine == "" {
		e.Routine = r.Text("Job")
	}
	if r.Text("Plugin Name") == "Catalog Backup" || r.Text("Job") == "CATALOG_DRIVEN_BACKUP" {
		e.Kind, e.Vital = backup.Administrative, true
	}
	e.Files, _ = number(r.Text("Files"))
	reason := dpaReason(r)
	switch e.Outcome = dpaOutcome(e.NativeStatus, e.Code, reason); {
	case e.Outcome == 0:
		return e, unknownWord(r.Line, say.Record("the status"), e.NativeStatus)
	case started == "":
		return e, bad(r.Line, say.Record("it has no start"))
	}
	if e.Outcome != backup.Success {
		e.Error, e.Log = short(reason), r.Cells()
	}
	return e, r.Err()
}

// dpaWhole also takes a row that ends the text without a line end, if nothing that matters stands in its last column.
func dpaWhole(r *Row) bool {
	if r.Whole() || len(r.cells) != r.width {
		return r.Whole()
	}
	for name, i := range r.names {
		if i == r.width-1 {
			return name == "parentjobid" || name == "owner" || strings.HasPrefix(name, "bytesmodified")
		}
	}
	return false
}

var (
	dpaMissed    = regexp.MustCompile(`(?i)timed out before starting`)
	dpaCancelled = regexp.MustCompile(`(?i)\bextern\w+ cancell?ed|cancell?ed\W+extern`)
)

// dpaOutcome: what was skipped or went wrong on the way shows in the code beside a success; that something did not run, or was
// stopped, shows in the summary beside a failure, or in the status itself.
func dpaOutcome(status, code, reason string) backup.Outcome {
	status = strings.ToLower(status)
	switch {
	case status == "success" && code != "" && code != "0":
		return backup.Partial
	case status == "success":
		return backup.Success
	case dpaMissed.MatchString(status + " " + reason):
		return backup.Missed
	case dpaCancelled.MatchString(status + " " + reason):
		return backup.Cancelled
	case status == "failed":
		return backup.Failed
	}
	return 0
}

// dpaReason is what the summaries say, else the code.
func dpaReason(r *Row) string {
	var said []string
	for _, column := range []string{"Error Code Summary", "Status Code Summary"} {
		if s := r.Text(column); s != "" {
			said = append(said, s)
		}
	}
	if code := r.Text("Error Code"); len(said) == 0 && code != "" && code != "0" {
		return say.Record("error code %s", code)
	}
	return strings.Join(said, "; ")
}

// dpaBytes finds the size under whatever unit the report was designed with.
func dpaBytes(r *Row) backup.Count {
	for _, unit := range []string{"B", "KB", "MB", "GB", "TB", "PB"} {
		if s := r.Text("Size (" + unit + ")"); s != "" {
			n, _ := size(s + " " + unit)
			return n
		}
	}
	return backup.Count{}
}
