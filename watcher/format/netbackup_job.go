package format

import (
	"cmp"
	"strconv"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// execution reads the row; record is its text.
func (r *netbackupRow) execution(line int, record string) (backup.Execution, error) {
	state, err := r.state(line)
	if err != nil {
		return backup.Execution{}, err
	}
	e := backup.Execution{
		Session:      r.cells[0],
		Instance:     r.col(netbackupColPrimary),
		Routine:      netbackupName(r.col(netbackupColPolicy)),
		Schedule:     netbackupName(r.col(netbackupColSchedule)),
		Client:       netbackupName(r.col(netbackupColClient)),
		Outcome:      state.outcome,
		NativeStatus: state.word,
		Code:         r.col(netbackupColStatus),
		WillRetry:    state.willRetry,
		Absolute:     true,
	}
	if r.parent > 0 {
		e.Parent = netbackupParent(r.cells[r.parent], e.Session)
	}
	if err := r.times(&e, line); err != nil {
		return backup.Execution{}, err
	}
	r.judge(&e)
	r.count(&e)
	r.explain(&e, record)
	return e, nil
}

// state gives what the state number says, with a done job's outcome by its status.
func (r *netbackupRow) state(line int) (netbackupState, error) {
	id, number, status := r.cells[0], r.col(netbackupColState), r.col(netbackupColStatus)
	state, ok := netbackupStates[number]
	switch {
	case r.col(netbackupColType) == "" && number == "":
		return state, bad(line, say.Record("job %s is an id without a state", id))
	case r.parent == 0 && len(r.cells)-max(r.shift, 0) < netbackupLeast:
		return state, bad(line, say.Record("job %s ends after %d columns", id, len(r.cells)))
	case !ok:
		return state, unknownWord(line, say.Record("state"), number)
	case state.outcome != 0:
		return state, nil
	}
	if state.outcome, ok = netbackupOutcome(status, r.col(netbackupColPolicyType)); !ok {
		return state, bad(line, say.Record("job %s is done, but %q is no status", id, status))
	}
	return state, nil
}

// netbackupState is what a job's state number says; that of a done job leaves its outcome open.
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
		return bad(line, say.Record("job %s: its start %q is no time", e.Session, r.col(netbackupColStart)))
	}
	if e.End, ended = netbackupEpoch(r.col(netbackupColEnd)); !ended {
		return bad(line, say.Record("job %s: its end %q is no time", e.Session, r.col(netbackupColEnd)))
	}
	if !e.Outcome.Final() || e.End.Before(e.Start) {
		e.End = time.Time{} // that of an earlier try
	}
	r.expires(e)
	return nil
}

// expires tells until when the copy is kept, counted from its start as the tool does. Units other than days are not known well
// enough to say of a copy that it is gone.
func (r *netbackupRow) expires(e *backup.Execution) {
	days, err := strconv.Atoi(r.col(netbackupColKept))
	if err != nil || days <= 0 || r.col(netbackupColKeptUnit) != "1" || e.Outcome != backup.Success && e.Outcome != backup.Partial || netbackupTypeOf(r.col(netbackupColType)).kind != backup.Data {
		return
	}
	e.Expires = e.Start.AddDate(0, 0, min(days, 100_000))
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
