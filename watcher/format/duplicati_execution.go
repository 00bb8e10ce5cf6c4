package format

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Unknown is a word of Duplicati too; it says nothing and is refused.
var duplicatiOutcomes = map[string]backup.Outcome{
	"Success": backup.Success, "Warning": backup.Partial, "Error": backup.Failed, "Fatal": backup.Failed,
}

var (
	duplicatiEpoch = regexp.MustCompile(`^(.*?) *\((\d{9,10})\)$`)
	duplicatiEntry = regexp.MustCompile(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d) - \[\w+-[^\]]*\]: `)
)

func (r *duplicatiReport) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{Routine: r.name, Client: r.machine, Kind: r.kind(), Level: r.fields["BackupType"], Line: r.line.N, Offset: r.line.Offset}
	e.Files, e.Bytes = r.count("ExaminedFiles"), r.added()
	if e.NativeStatus = r.fields["ParsedResult"]; r.fields["Failed"] != "" && e.NativeStatus == "" {
		e.NativeStatus = "Failed"
	}
	var err error
	if e.Outcome, e.Error, err = r.judge(); err == nil {
		err = r.date(in, &e)
	}
	if err != nil {
		return e, err
	}
	if e.Outcome == backup.Success {
		e.Error = ""
		return e, nil
	}
	e.Log = r.log.String()
	return e, nil
}

func (r *duplicatiReport) kind() backup.Kind {
	switch cmp.Or(r.fields["MainOperation"], r.fields["OperationName"], r.operation, "Backup") {
	case "Backup":
		return backup.Data
	case "Restore":
		return backup.Restore
	}
	return backup.Administrative
}

// judge tells the outcome and its reason.
func (r *duplicatiReport) judge() (backup.Outcome, string, error) {
	result := r.fields["ParsedResult"]
	why := r.first("Errors", "Warnings")
	o := duplicatiOutcomes[result]
	switch {
	case o == 0 && r.fields["Failed"] != "":
		return backup.Failed, short(r.fields["Failed"]), nil
	case o == 0 && r.fields["RemoteCalls"] != "":
		return r.judgeOld(why)
	case o == 0 && result == "":
		return 0, "", bad(r.line.N, say.Record("the report is cut off before its result, or has none"))
	case o == 0:
		return 0, "", unknownWord(r.line.N, say.Record("Duplicati's result"), result)
	case strings.EqualFold(r.fields["Interrupted"], "true"):
		return backup.Cancelled, cmp.Or(why, say.Record("interrupted")), nil
	case o == backup.Success && r.some("FilesWithError"): // older versions call it a success
		return backup.Partial, cmp.Or(why, say.Record("files with errors: %s", r.fields["FilesWithError"])), nil
	case o == backup.Success && strings.EqualFold(r.fields["PartialBackup"], "true"):
		return backup.Partial, cmp.Or(why, say.Record("stopped before all files were saved")), nil
	}
	return o, cmp.Or(why, say.Record("the report ends with the result %s", result)), nil
}

// judgeOld is for Duplicati 1, which counts and has no result.
func (r *duplicatiReport) judgeOld(why string) (backup.Outcome, string, error) {
	switch {
	case strings.Contains(why, "The user has stopped the operation"):
		return backup.Cancelled, why, nil
	case r.some("NumberOfErrors"):
		return backup.Failed, why, nil
	case r.some("NumberOfWarnings"):
		return backup.Partial, why, nil
	}
	return backup.Success, "", nil
}

func (r *duplicatiReport) some(key string) bool { return strings.Trim(r.fields[key], "0") != "" }

// first is the first entry of these lists, without its stamp.
func (r *duplicatiReport) first(lists ...string) string {
	for _, l := range lists {
		if len(r.lists[l]) > 0 {
			return short(duplicatiEntry.ReplaceAllString(r.lists[l][0], ""))
		}
	}
	return ""
}

// date fills in times and identity. Newer versions write an epoch behind the local time, JSON has UTC.
func (r *duplicatiReport) date(in *Input, e *backup.Execution) error {
	begin, end := r.fields["BeginTime"], r.fields["EndTime"]
	if r.fields["Failed"] != "" && begin == "" {
		return r.dateFailure(in, e)
	}
	if begin == "" {
		return bad(r.line.N, say.Record("the report is cut off before its times, or has none"))
	}
	absolute, err := false, error(nil)
	if e.Start, absolute, err = duplicatiTime(in, begin); err == nil {
		e.End, _, err = duplicatiTime(in, end)
	}
	if err != nil {
		return bad(r.line.N, err.Error())
	}
	e.Absolute, e.StartText = absolute, begin
	if absolute && r.name != "" {
		e.Session = r.name + " " + e.Start.Format("2006-01-02T15:04:05Z")
	}
	return nil
}

// dateFailure takes the time of the last line of its log, or that of the mail. The run is known by what is told first, the mail's date or
// the first line, so that it stays the same however much of the log is there.
func (r *duplicatiReport) dateFailure(in *Input, e *backup.Execution) error {
	e.Text = r.log.String()
	if t, _, err := in.Wall(r.fields["Date"]); err == nil {
		e.End, e.StartText, e.EndText, e.Absolute = t, r.fields["Date"], r.fields["Date"], true
	}
	for line := range strings.Lines(e.Text) {
		if m := duplicatiEntry.FindStringSubmatch(line); m != nil {
			if t, err := time.Parse("2006-01-02 15:04:05 -07", m[1]); err == nil {
				e.End, e.StartText, e.EndText, e.Absolute = t.UTC(), cmp.Or(e.StartText, m[1]), m[1], true
			}
		}
	}
	return nil
}

// duplicatiTime reads a time; the year 1 is none.
func duplicatiTime(in *Input, s string) (t time.Time, absolute bool, err error) {
	if m := duplicatiEpoch.FindStringSubmatch(s); m != nil {
		return epoch(json.Number(m[2]), time.Second), true, nil
	}
	if s == "" || strings.HasPrefix(s, "0001-") {
		return time.Time{}, false, nil
	}
	t, _, err = in.Wall(s)
	return t, strings.HasSuffix(s, "Z"), err
}

func (r *duplicatiReport) count(key string) backup.Count {
	n, _ := number(r.fields[key])
	return n
}

// added is what the run saved anew; Duplicati 1 tells what it uploaded.
func (r *duplicatiReport) added() backup.Count {
	a, ok := r.count("SizeOfAddedFiles").Value()
	m, _ := r.count("SizeOfModifiedFiles").Value()
	if !ok {
		return r.count("BytesUploaded")
	}
	return backup.N(a + m)
}
