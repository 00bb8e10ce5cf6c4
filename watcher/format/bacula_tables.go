package format

import (
	"cmp"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// baculaTables reads the job tables and the vertical records that bconsole prints, amid whatever else it prints.
type baculaTables struct {
	in       *Input
	yield    func(backup.Execution, error) bool
	director string
	bareos   bool

	columns []string // of the table that is being read, folded; nil outside
	record  map[string]string
	first   Line // of the record
}

var (
	// 1000 OK: 103 backup01-dir Version: 9.6.7 (10 December 2020)
	baculaGreeting = regexp.MustCompile(`^1000 OK:\s*(?:\d+\s+)?(\S+)\s+Version: `)
	baculaBorder   = regexp.MustCompile(`^\+-[-+]*\+$`)
	baculaPair     = regexp.MustCompile(`^\s*([A-Za-z]+): ?(.*)$`)
)

// read takes one line, and tells whether it belongs to a table. Vertical records look like the fields of a job report, so the
// reader of reports says when one cannot be meant.
func (t *baculaTables) read(line Line, vertical bool) bool {
	text := strings.TrimSpace(line.Text)
	if m := baculaGreeting.FindStringSubmatch(text); m != nil {
		t.director = m[1]
	}
	t.bareos = t.bareos || strings.Contains(strings.ToLower(text), "bareos")
	switch {
	case baculaBorder.MatchString(text):
		t.end()
	case strings.HasPrefix(text, "|"):
		t.end()
		t.row(line, text)
	default:
		t.columns = nil
		if vertical {
			t.pair(line, text)
		}
		return false
	}
	return true
}

func (t *baculaTables) row(line Line, text string) {
	inner, closed := strings.CutSuffix(text[1:], "|")
	cells := strings.Split(inner, "|")
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	switch names := headerNames(cells); {
	case isBaculaHeader(names):
		t.columns = nil
		for _, c := range cells {
			t.columns = append(t.columns, headerName(c))
		}
	case len(cells) == 1:
		t.columns = nil // some other table
	case t.columns == nil:
	case !closed || len(cells) != len(t.columns):
		t.yield(backup.Execution{}, bad(line.N, say.Record("the row has %d cells where the header has %d", len(cells), len(t.columns))))
	default:
		row := make(map[string]string, len(cells))
		for i, c := range cells {
			row[t.columns[i]] = c
		}
		t.yield(t.job(line, row))
	}
}

func isBaculaHeader(names map[string]int) bool {
	_, id := names["jobid"]
	_, status := names["jobstatus"]
	return id && status
}

// pair reads `Key: value` of a vertical record, which begins with JobId and ends at an empty line.
func (t *baculaTables) pair(line Line, text string) {
	m := baculaPair.FindStringSubmatch(text)
	if m == nil {
		t.end()
		return
	}
	key := headerName(m[1])
	if key == "jobid" {
		t.end()
		t.record, t.first = map[string]string{}, line
	}
	if t.record != nil && len(t.record) < 100 {
		t.record[key] = short(m[2])
	}
}

// end gives out the vertical record that was being read. One that states no status is something else.
func (t *baculaTables) end() {
	record := t.record
	t.record = nil
	if record["jobstatus"] == "" {
		return
	}
	if record["joberrors"] == "" {
		t.yield(backup.Execution{}, bad(t.first.N, say.Record("the record of job %s is cut before its JobErrors, which tell whether it ended well", record["jobid"])))
		return
	}
	t.yield(t.job(t.first, record))
}

// job reads one record of the catalog, whatever it was printed as.
func (t *baculaTables) job(line Line, f map[string]string) (backup.Execution, error) {
	state, ok := baculaStates[f["jobstatus"]]
	if !ok {
		return backup.Execution{}, unknownWord(line.N, "JobStatus", f["jobstatus"])
	}
	kind, ok := baculaTypes[f["type"]]
	if !ok {
		return backup.Execution{}, unknownWord(line.N, say.Record("job type"), f["type"])
	}
	id, ok := number(f["jobid"])
	if !ok {
		return backup.Execution{}, bad(line.N, say.Record("%q is no JobId", f["jobid"]))
	}
	e := backup.Execution{
		Instance:     t.director,
		Session:      id.String(),
		Routine:      strings.ReplaceAll(f["name"], " ", "_"), // as in the job's unique name, by which reports know it
		Client:       firstOf(f, "clientname", "client"),
		Kind:         kind,
		Vital:        baculaVital(f["name"], f["fileset"]),
		Level:        cmp.Or(baculaLevels[f["level"]], f["level"]),
		Outcome:      state.outcome,
		NativeStatus: f["jobstatus"],
		Code:         f["jobstatus"],
		Evidence:     backup.List,
		Line:         line.N,
		Offset:       line.Offset,
	}
	if e.Vital && kind == backup.Data {
		e.Kind = backup.Administrative
	}
	if t.bareos || f["client"] != "" { // Bacula's tables have no such column
		e.Tool = "Bareos"
	}
	if errors := f["joberrors"]; errors > "0" && e.Outcome == backup.Success {
		e.Outcome, e.Error = backup.Partial, say.Record("ended normally, with JobErrors: %s", errors)
	} else if e.Outcome != backup.Success && e.Outcome.Final() {
		e.Error = state.meaning
	}
	t.figures(&e, f)
	return e, nil
}

// figures fills in the times and sizes; of a job at work the catalog has only zeros.
func (t *baculaTables) figures(e *backup.Execution, f map[string]string) {
	start := t.in.baculaISO(f["starttime"])
	e.Start, e.Absolute, e.TimeNote = start.at, start.absolute, start.note
	if !e.Outcome.Final() {
		return
	}
	e.End = t.in.baculaISO(firstOf(f, "realendtime", "endtime")).at
	if d, ok := clockDuration(f["duration"]); ok && !e.Start.IsZero() && e.End.IsZero() {
		e.End = e.Start.Add(d)
	}
	e.Bytes, _ = number(f["jobbytes"])
	e.Files, _ = number(f["jobfiles"])
}
