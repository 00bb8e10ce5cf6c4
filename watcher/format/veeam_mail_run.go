package format

import (
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// machine reads a row of the list.
func (j *veeamMail) machine(in *Input, line Line, cells []string) (backup.Execution, error) {
	cell := func(name string) string {
		if i, ok := j.columns[headerName(name)]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	e, err := j.execution(in, line, cell("Status"))
	if err != nil {
		return e, err
	}
	e.Client = cell("Name")
	begun := e.Start
	if e.Start, err = j.clock(in, line, cell("Start time"), begun); err != nil {
		return e, err
	}
	if e.End, err = j.clock(in, line, cell("End time"), e.Start); err != nil {
		return e, err
	}
	e.EndText = cell("End time")
	e.Bytes, _ = size(cell("Transferred"))
	if e.Outcome != backup.Success {
		e.Error, e.Log = short(cell("Details")), strings.ReplaceAll(line.Text, "\t", "  ")
	}
	return e, nil
}

// execution is what the machines and the job have in common.
func (j *veeamMail) execution(in *Input, line Line, status string) (e backup.Execution, err error) {
	r := veeamRowOf(in, line.N, "JobType", j.kind)
	e = backup.Execution{
		Routine: j.name, Kind: veeamKind(r), Vital: strings.HasPrefix(headerName(j.kind), "configuration"), NativeStatus: status,
		Outcome: veeamMailOutcomes[strings.ToLower(status)], StartText: j.start, Line: line.N, Offset: line.Offset,
	}
	if e.Outcome == 0 {
		return e, unknownWord(line.N, say.Record("the status"), status)
	}
	civil, ok := veeamMailTime(j.start)
	if !ok {
		return e, bad(line.N, say.Record("%q is no start of a session", j.start))
	}
	e.Start, e.TimeNote = in.Place(civil)
	return e, nil
}

// end gives out the job itself, if its machines do not say enough.
func (j *veeamMail) end(in *Input, yield func(backup.Execution, error) bool) bool {
	switch {
	case j == nil:
		return true
	case j.columns == nil || j.listed < j.announced:
		in.note(say.Record(cutNote))
		if j.listed > 0 {
			return true
		}
		return yield(backup.Execution{}, bad(j.line.N, say.Record("the report on %s is cut off before its list of machines", j.name)))
	}
	e, err := j.execution(in, j.line, j.status)
	if err == nil && j.listed > 0 && veeamWorse[e.Outcome] <= veeamWorse[j.worst] {
		return true
	}
	if err == nil {
		e.End, err = j.clock(in, j.line, j.facts["End time"], e.Start)
	}
	e.EndText = j.facts["End time"]
	e.Bytes, _ = size(j.facts["Transferred"])
	if e.Outcome != backup.Success {
		e.Error, e.Log = short(j.said), j.log.String()
	}
	return yield(e, err)
}

// clock reads a time of day as the next one from a time on; an export that crosses days writes the date as well.
func (j *veeamMail) clock(in *Input, line Line, s string, from time.Time) (time.Time, error) {
	for _, layout := range []string{"3:04:05 PM", "15:04:05"} {
		t, err := time.Parse(layout, strings.ToUpper(strings.ReplaceAll(s, "\u202f", " ")))
		if err != nil {
			continue
		}
		civil, _ := veeamMailTime(j.start)
		placed := func(days int) time.Time {
			at, _ := in.Place(time.Date(civil.Year(), civil.Month(), civil.Day()+days, t.Hour(), t.Minute(), t.Second(), 0, time.UTC))
			return at
		}
		days := 0
		for days < 30 && placed(days).Before(from) {
			days++
		}
		return placed(days), nil
	}
	if s == "" || s == "-" {
		return time.Time{}, nil
	}
	t, _, err := in.Wall(s)
	if err != nil {
		return t, bad(line.N, err.Error())
	}
	return t, nil
}

// veeamMailTime reads a long date in the languages whose months are known, as if it were UTC.
func veeamMailTime(s string) (time.Time, bool) {
	m := veeamMailDate.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	month, known := baculaMonth(m[1] + m[4])
	clock := strings.ToUpper(strings.NewReplacer(".", "", "\u202f", " ").Replace(m[6]))
	for _, layout := range []string{"2 2006 3:04:05 PM", "2 2006 15:04:05"} {
		if t, err := time.Parse(layout, m[2]+m[3]+" "+m[5]+" "+clock); err == nil && known {
			at := t.AddDate(0, int(month)-1, 0)
			return at, at.Day() == t.Day()
		}
	}
	return time.Time{}, false
}
