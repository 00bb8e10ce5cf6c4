package format

import (
	"cmp"
	"encoding/json"
	"iter"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Xen Orchestra: the log of a backup job's run as JSON, copied from the page of backups or asked of the REST API. Each VM is an
// execution; the run itself is one only where it came to no VM.
var _ = register(Format{
	Name:    "xen_orchestra_json",
	Version: 2,
	Tool:    "Xen Orchestra",
	Title:   say.N("backup log (JSON)"),
	Export: say.N("In Backup, Overview, open a run's log and download it; or for all runs: " +
		"curl -b authenticationToken=TOKEN 'https://xoa.example/rest/v0/backup-logs?fields=*' > logs.json"),
	Evidence: backup.Report,
	Endings: func() []backup.Ending {
		return append(wordEndings(xenOutcomes), backup.Ending{Word: "success", Told: backup.Partial})
	},
	Match: func(head []byte) bool {
		return isJSON(head, `"jobId"`, `"message"`) && xenStart.Match(head) && xenStatus.Match(head)
	},
	Executions: xenRuns,
})

var (
	xenStart  = regexp.MustCompile(`"start"\s*:\s*\d{13}\b`)
	xenStatus = regexp.MustCompile(`"status"\s*:\s*"(success|failure|skipped|interrupted|pending)"`)
)

// xenOutcomes: a skipped VM was not begun. An interrupted run ended when Xen Orchestra was restarted.
var xenOutcomes = map[string]backup.Outcome{
	"success": backup.Success, "failure": backup.Failed, "skipped": backup.Missed, "interrupted": backup.Failed, "pending": backup.Running,
}

// xenTask is a run, a VM in it, or a step of that.
type xenTask struct {
	ID       jsonText    `json:"id"`
	JobName  jsonText    `json:"jobName"` // a name that looks like a number is one
	Message  string      `json:"message"`
	Start    json.Number `json:"start"`
	End      json.Number `json:"end"`
	Status   string      `json:"status"`
	Tasks    []xenTask   `json:"tasks"`
	Warnings []xenResult `json:"warnings"`
	Data     struct {
		Mode   string   `json:"mode"`
		Type   string   `json:"type"`
		ID     jsonText `json:"id"`
		Name   jsonText `json:"name_label"`
		IsFull *bool    `json:"isFull"`
	} `json:"data"`
	Result json.RawMessage `json:"result"`
}

type xenResult struct {
	Message string          `json:"message"`
	Code    string          `json:"code"`
	Params  json.RawMessage `json:"params"`
	Size    json.Number     `json:"size"`
}

func xenRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		none := true
		for record, err := range jsonRecords(in) {
			var run xenTask
			if err == nil {
				err = record.into(&run)
			} else if none && !xenCut(in, yield) {
				return
			}
			none = false
			if err == nil && run.ID == "" {
				err = bad(record.line, say.Record("the run has no id"))
			}
			if err != nil {
				if !yield(backup.Execution{}, err) {
					return
				}
				continue
			}
			for _, t := range run.saved() {
				if !yield(run.execution(t, record)) {
					return
				}
			}
		}
	}
}

// xenCut gives out the VMs of a run that was pasted in part. Of the one in which it breaks off, what failed stays so, and what
// went well may still have a warning.
func xenCut(in *Input, yield func(backup.Execution, error) bool) bool {
	text, err := in.record()
	if err != nil {
		return true // the caller tells of the text
	}
	closed, depth := jsonClosed(text)
	record := jsonRecord{json: closed, line: 1}
	var run xenTask
	if record.into(&run) != nil || run.ID == "" || len(run.Tasks) == 0 {
		return true
	}
	const withinVM = 3 // the run's brace, the list's bracket, the VM's brace
	last := len(run.Tasks) - 1
	if o := xenOutcomes[run.Tasks[last].Status]; depth >= withinVM && (o == 0 || o == backup.Success) {
		run.Tasks = run.Tasks[:last]
	}
	for _, t := range run.saved() {
		if t.Data.Type != "" && !yield(run.execution(t, record)) {
			return false
		}
	}
	return true
}

// saved are the run's VMs, or its pools and configurations; without any, the run.
func (r xenTask) saved() []xenTask {
	var saved []xenTask
	for _, t := range r.Tasks {
		switch t.Data.Type {
		case "VM", "pool", "xo":
			saved = append(saved, t)
		}
	}
	if saved == nil {
		return []xenTask{r}
	}
	return saved
}

// execution reads a VM's part. A run has each VM once, so both ids together are the key.
func (r xenTask) execution(t xenTask, record jsonRecord) (backup.Execution, error) {
	e := backup.Execution{
		Session: string(r.ID), Routine: string(r.JobName), NativeStatus: t.Status, Outcome: xenOutcomes[t.Status],
		Start: epoch(t.Start, time.Millisecond), End: epoch(t.End, time.Millisecond), Absolute: true,
		Line: record.line, Offset: record.offset, Level: r.level(t),
	}
	switch t.Data.Type {
	case "VM":
		e.Session, e.Parent = string(r.ID)+"/"+string(t.Data.ID), string(r.ID)
	case "pool", "xo":
		e.Session, e.Parent = string(r.ID)+"/"+t.Data.Type+"/"+string(t.Data.ID), string(r.ID)
		e.Kind, e.Vital, e.Level = backup.Administrative, true, ""
	}
	if e.Client = string(t.Data.Name); e.Client == "" {
		e.Client = string(t.Data.ID)
	}
	if strings.Contains(r.Message, "restore") {
		e.Kind = backup.Restore
	}
	switch {
	case e.Outcome == 0:
		return e, unknownWord(record.line, say.Record("the status"), t.Status)
	case e.Start.IsZero():
		return e, bad(record.line, say.Record("%s has no start", e.Session))
	}
	e.Bytes = t.written()
	return t.judged(e), nil
}

// judged adds what else decides and tells: warnings, and the deepest error.
func (t xenTask) judged(e backup.Execution) backup.Execution {
	warnings := t.warnings()
	if e.Outcome == backup.Success && len(warnings) > 0 {
		e.Outcome, e.Error = backup.Partial, short(strings.Join(warnings, "; "))
	}
	if e.Outcome == backup.Success {
		return e
	}
	if e.Outcome != backup.Running && e.Outcome != backup.Partial {
		e.Error = short(cmp.Or(t.cause(), t.Status))
	}
	var log logText
	t.tell(&log, "")
	e.Log = log.String()
	return e
}

// cause is the error of the deepest step that has one; a VM can fail though all its steps went well.
func (t xenTask) cause() string {
	for _, step := range t.Tasks {
		if step.Status == "failure" || step.Status == "interrupted" {
			if why := step.cause(); why != "" {
				return why
			}
		}
	}
	return t.result().text()
}

func (t xenTask) warnings() []string {
	var all []string
	for _, w := range t.Warnings {
		all = append(all, w.text())
	}
	for _, step := range t.Tasks {
		all = append(all, step.warnings()...)
	}
	return all
}

// written sums what the steps transferred; a VM that goes to several places is written several times.
func (t xenTask) written() (sum backup.Count) {
	counts := []backup.Count{}
	if t.Message == "transfer" {
		counts = append(counts, jsonCount(t.result().Size))
	}
	for _, step := range t.Tasks {
		counts = append(counts, step.written())
	}
	for _, c := range counts {
		if n, ok := c.Value(); ok {
			have, _ := sum.Value()
			sum = backup.N(have + n)
		}
	}
	return sum
}

// level is what was exported; a run in delta mode begins each chain with a full.
func (r xenTask) level(t xenTask) string {
	for _, step := range t.Tasks {
		if step.Data.IsFull != nil && *step.Data.IsFull {
			return "full"
		}
	}
	return map[string]string{"full": "full", "delta": "incremental"}[r.Data.Mode]
}

// tell writes the steps as lines, each below the one that it belongs to.
func (t xenTask) tell(log *logText, indent string) {
	line := indent + strings.TrimSpace(t.Message+" "+string(t.Data.Name)) + ": " + t.Status
	if why := t.result().text(); why != "" {
		line += ", " + why
	}
	log.add(line)
	for _, w := range t.Warnings {
		log.add(indent + "  warning: " + w.text())
	}
	for _, step := range t.Tasks {
		step.tell(log, indent+"  ")
	}
}

// result of a step is an object with an error or a size, or anything else.
func (t xenTask) result() (r xenResult) {
	_ = json.Unmarshal(t.Result, &r)
	return r
}

func (r xenResult) text() string {
	if r.Message != "" || r.Code == "" {
		return r.Message
	}
	return strings.TrimSpace(r.Code + " " + string(r.Params))
}
