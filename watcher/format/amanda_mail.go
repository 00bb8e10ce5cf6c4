package format

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// amandaMail is one report as far as it has been read.
type amandaMail struct {
	line      Line
	server    string
	date      string
	flush     bool
	whole     bool // read to its last line
	section   string
	problems  []amandaTrouble
	detailed  string            // the entry whose details are read
	details   map[string]string // the first marked line of each
	tapeError string
	table     *amandaTable
	rows      []amandaRow
}

// amandaTrouble is a line of the summaries above the table. One entry may have several: each try that failed has its own.
type amandaTrouble struct {
	line                         Line
	host, disk, level, word, why string
}

// amandaTable tells where the columns of the dump summary stand; their widths follow the longest names.
type amandaTable struct {
	disk, level, taper int
	unit               string // of sizes
}

// amandaRow is one entry of the dump summary.
type amandaRow struct {
	line              Line
	host, disk, level string
	word              string // instead of numbers
	why               string // it is not on tape
	size              backup.Count
	taped, untaped    bool // the numbers of the tape are there; FAILED is there instead
}

var (
	amandaColumns = regexp.MustCompile(`^HOSTNAME +DISK +L +ORIG-[KMGT]?B +OUT-([KMGT]?)B `)
	amandaWord    = regexp.MustCompile(`\b(FAILED|MISSING|PARTIAL|SKIPPED|NO FILE TO FLUSH|NOT FLUSHED|FLUSH|VAULT)\b`)
	amandaNumbers = regexp.MustCompile(`^ +\d+[KMGTkmgt]? +(\d+)`)
)

func (r *amandaMail) read(line Line, text string) {
	if r.line.N == 0 && text != "" {
		r.line = line
	}
	switch m := amandaField.FindStringSubmatch(text); {
	case strings.HasPrefix(text, "(brought to you by Amanda"):
		r.whole = true
	case m != nil:
		r.field(strings.TrimSpace(m[1]), m[2], line.Open)
	case amandaSection.MatchString(text):
		r.section = text
	case amandaColumns.MatchString(text):
		r.table = &amandaTable{
			disk: strings.Index(text, "DISK"), level: strings.Index(text, " L ") + 1, taper: strings.LastIndex(text, "MMM:SS"),
			unit: amandaColumns.FindStringSubmatch(text)[1],
		}
	case r.table != nil && r.section == "DUMP SUMMARY:":
		if text != "" && !strings.HasPrefix(text, "---") && !line.Open {
			r.rows = append(r.rows, r.table.row(line, text))
		}
	case strings.Contains(r.section, "DUMP SUMMARY"):
		if m := amandaProblem.FindStringSubmatch(text); m != nil {
			r.problems = append(r.problems, amandaTrouble{line, m[1], strings.Trim(m[2], `"`), m[3], m[4], cmp.Or(m[5], m[6])})
		}
	case strings.HasSuffix(r.section, "DUMP DETAILS:"):
		r.detail(text)
	case amandaTape.MatchString(text):
		r.tapeError = amandaTape.FindStringSubmatch(text)[1]
	case strings.HasPrefix(text, "The dumps were flushed to "), strings.Contains(text, "AMFLUSH MAIL REPORT"):
		r.flush = true
	}
}

// detail is a line of a client's output. A question mark stands before what Amanda finds strange.
func (r *amandaMail) detail(text string) {
	if m := amandaDetail.FindStringSubmatch(text); m != nil {
		r.detailed = m[1] + " " + strings.Trim(m[2], `"`)
	}
	if m := amandaMarked.FindStringSubmatch(text); m != nil && r.details[r.detailed] == "" {
		if r.details == nil {
			r.details = map[string]string{}
		}
		r.details[r.detailed] = m[1]
	}
}

func (r *amandaMail) field(key, value string, open bool) {
	switch key {
	case "Hostname":
		r.server = value
	case "Date":
		if !open {
			r.date = value
		}
	}
}

// row reads a line by its columns: a long disk name may touch the level behind it.
func (t *amandaTable) row(line Line, text string) amandaRow {
	runes := []rune(text)
	cut := func(from, to int) string {
		from, to = min(max(from, 0), len(runes)), min(max(to, 0), len(runes))
		return strings.Trim(strings.TrimSpace(string(runes[from:max(from, to)])), `"`)
	}
	row := amandaRow{line: line, host: cut(0, t.disk), disk: cut(t.disk, t.level), level: cut(t.level, t.level+1)}
	rest := string(runes[min(t.level+1, len(runes)):])
	row.word = amandaWord.FindString(rest)
	if m := amandaNumbers.FindStringSubmatch(rest); m != nil {
		row.size, _ = size(m[1] + " " + t.unit + "B")
	}
	tape := cut(t.taper-1, t.taper+7)
	row.taped, row.untaped = strings.Contains(tape, ":"), strings.Contains(tape, "FAILED")
	if row.untaped && row.word == "FAILED" && !strings.Contains(cut(t.level, t.taper-1), "FAILED") {
		row.word = "" // it was dumped
	}
	return row
}

// executions gives out the rows of the table. In a report without one, the summaries above it stand alone.
func (r *amandaMail) executions(in *Input, yield func(backup.Execution, error) bool) bool {
	if r.line.N == 0 {
		return true
	}
	if !r.whole && len(r.rows) == 0 {
		return yield(backup.Execution{}, bad(r.line.N, say.Record("the report is cut off before its dump summary")))
	}
	if len(r.rows) == 0 {
		for _, p := range r.problems {
			word := map[string]string{"RESULTS MISSING": "MISSING", "STRANGE": ""}[p.word]
			r.rows = append(r.rows, amandaRow{line: p.line, host: p.host, disk: p.disk, level: p.level, word: cmp.Or(word, p.word), taped: true})
		}
	}
	for _, row := range r.rows {
		if row.word == "SKIPPED" || row.word == "NO FILE TO FLUSH" {
			in.note(say.Record("entries that Amanda skipped, as it was told to, are left out"))
			continue
		}
		if row.host == "" && row.moves() { // the entry above it, in another storage
			continue
		}
		if !yield(r.execution(in, row)) {
			return false
		}
	}
	return true
}

// moves tells a row about a dump that an earlier run has made.
func (row amandaRow) moves() bool {
	return row.word == "FLUSH" || row.word == "VAULT" || row.word == "NOT FLUSHED"
}

func (r *amandaMail) execution(in *Input, row amandaRow) (backup.Execution, error) {
	if row.host == "" || row.disk == "" {
		return backup.Execution{}, bad(row.line.N, say.Record("the line has no host or no disk"))
	}
	e := backup.Execution{
		Instance: r.server, Routine: row.disk, Client: row.host, Level: row.level, Kind: backup.Data, NativeStatus: row.word,
		Bytes: row.size, StartText: r.date, Text: row.line.Text, Line: row.line.N, Offset: row.line.Offset,
	}
	if r.flush || row.moves() {
		e.Kind = backup.Administrative
	}
	log := []string{row.line.Text}
	fails, strange := 0, ""
	for _, p := range r.problems {
		if p.host != row.host || !strings.HasPrefix(p.disk, row.disk) {
			continue
		}
		log = append(log, p.line.Text)
		e.Level = cmp.Or(e.Level, p.level)
		marked := r.details[p.host+" "+p.disk]
		switch p.word {
		case "FLUSH": // it stays in the holding disk
			row.why = p.why
		case "FAILED":
			fails++
			e.Error = strings.TrimSuffix(p.why+": "+marked, ": ")
		case "STRANGE":
			strange = cmp.Or(marked, say.Record("the client's output is strange"))
		}
	}
	if row.untaped && fails > 0 { // without a holding disk
		row.word = "FAILED"
	}
	r.judge(&e, row, strange)
	if e.Outcome == backup.Success && fails > 0 {
		e.Tries, e.FirstOutcome = fails+1, backup.Failed
	}
	if e.Error = short(e.Error); e.Outcome == backup.Success {
		e.Error = ""
	} else {
		e.Log = strings.Join(log, "\n")
	}
	if day, err := time.Parse("January 2, 2006", r.date); err == nil {
		e.Start, _ = in.Place(day)
		e.TimeNote = say.Record(amandaDayOnly)
	}
	return e, nil
}

func (r *amandaMail) judge(e *backup.Execution, row amandaRow, strange string) {
	switch {
	case row.word == "FAILED":
		e.Outcome, e.Error = backup.Failed, cmp.Or(e.Error, r.tapeError, say.Record("failed"))
	case row.word == "NOT FLUSHED":
		e.Outcome, e.Error = backup.Failed, cmp.Or(row.why, r.tapeError, say.Record("not flushed"))
	case row.word == "MISSING":
		e.Outcome, e.Error = backup.Missed, say.Record("the run ended without a result for it")
	case row.word == "PARTIAL":
		e.Outcome, e.Error = backup.Partial, cmp.Or(e.Error, r.tapeError, say.Record("only a part was saved"))
	case strange != "":
		e.Outcome, e.Error = backup.Partial, strange
	case !row.taped:
		e.Outcome, e.Error = backup.Partial, amandaHeld(cmp.Or(row.why, r.tapeError))
	default:
		e.Outcome = backup.Success
	}
}
