package format

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
)

// Columns of bpdbjobs as NetBackup's users count them, from 1. Those behind the last path move when it holds commas, those
// behind the file count when -all_columns writes the lists.
const (
	netbackupColType         = 2
	netbackupColState        = 3
	netbackupColStatus       = 4
	netbackupColPolicy       = 5
	netbackupColSchedule     = 6
	netbackupColClient       = 7
	netbackupColStart        = 9
	netbackupColEnd          = 11
	netbackupColTries        = 13
	netbackupColKB           = 15
	netbackupColFiles        = 16
	netbackupColPath         = 17
	netbackupColPolicyType   = 22
	netbackupColScheduleType = 23
	netbackupColPrimary      = 26
	netbackupColListed       = 32 // how many paths the list has
	netbackupColParent       = 34
	netbackupColDatabase     = 60 // the last column that is known to hold text
)

// netbackupRow is one record cut at its commas. It is used again for the next one.
type netbackupRow struct {
	cells  []string
	shift  int // how many commas the last path holds; -1 where that cannot be told
	parent int // index of the parent job's cell; 0 where that cannot be told
	tries  []netbackupTry
}

func (r *netbackupRow) cut(text string) {
	r.cells, r.tries, r.parent = r.cells[:0], r.tries[:0], 0
	for {
		i := strings.IndexByte(text, ',')
		if i < 0 {
			break
		}
		r.cells, text = append(r.cells, text[:i]), text[i+1:]
	}
	r.cells = append(r.cells, text)
	if r.shift = r.pathCommas(); r.shift >= 0 {
		r.findParent()
	}
}

// col gives a column up to the file count; "" for one that is not there.
func (r *netbackupRow) col(n int) string {
	i := n - 1
	if n > netbackupColPath {
		if r.shift < 0 {
			return ""
		}
		i += r.shift
	}
	if i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// pathCommas counts the commas inside the last path. They are written `\,`, but so is the separator behind a path that ends
// in a backslash: where the numbers behind the path stand tells which.
func (r *netbackupRow) pathCommas() int {
	for n, i := 0, netbackupColPath; i+6 < len(r.cells); n, i = n+1, i+1 {
		percent, pid, subtype, policyType, scheduleType, priority := r.cells[i], r.cells[i+1], r.cells[i+3], r.cells[i+4], r.cells[i+5], r.cells[i+6]
		if isCell(percent) && isCell(pid) && isCell(subtype) && len(subtype) < 3 && isCell(policyType) && isCell(scheduleType) && isCell(priority) {
			return n
		}
		if !strings.HasSuffix(r.cells[i-1], `\`) {
			break
		}
	}
	return -1
}

// isCell tells a column of numbers: empty, a number, or a negative one for none.
func isCell(s string) bool { return s == "" || isDigits(strings.TrimPrefix(s, "-")) }

// whole tells whether every column that may hold text is there, so that no value goes on in the next line.
func (r *netbackupRow) whole() bool {
	return r.parent > 0 && len(r.cells) > r.parent+netbackupColDatabase-netbackupColParent
}

func (r *netbackupRow) execution(line int, text string) (backup.Execution, error) {
	id := r.cells[0]
	state, ok := netbackupStates[r.col(netbackupColState)]
	switch {
	case r.col(netbackupColType) == "" && r.col(netbackupColState) == "":
		return backup.Execution{}, bad(line, "job %s is an id without a state", id)
	case r.parent == 0 && len(r.cells)-max(r.shift, 0) < netbackupLeast:
		return backup.Execution{}, bad(line, "job %s ends after %d columns", id, len(r.cells))
	case !ok:
		return backup.Execution{}, unknownWord(line, "state", r.col(netbackupColState))
	}
	e := backup.Execution{
		Session: id, Instance: r.col(netbackupColPrimary), Client: netbackupName(r.col(netbackupColClient)),
		Routine: netbackupName(r.col(netbackupColPolicy)), Schedule: netbackupName(r.col(netbackupColSchedule)), NativeStatus: state.word, Code: r.col(netbackupColStatus), Outcome: state.outcome,
		WillRetry: state.willRetry, Absolute: true,
	}
	if r.parent > 0 {
		e.Parent = netbackupParent(r.cells[r.parent], id)
	}
	if state.outcome == 0 {
		if e.Outcome, ok = netbackupOutcome(e.Code, r.col(netbackupColPolicyType)); !ok {
			return backup.Execution{}, bad(line, "job %s is done, but %q is no status", id, e.Code)
		}
	}
	if err := r.times(&e, line); err != nil {
		return backup.Execution{}, err
	}
	r.judge(&e)
	r.count(&e)
	r.explain(&e, text)
	return e, nil
}

// netbackupState is what a job's state number says; a done job's outcome is in its status.
type netbackupState struct {
	word      string
	outcome   backup.Outcome
	willRetry bool
}

// An incomplete job waits for a person to resume it, so it has failed until a later export shows otherwise. That a job is done
// is not its status: the word stays open for bperror's.
var netbackupStates = map[string]netbackupState{
	"0": {word: "Queued", outcome: backup.Running},
	"1": {word: "Active", outcome: backup.Running},
	"2": {word: "Waiting to Retry", outcome: backup.Running, willRetry: true},
	"3": {},
	"4": {word: "Suspended", outcome: backup.Running},
	"5": {word: "Incomplete", outcome: backup.Failed},
}

func (r *netbackupRow) times(e *backup.Execution, line int) (err error) {
	var started, ended bool
	if e.Start, started = netbackupEpoch(r.col(netbackupColStart)); !started {
		return bad(line, "job %s: its start %q is no time", e.Session, r.col(netbackupColStart))
	}
	if e.End, ended = netbackupEpoch(r.col(netbackupColEnd)); !ended {
		return bad(line, "job %s: its end %q is no time", e.Session, r.col(netbackupColEnd))
	}
	if !e.Outcome.Final() || e.End.Before(e.Start) {
		e.End = time.Time{} // that of an earlier try
	}
	return nil
}

// judge says what the job was for.
func (r *netbackupRow) judge(e *backup.Execution) {
	number := r.col(netbackupColType)
	job := netbackupTypeOf(number)
	e.Kind = job.kind
	if number == "6" || job.kind == backup.Data {
		e.Level = netbackupLevels[r.col(netbackupColScheduleType)]
	}
	switch {
	case number == "6", job.kind == backup.Data && r.col(netbackupColPolicyType) == netbackupCatalog:
		e.Kind, e.Vital = backup.Administrative, true
	case job.kind == backup.Data && r.col(netbackupColScheduleType) == "5":
		e.Kind = backup.Log
	}
	if e.Routine == "" {
		e.Routine = job.word
	}
}

func (r *netbackupRow) count(e *backup.Execution) {
	const most = 1 << 43 // KB; more is no size
	if kb, err := strconv.ParseInt(r.col(netbackupColKB), 10, 64); err == nil && kb >= 0 && kb < most {
		e.Bytes = backup.N(kb << 10)
	}
	if files, err := strconv.ParseInt(r.col(netbackupColFiles), 10, 64); err == nil && files >= 0 {
		e.Files = backup.N(files)
	}
	if tries, err := strconv.ParseUint(r.col(netbackupColTries), 10, 16); err == nil {
		e.Tries = int(tries)
	}
	if e.Tries = max(e.Tries, len(r.tries)); len(r.tries) > 1 {
		e.FirstOutcome, _ = netbackupOutcome(r.tries[0].status, r.col(netbackupColPolicyType))
	}
}

// explain keeps what the export tells about a job that did not end well: the lines of its tries, else its record.
func (r *netbackupRow) explain(e *backup.Execution, record string) {
	if e.Outcome == backup.Success || e.Outcome == backup.Running && !e.WillRetry {
		return
	}
	var log logText
	for i, try := range r.tries {
		for line := range r.lines(try) {
			log.add(line)
			if cause := netbackupCause(line); e.Error == "" && i == len(r.tries)-1 {
				e.Error = short(cause)
			}
		}
	}
	if len(r.tries) == 0 {
		log.add(record)
	}
	e.Log = log.String()
	e.Error = cmp.Or(e.Error, netbackupError(e.Code, ""), e.NativeStatus)
}
