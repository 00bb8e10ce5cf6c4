package format

import (
	"encoding/json"
	"iter"
	"math"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// AWS Backup: what the command line prints of the backup jobs, a list or a single one. Its first version writes times as epochs
// with a fraction, its second as text with an offset.
var _ = register(Format{
	Name:       "aws_backup_jobs",
	Version:    1,
	Tool:       "AWS Backup",
	Title:      "aws backup list-backup-jobs",
	Export:     say.N("aws backup list-backup-jobs --by-created-after $(date -d '2 days ago' +%F) --output json > jobs.json, for each account and region. Without --max-items: it cuts the list."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(awsOutcomes) },
	Match:      func(head []byte) bool { return isJSON(head, `"BackupJobs"`) || isJSON(head, `"BackupJobId"`) },
	Executions: awsJobs,
})

// awsOutcomes are the states of a job. Expired means that its start window went by.
var awsOutcomes = map[string]backup.Outcome{
	"CREATED": backup.Running, "PENDING": backup.Running, "RUNNING": backup.Running, "ABORTING": backup.Running,
	"COMPLETED": backup.Success, "PARTIAL": backup.Partial, "FAILED": backup.Failed, "EXPIRED": backup.Missed, "ABORTED": backup.Cancelled,
}

type awsJob struct {
	ID           string      `json:"BackupJobId"`
	Parent       string      `json:"ParentJobId"`
	State        string      `json:"State"`
	Message      string      `json:"StatusMessage"`
	Category     string      `json:"MessageCategory"`
	Vault        string      `json:"BackupVaultName"`
	ResourceARN  string      `json:"ResourceArn"`
	ResourceName string      `json:"ResourceName"`
	Created      awsTime     `json:"CreationDate"`
	Completed    awsTime     `json:"CompletionDate"`
	Size         json.Number `json:"BackupSizeInBytes"`
	CreatedBy    struct {
		PlanName string `json:"BackupPlanName"`
		PlanID   string `json:"BackupPlanId"`
		RuleName string `json:"BackupRuleName"`
	} `json:"CreatedBy"`

	NextToken string `json:"NextToken"` // beside a list
}

func awsJobs(in *Input) iter.Seq2[backup.Execution, error] {
	return jsonExecutions(in, func(r jsonRecord) (e backup.Execution, ok bool, err error) {
		var job awsJob
		if err := r.into(&job); err != nil {
			return e, true, err
		}
		if r.key == "" && job.ID == "" {
			if job.NextToken != "" {
				in.note(say.Record("it is one page of several: NextToken tells that there are more jobs"))
			}
			return e, false, nil
		}
		e, err = job.execution(r)
		return e, true, err
	}, "BackupJobs")
}

func (j awsJob) execution(r jsonRecord) (backup.Execution, error) {
	e := backup.Execution{
		Session: j.ID, Parent: j.Parent, Routine: j.Vault, Schedule: j.CreatedBy.RuleName, Client: j.ResourceName,
		Outcome: awsOutcomes[j.State], NativeStatus: j.State, Start: j.Created.Time, Absolute: true, Bytes: jsonCount(j.Size),
	}
	switch {
	case j.ID == "":
		return e, bad(r.line, say.Record("it has no BackupJobId"))
	case e.Outcome == 0:
		return e, unknownWord(r.line, say.Record("the state"), j.State)
	}
	for _, plan := range []string{j.CreatedBy.PlanID, j.CreatedBy.PlanName} {
		if plan != "" { // else it was made on demand, and only its vault is known
			e.Routine = plan
		}
	}
	if parts := strings.SplitN(j.ResourceARN, ":", 6); e.Client == "" && len(parts) == 6 {
		e.Client = parts[5]
	}
	if e.Outcome == backup.Success && strings.Contains(j.Message, "VSS") { // saved, but not as an application would want it
		e.Outcome = backup.Partial
	}
	if e.Outcome.Final() {
		e.End = j.Completed.Time
	}
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Code, e.Log = short(j.Message), j.Category, r.log()
		if e.Error == "" && e.Outcome == backup.Missed {
			e.Error = say.Record("it did not start before its start window closed")
		}
	}
	return e, nil
}

// awsTime is an epoch in seconds, or a text with an offset.
type awsTime struct{ time.Time }

func (t *awsTime) UnmarshalJSON(raw []byte) error {
	var seconds float64
	if err := json.Unmarshal(raw, &seconds); err != nil {
		err := json.Unmarshal(raw, &t.Time)
		t.Time = t.UTC()
		return err
	}
	const tooMany = 1 << 40
	if seconds > 0 && seconds < tooMany {
		t.Time = time.UnixMilli(int64(math.Round(seconds * 1000))).UTC()
	}
	return nil
}
