package format

import (
	"cmp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// netbackupDetail gathers the lines of one job.
type netbackupDetail struct {
	line         int
	offset, size int64
	first, last  string // stamps
	id           string
	client       string
	policy       string
	schedule     string
	kind         backup.Kind
	tries        int
	firstStatus  string // of the first of several tries
	status       string // of the closing line
	words        string
	done         string // the last status that a process reported
	cause        string // the first error of the last try
	log          logText
}

// endsBefore tells the first line of another job.
func (d *netbackupDetail) endsBefore(text string) bool {
	m := netbackupStarting.FindStringSubmatch(text)
	return m != nil && d.line > 0 && (d.id != m[1] && d.id != "" || d.id == "" && d.status != "")
}

func (d *netbackupDetail) add(line Line, text string) {
	if d.line == 0 {
		d.line, d.offset = line.N, line.Offset
	}
	d.size = line.Offset + int64(len(line.Text)) - d.offset
	d.log.add(text)
	stamp := netbackupStamp.FindStringSubmatch(text)
	if stamp == nil {
		if m := netbackupClosing.FindStringSubmatch(text); m != nil {
			d.words, d.status = m[1], m[2]
		}
		return
	}
	if d.last = stamp[1]; d.first == "" {
		d.first = stamp[1]
	}
	d.read(text)
}

// read takes what a stamped line tells. A try starts with the same words as the job.
func (d *netbackupDetail) read(text string) {
	if m := netbackupStarting.FindStringSubmatch(text); m != nil {
		if d.tries == 1 {
			d.firstStatus = cmp.Or(d.status, d.done)
		}
		d.id, d.client, d.policy, d.schedule = m[1], m[2], m[3], m[4]
		d.tries++
		d.status, d.words, d.done, d.cause = "", "", "", ""
	} else if m := netbackupMentions.FindStringSubmatch(text); m != nil && d.id == "" {
		d.id = m[1]
	}
	if m := netbackupDone.FindStringSubmatch(text); m != nil {
		d.done = m[1] + m[2]
	}
	if d.cause == "" {
		d.cause = netbackupCause(text)
	}
	switch {
	case strings.HasSuffix(text, " - begin Restore"):
		d.kind = backup.Restore
	case strings.HasSuffix(text, " - begin Duplicate"):
		d.kind = backup.Copy
	}
}

func (d *netbackupDetail) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{
		Session: d.id, Client: netbackupName(d.client), Routine: netbackupName(d.policy), Schedule: netbackupName(d.schedule),
		Kind: d.kind, Tries: d.tries, Line: d.line, Offset: d.offset, RecordLength: d.size,
	}
	if d.tries > 1 {
		e.FirstOutcome, _ = netbackupOutcome(d.firstStatus, "")
	}
	if e.Kind == 0 {
		e.Kind, e.Vital = netbackupKindByName(e.Routine, e.Client)
	}
	if err := d.judge(&e); err != nil {
		return backup.Execution{}, err
	}
	return e, d.times(in, &e)
}

// judge goes by the closing line. Without one the text is not whole: then only a trouble that a process reported ends the job,
// since later steps may still fail behind a process that ended well.
func (d *netbackupDetail) judge(e *backup.Execution) error {
	e.Code, e.NativeStatus = d.status, d.words
	if e.Code == "" && strings.Trim(d.done, "0") != "" {
		e.Code = d.done
	}
	outcome, ok := netbackupOutcome(e.Code, "")
	switch {
	case e.Code == "" && d.id == "":
		return bad(d.line, say.Record("a part of a job's details that tells neither the job nor its status"))
	case e.Code == "":
		e.Outcome = backup.Running
		return nil
	case !ok:
		return bad(d.line, say.Record("%q is no status", e.Code))
	}
	if e.Outcome = outcome; outcome != backup.Success {
		e.Log, e.Error = d.log.String(), short(d.cause)
	}
	if e.Error == "" {
		e.Error = netbackupError(e.Code, d.words)
	}
	return nil
}

func (d *netbackupDetail) times(in *Input, e *backup.Execution) (err error) {
	if d.first == "" {
		return bad(d.line, say.Record("a part of a job's details without any time"))
	}
	if e.Start, e.TimeNote, err = in.Wall(d.first); err != nil {
		return bad(d.line, err.Error())
	}
	e.StartText = d.first
	if !e.Outcome.Final() {
		return nil
	}
	if e.End, _, err = in.Wall(d.last); err != nil {
		return bad(d.line, err.Error())
	}
	e.EndText = d.last
	return nil
}
