package format

import (
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// brRun is one run while its lines are read.
type brRun struct {
	line          Line
	program       string
	name, system  string // of its log; the database's SID
	start, end    string
	outcome       backup.Outcome
	status        string
	code, trouble string // the first error, else the first warning
	isError       bool
	more          bool // the line after an error may say more
	log           logText
}

// endsBefore tells that a line belongs to another run.
func (r *brRun) endsBefore(text string) bool {
	return r.name != "" && (brProgram.MatchString(text) || brStart.MatchString(text))
}

func (r *brRun) say(line Line, m []string) {
	r.log.add(strings.TrimSpace(line.Text))
	if m == nil {
		if text := strings.TrimSpace(line.Text); r.more && strings.HasPrefix(text, "ORA-") {
			r.trouble += " " + text
		}
		r.more = false
		return
	}
	code, severity, text := m[1], m[2], m[3]
	r.more = severity == "E" && !r.isError
	switch {
	case severity == "E" && !r.isError, severity == "W" && r.trouble == "":
		r.code, r.trouble, r.isError = code, text, severity == "E"
	case severity != "I" || line.Open && !brResult.MatchString(text):
	case r.name == "" && brStart.MatchString(text):
		s := brStart.FindStringSubmatch(text)
		r.name, r.start = s[1], s[2]
	case brEnd.MatchString(text):
		r.end = brEnd.FindStringSubmatch(text)[2]
	case brResult.MatchString(text):
		r.finish(code, brResult.FindStringSubmatch(text), line)
	case brProgram.MatchString(text):
		r.program = brProgram.FindStringSubmatch(text)[1]
	case r.system == "" && brSystem.MatchString(text):
		r.system = brSystem.FindStringSubmatch(text)[1]
	}
}

// finish takes the last message. Where the text ends behind "successfully", "with warnings" may be cut off; only BRBACKUP's
// number tells.
func (r *brRun) finish(code string, m []string, line Line) {
	if line.Open && m[2] == "completed successfully" && code != "BR0052" {
		return
	}
	r.program, r.status = m[1], m[2]
	switch {
	case strings.HasSuffix(m[2], "errors"):
		r.outcome = backup.Failed
	case strings.HasSuffix(m[2], "warnings"):
		r.outcome = backup.Partial
	default:
		r.outcome = backup.Success
	}
}

func (r *brRun) execution(in *Input) (e backup.Execution, err error) {
	_, level, _ := strings.Cut(r.name, ".")
	e = backup.Execution{
		Session: strings.TrimSpace(r.system + " " + r.name), Routine: r.program, Client: r.system, Kind: brKind(r.program), Level: level,
		Outcome: r.outcome, NativeStatus: r.status, StartText: r.start, Line: r.line.N, Offset: r.line.Offset,
	}
	switch {
	case r.name == "":
		return e, bad(r.line.N, say.Record("a run that does not name its log"))
	case e.Outcome == 0 && r.system == "":
		return e, bad(r.line.N, say.Record("run %s has not named its database yet", r.name))
	case e.Outcome == 0:
		e.Outcome = backup.Running
	}
	if e.Start, e.TimeNote, err = in.Wall(brClock(r.start)); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	if r.end != "" && e.Outcome.Final() {
		e.EndText = r.end
		if e.End, _, err = in.Wall(brClock(r.end)); err != nil {
			return e, bad(r.line.N, err.Error())
		}
	}
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Code, e.Log = short(r.trouble), r.code, r.log.String()
	}
	return e, nil
}

// brClock puts colons between hours, minutes and seconds.
func brClock(s string) string {
	day, clock, _ := strings.Cut(s, " ")
	return day + " " + strings.ReplaceAll(clock, ".", ":")
}

func brKind(program string) backup.Kind {
	switch program {
	case "BRBACKUP":
		return backup.Data
	case "BRARCHIVE":
		return backup.Log
	case "BRRESTORE", "BRRECOVER":
		return backup.Restore
	}
	return backup.Administrative
}
