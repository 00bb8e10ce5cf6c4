package format

import (
	"encoding/json"
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Rubrik's job monitoring API. An event series is one job with its retries. A job that is only scheduled has not run.
var _ = register(Format{
	Name:       "rubrik_events_json",
	Version:    1,
	Tool:       rubrikTool,
	Title:      say.N("job monitoring (API, JSON)"),
	Export:     say.N("curl -H \"Authorization: Bearer TOKEN\" \"https://CLUSTER/api/v1/job_monitoring?limit=1000\" > jobs.json; use one file for each page and job state."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(rubrikWords) },
	Match:      func(head []byte) bool { return isJSON(head, `"jobMonitoringInfoList"`) },
	Executions: rubrikEvents,
})

type rubrikEvent struct {
	Status   string      `json:"jobStatus"`
	Type     string      `json:"jobType"`
	Object   string      `json:"objectName"`
	Location string      `json:"locationName"`
	SLA      string      `json:"slaDomainName"`
	Start    string      `json:"startTime"`
	End      string      `json:"endTime"`
	Series   string      `json:"eventSeriesId"`
	Bytes    json.Number `json:"dataTransferred"`
	Retries  int         `json:"retryCount"`
	IsLog    bool        `json:"isLogTask"`
	IsFull   bool        `json:"isFirstFullSnapshot"`
	Error    string      `json:"errorInfo"`
}

func rubrikEvents(in *Input) iter.Seq2[backup.Execution, error] {
	read := func(r jsonRecord) (e backup.Execution, ok bool, err error) {
		if r.key == "" {
			return e, false, rubrikPage(in, r)
		}
		var job rubrikEvent
		if err := r.into(&job); err != nil {
			return e, true, err
		}
		if strings.EqualFold(job.Status, "Scheduled") {
			in.note(say.Record("jobs that are only scheduled were left out: they have not run"))
			return e, false, nil
		}
		e, err = job.execution(in, r)
		return e, true, err
	}
	return jsonExecutions(in, read, "jobMonitoringInfoList")
}

// rubrikPage looks at what stands beside the list.
func rubrikPage(in *Input, r jsonRecord) error {
	var page struct {
		More bool `json:"hasMore"`
	}
	if err := r.into(&page); err != nil {
		return err
	}
	if page.More {
		in.note(say.Record("it is one page of several: the answer says that there are more jobs"))
	}
	return nil
}

func (j rubrikEvent) execution(in *Input, r jsonRecord) (e backup.Execution, err error) {
	e = backup.Execution{
		Session: j.Series, Routine: j.SLA, Schedule: j.Type, Client: rubrikClient(j.Object, j.Location), Kind: rubrikKind(in, j.Type),
		Outcome: rubrikOutcome(j.Status), NativeStatus: j.Status, Absolute: true,
	}
	switch {
	case j.Series == "":
		return e, bad(r.line, say.Record("it has no event series id"))
	case e.Outcome == 0:
		return e, unknownWord(r.line, say.Record("the job status"), j.Status)
	}
	if j.IsLog && e.Kind == backup.Data {
		e.Kind = backup.Log
	}
	if j.IsFull {
		e.Level = "full"
	}
	if j.Retries > 0 {
		e.Tries, e.FirstOutcome = j.Retries+1, backup.Failed // Rubrik repeats a job only when it failed
	}
	e.Bytes = jsonCount(j.Bytes)
	if e.Start, err = r.time("startTime", j.Start); err != nil {
		return e, err
	}
	if e.End, err = r.time("endTime", j.End); err != nil {
		return e, err
	}
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Log = short(j.Error), r.log()
		if e.Error == "" {
			e.Error = say.Record(rubrikNoReason)
		}
	}
	return e, nil
}
