package format

import (
	"backstop/app/backup"
	"backstop/app/say"
)

// arcserveState is a state's word, what it means to us, and why.
type arcserveState struct {
	word    string
	outcome backup.Outcome
	why     string
}

// The two sections number their states differently.
var arcserveStates = map[string]map[string]arcserveState{
	"udp_backup": {
		"1": {"finished", backup.Success, ""},
		"2": {"failed", backup.Failed, say.Record("the backup failed; the console tells why")},
		"3": {"active", backup.Running, ""},
		"4": {"cancelled", backup.Cancelled, say.Record("the backup was cancelled")},
		"5": {"crashed", backup.Failed, say.Record("the backup crashed")},
	},
	"udp_jobs": {
		"0":     {"active", backup.Running, ""},
		"1":     {"finished", backup.Success, ""},
		"2":     {"cancelled", backup.Cancelled, say.Record("the job was cancelled")},
		"3":     {"failed", backup.Failed, say.Record("the job failed; the console tells why")},
		"4":     {"incomplete", backup.Partial, say.Record("the job is incomplete")},
		"5":     {"idle", backup.Running, ""},
		"6":     {"waiting", backup.Running, ""},
		"7":     {"crash", backup.Failed, say.Record("the job crashed")},
		"9":     {"licence", backup.Failed, say.Record("the licence does not allow the job")},
		"10":    {"process exit", backup.Failed, say.Record("the job's process ended")},
		"11":    {"skipped", backup.Missed, say.Record("the job was skipped")},
		"12":    {"stop", backup.Cancelled, say.Record("the job was stopped")},
		"10000": {"missed", backup.Missed, say.Record("the job did not start")},
	},
}

// arcserveEndings are the states of both sections.
func arcserveEndings() (all []backup.Ending) {
	for _, states := range arcserveStates {
		for code, s := range states {
			all = append(all, backup.Ending{Word: s.word, Code: code, Told: s.outcome})
		}
	}
	return all
}

// arcserveMethod reads what a job did. A method that is not known is administrative, so that it never counts as a backup.
func arcserveMethod(in *Input, method string) (kind backup.Kind, level string) {
	switch method {
	case "0":
		return backup.Data, "full"
	case "1":
		return backup.Data, "incremental"
	case "4", "5":
		return backup.Copy, ""
	case "2": // verification
	default:
		in.note(say.Record("methods that are not known are taken as administrative: nothing counts as a backup by mistake"))
	}
	return backup.Administrative, ""
}
