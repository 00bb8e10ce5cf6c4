package format

import (
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

const netbackupTool = "NetBackup"

// netbackupOutcome is the one place that says what a status code of a finished job means. Status 1 leaves a file system
// saved but for some files; an agent of a database ends with it when databases are missing, so nothing is known to be whole.
func netbackupOutcome(status, policyType string) (backup.Outcome, bool) {
	switch status {
	case "":
		return 0, false
	case "0":
		return backup.Success, true
	case "1":
		if netbackupDatabases[policyType] {
			return backup.Failed, true
		}
		return backup.Partial, true
	case "150", "157":
		return backup.Cancelled, true
	case "195", "196", "200":
		return backup.Missed, true
	}
	const longest = 7
	return backup.Failed, isDigits(status) && len(status) <= longest
}

// Policy types whose client is a database or an application: Oracle, Informix, Sybase, SharePoint, SQL Server, Exchange, SAP,
// DB2 and Lotus. A file system, a virtual machine or a filer is none.
var netbackupDatabases = map[string]bool{
	"4": true, "6": true, "7": true, "8": true, "15": true, "16": true, "17": true, "18": true, "25": true,
}

const netbackupCatalog = "35" // the policy type of catalog backups

// netbackupType is what a job is for, by its type number.
type netbackupType struct {
	word string
	kind backup.Kind
}

var netbackupTypes = map[string]netbackupType{
	"0": {"Backup", backup.Data}, "1": {"Archive", backup.Data}, "22": {"Backup from Snapshot", backup.Data}, "28": {"Snapshot", backup.Data},
	"2": {"Restore", backup.Restore},
	"4": {"Duplication", backup.Copy}, "20": {"Replication", backup.Copy},
	"3": {"Verify", backup.Administrative}, "5": {"Import", backup.Administrative}, "6": {"Catalog Backup", backup.Administrative},
	"7": {"Vault", backup.Administrative}, "8": {"Label", backup.Administrative}, "9": {"Erase", backup.Administrative},
	"10": {"Tape Request", backup.Administrative}, "11": {"Tape Clean", backup.Administrative}, "12": {"Tape Format", backup.Administrative},
	"13": {"Inventory", backup.Administrative}, "14": {"Diagnostics", backup.Administrative}, "15": {"Catalog Recovery", backup.Administrative},
	"16": {"Media Contents", backup.Administrative}, "17": {"Image Cleanup", backup.Administrative}, "18": {"LiveUpdate", backup.Administrative},
	"21": {"Import of a Replica", backup.Administrative}, "23": {"Snapshot Replication", backup.Administrative},
	"24": {"Snapshot Import", backup.Administrative}, "25": {"Application State Capture", backup.Administrative},
	"26": {"Indexing", backup.Administrative}, "27": {"Indexing", backup.Administrative}, "29": {"Snapshot Index", backup.Administrative},
	"30": {"Instant Recovery", backup.Administrative}, "31": {"Instant Recovery", backup.Administrative}, "32": {"Instant Recovery", backup.Administrative},
	"33": {"Instant Recovery", backup.Administrative}, "34": {"Instant Recovery", backup.Administrative},
}

// netbackupTypeOf takes a type that is not listed as administrative: the types that save data are known, and newer versions
// add only services.
func netbackupTypeOf(number string) netbackupType {
	if t, ok := netbackupTypes[number]; ok {
		return t
	}
	return netbackupType{"Job of type " + number, backup.Administrative}
}

var netbackupLevels = map[string]string{
	"0": "Full", "1": "Differential Incremental", "2": "User Backup", "3": "User Archive", "4": "Cumulative Incremental", "5": "Transaction Log",
}

// netbackupKindByName judges where an export tells no job type: the server's own jobs have no client or a storage lifecycle's
// policy, and a catalog policy is known by its name only.
func netbackupKindByName(policy, client string) (kind backup.Kind, vital bool) {
	name := strings.ToUpper(policy)
	switch {
	case strings.Contains(name, "CATALOG"), strings.Contains(name, "NB_CAT"), strings.Contains(name, "NBU_CAT"):
		return backup.Administrative, true
	case client == "NONE", strings.HasPrefix(name, "SLP_"):
		return backup.Administrative, false
	}
	return backup.Data, false
}

// netbackupParent gives the coordinator's job id: a job of its own names itself, 0 or -1.
func netbackupParent(parent, id string) string {
	if parent == id || parent == "0" || !isDigits(parent) {
		return ""
	}
	return parent
}

// netbackupName gives a policy's, schedule's or client's name; "-" stands for none.
func netbackupName(s string) string {
	if s = strings.TrimSpace(s); s != "-" {
		return s
	}
	return ""
}

// netbackupEpoch reads Unix seconds, which NetBackup pads with zeros; 0 stands for none.
func netbackupEpoch(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return time.Time{}, false
	}
	if n == 0 {
		return time.Time{}, true
	}
	return time.Unix(n, 0).UTC(), true
}

// netbackupError is the text for a status that is not 0. Our words come first, so that all exports of one job say the same.
func netbackupError(status, words string) string {
	switch meaning := netbackupMeaning(status); {
	case status == "" || status == "0":
		return ""
	case meaning != "":
		return meaning
	case words != "":
		return short(words)
	}
	return say.Record("ended with status %s", status)
}

// netbackupCause gives the text of a line of the detailed status that reports an error: "<time> - Error bpbrm(pid=7) <text>".
func netbackupCause(line string) string {
	for _, severity := range []string{" - Critical ", " - Error "} {
		if _, said, ok := strings.Cut(line, severity); ok {
			if _, text, ok := strings.Cut(said, "(pid="); ok {
				_, said, _ = strings.Cut(text, ") ")
			}
			return strings.TrimSpace(said)
		}
	}
	return ""
}

// isDigits tells an unsigned number as the tools write it.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
