package format

import (
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// baculaEndings holds what follows the kind of job in a Termination line and in a mail's subject, in lower case without stars.
var baculaEndings = map[string]backup.Outcome{
	"ok":                                backup.Success,
	"no files to copy":                  backup.Success,
	"no files to migrate":               backup.Success,
	"ok -- with warnings":               backup.Partial,
	"ok -- warning file count mismatch": backup.Partial,
	"with warnings":                     backup.Partial,
	"warnings":                          backup.Partial,
	"differences":                       backup.Partial,
	"verify differences":                backup.Partial,
	"error":                             backup.Failed,
	"fatal error":                       backup.Failed,
	"incomplete":                        backup.Failed,
	"failed -- incomplete":              backup.Failed,
	"canceled":                          backup.Cancelled,
}

// baculaEnding reads "Backup OK -- with warnings", "*** Restore Error ***", "Copying -- OK".
func baculaEnding(s string) (backup.Outcome, backup.Kind, bool) {
	word, rest, _ := strings.Cut(strings.Trim(s, "* "), " ")
	rest = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(rest)), "-- ")
	outcome, ok := baculaEndings[rest]
	kind := baculaKind(word)
	return outcome, kind, ok && kind != 0
}

// baculaKind knows a job by the word for what it does; 0 for an unknown one.
func baculaKind(word string) backup.Kind {
	for _, k := range []struct {
		part string
		kind backup.Kind
	}{
		{"copy", backup.Copy},
		{"migrat", backup.Copy},
		{"verify", backup.Administrative},
		{"admin", backup.Administrative},
		{"consolidat", backup.Administrative},
		{"restore", backup.Restore},
		{"backup", backup.Data},
		{"archive", backup.Data},
	} {
		if strings.Contains(strings.ToLower(word), k.part) {
			return k.kind
		}
	}
	return 0
}

// baculaVital tells the job that saves Bacula's own catalog, by the names that the sample configurations give it.
func baculaVital(routine, fileSet string) bool {
	name := headerName(routine)
	return fileSet == "Catalog" || strings.Contains(name, "backupcatalog") || strings.Contains(name, "catalogbackup")
}

// baculaWorse is how much an outcome says against a job when its report, its mail and its last lines disagree.
var baculaWorse = map[backup.Outcome]int{backup.Success: 1, backup.Partial: 2, backup.Cancelled: 3, backup.Missed: 3, backup.Failed: 4}

// baculaTypes are the job types of the catalog.
var baculaTypes = map[string]backup.Kind{
	"B": backup.Data, "A": backup.Data,
	"C": backup.Copy, "c": backup.Copy, "g": backup.Copy, "M": backup.Copy,
	"V": backup.Administrative, "D": backup.Administrative, "O": backup.Administrative,
	"R": backup.Restore,
}

// baculaLevels are the letters of the catalog in the words of the reports; others stay letters.
var baculaLevels = map[string]string{"F": "Full", "I": "Incremental", "D": "Differential", "f": "VirtualFull", "B": "Base"}

// baculaStates are the job states of the catalog: what they mean to us, and in words.
var baculaStates = map[string]struct {
	outcome backup.Outcome
	meaning string
}{
	"T": {backup.Success, say.Record("ended normally")},
	"W": {backup.Partial, say.Record("ended with warnings")},
	"D": {backup.Partial, say.Record("verify found differences")},
	"e": {backup.Partial, say.Record("ended with non-fatal errors")},
	"E": {backup.Failed, say.Record("ended with errors")},
	"f": {backup.Failed, say.Record("ended with a fatal error")},
	"I": {backup.Failed, say.Record("incomplete")},
	"A": {backup.Cancelled, say.Record("cancelled by a user or a rule")},
	"C": {backup.Running, say.Record("created, not yet started")},
	"R": {backup.Running, say.Record("at work")},
	"B": {backup.Running, say.Record("blocked")},
	"F": {backup.Running, say.Record("waiting for the file daemon")},
	"S": {backup.Running, say.Record("waiting for the storage daemon")},
	"m": {backup.Running, say.Record("waiting for a new volume")},
	"M": {backup.Running, say.Record("waiting for a volume to be mounted")},
	"s": {backup.Running, say.Record("waiting for storage")},
	"j": {backup.Running, say.Record("waiting for a job slot")},
	"c": {backup.Running, say.Record("waiting for a client slot")},
	"d": {backup.Running, say.Record("waiting: too many jobs at once")},
	"t": {backup.Running, say.Record("waiting for its start time")},
	"p": {backup.Running, say.Record("waiting for jobs of higher priority")},
	"i": {backup.Running, say.Record("writing file records to the catalog")},
	"a": {backup.Running, say.Record("despooling attributes")},
	"l": {backup.Running, say.Record("despooling data")},
	"L": {backup.Running, say.Record("writing the last spooled data")},
	"q": {backup.Running, say.Record("queued")},
}

// baculaStateEndings are the states of the catalog as its lists have them.
func baculaStateEndings() []backup.Ending {
	all := []backup.Ending{{Word: "T", Code: "T", Told: backup.Partial}} // with JobErrors
	for letter, s := range baculaStates {
		all = append(all, backup.Ending{Word: letter, Code: letter, Told: s.outcome})
	}
	return all
}

// baculaReportEndings are the Termination lines that reports are known to end in.
func baculaReportEndings() (all []backup.Ending) {
	for _, kind := range []string{"Backup", "Copying", "Migration", "Verify", "Restore", "Admin"} {
		for _, words := range []string{kind + " OK", kind + " OK -- with warnings", "*** " + kind + " Error ***", kind + " Canceled"} {
			told, _, _ := baculaEnding(words)
			all = append(all, backup.Ending{Word: words, Told: told})
		}
	}
	for _, words := range []string{"Copying -- no files to copy", "Migration -- no files to migrate", "Verify Differences", "Backup OK -- Warning file count mismatch", "Backup failed -- incomplete"} {
		told, _, _ := baculaEnding(words)
		all = append(all, backup.Ending{Word: words, Told: told})
	}
	return append(all, backup.Ending{Word: "Backup Canceled", Told: backup.Missed}) // when it could no longer start
}

func baculaMeaning(code string) string { return baculaStates[code].meaning }
