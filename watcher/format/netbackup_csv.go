package format

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The jobs of OpsCenter, IT Analytics or the Activity Monitor as a table. Each names its columns in its own way, so everything is
// found by name. Times are local to the console. A job's id is the one that bpdbjobs has too, and bpdbjobs knows more of it.
var _ = register(Format{
	Name:    "netbackup_csv",
	Version: 1,
	Tool:    netbackupTool,
	Title:   say.N("OpsCenter, IT Analytics or Activity Monitor (CSV)"),
	Export: say.N("In the console's list of jobs choose the columns Job Id, Job Type, State, Status Code, Policy, Schedule, Client, Start Time, End Time and Kilobytes, " +
		"for the last two days, and export it as CSV. bpdbjobs -report -most_columns on the primary server tells more, and its times name no zone."),
	Evidence:   backup.List,
	Meaning:    netbackupMeaning,
	Match:      netbackupIsJobTable,
	Executions: csvExecutions(netbackupTableJob),
})

// What the columns are called.
var (
	netbackupNumbered  = []string{"Job Id", "Primary ID", "Job Primary ID"}
	netbackupPolicies  = []string{"Policy", "Policy Name"}
	netbackupClients   = []string{"Client", "Client Name"}
	netbackupSchedules = []string{"Schedule", "Schedule Name"}
	netbackupCodes     = []string{"Status Code", "Exit Status", "Job Status", "Status"}
	netbackupBegun     = []string{"Start Time", "Job Start Time"}
	netbackupEnded     = []string{"End Time", "Job End Time"}
)

func netbackupIsJobTable(head []byte) bool {
	for _, names := range [][]string{netbackupNumbered, netbackupPolicies, netbackupClients, netbackupCodes, netbackupBegun} {
		if !csvHasOne(head, names) {
			return false
		}
	}
	return true
}

// netbackupStateWords are the states of a job as consoles write them, folded, by their numbers. Without a column of states a job is done.
var netbackupStateWords = map[string]string{
	"": "3", "done": "3", "queued": "0", "active": "1", "running": "1", "waitingforretry": "2", "waitingtoretry": "2", "requeued": "2",
	"suspended": "4", "incomplete": "5",
}

// netbackupPolicyWords are the policy types whose client is a database, and that of the catalog, by their numbers.
var netbackupPolicyWords = map[string]string{
	"oracle": "4", "informix": "6", "informixonbar": "6", "sybase": "7", "sharepoint": "8", "mssharepoint": "8", "mssqlserver": "15",
	"msexchangeserver": "16", "sap": "17", "db2": "18", "lotusnotes": "25", "nbucatalog": netbackupCatalog,
}

var netbackupStatusCell = regexp.MustCompile(`^(\d{1,7})(?:\s*[:(-]\s*(.*?)\)?)?$`)

func netbackupTableJob(r *Row) (backup.Execution, error) {
	id, word := r.Text(netbackupNumbered...), r.Text("State", "Job State")
	state, known := netbackupStates[netbackupStateWords[headerName(word)]]
	switch {
	case !r.Whole():
		return backup.Execution{}, bad(r.Line, say.Record("it is cut off, or has other columns than the header"))
	case !isDigits(id):
		return backup.Execution{}, bad(r.Line, say.Record("%q is no job id", id))
	case !known:
		return backup.Execution{}, unknownWord(r.Line, say.Record("the state"), word)
	}
	e := backup.Execution{
		Instance: r.Text("Primary Server", "Master Server"), Session: id, Parent: netbackupParent(r.Text("Parent Job ID", "Parent Job"), id),
		Routine: netbackupName(r.Text(netbackupPolicies...)), Schedule: netbackupName(r.Text(netbackupSchedules...)), Client: netbackupName(r.Text(netbackupClients...)),
		Outcome: state.outcome, NativeStatus: state.word, WillRetry: state.willRetry,
		Start: r.Time(netbackupBegun...), StartText: r.Text(netbackupBegun...), Line: r.Line, Offset: r.Offset,
	}
	netbackupJudgeCell(r, &e)
	if e.Outcome == 0 {
		return e, unknownWord(r.Line, say.Record("the status"), r.Text(netbackupCodes...))
	}
	if e.Outcome.Final() {
		if end := r.Time(netbackupEnded...); !end.Before(e.Start) {
			e.End, e.EndText = end, r.Text(netbackupEnded...)
		}
	}
	if e.TimeNote = r.TimeNote(); e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Log = netbackupError(e.Code, e.NativeStatus), r.Cells()
	}
	return e, r.Err()
}

// netbackupJudgeCell takes what the row says of a job that is done, of its kind and of its size.
func netbackupJudgeCell(r *Row, e *backup.Execution) {
	policyType := netbackupPolicyWords[headerName(r.Text("Policy Type"))]
	if status := netbackupStatusCell.FindStringSubmatch(r.Text(netbackupCodes...)); status != nil && e.Outcome != backup.Running {
		if e.Code = status[1]; e.Outcome == 0 {
			e.Outcome, _ = netbackupOutcome(e.Code, policyType)
			e.NativeStatus = status[2]
		}
	}
	e.Kind, e.Vital = netbackupKindByName(e.Routine, e.Client)
	jobType := r.Text("Job Type", "Type")
	e.Routine = cmp.Or(e.Routine, jobType)
	for _, t := range netbackupTypes {
		if strings.EqualFold(t.word, jobType) && !e.Vital {
			e.Kind = t.kind
		}
	}
	if strings.EqualFold(jobType, "Catalog Backup") || policyType == netbackupCatalog && e.Kind == backup.Data {
		e.Kind, e.Vital = backup.Administrative, true
	}
	if e.Kind == backup.Data {
		e.Level = netbackupName(r.Text("Schedule Type"))
	}
	if strings.EqualFold(e.Level, netbackupLevels["5"]) {
		e.Kind = backup.Log
	}
	if kb, ok := number(r.Text("Kilobytes", "KB")); ok {
		n, _ := kb.Value()
		e.Bytes, _ = size(strconv.FormatInt(n, 10) + " KB")
	}
	e.Files, _ = number(r.Text("Files", "Number of Files"))
}
