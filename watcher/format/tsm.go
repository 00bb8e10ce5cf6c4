package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// IBM Spectrum Protect (TSM, Storage Protect). A run is known by its schedule, its node and the time for which it was
// scheduled, as written: a node belongs to one policy domain, so the domain is no part of it.
const tsmTool = "Spectrum Protect"

// tsmStamp is a date and a time in whatever locale the client has.
const tsmStamp = `\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4} +\d{1,2}[:.]\d\d[:.]\d\d(?:\.\d+)?(?: [AP]M)?`

var tsmIsStamp = regexp.MustCompile(`^` + tsmStamp + `$`)

// tsmWords are the words of an event's status. Events to come, and those of which the server has no record any more, are
// no executions.
var tsmWords = map[string]backup.Outcome{
	"Completed": backup.Success,
	"Failed":    backup.Failed, "Failed - no restart": backup.Failed, "Severed": backup.Failed,
	"Missed":  backup.Missed,
	"Pending": backup.Running, "Started": backup.Running, "Restarted": backup.Running, "In Progress": backup.Running,
	"Future": 0, "Uncertain": 0,
}

var tsmOutcomes = lowerCase(tsmWords)

// tsmOutcome reads a status and the return code beside it. A completed event with a code saved what it could.
func tsmOutcome(status, code string) (o backup.Outcome, known bool) {
	o, known = tsmOutcomes[strings.ToLower(status)]
	switch {
	case o != backup.Success || code == "" || code == "0":
		return o, known
	case code == "12":
		return backup.Failed, known
	}
	return backup.Partial, known
}

// tsmMeaning is what the client's return codes say.
func tsmMeaning(code string) string { return tsmCodes[code] }

var tsmCodes = map[string]string{
	"0":  say.Record("all went well"),
	"4":  say.Record("some files were skipped"),
	"8":  say.Record("there were warnings"),
	"12": say.Record("there were errors; something was not saved"),
}

// tsmCause says a return code in words where nothing else is known.
func tsmCause(code string) string {
	switch meaning := tsmMeaning(code); {
	case code == "":
		return ""
	case meaning == "":
		return say.Record("return code %s", code)
	default:
		return say.Record("return code %s: %s", code, meaning)
	}
}

// tsmJoin puts a wrapped text together: a word too long for its column is cut with a hyphen.
func tsmJoin(text, more string) string {
	text, more = strings.TrimRight(text, " "), strings.TrimSpace(more)
	if cut, ok := strings.CutSuffix(text, "-"); ok && cut != "" && !strings.HasSuffix(cut, " ") {
		return cut + more
	}
	return strings.TrimSpace(text + " " + more)
}
