package format

import (
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Rubrik's report of tasks. It has neither an id nor an error text; an object runs one task of a type at a time, so object,
// location, type and start are the key. Log backups are most of its rows.
var _ = register(Format{
	Name:       "rubrik_tasks_csv",
	Version:    2,
	Tool:       rubrikTool,
	Title:      "Protection Task Details (CSV)",
	Export:     say.N("In Rubrik's Reports open Protection Task Details (or Recovery Task Details), choose the last two days, and export it as CSV; a scheduled report can mail the same file."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(rubrikWords) },
	Match:      rubrikIsTaskList,
	Executions: csvExecutions(rubrikTask),
})

var _ = refuse(say.Record("Rubrik's capacity report holds sizes by month, not tasks; export the report Protection Task Details as CSV"), func(head []byte) bool {
	return csvHeaderHas(head, "Month", "Local Storage (B)")
})

// A recovery report has no task type that matters: its recovery point tells what it is.
func rubrikIsTaskList(head []byte) bool {
	return csvHeaderHas(head, "Task Status", "Object Name", "Start Time") &&
		(csvHeaderHas(head, "Task Type") || csvHeaderHas(head, "Recovery Point"))
}

func rubrikTask(r *Row) (backup.Execution, error) {
	if !r.Whole() {
		return backup.Execution{}, bad(r.Line, say.Record("it is cut off, or has other columns than the header"))
	}
	task, object, location, start := r.Text("Task Type"), r.Text("Object Name"), r.Text("Location"), r.Text("Start Time")
	if r.Has("Recovery Point") {
		task = "Recovery"
	}
	if object == "" || start == "" {
		return backup.Execution{}, bad(r.Line, say.Record("it names no object or no start"))
	}
	e := backup.Execution{
		Session: strings.Join([]string{object, location, task, start}, " / "),
		Routine: r.Text("SLA Domain"), Schedule: task, Client: rubrikClient(object, location), Kind: rubrikKind(r.in, task),
		Outcome: rubrikOutcome(r.Text("Task Status")), NativeStatus: r.Text("Task Status"),
		Start: r.Time("Start Time"), End: r.Time("End Time"), StartText: start, EndText: r.Text("End Time"), TimeNote: r.TimeNote(),
		Bytes: rubrikBytes(r), Line: r.Line, Offset: r.Offset,
	}
	if e.Outcome == 0 {
		return e, unknownWord(r.Line, say.Record("the task status"), e.NativeStatus)
	}
	if !r.Has("End Time") && e.Outcome.Final() && !e.Start.IsZero() { // recoveries are listed with how long they took
		if took, ok := duration(r.Text("Duration (s)")); ok {
			e.End = e.Start.Add(took)
		}
	}
	e.Files, _ = number(r.Text("Total Files Transferred"))
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Log = say.Record(rubrikNoReason), r.Cells()
	}
	return e, r.Err()
}

// rubrikBytes is what was stored, a whole number written with a fraction ("757211.0").
func rubrikBytes(r *Row) backup.Count {
	f, ok := decimal(r.Text("Data Stored (B)", "Data Transferred (B)"))
	if !ok || f > 1<<62 {
		return backup.Count{}
	}
	return backup.N(int64(f))
}
