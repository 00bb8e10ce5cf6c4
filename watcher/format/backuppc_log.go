package format

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// BackupPC: the server's own log, which tells the runs of all hosts. They overlap; each is a process.
var _ = register(Format{
	Name:    "backuppc_log",
	Version: 3,
	Tool:    backuppcTool,
	Title:   say.N("LOG of the server"),
	Export: say.N("Watch /var/log/backuppc/LOG. It says of a failed run only one reason; the hosts' own logs (pc/HOST/LOG.MMYYYY) say more, " +
		"but choose one of the two, since neither knows the other's runs."),
	Evidence:   backup.Report,
	Match:      backuppcServer.Match,
	Executions: backuppcServerRuns,
})

var (
	backuppcServer   = signOf(`(?m)`+backuppcStamp+`((Started|Finished) +(full|incr) backup on |Backup (?:failed|canceled) on \S+ \(|\S+: host \S+ not found)`, " backup on ", "Backup failed on ", "Backup canceled on ", ": host ")
	backuppcStarted  = regexp.MustCompile(`^Started (full|incr) backup on (\S+) \(pid=(\d+)(?:, dhcp=[^,)]*)?(?:, share=.*)?\)$`)
	backuppcFinished = regexp.MustCompile(`^Finished +(full|incr) backup on (\S+)$`)
	backuppcFailed   = regexp.MustCompile(`^Backup (failed|canceled) on (\S+) \((.*)\)$`)
	backuppcNotThere = regexp.MustCompile(`(?i)can't (ping|find host)|no ping response|host (\S+ )?not found`)
	backuppcNoHost   = regexp.MustCompile(`^(\S+): host \S+ not found$`)
)

func backuppcServerRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := backuppcServerLog{in: in, yield: yield, open: map[string]*backup.Execution{}}
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
		for len(l.order) > 0 {
			l.close(l.order[0])
		}
	}
}

type backuppcServerLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool
	open    map[string]*backup.Execution // by host
	order   []string
}

func (l *backuppcServerLog) read(line Line, stamp, text string) {
	if m := backuppcStarted.FindStringSubmatch(text); m != nil {
		l.begin(line, stamp, m)
	} else if m := backuppcFinished.FindStringSubmatch(text); m != nil && !line.Open {
		e := l.run(line, m[2])
		e.Level = backuppcLevels[m[1]]
		l.end(e, stamp, line, backup.Success, "Finished", "")
	} else if m := backuppcFailed.FindStringSubmatch(text); m != nil {
		outcome := backup.Failed
		switch {
		case m[1] == "canceled":
			outcome = backup.Cancelled
		case backuppcNotThere.MatchString(m[3]):
			outcome = backup.Missed
		}
		l.end(l.run(line, m[2]), stamp, line, outcome, "Backup "+m[1], m[3])
	} else if m := backuppcNoHost.FindStringSubmatch(text); m != nil {
		l.close(m[1])
		e := l.run(line, m[1])
		e.StartText = stamp
		l.end(e, stamp, line, backup.Missed, "host not found", text)
	}
}

// begin takes the process into the identity: two runs of a host can begin within one second. A run of several shares begins each.
func (l *backuppcServerLog) begin(line Line, stamp string, m []string) {
	if e := l.open[m[2]]; e != nil && strings.HasSuffix(e.Session, " pid "+m[3]) {
		e.Log += "\n" + line.Text
		return
	}
	l.close(m[2])
	e := l.run(line, m[2])
	e.Session, e.Level, e.StartText = m[2]+" "+stamp+" pid "+m[3], backuppcLevels[m[1]], stamp
	e.Log = line.Text
}

// run is the host's open run. The beginning of a text may hold the end of one whose start is elsewhere.
func (l *backuppcServerLog) run(line Line, host string) *backup.Execution {
	const most = 10000
	if e := l.open[host]; e != nil {
		return e
	}
	if len(l.order) == most {
		l.close(l.order[0])
	}
	e := &backup.Execution{Client: host, Outcome: backup.Running, Line: line.N, Offset: line.Offset}
	l.open[host], l.order = e, append(l.order, host)
	return e
}

func (l *backuppcServerLog) end(e *backup.Execution, stamp string, line Line, o backup.Outcome, status, why string) {
	e.Outcome, e.NativeStatus, e.Error, e.EndText = o, status, short(why), stamp
	if e.Log != "" {
		e.Log += "\n"
	}
	if e.Log += line.Text; o == backup.Success {
		e.Log = ""
	}
	l.close(e.Client)
}

func (l *backuppcServerLog) close(host string) {
	e := l.open[host]
	if e == nil {
		return
	}
	delete(l.open, host)
	l.order = slices.DeleteFunc(l.order, func(h string) bool { return h == host })
	err := backuppcTimes(l.in, e)
	l.stopped = l.stopped || !l.yield(*e, err)
}
