package format

import (
	"encoding/json"
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The messages of restic --json, a line each. What restic writes to the error stream is partly plain text in every version,
// so the lines of both kinds are read by one reader.
var _ = register(Format{
	Name:       "restic_json",
	Version:    1,
	Tool:       resticTool,
	Title:      "restic backup --json",
	Export:     say.N("Keep what restic prints, errors too: restic backup --json /srv >> restic.jsonl 2>&1. Add restic snapshots --json in a file of its own, which names hosts and times."),
	Evidence:   backup.Report,
	Append:     true,
	Meaning:    resticMeaning,
	Endings:    func() []backup.Ending { return resticEndings() },
	Match:      resticJSONMatch,
	Executions: resticExecutions,
})

// resticMeaning tells restic's exit status, as it stands in exit_error messages.
func resticMeaning(code string) string { return resticCodes[code] }

func resticEndings() []backup.Ending {
	return joined(codeEndings("", backup.Failed, "1", "2", "10", "11", "12"), codeEndings("", backup.Partial, "3"), codeEndings("", backup.Cancelled, "1", "130"))
}

var resticCodes = map[string]string{
	"1":   say.Record("the command failed"),
	"2":   say.Record("restic itself broke off"),
	"3":   say.Record("some sources could not be read"),
	"10":  say.Record("the repository does not exist"),
	"11":  say.Record("the repository is locked"),
	"12":  say.Record("the password is wrong"),
	"130": say.Record("interrupted"),
}

var resticTypes = []string{"status", "verbose_status", "summary", "error", "exit_error", "initialized"}

func resticJSONMatch(head []byte) bool {
	for line := range strings.Lines(string(head)) {
		line = resticPlain(line)
		for _, t := range resticTypes {
			if strings.HasPrefix(line, `{"message_type":"`+t+`"`) {
				return true
			}
		}
		if strings.HasPrefix(line, `[{"tags":`) && strings.Contains(line, `"keep":`) {
			return true
		}
	}
	return false
}

type resticMessage struct {
	Type string `json:"message_type"`

	Action        string  `json:"action"` // of a status that is no progress
	Seconds       uint64  `json:"seconds_elapsed"`
	BytesDone     uint64  `json:"bytes_done"`
	BytesRestored *uint64 `json:"bytes_restored"`

	Error   json.RawMessage `json:"error"`
	Item    string          `json:"item"`
	Message string          `json:"message"`
	Code    int             `json:"code"`

	resticSummary
	SnapshotID string  `json:"snapshot_id"`
	DryRun     bool    `json:"dry_run"`
	NumErrors  *uint64 `json:"num_errors"` // only check counts them
	ID         string  `json:"id"`
}

func (l *resticLog) message(text string) {
	var m resticMessage
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		if !l.line.Open { // else the file ends in it, and the run is not over
			l.bad(say.Record("it is no message of restic"))
		}
		return
	}
	switch m.Type {
	case "status", "verbose_status":
		l.progress(m, text)
	case "error":
		l.unread(text, m.complaint())
	case "exit_error":
		l.exit(m, text)
	case "summary":
		l.summary(m, text)
	case "initialized":
		if id := resticID(m.ID); id != "" {
			l.created(text, id)
		}
	}
}

// progress shows a run at work. Seconds and bytes only grow, so smaller ones are the next run's.
func (l *resticLog) progress(m resticMessage, text string) {
	kind := backup.Data
	if m.BytesRestored != nil {
		kind = backup.Restore
	}
	r := l.open
	counts := m.Type == "status" && m.Action == ""
	if r.begun && (r.e.Kind != 0 && r.e.Kind != kind || counts && (m.Seconds < r.seconds || m.BytesDone < r.bytes)) {
		r = l.next()
	}
	if r.begun, r.e.Kind, r.moved = true, kind, r.progress != ""; !r.moved {
		l.keep(text)
	}
	r.progress = text
	if counts {
		r.seconds, r.bytes = m.Seconds, m.BytesDone
	}
}

// complaint puts the error into words. Before 0.16 it is an operation with the number of a system error, or nothing at all.
func (m resticMessage) complaint() string {
	var e struct {
		Op, Path string
		Err      int
		Message  string `json:"message"`
	}
	_ = json.Unmarshal(m.Error, &e) // an error of another shape still counts
	switch {
	case e.Message != "":
		return e.Message
	case m.Message != "":
		return m.Message
	case e.Err != 0:
		return strings.TrimSpace(e.Op+" "+e.Path) + ": " + resticErrno(e.Err)
	}
	return m.Item + " could not be read"
}

// resticErrno names the system errors that backups meet.
func resticErrno(n int) string {
	known := map[int]string{1: "operation not permitted", 2: "no such file or directory", 5: "input/output error", 13: "permission denied", 28: "no space left on device"}
	if s, ok := known[n]; ok {
		return s
	}
	return say.Record("system error %d", n)
}

func (l *resticLog) exit(m resticMessage, text string) {
	code := strconv.Itoa(m.Code)
	why, _, _ := strings.Cut(m.Message, "\n")
	if why == "" {
		why = resticMeaning(code)
	}
	var r *resticRun
	switch m.Code {
	case 3:
		r = l.warn(text)
	case 130:
		r = l.open
		r.begun, r.reason = true, why
		l.keep(text)
		l.end(backup.Cancelled)
	default:
		r = l.fatal(text, strings.TrimPrefix(strings.TrimPrefix(why, "Fatal: "), "unable to create lock in backend: "))
	}
	r.e.Code = code
}
