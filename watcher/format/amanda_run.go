package format

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// amandaRun is one run as far as its trace log has been read.
type amandaRun struct {
	stamp     string // of its start, local time
	server    string
	admin     bool // it only moves dumps that exist
	planned   bool // what it is to do is settled
	ended     bool
	tapeError string
	order     []*amandaEntry
	entries   map[string]*amandaEntry
	last      *amandaEntry // whose lines, indented, may follow
}

// amandaEntry is one entry of the disk list in a run.
type amandaEntry struct {
	line                     Line
	log                      logText
	host, disk, level        string
	dumped, taped, partial   bool
	skipped, strange, failed bool
	final                    bool // it failed before its first try, so there will be no other
	fails                    int
	why, status              string
	size                     backup.Count
}

var (
	amandaStamp  = regexp.MustCompile(`^(?:\d{14}|\d{8})$`)
	amandaSize   = regexp.MustCompile(`\b(bytes|kb) (\d+)\b`)
	amandaReason = regexp.MustCompile(`"\[(.*)\]"$|\[(.*)\]$`)
	amandaLevel  = regexp.MustCompile(`^\d$`)
)

func (r *amandaRun) read(line Line) {
	if strings.HasPrefix(line.Text, " ") {
		if r.last != nil {
			r.last.detail(line.Text)
		}
		return
	}
	if line.Open { // its last words may be missing
		return
	}
	kind, rest, _ := strings.Cut(line.Text, " ")
	program, rest, _ := strings.Cut(rest, " ")
	r.last = nil
	switch {
	case kind == "STATS" && program == "driver" && strings.HasPrefix(rest, "hostname "):
		r.server = strings.TrimPrefix(rest, "hostname ")
	case kind == "FINISH" && (program == "driver" || r.admin), kind == "INFO" && program == "amdump" && strings.HasPrefix(rest, "pid-done "):
		r.ended = true
	case kind == "FINISH" && program == "planner":
		r.planned = true
	case kind == "ERROR" && program == "taper":
		r.tapeError = cmp.Or(r.tapeError, rest)
	default:
		r.result(line, kind, program, rest)
	}
}

// result is a line about one entry. Its level, and in newer versions the run's stamp, follow host and disk.
func (r *amandaRun) result(line Line, kind, program, rest string) {
	words := amandaWords(rest)
	for len(words) > 0 && (strings.HasPrefix(words[0], "ST:") || strings.HasPrefix(words[0], "POOL:")) {
		words = words[1:]
	}
	switch kind {
	case "DISK", "SUCCESS", "STRANGE", "FAIL", "PARTIAL", "DONE":
		if len(words) < 2 || words[0] == "" || words[1] == "" {
			return
		}
	default:
		return
	}
	host, disk, words := words[0], words[1], words[2:]
	if len(words) > 0 && amandaStamp.MatchString(words[0]) {
		if !r.admin && !strings.HasPrefix(r.stamp, words[0]) && !strings.HasPrefix(words[0], r.stamp) {
			return // a dump of an earlier run, which is only flushed
		}
		words = words[1:]
	}
	e := r.entry(line, host, disk)
	if kind == "DISK" {
		return
	}
	if program == "taper" && (kind == "DONE" || kind == "PARTIAL") && len(words) > 0 { // parts are counted first
		words = words[1:]
	}
	if len(words) > 0 && amandaLevel.MatchString(words[0]) {
		e.level = words[0]
	}
	e.log.add(line.Text)
	e.take(kind, program, rest)
	r.last = e
}

func (r *amandaRun) entry(line Line, host, disk string) *amandaEntry {
	key := host + "\x00" + disk
	e := r.entries[key]
	if e == nil {
		e = &amandaEntry{line: line, host: host, disk: disk}
		e.log.add(line.Text)
		r.entries[key], r.order = e, append(r.order, e)
	}
	return e
}

// take notes what became of the entry. A dump that failed may be tried again.
func (e *amandaEntry) take(kind, program, rest string) {
	reason := ""
	if m := amandaReason.FindStringSubmatch(rest); m != nil {
		reason = m[1] + m[2]
	}
	if m := amandaSize.FindStringSubmatch(rest); m != nil && program != "driver" {
		unit := map[string]string{"bytes": "B", "kb": "KB"}[m[1]]
		e.size, _ = size(m[2] + unit)
	}
	switch {
	case kind == "SUCCESS" && program == "planner":
		e.skipped = true
	case kind == "FAIL" && program == "taper":
		e.why = reason
	case kind == "FAIL":
		e.fails, e.failed, e.why, e.status = e.fails+1, true, reason, kind
		e.final = program == "planner"
	case kind == "PARTIAL":
		e.partial, e.status = true, kind
		if program == "taper" {
			e.why = reason
		}
	case kind == "STRANGE":
		e.dumped, e.failed, e.strange, e.status, e.why = true, false, true, kind, ""
	case kind == "SUCCESS" && program == "dumper":
		e.dumped, e.failed, e.status, e.why = true, false, kind, ""
	case program == "taper": // DONE, in old versions SUCCESS
		e.taped, e.failed, e.partial = true, false, false
	}
}

// detail is a line of the client's. A question mark stands before what Amanda finds strange.
func (e *amandaEntry) detail(text string) {
	e.log.add(text)
	if why, ok := strings.CutPrefix(strings.TrimSpace(text), "? "); ok && e.strange && e.why == "" {
		e.why = why
	}
}

func (r *amandaRun) executions(in *Input, yield func(backup.Execution, error) bool) bool {
	for _, e := range r.order {
		if e.skipped && !e.dumped && !e.failed {
			in.note(say.Record("entries that Amanda skipped, as it was told to, are left out"))
			continue
		}
		if o, _ := r.judge(e); o == backup.Running && !r.planned { // it may yet be left out
			continue
		}
		if !yield(r.execution(in, e)) {
			return false
		}
	}
	return true
}

func (r *amandaRun) execution(in *Input, a *amandaEntry) (backup.Execution, error) {
	e := backup.Execution{
		Instance: r.server, Session: r.stamp + " " + a.host + " " + a.disk, Parent: r.stamp, Routine: a.disk, Client: a.host,
		Level: a.level, Kind: backup.Data, NativeStatus: a.status, Bytes: a.size, Line: a.line.N, Offset: a.line.Offset,
	}
	if r.admin {
		e.Kind = backup.Administrative
	}
	layout, day := "20060102150405", len(r.stamp) == 8
	if day {
		layout = "20060102"
	}
	at, err := time.Parse(layout, r.stamp)
	if err != nil {
		return e, bad(a.line.N, say.Record("%q is no datestamp", r.stamp))
	}
	if e.Start, e.TimeNote = in.Place(at); day {
		e.TimeNote = say.Record(amandaDayOnly)
	}
	if e.Outcome, e.Error = r.judge(a); e.Outcome == backup.Success {
		if a.fails > 0 {
			e.Tries, e.FirstOutcome = a.fails+1, backup.Failed
		}
		return e, nil
	}
	e.Error, e.Log = short(e.Error), a.log.String()
	return e, nil
}

const amandaDayOnly = "only the day is told; the time is its beginning"

// judge tells what became of the entry. A dump that is not on tape lies in the holding disk.
func (r *amandaRun) judge(a *amandaEntry) (backup.Outcome, string) {
	switch {
	case !r.ended && !a.taped && !a.final:
		return backup.Running, ""
	case a.failed:
		return backup.Failed, a.why
	case a.strange:
		return backup.Partial, cmp.Or(a.why, say.Record("the client's output is strange"))
	case a.partial:
		return backup.Partial, cmp.Or(a.why, say.Record("only a part was saved"))
	case a.taped:
		return backup.Success, ""
	case a.dumped:
		return backup.Partial, amandaHeld(cmp.Or(r.tapeError, a.why))
	}
	return backup.Missed, say.Record("the run ended without a result for it")
}

// amandaHeld is what is wrong with a dump that never came to tape.
func amandaHeld(why string) string {
	if why == "" {
		return say.Record("not on tape, only in the holding disk")
	}
	return say.Record("not on tape, only in the holding disk: %s", why)
}
