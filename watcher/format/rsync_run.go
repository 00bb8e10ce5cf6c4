package format

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// maxRsyncRuns bounds the processes that are read at once. The one that began first is given out beyond it.
const maxRsyncRuns = 1000

// rsyncLog reads several processes that write into one log; what is printed is one process after the other.
type rsyncLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	open    map[string]*rsyncRun // by process; under "" what is printed
	order   []string
	stopped bool
}

// rsyncRun is one process as far as it has been read.
type rsyncRun struct {
	line           Line
	log            logText
	process        string
	from, to       string // as written
	module, client string // a daemon names them
	receiving      bool
	begun, summed  bool
	files, moved   backup.Count // from --stats
	sent, received backup.Count
	some, dry      bool // the source holds anything; nothing was to be copied
	status, code   string
	roles          []string // that told an exit code
	cause, echo    string   // what went wrong; what only follows from it
	unasked        string   // a source that does not exist
}

func (l *rsyncLog) stamped(line Line, stamp, process, text string) {
	r := l.read(line, process, text)
	if r != nil {
		r.from, r.to = cmp.Or(r.from, stamp), stamp
	}
}

// read gives the line to its process. A new one begins with the list of files, or where the last one has ended.
func (l *rsyncLog) read(line Line, process, text string) *rsyncRun {
	r := l.open[process]
	if r != nil && (r.begun && r.again(text) || r.over(text)) {
		l.end(process)
		r = nil
	}
	if r == nil {
		if text == "" {
			return nil
		}
		r = &rsyncRun{line: line, process: process}
		l.open[process], l.order = r, append(l.order, process)
		if len(l.order) > maxRsyncRuns {
			l.end(l.order[0])
		}
	}
	r.say(line, text)
	return r
}

// again tells whether a run begins here. A daemon names its module before it takes the list of files.
func (r *rsyncRun) again(text string) bool {
	return rsyncBegins.MatchString(text) && (r.module == "" || strings.HasPrefix(text, "rsync "))
}

// over tells whether a printed line is no longer of this run. Behind the totals only errors are, and behind the exit code only
// what the other side says of it.
func (r *rsyncRun) over(text string) bool {
	if r.process != "" || text == "" || rsyncTotal.MatchString(text) {
		return false
	}
	if m := rsyncEnds.FindStringSubmatch(text); m != nil && r.code != "" {
		return slices.Contains(r.roles, m[3])
	}
	if r.code != "" {
		return !strings.HasPrefix(text, "rsync: ")
	}
	return r.summed && !strings.HasPrefix(text, "rsync") && !rsyncRemote.MatchString(text)
}

// rsyncRemote are words of ssh and the other side's shell, which stand before rsync's own.
var rsyncRemote = regexp.MustCompile(`^(?:ssh: |kex_|Host key|@ERROR|Permission denied|.*: command not found|Connection (?:closed|reset))`)

func (r *rsyncRun) say(line Line, text string) {
	if rsyncItem.MatchString(text) { // one for each file
		return
	}
	if m := rsyncBegins.FindStringSubmatch(text); m != nil {
		r.begun, r.module, r.client = true, cmp.Or(m[1], r.module), cmp.Or(m[2], r.client)
		r.receiving = strings.HasPrefix(text, "receiving")
	}
	if m := rsyncCounts.FindStringSubmatch(text); m != nil && !line.Open {
		if n, _ := number(m[2]); strings.HasPrefix(m[1], "Number") {
			r.files = n
		} else {
			r.moved = n
		}
	}
	if m := rsyncSums.FindStringSubmatch(text); m != nil {
		r.begun, r.summed = true, m[3] != "" && !line.Open
		r.sent, _ = number(m[1])
		r.received, _ = number(m[2])
		r.some = m[3] != "" && m[3] != "0"
	}
	if m := rsyncTotal.FindStringSubmatch(text); m != nil && !line.Open {
		r.summed, r.some, r.dry = true, m[1] != "0", m[2] != ""
	}
	if m := rsyncEnds.FindStringSubmatch(text); m != nil {
		r.fail(m[1], m[2])
		r.roles = append(r.roles, m[3])
	} else {
		r.complain(text)
	}
	r.log.add(line.Text)
}

// rsyncItem is a line about one file: ">f+++++++++ name".
var rsyncItem = regexp.MustCompile(`^(?:[<>ch.*][fdLDS][.+?cstpoguaxbn ]{9} |\*deleting )`)

// fail notes an exit code. Both sides tell one; a side that only lost its partner says less.
func (r *rsyncRun) fail(status, code string) {
	consequence := map[string]bool{"12": true, "19": true}
	if r.code == "" || consequence[r.code] && !consequence[code] {
		r.begun, r.status, r.code = true, status, code
	}
}

func (r *rsyncRun) complain(text string) {
	switch {
	case rsyncUnasked.MatchString(text):
		r.unasked = cmp.Or(r.unasked, text)
		r.cause = cmp.Or(r.cause, text)
	case strings.HasPrefix(text, "rsync: connection unexpectedly closed"), strings.HasPrefix(text, "rsync: safe_read failed"),
		strings.HasPrefix(text, "rsync: [") && strings.Contains(text, "Broken pipe"):
		r.echo = cmp.Or(r.echo, text)
	case strings.HasPrefix(text, "rsync: "), rsyncRemote.MatchString(text), strings.HasPrefix(text, "file has vanished: "):
		r.cause = cmp.Or(r.cause, text)
	}
}

// end gives out a process's run. Lines before the first word of rsync are no run.
func (l *rsyncLog) end(process string) {
	r := l.open[process]
	delete(l.open, process)
	l.order = slices.DeleteFunc(l.order, func(p string) bool { return p == process })
	if !r.begun || l.stopped {
		return
	}
	if r.dry {
		l.in.note(say.Record("dry runs are left out: they copy nothing"))
		return
	}
	e, err := r.execution(l.in)
	l.stopped = !l.yield(e, err)
}

func (l *rsyncLog) close() {
	for len(l.order) > 0 {
		l.end(l.order[0])
	}
}

func (r *rsyncRun) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{
		Routine: r.module, Client: r.client, Kind: backup.Data, NativeStatus: r.status, Code: r.code,
		Files: r.files, Bytes: r.bytes(), Outcome: r.outcome(), Line: r.line.N, Offset: r.line.Offset,
	}
	if r.from != "" {
		var err error
		if e.Start, e.TimeNote, err = in.Wall(r.from); err != nil {
			return e, bad(r.line.N, err.Error())
		}
		e.Session = r.process + " " + r.from
		if e.Outcome.Final() {
			e.End, _, _ = in.Wall(r.to)
		}
	} else {
		e.Text = r.log.String()
	}
	if e.Outcome == backup.Success {
		return e, nil
	}
	if e.Log = r.log.String(); e.Outcome.Final() {
		e.Error = short(cmp.Or(r.cause, r.echo, r.status))
	}
	return e, nil
}

// outcome of a run whose only source does not exist is failed, though rsync calls it partial: nothing was saved.
func (r *rsyncRun) outcome() backup.Outcome {
	switch o := rsyncOutcomes[r.code]; {
	case r.code == "23" && r.unasked != "" && !r.some:
		return backup.Failed
	case o != 0:
		return o
	case r.code != "":
		return backup.Failed
	case r.summed:
		return backup.Success
	}
	return backup.Running
}

// bytes is what was moved: by the statistics, else by the totals of the side that sent.
func (r *rsyncRun) bytes() backup.Count {
	if _, known := r.moved.Value(); known {
		return r.moved
	}
	if r.receiving {
		return r.received
	}
	return r.sent
}
