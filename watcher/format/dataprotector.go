package format

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Data Protector (HP, HPE, Micro Focus, OpenText) numbers the sessions of a day per Cell Manager. Cell Manager and session
// id are the identity, so the list and a session's own report tell of one execution. All that both must agree on is here.

const dpTool = "Data Protector"

var dpSessionID = regexp.MustCompile(`^\d{4}/\d{2}/\d{2}-\d{1,9}$`)

// dpOutcome maps a status word. omnistat cuts it ("In Progress/Failur") and scripts misspell it ("Completed\Failure"), so the
// part behind the slash may be any beginning of Errors or Failures. nothing says that the export states a success of 0 %.
func dpOutcome(status string, nothing bool) (o backup.Outcome, ok bool) {
	word, rest, slash := strings.Cut(strings.ReplaceAll(strings.ToLower(status), `\`, "/"), "/")
	failures := rest != "" && strings.HasPrefix("failures", rest)
	if slash && !failures && (rest == "" || !strings.HasPrefix("errors", rest)) {
		return 0, false
	}
	switch word {
	case "completed":
		switch {
		case failures && nothing:
			return backup.Failed, true
		case slash:
			return backup.Partial, true
		}
		return backup.Success, true
	case "failed", "aborted": // who aborted it is only in the session's own report
		return backup.Failed, true
	case "in progress", "queuing", "mount request":
		return backup.Running, true
	}
	return 0, false
}

// dpKind reads a session type: "Backup", "Copy", "Replication (scheduled)". idb marks the product's own database.
func dpKind(sessionType string, idb bool) backup.Kind {
	word := strings.ToLower(sessionType)
	word, _, _ = strings.Cut(strings.TrimPrefix(word, "object "), " ")
	switch word {
	case "backup":
		if idb {
			return backup.Administrative
		}
		return backup.Data
	case "copy", "replication", "consolidation":
		return backup.Copy
	case "restore":
		return backup.Restore
	}
	return backup.Administrative // media, verification, import, export, and "NonBackup"
}

// dpIntegrations are the words that the list puts before a specification's name. They are no part of it, and a session's own
// report leaves them out.
var dpIntegrations = map[string]bool{
	"oracle8": true, "sap": true, "sapdb": true, "saphana": true, "idb": true, "mssql": true, "mssql70": true, "msexchange": true,
	"msese": true, "msmbx": true, "msvssw": true, "mssps": true, "mssharepoint": true, "e2010": true, "vmware": true, "vepa": true,
	"veagent": true, "informix": true, "sybase": true, "db2": true, "lotus": true, "mysql": true, "postgresql": true, "stream": true,
}

// dpRoutine gives the specification without its integration. Every such word goes, so that a name which begins with one itself
// ("SAP weekly", in the list "SAP SAP weekly") is the same routine in both exports.
func dpRoutine(specification string) (routine string, idb bool) {
	routine = strings.TrimSpace(specification)
	for {
		word, name, ok := strings.Cut(routine, " ")
		if word = strings.ToLower(word); !ok || !dpIntegrations[word] {
			return routine, idb
		}
		routine, idb = strings.TrimSpace(name), idb || word == "idb"
	}
}

var dpDate = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-]\d`)

// dpOrder lets the session id, which holds the day of the start, tell day from month where the date itself does not.
func (in *Input) dpOrder(id, wall string) {
	m := dpDate.FindStringSubmatch(wall)
	if m == nil || !dpSessionID.MatchString(id) {
		return
	}
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[2])
	month, _ := strconv.Atoi(id[5:7])
	day, _ := strconv.Atoi(id[8:10])
	switch {
	case month == day:
	case first == day && second == month:
		in.order = backup.DayFirst
	case first == month && second == day:
		in.order = backup.MonthFirst
	}
}

// dpMeanings explains the message numbers that occur most.
var dpMeanings = map[string]string{
	"61:2013":  say.Record("The backup devices are busy; the session waits for them."),
	"61:2015":  say.Record("The backup devices did not get free in time; the session gave up."),
	"61:3003":  say.Record("The connection to an agent was lost."),
	"61:4006":  say.Record("The agent could not be started on the client (Inet service, port 5555 or name resolution)."),
	"61:6002":  say.Record("The catalog data of the media agent was not received."),
	"61:11018": say.Record("There is no full backup to build on; a full one was made."),
	"61:12500": say.Record("The client could not be reached to list its file systems (Inet service, port 5555 or name resolution)."),
	"81:52":    say.Record("A mount point of the specification does not exist on the client."),
	"81:75":    say.Record("A folder could not be walked through."),
	"81:76":    say.Record("A file or folder could not be looked at."),
	"81:77":    say.Record("A file could not be opened."),
	"81:141":   say.Record("An object of the Windows configuration could not be exported."),
	"81:1009":  say.Record("The volume shadow copy could not be made."),
	"90:54":    say.Record("A backup device could not be opened."),
	"90:59":    say.Record("The robotics of a library could not be controlled."),
	"90:195":   say.Record("The tape is not where the database expects it."),
	"152:40":   say.Record("The SQL Server database could not be backed up incrementally; the level was raised."),
}

// dpEndings are the words of a session's status, and the messages that are known beside those of sessions in trouble.
func dpEndings() []backup.Ending {
	all := wordEndings(map[string]backup.Outcome{
		"Completed": backup.Success, "Completed/Errors": backup.Partial, "Completed/Failures": backup.Partial, "Failed": backup.Failed, "Aborted": backup.Failed,
		"In Progress": backup.Running, "In Progress/Errors": backup.Running, "In Progress/Failures": backup.Running, "Queuing": backup.Running, "Mount Request": backup.Running,
	})
	all = append(all, backup.Ending{Word: "Completed/Failures", Told: backup.Failed}, backup.Ending{Word: "Aborted", Told: backup.Cancelled})
	codes := slices.Collect(maps.Keys(dpMeanings))
	return slices.Concat(all, codeEndings("Completed/Errors", backup.Partial, codes...), codeEndings("Failed", backup.Failed, codes...))
}

func dpMeaning(code string) string { return dpMeanings[code] }

const dpUseReport = "use `omnidb -session <id> -report` for one session, or `omnirpt -report list_sessions -timeframe 48 48 -tab` for all"

var (
	dpObjects  = regexp.MustCompile(`(?m)^\s*Object Name\s+Object Type\s+Object Status\b`)
	dpDetail   = regexp.MustCompile(`(?mi)^\s*(Object name|SessionID)\s*: `)
	dpDetails  = regexp.MustCompile(`(?mi)^\s*(Object type|Object status|Backup Specification|Session type)\s*: `)
	dpReported = regexp.MustCompile(`(?m)^#? ?Cell Manager: `)
)

var _ = refuse(say.Record("the object list of `omnidb -session <id>` names neither session nor specification nor time; "+dpUseReport),
	func(head []byte) bool { return dpObjects.Match(head) })

var _ = refuse(say.Record("the details of omnidb and omnistat are not read; "+dpUseReport),
	func(head []byte) bool { return dpDetail.Match(head) && dpDetails.Match(head) })

var _ = refuse(say.Record("this Data Protector report holds no sessions that can be read; use `omnirpt -report list_sessions -timeframe 48 48 -tab` (with -tab)"),
	func(head []byte) bool { return dpReported.Match(head) && holds(head, "Creation Date: ") })

var _ = refuse(say.Record("these Data Protector messages do not name their session; export them from the start: `omnidb -session <id> -report`, with nothing behind -report"),
	func(head []byte) bool { return dpHeadLine.Match(head) })
