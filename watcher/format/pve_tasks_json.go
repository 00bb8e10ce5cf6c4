package format

import (
	"encoding/json"
	"iter"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Proxmox VE and Proxmox Backup Server: the list of tasks as JSON. A backup task of PVE may save many guests; the list does not
// say which, so its executions are the parents of those that the task logs tell.
var _ = register(Format{
	Name:    "pve_tasks_json",
	Version: 1,
	Tool:    vzdumpTool,
	Title:   say.N("task list (JSON)"),
	Export: say.N("pvesh get /nodes/NODE/tasks --typefilter vzdump --limit 500 --output-format json > tasks.json, or on a backup server: " +
		"proxmox-backup-manager task list --all --output-format json > tasks.json"),
	Evidence: backup.List,
	Endings: func() []backup.Ending {
		return wordEndings(map[string]backup.Outcome{"OK": backup.Success, "RUNNING": backup.Running, "job errors": backup.Failed, "interrupted by signal": backup.Failed, "unexpected status": backup.Failed})
	},
	Match:      func(head []byte) bool { return pveTasks.Match(head) && pveJSON.Match(head) },
	Executions: pveTaskList,
})

var (
	pveJSON  = regexp.MustCompile(`^\s*[\[{]`)
	pveTasks = regexp.MustCompile(`"upid"\s*:\s*"UPID:`)
	pveJobs  = regexp.MustCompile(`"type"\s*:\s*"vzdump"`)
	pveTimes = regexp.MustCompile(`"(schedule|starttime|dow)"\s*:\s*"`)
	pveGuest = regexp.MustCompile(`"type"\s*:\s*"(qemu|lxc)"`)
	pveVMID  = regexp.MustCompile(`"vmid"\s*:`)
)

var _ = refuse(say.Record("these are the definitions of backup jobs, not their runs; use: pvesh get /nodes/NODE/tasks --typefilter vzdump --output-format json"),
	func(head []byte) bool { return pveJSON.Match(head) && pveJobs.Match(head) && pveTimes.Match(head) })

var _ = refuse(say.Record("this is a list of guests, not of backups; use: pvesh get /nodes/NODE/tasks --typefilter vzdump --output-format json"),
	func(head []byte) bool { return pveJSON.Match(head) && pveGuest.Match(head) && pveVMID.Match(head) })

// pveTask is one task; what both products name alike, and the ids that only a backup server spells out.
type pveTask struct {
	UPID      string      `json:"upid"`
	Status    string      `json:"status"`
	Start     json.Number `json:"starttime"`
	End       json.Number `json:"endtime"`
	WorkerIDs string      `json:"worker_id"`
}

func pveTaskList(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		others := 0
		for raw, err := range pveElements(in) {
			if err != nil {
				if !yield(backup.Execution{}, err) {
					return
				}
				continue
			}
			var task pveTask
			if err := json.Unmarshal(raw.json, &task); err != nil {
				if !yield(backup.Execution{}, bad(raw.line, say.Record("the task cannot be read: %v", err))) {
					return
				}
				continue
			}
			e, wanted, err := task.execution(raw)
			if !wanted {
				others++
				continue
			}
			if !yield(e, err) {
				return
			}
		}
		if others > 0 {
			in.note(say.Record("%d tasks that are neither backups nor care for them were left out", others))
		}
	}
}

// pveKinds are the tasks that matter; a task list also holds consoles, updates and migrations.
var pveKinds = map[string]backup.Kind{
	"vzdump": backup.Data, "qmrestore": backup.Restore, "vzrestore": backup.Restore,
	"backup": backup.Data, "tape-backup": backup.Copy, "tape-restore": backup.Restore,
	"sync": backup.Copy, "syncjob": backup.Copy,
	"prune": backup.Administrative, "prunejob": backup.Administrative, "garbage_collection": backup.Administrative,
	"verify": backup.Administrative, "verificationjob": backup.Administrative,
	"verify_group": backup.Administrative, "verify_snapshot": backup.Administrative,
}

// execution reads a task by its id: UPID:node:pid:pstart:start:type:id:user:, with one more number on a backup server.
func (t pveTask) execution(raw pveElement) (e backup.Execution, wanted bool, err error) {
	f := strings.Split(t.UPID, ":")
	server := len(f) == 10
	if len(f) != 9 && !server {
		return e, true, bad(raw.line, say.Record("%q is no task id", t.UPID))
	}
	what := f[len(f)-4]
	kind, ok := pveKinds[what]
	if !ok {
		return e, false, nil
	}
	e = backup.Execution{Instance: f[1], Session: t.UPID, Routine: what, Kind: kind, Absolute: true, NativeStatus: t.Status, Line: raw.line, Offset: raw.offset, RecordLength: int64(len(raw.json))}
	switch id := f[len(f)-3]; {
	case server:
		e.Tool = "Proxmox Backup Server"
		if e.Client = t.WorkerIDs; what == "backup" {
			e.Routine, e.Client, _ = strings.Cut(t.WorkerIDs, ":")
		}
	case id != "":
		e.Client = "VM " + id
	}
	if e.Start, ok = pveEpoch(t.Start); !ok {
		return e, true, bad(raw.line, say.Record("starttime %q is no time", t.Start))
	}
	e.End, ok = pveEpoch(t.End)
	e.Outcome, e.Error = pveOutcome(t.Status, ok)
	return e, true, nil
}

// pveOutcome reads a task's status: a word, or the error that ended it. A task at work has none.
func pveOutcome(status string, ended bool) (outcome backup.Outcome, why string) {
	switch {
	case status == "OK":
		return backup.Success, ""
	case strings.HasPrefix(status, "WARNINGS: "):
		return backup.Partial, status
	case status == "RUNNING" || status == "" && !ended:
		return backup.Running, ""
	case status == "job errors":
		return backup.Failed, say.Record("job errors: at least one guest failed; the task's log tells which")
	case status == "":
		return 0, ""
	}
	return backup.Failed, short(status)
}

func pveEpoch(n json.Number) (time.Time, bool) {
	s, err := n.Int64()
	if err != nil || s <= 0 || s > 1<<40 {
		return time.Time{}, false
	}
	return time.Unix(s, 0).UTC(), true
}
