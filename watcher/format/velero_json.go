package format

import (
	"cmp"
	"encoding/json"
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Velero's backups as Kubernetes objects: one, or a list.
var _ = register(Format{
	Name:     "velero_json",
	Version:  2,
	Tool:     veleroTool,
	Title:    "velero backup get -o json",
	Export:   say.N("velero backup get -o json > backups.json, or: kubectl -n velero get backups.velero.io -o json > backups.json; one source for each cluster."),
	Evidence: backup.List,
	Endings: func() []backup.Ending {
		return append(wordEndings(veleroPhases), backup.Ending{Word: "Completed", Told: backup.Partial})
	},
	Match: func(head []byte) bool {
		return isJSON(head, `"phase"`) && veleroAPI.Match(head) && veleroObject.Match(head)
	},
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return jsonExecutions(in, func(r jsonRecord) (backup.Execution, bool, error) { return veleroBackup(in, r) }, "items")
	},
})

var (
	veleroAPI    = regexp.MustCompile(`"apiVersion"\s*:\s*"velero\.io/`)
	veleroObject = regexp.MustCompile(`"kind"\s*:\s*"(Backup|BackupList|Restore)"`)
)

var _ = refuse(say.Record("it lists Velero's schedules, not their runs; use: velero backup get -o json > backups.json"),
	func(head []byte) bool { return isJSON(head) && veleroAPI.Match(head) && holds(head, `"Schedule"`) })

type veleroResource struct {
	Kind     string `json:"kind"`
	Metadata struct {
		Name   string            `json:"name"`
		Labels map[string]string `json:"labels"`
	} `json:"metadata"`
	Status struct {
		Phase    string   `json:"phase"`
		Start    string   `json:"startTimestamp"`
		End      string   `json:"completionTimestamp"`
		Expires  string   `json:"expiration"`
		Errors   int      `json:"errors"` // left out when 0
		Warnings int      `json:"warnings"`
		Failure  string   `json:"failureReason"`
		Invalid  []string `json:"validationErrors"`
		Progress struct {
			Items json.Number `json:"itemsBackedUp"`
		} `json:"progress"`
	} `json:"status"`
}

// veleroBackup reads an object. A list without its items is none, and a backup that is being deleted no longer says how it ended.
func veleroBackup(in *Input, r jsonRecord) (e backup.Execution, ok bool, err error) {
	var o veleroResource
	if err := r.into(&o); err != nil {
		return e, true, err
	}
	switch {
	case o.Kind != "" && o.Kind != "Backup" && o.Kind != "Restore":
		return e, false, nil
	case o.Status.Phase == "Deleting":
		in.note(say.Record("backups that are being deleted were left out"))
		return e, false, nil
	}
	e, err = veleroExecution(r.line, o.Metadata.Name, cmp.Or(o.Status.Phase, "New"), o.Status.Errors, o.Status.Warnings)
	if err != nil {
		return e, true, err
	}
	if o.Kind == "Restore" {
		e.Kind, e.Session = backup.Restore, "restore/"+e.Session
	}
	e.Routine = cmp.Or(o.Metadata.Labels["velero.io/schedule-name"], e.Routine)
	e.Files, e.Absolute = jsonCount(o.Status.Progress.Items), true
	if why := cmp.Or(o.Status.Failure, strings.Join(o.Status.Invalid, "; ")); why != "" && e.Outcome != backup.Success {
		e.Error = short(why)
	}
	if e.Outcome != backup.Success {
		e.Log = r.log()
	}
	if e.Start, err = r.time("startTimestamp", o.Status.Start); err == nil {
		e.End, err = r.time("completionTimestamp", o.Status.End)
	}
	if err == nil {
		e.Expires, err = r.time("expiration", o.Status.Expires)
	}
	return e, true, err
}
