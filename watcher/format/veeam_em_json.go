package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Veeam Backup Enterprise Manager: the sessions of jobs, as its REST API answers a query.
var _ = register(Format{
	Name:    "veeam_em_json",
	Version: 1,
	Tool:    "Veeam",
	Title:   "Enterprise Manager: BackupJobSession (JSON)",
	Export: say.N(`Ask Enterprise Manager's REST API with the header "Accept: application/json": ` +
		"https://SERVER:9398/api/query?type=BackupJobSession&format=Entities&filter=CreationTime>=2026-02-10T00:00:00&pageSize=1000 (a page for each 1000)."),
	Evidence: backup.List,
	Match: func(head []byte) bool {
		return isJSON(head, `"BackupJobSessions"`) && holds(head, `"Entities"`)
	},
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return jsonExecutions(in, func(r jsonRecord) (backup.Execution, bool, error) {
			return veeamSession(in, r)
		}, "Entities.BackupJobSessions.BackupJobSessions")
	},
})

type veeamEMSession struct {
	UID     string `json:"UID"`
	Name    string `json:"JobName"`
	Type    string `json:"JobType"`
	Start   string `json:"CreationTimeUTC"`
	End     string `json:"EndTimeUTC"`
	State   string `json:"State"`
	Result  string `json:"Result"`
	Failure string `json:"FailureMessage"` // may be missing though it failed
	Retry   bool   `json:"IsRetry"`
}

// veeamRandom is an id as Windows makes them. Those that take a real one's place in anonymised data are the same for many
// sessions.
var veeamRandom = regexp.MustCompile(`^urn:veeam:backupjobsession:([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$`)

// veeamSession reads a session as the CSV of sessions is read, since words and columns are the same.
func veeamSession(in *Input, r jsonRecord) (e backup.Execution, ok bool, err error) {
	if r.key == "" { // the answer round the list
		return e, false, nil
	}
	var s veeamEMSession
	if err := r.into(&s); err != nil {
		return e, true, err
	}
	e, err = veeamEMExecution(in, r.line, s)
	return e, true, err
}

func veeamEMExecution(in *Input, line int, s veeamEMSession) (backup.Execution, error) {
	e, err := veeamExecution(veeamRowOf(in, line,
		"JobName", s.Name, "JobType", s.Type, "CreationTimeUTC", s.Start, "EndTimeUTC", s.End,
		"State", s.State, "Result", s.Result, "FailureMessage", s.Failure))
	if err != nil {
		return e, err
	}
	if e.Start.IsZero() {
		return e, bad(line, say.Record("the session has no creation time"))
	}
	e.Retry, e.Session = s.Retry, strings.Join([]string{s.UID, s.Name, s.Start}, " ")
	if m := veeamRandom.FindStringSubmatch(strings.ToLower(s.UID)); m != nil {
		e.Session = m[1]
	}
	if e.Error == "" && e.Outcome == backup.Failed {
		e.Error = say.Record("Enterprise Manager gives no reason; the session in Veeam's console does")
	}
	return e, nil
}

// veeamRowOf makes a row of names and values in turn.
func veeamRowOf(in *Input, line int, cells ...string) *Row {
	r := &Row{Line: line, names: map[string]int{}, in: in}
	for i := 0; i+1 < len(cells); i += 2 {
		r.names[headerName(cells[i])] = len(r.cells)
		r.cells = append(r.cells, cells[i+1])
	}
	r.width = len(r.cells)
	return r
}
