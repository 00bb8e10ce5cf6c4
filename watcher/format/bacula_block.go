package format

import (
	"cmp"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// baculaField is a line of a report: two blanks, key, colon, value. Web pages lose the blanks.
var baculaField = regexp.MustCompile(`^\s*([A-Z][A-Za-z -]*): *(.*)$`)

// baculaKeys are the fields that are used; the first of a group that the report has counts.
var baculaKeys = map[string]bool{
	"JobId": true, "Current JobId": true, "Migration JobId": true, "Job": true, "Current Job": true, "Migration Job": true,
	"Backup Level": true, "Verify Level": true, "Client": true, "Restore Client": true, "FileSet": true,
	"Start time": true, "End time": true,
	"FD Files Written": true, "NDMP Files Written": true, "Files Written": true, "SD Files Written": true, "Files Restored": true, "Files Examined": true,
	"FD Bytes Written": true, "NDMP Bytes Written": true, "Bytes Written": true, "SD Bytes Written": true, "Bytes Restored": true,
	"Non-fatal FD errors": true, "SD Errors": true, "FD termination status": true, "SD termination status": true,
}

// head begins a report. The product and the director stand in its first line.
func (j *baculaJob) head(product, director string) {
	j.reading, j.fields = true, map[string]string{}
	j.bareos = j.bareos || strings.EqualFold(product, "Bareos")
	if director != "" {
		j.director = director
	}
}

// field reads one line of the report, and tells when it was the last.
func (j *baculaJob) field(in *Input, line Line, text string) (ended bool, err error) {
	m := baculaField.FindStringSubmatch(text)
	if m == nil {
		return false, nil
	}
	value := strings.TrimSpace(m[2])
	if m[1] == "Termination" {
		j.reading = false
		return j.terminate(in, line, value)
	}
	if _, twice := j.fields[m[1]]; baculaKeys[m[1]] && !twice {
		j.fields[m[1]] = short(value)
	}
	return false, nil
}

// terminate takes the report's verdict. A second report of the job is its next try, unless it is the same one printed twice.
func (j *baculaJob) terminate(in *Input, line Line, status string) (bool, error) {
	if line.Open && strings.HasSuffix(status, " OK") {
		in.note(say.Record("the text ends in the Termination line of job %s, before its line end, so it may be cut; the job counts as running", j.id))
		return false, nil
	}
	outcome, kind, ok := baculaEnding(status)
	if j.unread = !ok; j.unread {
		return false, unknownWord(line.N, "Termination", status)
	}
	if id := firstOf(j.fields, "JobId", "Current JobId", "Migration JobId"); id != "" {
		j.id = id
	}
	if j.id == "" {
		return false, bad(line.N, say.Record("a job report without a JobId"))
	}
	if name := baculaReportedJob(j.fields); name != "" {
		j.name = name
	}
	if outcome == backup.Cancelled && j.tooLate {
		outcome = backup.Missed
	}
	start, end := in.baculaWhen(j.fields["Start time"], j.name), in.baculaWhen(j.fields["End time"], j.name)
	if j.ended && start == j.start && end == j.end {
		return true, nil
	}
	if j.tries++; j.tries == 1 {
		j.first = outcome
	}
	j.ended, j.again, j.late = true, false, ""
	j.outcome, j.status, j.kind, j.start, j.end = outcome, status, kind, start, end
	return true, nil
}

// baculaReportedJob is the job's unique name. Copies and migrations name other jobs too.
func baculaReportedJob(fields map[string]string) string {
	return firstOf(fields, "Job", "Current Job", "Migration Job")
}

func firstOf(fields map[string]string, keys ...string) string {
	for _, k := range keys {
		if fields[k] != "" {
			return fields[k]
		}
	}
	return ""
}

// partlyReported: the text ends within the job's report, so it may be at work for all that is known.
func (j *baculaJob) partlyReported() bool {
	return j.id != "" && !baculaDue(baculaReportedJob(j.fields)).IsZero() && j.fields["Start time"] != ""
}

// report fills in what the report says.
func (j *baculaJob) report(in *Input, e *backup.Execution) {
	f := j.fields
	if name := baculaReportedJob(f); name != "" {
		e.Routine = baculaRoutine(name)
	}
	e.Client = baculaName(firstOf(f, "Client", "Restore Client"))
	e.Level, _, _ = strings.Cut(firstOf(f, "Backup Level", "Verify Level"), ",") // Incremental, since=…
	e.Level, _, _ = strings.Cut(e.Level, " (")                                   // Full (upgraded from Incremental)
	if start := in.baculaWhen(f["Start time"], j.name); !start.at.IsZero() || start.note != "" {
		e.Start, e.Absolute, e.TimeNote = start.at, start.absolute, start.note
	}
	if !j.ended {
		return
	}
	e.Outcome, e.NativeStatus, e.WillRetry, e.Tries = j.outcome, j.status, j.again, j.tries
	e.End, e.TimeNote = j.end.at, cmp.Or(e.TimeNote, j.end.note)
	e.Bytes = baculaCount(firstOf(f, "FD Bytes Written", "NDMP Bytes Written", "Bytes Written", "SD Bytes Written", "Bytes Restored"))
	e.Files = baculaCount(firstOf(f, "FD Files Written", "NDMP Files Written", "Files Written", "SD Files Written", "Files Restored", "Files Examined"))
}

// baculaName reads "web-fd" 9.6.7 (10Dec20) x86_64…, or an older version's name without quotes.
func baculaName(s string) string {
	if rest, ok := strings.CutPrefix(s, `"`); ok {
		name, _, closed := strings.Cut(rest, `"`)
		if !closed {
			return ""
		}
		return name
	}
	return baculaVersion.ReplaceAllString(s, "")
}

var baculaVersion = regexp.MustCompile(`\s+\d+\.\d.*$`)

// baculaCount reads "3,914,133 (3.914 MB)".
func baculaCount(s string) backup.Count {
	s, _, _ = strings.Cut(s, "(")
	n, _ := number(s)
	return n
}

// unexplained says in words what the report's counters say when no message does.
func (j *baculaJob) unexplained() string {
	f := j.fields
	if e, s := f["Non-fatal FD errors"], f["SD Errors"]; j.outcome == backup.Partial && (e > "0" || s > "0") {
		return say.Record("%s: non-fatal FD errors %s, SD errors %s", j.status, cmp.Or(e, "0"), cmp.Or(s, "0"))
	}
	if s := cmp.Or(f["FD termination status"], f["SD termination status"]); s != "" && s != "OK" {
		return say.Record("%s: termination status %s", j.status, s)
	}
	return j.status
}
