package format

import (
	"encoding/json"
	"iter"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Commvault: the jobs that the REST interface of a CommServe answers with, page by page.
var _ = register(Format{
	Name:       "commvault_jobs_json",
	Version:    1,
	Tool:       "Commvault",
	Title:      "REST GET /Job (JSON)",
	Export:     "curl -H \"Authtoken: TOKEN\" -H \"Accept: application/json\" -H \"limit: 5000\" \"https://WEBSERVER/webconsole/api/Job?completedJobLookupTime=172800\" > jobs.json",
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(commvaultWords) },
	Match:      func(head []byte) bool { return isJSON(head, `"jobSummary"`, `"jobId"`) },
	Executions: commvaultJobs,
})

// commvaultWords are the words of a job's status.
var commvaultWords = map[string]backup.Outcome{
	"Completed":                       backup.Success,
	"Completed w/ one or more errors": backup.Partial, "Completed w/ one or more warnings": backup.Partial, "Committed": backup.Partial,
	"Failed": backup.Failed, "Abnormal Terminated Cleanup": backup.Failed,
	"Failed to Start": backup.Missed, "No Run": backup.Missed, "Skipped": backup.Missed, "Delayed": backup.Missed,
	"Killed":  backup.Cancelled,
	"Running": backup.Running, "Waiting": backup.Running, "Pending": backup.Running, "Queued": backup.Running,
	"Suspended": backup.Running, "Interrupted": backup.Running,
}

var commvaultOutcomes = lowerCase(commvaultWords)

type commvaultJob struct {
	ID      json.Number `json:"jobId"`
	Parent  json.Number `json:"vsaParentJobID"`
	Status  string      `json:"status"`
	Type    string      `json:"jobType"`
	App     string      `json:"appTypeName"`
	Level   string      `json:"backupLevelName"`
	Client  string      `json:"destClientName"`
	Start   json.Number `json:"jobStartTime"`
	End     json.Number `json:"jobEndTime"`
	OnMedia json.Number `json:"sizeOfMediaOnDisk"`
	Files   json.Number `json:"totalNumOfFiles"`
	Failed  int         `json:"totalFailedFiles"`
	Reason  string      `json:"pendingReason"`
	Code    string      `json:"pendingReasonErrorCode"`
	Of      struct {
		CommCell  string `json:"commCellName"`
		Client    string `json:"clientName"`
		Instance  string `json:"instanceName"`
		BackupSet string `json:"backupsetName"`
		Subclient string `json:"subclientName"`
	} `json:"subclient"`
}

func commvaultJobs(in *Input) iter.Seq2[backup.Execution, error] {
	held := 0
	return jsonExecutions(in, func(r jsonRecord) (e backup.Execution, ok bool, err error) {
		if r.key == "" {
			return e, false, commvaultPage(in, r, held)
		}
		held++
		var job struct {
			Summary commvaultJob `json:"jobSummary"`
		}
		if err := r.into(&job); err != nil {
			return e, true, err
		}
		e, err = job.Summary.execution(r)
		return e, true, err
	}, "jobs")
}

// commvaultPage looks at what stands beside the list.
func commvaultPage(in *Input, r jsonRecord, held int) error {
	var page struct {
		Total int `json:"totalRecordsWithoutPaging"`
	}
	if err := r.into(&page); err != nil {
		return err
	}
	if page.Total > held {
		in.note(say.Record("the answer announces %d jobs and holds %d: it is one page of several", page.Total, held))
	}
	return nil
}

func (j commvaultJob) execution(r jsonRecord) (backup.Execution, error) {
	e := backup.Execution{
		Instance: j.Of.CommCell, Session: j.ID.String(), Routine: commvaultRoutine(j), Client: j.Of.Client, Level: strings.ToLower(j.Level),
		Outcome: commvaultOutcomes[strings.ToLower(strings.TrimSpace(j.Status))], NativeStatus: j.Status, Code: j.Code,
		Start: epoch(j.Start, time.Second), Absolute: true, Bytes: jsonCount(j.OnMedia), Files: jsonCount(j.Files),
	}
	switch {
	case e.Session == "":
		return e, bad(r.line, say.Record("it has no jobId"))
	case e.Outcome == 0:
		return e, unknownWord(r.line, say.Record("the status"), j.Status)
	}
	e.Kind, e.Vital = commvaultKind(j)
	if e.Client == "" {
		e.Client = j.Client
	}
	if j.Parent != "0" && j.Parent != j.ID { // a machine's job names the one that coordinates it; that one names itself
		e.Parent = j.Parent.String()
	}
	if e.Outcome.Final() {
		e.End = epoch(j.End, time.Second)
	}
	if e.Outcome != backup.Success {
		e.Error = short(j.Reason) // a pending job has one already
	}
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Log = r.log()
	}
	if e.Error == "" && e.Outcome == backup.Partial && j.Failed > 0 {
		e.Error = say.Record("%d files failed", j.Failed)
	}
	return e, nil
}

// commvaultRoutine is the way to the subclient, which is what Commvault schedules.
func commvaultRoutine(j commvaultJob) string {
	var way []string
	for _, s := range []string{j.App, j.Of.Instance, j.Of.BackupSet, j.Of.Subclient} {
		if s != "" {
			way = append(way, s)
		}
	}
	if len(way) == 0 {
		return j.Type
	}
	return strings.Join(way, " / ")
}

// commvaultKind reads the job's type. The backup of the CommServe's own database is vital; that of a deduplication database is
// care for the storage.
func commvaultKind(j commvaultJob) (kind backup.Kind, vital bool) {
	t := strings.ToLower(j.Type)
	has := func(pieces ...string) bool {
		for _, p := range pieces {
			if strings.Contains(t, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("disaster recovery", "dr backup"):
		return backup.Administrative, true
	case has("ddb", "dedup"):
		return backup.Administrative, false
	case has("restore"):
		return backup.Restore, false
	case has("copy"):
		return backup.Copy, false
	case has("backup", "synth") && strings.Contains(strings.ToLower(j.Level), "log"):
		return backup.Log, false
	case has("backup", "synth"):
		return backup.Data, false
	}
	return backup.Administrative, false
}
