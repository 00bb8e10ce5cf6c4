package format

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// borgArchive is what is told of one archive. Its id is known to every export.
type borgArchive struct {
	id, name, host string
	start, end     string // as written: wall times, or with an offset since borg 1.4
	files, written backup.Count
	showsRC        bool // a line about the run's end must follow
}

var (
	borgID    = regexp.MustCompile(`^[0-9a-f]{64}$`)
	borgStamp = regexp.MustCompile(`[-_.@ ]?(?:\d{4}-?\d\d-?\d\d|\d{10}$).*$`)
	borgDay   = regexp.MustCompile(`^[A-Z][a-z]{2}, `)
)

// borgRoutine is an archive's name without its stamp: what a job's archives have in common.
func borgRoutine(name string) string { return borgStamp.ReplaceAllString(name, "") }

// fill writes what was saved; deduplicated, as that is what came into the repository.
func (a borgArchive) fill(in *Input, e *backup.Execution) error {
	e.Session, e.Routine, e.Client = a.id, borgRoutine(a.name), a.host
	e.Files, e.Bytes = a.files, a.written
	var err error
	if e.Start, e.TimeNote, err = a.wall(in, a.start); err != nil {
		return err
	}
	e.End, _, err = a.wall(in, a.end)
	return err
}

func (a borgArchive) wall(in *Input, s string) (time.Time, string, error) {
	if s == "" {
		return time.Time{}, "", nil
	}
	return in.Wall(borgDay.ReplaceAllString(s, ""))
}

// borgRun is one run while its lines are read.
type borgRun struct {
	line      Line
	log       logText
	own       bool // a line says what it is; others only wait for the run that they belong to
	creating  bool
	archive   borgArchive
	command   string // of one that saves nothing
	complete  bool   // and that told all it has to tell
	dry       bool
	judged    bool // borg told its exit status
	outcome   backup.Outcome
	word, rc  string
	cause     string // the deepest
	complaint string // the first file that could not be saved
	broken    bool   // an error ended it
	stopped   bool   // by a signal
	from, to  time.Time
}

func (r *borgRun) keep(line Line, text string) {
	if r.line.N == 0 {
		r.line = line
	}
	r.log.add(text)
}

// dated notes when a message was written.
func (r *borgRun) dated(line Line, m borgMessage) {
	at := m.at()
	if at.IsZero() {
		return
	}
	if r.to = at; r.from.IsZero() {
		r.from, r.line = at, cmp.Or(r.line, line)
	}
}

// absorb takes the lines that were read behind this run and belong to it.
func (r *borgRun) absorb(o *borgRun) {
	if o.line.N > 0 {
		r.log.add(o.log.String())
	}
	r.complaint, r.cause = cmp.Or(r.complaint, o.complaint), cmp.Or(r.cause, o.cause)
	r.broken, r.stopped = r.broken || o.broken, r.stopped || o.stopped
	if !o.to.IsZero() {
		r.to = o.to
	}
}

// unended judges a run that tells no exit status; 0 for one that cannot be judged.
func (r *borgRun) unended() backup.Outcome {
	switch {
	case r.stopped:
		return backup.Cancelled
	case r.broken:
		return backup.Failed
	case r.archive.id != "" && r.complaint != "":
		return backup.Partial
	case r.archive.id != "", r.complete:
		return backup.Success
	}
	return 0
}

func (r *borgRun) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{
		Kind: backup.Data, Routine: borgRoutine(r.archive.name), Outcome: r.outcome, NativeStatus: r.word, Code: r.rc, Line: r.line.N, Offset: r.line.Offset,
	}
	if r.command != "" {
		e.Kind, e.Routine = backup.Administrative, r.command
	}
	log := strings.TrimRight(r.log.String(), "\n")
	switch {
	case r.archive.id != "":
		if err := r.archive.fill(in, &e); err != nil {
			return e, bad(r.line.N, err.Error())
		}
	case !r.from.IsZero() && e.Outcome.Final():
		e.Start, e.End, e.StartText, e.Absolute = r.from, r.to, r.from.Format(time.RFC3339Nano), true
	default:
		e.Text = cmp.Or(log, "borg") // a run at work goes on under it when the file has grown
	}
	if n, known := e.Files.Value(); known && n == 0 && e.Outcome == backup.Success {
		e.Outcome, r.complaint = backup.Partial, cmp.Or(r.complaint, say.Record("the archive holds no file"))
	}
	if e.Outcome == backup.Success {
		return e, nil
	}
	if e.Log = log; !e.Outcome.Final() {
		e.End = time.Time{}
	} else {
		e.Error = short(cmp.Or(r.cause, r.complaint, borgMeaning(r.rc), say.Record("it ended with the status %s", r.word)))
	}
	return e, nil
}
