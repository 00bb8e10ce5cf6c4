package format

import (
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

const rubrikTool = "Rubrik"

// rubrikWords are the words of the reports (Succeeded, Canceled) and of the API (Success, Failure).
var rubrikWords = map[string]backup.Outcome{
	"Succeeded": backup.Success, "Success": backup.Success,
	"SucceededWithWarnings": backup.Partial, "SuccessWithWarnings": backup.Partial,
	"Failed": backup.Failed, "Failure": backup.Failed,
	"Canceled": backup.Cancelled, "Cancelled": backup.Cancelled,
	"Missed": backup.Missed,
	"Queued": backup.Running, "Running": backup.Running, "InProgress": backup.Running, "Active": backup.Running,
}

var rubrikOutcomes = lowerCase(rubrikWords)

func rubrikOutcome(word string) backup.Outcome { return rubrikOutcomes[headerName(word)] }

// rubrikKind reads a task's type. One that is not known is administrative: it still opens an incident when it fails, and is
// never taken for a good copy.
func rubrikKind(in *Input, task string) backup.Kind {
	switch t := headerName(task); {
	case t == "backup":
		return backup.Data
	case t == "logbackup":
		return backup.Log
	case strings.HasSuffix(t, "replication"), strings.HasSuffix(t, "archival"):
		return backup.Copy
	case t == "recovery", t == "restore":
		return backup.Restore
	case t != "index":
		in.note(say.Record("task types that are not known are taken as administrative: nothing counts as a backup by mistake"))
	}
	return backup.Administrative
}

// rubrikClient names the object with its location: "master" is on every SQL server.
func rubrikClient(object, location string) string {
	if location == "" || strings.EqualFold(location, object) {
		return object
	}
	return object + " (" + location + ")"
}

// rubrikNoReason stands where the export gives none.
const rubrikNoReason = "the export gives no reason; it is in the object's activities in Rubrik"
