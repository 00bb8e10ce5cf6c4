package format

import (
	"regexp"

	"backstop/app/backup"
	"backstop/app/say"
)

// Velero's exports share this: what a phase means, and what a backup is known by. Only the JSON has the object's uid, so all of
// them take the name, which is unique in a cluster and holds the time where a schedule made it.
const veleroTool = "Velero"

// veleroPhases: a backup that fails its validation never started. The other words of a run at work differ by version.
var veleroPhases = map[string]backup.Outcome{
	"New": backup.Running, "Queued": backup.Running, "ReadyToStart": backup.Running, "InProgress": backup.Running,
	"WaitingForPluginOperations": backup.Running, "WaitingForPluginOperationsPartiallyFailed": backup.Running,
	"Finalizing": backup.Running, "FinalizingPartiallyFailed": backup.Running,
	"Completed": backup.Success, "PartiallyFailed": backup.Partial, "Failed": backup.Failed, "FailedValidation": backup.Missed,
}

var veleroScheduled = regexp.MustCompile(`^(.+)-\d{14}$`)

// veleroExecution is a backup in a phase, with its counts of errors and warnings. A completed one with any is partial.
func veleroExecution(line int, name, phase string, errors, warnings int) (backup.Execution, error) {
	e := backup.Execution{Session: name, Routine: name, NativeStatus: phase, Outcome: veleroPhases[phase], Line: line}
	if m := veleroScheduled.FindStringSubmatch(name); m != nil {
		e.Routine = m[1]
	}
	switch {
	case name == "":
		return e, bad(line, say.Record("the backup has no name"))
	case e.Outcome == 0:
		return e, unknownWord(line, say.Record("the phase"), phase)
	case e.Outcome == backup.Success && errors+warnings > 0:
		e.Outcome = backup.Partial
	}
	if e.Outcome == backup.Partial || e.Outcome == backup.Failed || e.Outcome == backup.Missed {
		e.Error = veleroCounted(phase, errors, warnings)
	}
	return e, nil
}

// veleroCounted is the error of a backup of which only counts are told.
func veleroCounted(phase string, errors, warnings int) string {
	if errors+warnings == 0 {
		return say.Record("%s; velero backup describe tells why", phase)
	}
	return say.Record("errors: %d, warnings: %d; velero backup logs tells which", errors, warnings)
}
