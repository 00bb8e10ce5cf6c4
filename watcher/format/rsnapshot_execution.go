package format

import (
	"cmp"
	"strings"
	"time"

	"backstop/app/backup"
)

// print is a line of what a run prints and cron mails: commands, if it is told to be verbose, and errors under a head that names
// the command. Only errors tell how it ended.
func (l *rsnapshotLog) print(line Line, text string) {
	r := l.printed
	begins := rsnapshotPID.MatchString(text)
	if r == nil || begins && (r.process != "" || r.invoked) || text == rsnapshotInvoke && r.invoked {
		if r != nil && r.invoked && r.wrong != "" {
			l.stopped = !l.yield(r.execution(l.in))
		}
		r = &rsnapshotRun{line: line}
		l.printed = r
	}
	r.say(line, text)
	switch {
	case text == rsnapshotInvoke:
		r.invoked, r.outcome, r.status = true, backup.Failed, "ERROR"
	case r.invoked && r.command == "":
		if i := strings.Index(text, "rsnapshot"); i >= 0 {
			r.command = text[i:]
		}
	case strings.HasPrefix(text, "ERROR: ") && r.invoked:
		r.fail(strings.TrimPrefix(text, "ERROR: "))
	}
}

func rsnapshotTime(in *Input, stamp string) (time.Time, string, error) {
	if t, err := time.Parse("02/Jan/2006:15:04:05", stamp); err == nil {
		stamp = t.Format(time.DateTime)
	}
	return in.Wall(stamp)
}

func (r *rsnapshotRun) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{
		Routine: r.command, Kind: backup.Data, Outcome: cmp.Or(r.outcome, backup.Running), NativeStatus: r.status,
		Line: r.line.N, Offset: r.line.Offset,
	}
	if (r.moves || r.synced) && !r.copies && e.Outcome.Final() { // higher intervals only rename what the lowest has copied
		e.Kind = backup.Administrative
	}
	if r.counted {
		e.Files, e.Bytes = backup.N(r.files), backup.N(r.moved)
	}
	if err := r.date(in, &e); err != nil {
		return e, err
	}
	if e.Outcome == backup.Success {
		return e, nil
	}
	if e.Log = r.log.String(); e.Outcome.Final() {
		e.Error = cmp.Or(r.wrong, r.unsure, r.status)
		if r.cause != "" {
			e.Error += ": " + r.cause
		}
		e.Error = short(e.Error)
	}
	return e, nil
}

func (r *rsnapshotRun) date(in *Input, e *backup.Execution) (err error) {
	if r.from == "" || !e.Outcome.Final() && r.process == "" { // a run that has only begun goes on under its place in the file
		e.Text = r.log.String()
		return nil
	}
	if e.Start, e.TimeNote, err = rsnapshotTime(in, r.from); err != nil {
		return bad(r.line.N, err.Error())
	}
	if e.Outcome.Final() {
		e.End, _, _ = rsnapshotTime(in, r.to)
	}
	if e.StartText = r.from; r.process != "" {
		e.Session = r.command + " " + r.from + " " + r.process
	}
	return nil
}
