package format

import (
	"strings"

	"backstop/app/backup"
)

// veeamOutcome reads the result of a session or the status of a task, and the state beside it where there is one. The word is
// Veeam's own.
func veeamOutcome(r *Row, e backup.Execution) (o backup.Outcome, word string) {
	word, state := veeamText(r, veeamResult...), veeamText(r, veeamState...)
	byHand := strings.EqualFold(r.Text("IsManuallyStopped"), "true")
	switch strings.ToLower(word) {
	case "success":
		o = backup.Success
	case "warning":
		o = backup.Partial
	case "failed":
		o = backup.Failed
	case "inprogress", "pending":
		return backup.Running, word
	case "none", "":
		if o, word = veeamNoResult(e, word, state); o == backup.Failed && byHand {
			o = backup.Cancelled
		}
		return o, word
	default:
		return 0, word
	}
	if veeamAtWork[strings.ToLower(state)] {
		return backup.Running, word + ", " + state
	}
	if o != backup.Success && byHand {
		return backup.Cancelled, word
	}
	return o, word
}

// veeamWorking are the states in which a result is not yet the last word. Idle is left out: a continuous copy job rests so
// between two intervals.
var veeamWorking = []string{"Starting", "Stopping", "Working", "Pausing", "Resuming", "WaitingTape", "Postprocessing", "WaitingRepository", "Pending", "InProgress"}

var veeamAtWork = func() map[string]bool {
	at := map[string]bool{}
	for _, s := range veeamWorking {
		at[strings.ToLower(s)] = true
	}
	return at
}()

// veeamEndings are Veeam's results, alone or beside a state, and the status of a machine.
func veeamEndings() []backup.Ending {
	all := wordEndings(map[string]backup.Outcome{
		"Success": backup.Success, "Warning": backup.Partial, "Failed": backup.Failed, "InProgress": backup.Running, "Pending": backup.Running,
		"None, Stopped": backup.Failed, "None, Idle": backup.Running,
	})
	for _, s := range veeamWorking {
		for _, result := range []string{"None", "Success", "Warning", "Failed"} {
			all = append(all, backup.Ending{Word: result + ", " + s, Told: backup.Running})
		}
	}
	for _, word := range []string{"Warning", "Failed", "None, Stopped"} { // stopped by hand
		all = append(all, backup.Ending{Word: word, Told: backup.Cancelled})
	}
	return all
}

// veeamNoResult judges a session without result: at work, unless its state or its end says that it is over.
func veeamNoResult(e backup.Execution, word, state string) (backup.Outcome, string) {
	if word == "" && state == "" {
		return 0, word
	}
	native := strings.Trim("None, "+state, ", ")
	if strings.EqualFold(state, "stopped") || state == "" && !e.End.IsZero() {
		return backup.Failed, native
	}
	return backup.Running, native
}

// veeamKinds finds the kind in a job type, whether it is the enumeration's word (SqlLogBackup) or the console's (SQL Server
// Transaction Log Backup). The first that fits counts.
var veeamKinds = []struct {
	piece string
	kind  backup.Kind
}{
	{"restore", backup.Restore},
	{"logbackup", backup.Log},
	{"surebackup", backup.Administrative},
	{"drv", backup.Administrative}, // SureBackup's older name
	{"conf", backup.Administrative},
	{"rescan", backup.Administrative},
	{"healthcheck", backup.Administrative},
	{"management", backup.Administrative},
	{"backupsync", backup.Copy}, // backup copy
	{"copy", backup.Copy},
	{"tape", backup.Copy},
	{"replica", backup.Copy},
	{"archive", backup.Copy},
	{"offload", backup.Copy},
}

func veeamJobType(r *Row) string { return veeamText(r, "JobType", "JobTypeString", "TypeToString") }

func veeamKind(r *Row) backup.Kind {
	if r.Has("SessionResult") { // Veeam Backup for Microsoft 365 reports its restores so, a row for each item
		return backup.Restore
	}
	jobType := headerName(veeamJobType(r))
	for _, k := range veeamKinds {
		if strings.Contains(jobType, k.piece) {
			return k.kind
		}
	}
	return backup.Data
}

// veeamIsConfiguration tells the backup of Veeam's own configuration.
func veeamIsConfiguration(r *Row) bool {
	switch headerName(veeamJobType(r)) {
	case "confbackup", "backupconfiguration", "configurationbackup":
		return true
	}
	return false
}

// veeamLevel finds how much was saved. A synthetic full is named by the session only, while its machines are read
// incrementally; else the machine's own word counts.
func veeamLevel(r *Row) string {
	level := ""
	for _, column := range []string{"RestorePointType", "TaskAlgorithm", "JobAlgorithm", "Algorithm", "BackupType"} {
		word := veeamLevelWord(r.Text(column))
		if level == "" || word == "synthetic full" {
			level = word
		}
	}
	if level != "" {
		return level
	}
	switch strings.ToLower(r.Text("IsFullMode")) {
	case "true":
		return "full"
	case "false":
		return "incremental"
	}
	return ""
}

// veeamLevelWord knows Veeam's own spellings: Increment, CBTIncremental, Syntethic, SynteticFull, ReversedIncremental.
func veeamLevelWord(s string) string {
	s = strings.ToLower(s)
	for _, w := range [][2]string{{"synt", "synthetic full"}, {"revers", "reverse incremental"}, {"incr", "incremental"}, {"full", "full"}, {"diff", "differential"}} {
		if strings.Contains(s, w[0]) {
			return w[1]
		}
	}
	return ""
}
