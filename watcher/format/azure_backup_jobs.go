package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Azure Backup: the jobs of a Recovery Services vault, as a list of the command line, as the REST interface answers (under
// "value"), or a single one. Most of a vault's operations are care for it, not backups.
var _ = register(Format{
	Name:     "azure_backup_jobs",
	Version:  2,
	Tool:     "Azure Backup",
	Title:    "az backup job list",
	Export:   say.N("az backup job list --resource-group GROUP --vault-name VAULT --start-date $(date -d '2 days ago' +%d-%m-%Y) --output json > jobs.json, for each vault."),
	Evidence: backup.List,
	Endings:  func() []backup.Ending { return wordEndings(azureOutcomes) },
	Match: func(head []byte) bool {
		return isJSON(head) && (azureType.Match(head) || holds(head, `"entityFriendlyName"`, `"operation"`, `"startTime"`))
	},
	Executions: azureJobs,
})

var (
	azureType  = regexp.MustCompile(`(?i)"Microsoft\.RecoveryServices/vaults/backupJobs"`)
	azureVault = regexp.MustCompile(`(?i)/vaults/([^/]+)/`)
)

var azureOutcomes = map[string]backup.Outcome{
	"InProgress": backup.Running, "Cancelling": backup.Running,
	"Completed": backup.Success, "CompletedWithWarnings": backup.Partial, "Failed": backup.Failed, "Cancelled": backup.Cancelled,
}

type azureJob struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Properties struct {
		Operation string `json:"operation"`
		Status    string `json:"status"`
		Start     string `json:"startTime"`
		End       string `json:"endTime"`
		Entity    string `json:"entityFriendlyName"`
		Errors    []struct {
			Code jsonText `json:"errorCode"`
			Text string   `json:"errorString"`
		} `json:"errorDetails"`
		Extended struct {
			Bag struct {
				Size string `json:"Backup Size"`
			} `json:"propertyBag"`
		} `json:"extendedInfo"`
	} `json:"properties"`

	NextLink string `json:"nextLink"` // beside a list
}

func azureJobs(in *Input) iter.Seq2[backup.Execution, error] {
	return jsonExecutions(in, func(r jsonRecord) (e backup.Execution, ok bool, err error) {
		var job azureJob
		if err := r.into(&job); err != nil {
			return e, true, err
		}
		if r.key == "" && job.Name == "" && job.Properties.Status == "" {
			if job.NextLink != "" {
				in.note(say.Record("it is one page of several: nextLink tells that there are more jobs"))
			}
			return e, false, nil
		}
		e, err = job.execution(r)
		return e, true, err
	}, "value")
}

func (j azureJob) execution(r jsonRecord) (e backup.Execution, err error) {
	p := j.Properties
	e = backup.Execution{
		Session: j.Name, Schedule: p.Operation, Client: p.Entity,
		Outcome: azureOutcomes[p.Status], NativeStatus: p.Status, Absolute: true,
	}
	e.Kind, e.Level = azureKind(p.Operation)
	if vault := azureVault.FindStringSubmatch(j.ID); vault != nil {
		e.Instance, e.Routine = vault[1], vault[1]
	}
	switch {
	case j.Name == "":
		return e, bad(r.line, say.Record("it has no name"))
	case e.Outcome == 0:
		return e, unknownWord(r.line, say.Record("the status"), p.Status)
	}
	if e.Start, err = r.time("startTime", p.Start); err != nil {
		return e, err
	}
	if e.Outcome == backup.Running {
		return e, nil
	}
	if e.End, err = r.time("endTime", p.End); err != nil {
		return e, err
	}
	if p.Extended.Bag.Size != "" {
		e.Bytes, _ = size(p.Extended.Bag.Size)
	}
	if e.Outcome != backup.Success {
		e.Log = r.log()
		if len(p.Errors) > 0 {
			e.Error, e.Code = short(p.Errors[0].Text), string(p.Errors[0].Code)
		}
	}
	return e, nil
}

// azureKind: all that is neither backup nor restore configures, moves or deletes. Databases in machines have their level behind the
// operation: "Backup (Full)", "Backup (Log)", "Restore (Log)".
func azureKind(operation string) (kind backup.Kind, level string) {
	operation, level, _ = strings.Cut(strings.TrimSuffix(operation, ")"), " (")
	level = strings.ToLower(level)
	switch {
	case operation == "Backup" && level == "log":
		return backup.Log, level
	case operation == "Backup":
		return backup.Data, level
	case strings.HasSuffix(operation, "Restore"):
		return backup.Restore, ""
	}
	return backup.Administrative, ""
}
