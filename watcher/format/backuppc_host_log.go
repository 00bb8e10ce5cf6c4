package format

import (
	"cmp"
	"fmt"
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

const backuppcTool = "BackupPC"

// BackupPC: the log of one host. It names the host in paths only, if at all, and says nothing of processes, so a run is known
// by host, level and start.
var _ = register(Format{
	Name:    "backuppc_host_log",
	Version: 3,
	Tool:    backuppcTool,
	Title:   "pc/HOST/LOG.MMYYYY",
	Export: say.N("Watch /var/lib/backuppc/pc/HOST, one source for each host, or all hosts in one. Leave the server's own LOG and the " +
		"backups files out then: they tell the same runs again, and nothing in them says so."),
	Evidence:   backup.Report,
	Match:      func(head []byte) bool { return backuppcHost.Match(head) && !backuppcServer.Match(head) },
	Executions: backuppcHostRuns,
})

const (
	backuppcStamp = `^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) `
	// What is said of a dump that breaks off before its transfer, and then nothing more.
	backuppcNoBegin = `DumpPre(?:User|Share)Cmd returned error status \d+\.\.\. exiting|dump failed: .+`
)

var (
	backuppcHost = signOf(`(?m)`+backuppcStamp+`((full|incr) backup (started |\d+ complete, )|Got fatal error during xfer|Backup aborted \(|can't ping \S* ?\(client|Can't find host |`+
		backuppcNoBegin+`)`, " backup ", "Got fatal error", "Backup aborted (", "can't ping ", "Can't find host ", "DumpPre", "dump failed: ")
	backuppcLine = regexp.MustCompile(backuppcStamp + `(.*)$`)

	backuppcPath       = regexp.MustCompile(`/pc/([^/\s]+)/`)
	backuppcStarts     = regexp.MustCompile(`^(full|incr) backup started (?:back to .*?)?for (?:directory|share) (.*)$`)
	backuppcComplete   = regexp.MustCompile(`^(full|incr) backup (\d+) complete, (\d+) files, (\d+) bytes, (\d+) xferErrs\b`)
	backuppcAborted    = regexp.MustCompile(`^Backup aborted \((.*?)\)?$`)
	backuppcFatal      = regexp.MustCompile(`^Got fatal error during xfer \((.*)\)$`)
	backuppcSignalled  = regexp.MustCompile(`^aborted by (user|signal)\b`)
	backuppcStopped    = regexp.MustCompile(`^(?:` + backuppcNoBegin + `)$`)
	backuppcUnreached  = regexp.MustCompile(`^can't ping \S* ?\(client = ([^)]*)\); exiting`)
	backuppcUnresolved = regexp.MustCompile(`^Can't find host (\S+)(?: |$)`)
)

var backuppcLevels = map[string]string{"full": "full", "incr": "incremental"}

func backuppcHostRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := backuppcHostLog{in: in, yield: yield}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := backuppcLine.FindStringSubmatch(line.Text); m != nil {
				l.read(line, m[1], m[2])
			}
			if l.stopped {
				return
			}
		}
		l.close("")
	}
}

// backuppcHostLog follows one host's runs, which never overlap.
type backuppcHostLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool
	host    string // from the first path that names it
	run     *backuppcRun
	last    string // level and start of the run before
	equal   int    // how many runs had these
}

// backuppcRun is one dump, of one share or several, while its lines are read.
type backuppcRun struct {
	e      backup.Execution
	shares map[string]bool
	cause  string
	end    string // of one that a signal broke off: no other word of its end may follow
	log    logText
}

// fatal says why it broke off. A person, or the end of the server, does so by a signal.
func (r *backuppcRun) fatal(stamp, why string) {
	r.cause = why
	if m := backuppcSignalled.FindStringSubmatch(why); m != nil {
		r.end, r.e.Outcome, r.e.NativeStatus, r.e.Error = stamp, backup.Failed, "Got fatal error", why
		if m[1] == "user" {
			r.e.Outcome = backup.Cancelled
		}
	}
}

func (l *backuppcHostLog) read(line Line, stamp, text string) {
	if m := backuppcPath.FindStringSubmatch(text); m != nil && l.host == "" {
		l.host = m[1]
	}
	if m := backuppcStarts.FindStringSubmatch(text); m != nil {
		if l.run == nil || l.run.e.Level != backuppcLevels[m[1]] || l.run.shares[m[2]] || l.run.end != "" {
			l.close("")
			l.run = &backuppcRun{e: l.begin(line, stamp, backuppcLevels[m[1]]), shares: map[string]bool{}}
		}
		l.run.shares[m[2]] = true
	}
	if l.run != nil {
		l.run.log.add(line.Text)
	}
	switch {
	case backuppcComplete.MatchString(text):
		l.complete(line, stamp, backuppcComplete.FindStringSubmatch(text))
	case backuppcFatal.MatchString(text) && l.run != nil:
		l.run.fatal(stamp, backuppcFatal.FindStringSubmatch(text)[1])
	case backuppcStopped.MatchString(text) && !line.Open:
		status, why := "exiting", strings.TrimSuffix(text, "... exiting")
		if said, ok := strings.CutPrefix(text, "dump failed: "); ok {
			status, why = "dump failed", said
		}
		l.abort(line, stamp, status, why)
	case backuppcAborted.MatchString(text):
		l.abort(line, stamp, "Backup aborted", backuppcAborted.FindStringSubmatch(text)[1])
	case backuppcUnreached.MatchString(text):
		l.missed(line, stamp, text, backuppcUnreached.FindStringSubmatch(text)[1])
	case backuppcUnresolved.MatchString(text) && !line.Open:
		l.missed(line, stamp, text, backuppcUnresolved.FindStringSubmatch(text)[1])
	}
}

func (l *backuppcHostLog) begin(line Line, stamp, level string) backup.Execution {
	e := backup.Execution{Client: l.host, Level: level, Outcome: backup.Running, StartText: stamp, Line: line.N, Offset: line.Offset}
	if l.equal++; l.last != level+stamp {
		l.last, l.equal = level+stamp, 1
	}
	if l.equal > 1 { // failed at once and tried again within the second
		e.StartText += fmt.Sprintf(" (%d)", l.equal)
	}
	return e
}

// orBegin is the run that a last word is about. An excerpt may begin within it; then only its end is known.
func (l *backuppcHostLog) orBegin(line Line, level string) *backuppcRun {
	if l.run == nil {
		l.run = &backuppcRun{e: backup.Execution{Client: l.host, Level: level, Line: line.N, Offset: line.Offset}}
		l.run.log.add(line.Text)
	}
	return l.run
}

// complete: a transfer with tar counts no bytes, so 0 of them beside files says nothing.
func (l *backuppcHostLog) complete(line Line, stamp string, m []string) {
	r := l.orBegin(line, backuppcLevels[m[1]])
	r.e.Files, _ = number(m[3])
	if bytes, ok := number(m[4]); ok && (m[4] != "0" || m[3] == "0") {
		r.e.Bytes = bytes
	}
	r.e.Outcome, r.e.NativeStatus = backup.Success, m[1]+" backup "+m[2]+" complete"
	if strings.Trim(m[5], "0") != "" {
		r.e.Outcome, r.e.Error = backup.Partial, say.Record("%s files or shares had errors; the transfer log names them", m[5])
	}
	l.close(stamp)
}

func (l *backuppcHostLog) abort(line Line, stamp, status, why string) {
	r := l.orBegin(line, "")
	if r.e.Outcome != backup.Cancelled {
		r.e.Outcome = backup.Failed
	}
	r.e.NativeStatus, r.e.Error = status, why
	if r.cause != "" {
		r.e.Error = r.cause
	}
	l.close(stamp)
}

// missed: the host did not answer, so no dump was begun.
func (l *backuppcHostLog) missed(line Line, stamp, text, host string) {
	l.close("")
	e := l.begin(line, stamp, "")
	e.Outcome, e.NativeStatus, e.Error = backup.Missed, text, text
	if e.Client == "" {
		e.Client = host
	}
	l.run = &backuppcRun{e: e}
	l.run.log.add(line.Text)
	l.close(stamp)
}

// close gives out the run that was being read.
func (l *backuppcHostLog) close(stamp string) {
	r := l.run
	l.run = nil
	if r == nil || l.stopped {
		return
	}
	r.e.EndText, r.e.Error = cmp.Or(stamp, r.end), short(r.e.Error)
	if r.e.Outcome != backup.Success {
		r.e.Log = r.log.String()
	}
	err := backuppcTimes(l.in, &r.e)
	l.stopped = !l.yield(r.e, err)
}

// backuppcTimes reads the times from their texts.
func backuppcTimes(in *Input, e *backup.Execution) error {
	var err error
	if text, _, _ := strings.Cut(e.StartText, " ("); text != "" {
		if e.Start, e.TimeNote, err = in.Wall(text); err != nil {
			return bad(e.Line, err.Error())
		}
	}
	if e.EndText != "" {
		if e.End, _, err = in.Wall(e.EndText); err != nil {
			return bad(e.Line, err.Error())
		}
	}
	return nil
}
