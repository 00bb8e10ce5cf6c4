package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
)

// vzdumpTask follows the lines of one or more tasks.
type vzdumpTask struct {
	guestOver func(*vzdumpTask, *vzdumpGuest)
	jobFailed func(*vzdumpTask, backup.Execution)

	upid, node, job string
	args            string // of the command
	failed          int    // guests
	over            bool   // what follows is no longer about the guests: the mail could not be sent, and the like
	guest           *vzdumpGuest
	between         logText // lines since the last guest's end; an excerpt may begin within a guest
}

var (
	vzdumpLine     = regexp.MustCompile(`^` + vzdumpPrefix + `(.*)$`)
	vzdumpBegins   = regexp.MustCompile(`^starting new backup job: vzdump\b(.*)`)
	vzdumpStarts   = regexp.MustCompile(`^Starting Backup of VM (\d+) \(\w+\)`)
	vzdumpFinished = regexp.MustCompile(`^Finished Backup of VM (\d+) \((\d+:\d\d:\d\d)\)`)
	vzdumpFails    = regexp.MustCompile(`^Backup of VM (\d+) failed - (.*)`)
	vzdumpEndsAt   = regexp.MustCompile(`^(?:Backup finished|Failed) at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)`)
	vzdumpUPID     = regexp.MustCompile(`UPID:([^:\s]+):[0-9A-Fa-f]+:[0-9A-Fa-f]+:[0-9A-Fa-f]{8}:vzdump:[^:\s]*:[^:\s]+:`)
	vzdumpJobID    = regexp.MustCompile(`--job-id[ =](\S+)`)
	vzdumpStorage  = regexp.MustCompile(`--storage[ =](\S+)`)
	vzdumpNode     = regexp.MustCompile(`--node[ =](\S+)`)
)

func (t *vzdumpTask) read(line Line) {
	if m := vzdumpUPID.FindStringSubmatch(line.Text); m != nil && (t.upid == "" || t.over) {
		t.upid, t.node, t.over = m[0], m[1], false
	}
	if text, ok := strings.CutPrefix(line.Text, "TASK "); ok {
		t.task(line, text)
		return
	}
	m := vzdumpLine.FindStringSubmatch(line.Text)
	if m == nil { // LVM, tar and the shell speak without a prefix
		t.keep(line)
		return
	}
	switch stamp, level, text := m[1], m[2], m[3]; {
	case level == "INFO" && vzdumpBegins.MatchString(text):
		t.begin(vzdumpBegins.FindStringSubmatch(text)[1])
	case level == "INFO" && vzdumpStarts.MatchString(text):
		t.start(line, vzdumpStarts.FindStringSubmatch(text)[1], stamp)
	case t.over:
	case strings.HasPrefix(text, "Backup job failed - ") && level == "ERROR":
		t.fail(line, strings.TrimPrefix(text, "Backup job failed - "))
	case strings.HasPrefix(text, "Backup job finished ") && level == "INFO":
		t.finish(strings.HasSuffix(text, " successfully"))
	default:
		t.say(line, level, stamp, text)
	}
}

// begin is the first line of a task; some logs hold several.
func (t *vzdumpTask) begin(args string) {
	t.close()
	if t.over {
		t.upid, t.node = "", ""
	}
	t.failed, t.over, t.between = 0, false, logText{}
	t.job, t.args = "", args
	for _, named := range []*regexp.Regexp{vzdumpJobID, vzdumpStorage} {
		if m := named.FindStringSubmatch(args); m != nil && t.job == "" {
			t.job = m[1]
		}
	}
	if m := vzdumpNode.FindStringSubmatch(args); m != nil && t.node == "" {
		t.node = m[1]
	}
}

func (t *vzdumpTask) start(line Line, id, stamp string) {
	t.close()
	t.over, t.between = false, logText{}
	t.guest = &vzdumpGuest{id: id, line: line, start: stamp}
	t.guest.log.add(line.Text)
}

// say is a line about the guest that is being saved.
func (t *vzdumpTask) say(line Line, level, stamp, text string) {
	if m := vzdumpFinished.FindStringSubmatch(text); m != nil && level == "INFO" {
		g := t.guestNamed(line, m[1])
		g.took = m[2]
		g.finish(backup.Success, "finished", "", stamp)
		return
	}
	if m := vzdumpFails.FindStringSubmatch(text); m != nil && level == "ERROR" {
		t.guestNamed(line, m[1]).finish(backup.Failed, "failed", m[2], stamp)
		t.failed++
		return
	}
	t.keep(line)
	if t.guest == nil || line.Open && vzdumpName.MatchString(text) { // half a name is another name
		return
	}
	t.guest.say(level, text)
	if m := vzdumpEndsAt.FindStringSubmatch(text); m != nil && t.guest.outcome != 0 {
		t.guest.end = m[1]
		t.close()
	}
}

// guestNamed is the guest that a last line is about. An excerpt may begin within it.
func (t *vzdumpTask) guestNamed(line Line, id string) *vzdumpGuest {
	if t.guest == nil || t.guest.id != id {
		t.close()
		t.guest = &vzdumpGuest{id: id, line: line, log: t.between}
	}
	t.keep(line)
	return t.guest
}

func (t *vzdumpTask) keep(line Line) {
	switch {
	case t.guest != nil:
		t.guest.log.add(line.Text)
	case !t.over:
		t.between.add(line.Text)
	}
}

// fail ends the whole job. The guest that was being saved explains it; else nobody does, and the job stands for itself.
func (t *vzdumpTask) fail(line Line, why string) {
	t.keep(line)
	switch {
	case t.over:
	case t.guest != nil && t.guest.outcome == 0:
		t.guest.finish(backup.Failed, "failed", why, "")
	case t.failed == 0:
		t.jobFailed(t, t.whole(line, why))
	}
	t.end()
}

// finish ends the job. A guest without an end of its own shares the job's: its copy was made, but a later step failed.
func (t *vzdumpTask) finish(well bool) {
	if g := t.guest; g != nil && g.outcome == 0 && well {
		g.finish(backup.Success, "finished", "", "")
	} else if g != nil && g.outcome == 0 {
		g.finish(backup.Failed, "failed", g.complaint, "")
	}
	t.end()
}

// task is the last line of a task log: OK, ERROR: …, WARNINGS: n.
func (t *vzdumpTask) task(line Line, text string) {
	if why, ok := strings.CutPrefix(text, "ERROR: "); ok && !t.over {
		t.fail(line, why)
	}
	t.end()
}

func (t *vzdumpTask) end() {
	t.close()
	t.over = true
}

// close gives out the guest that was being read.
func (t *vzdumpTask) close() {
	if g := t.guest; g != nil {
		t.guest, t.between = nil, logText{}
		t.guestOver(t, g)
	}
}

// whole is a job that failed before it came to any guest, or behind the last one.
func (t *vzdumpTask) whole(line Line, why string) backup.Execution {
	return backup.Execution{
		Instance:     t.node,
		Session:      t.upid,
		Routine:      t.job,
		Kind:         backup.Data,
		Outcome:      backup.Failed,
		NativeStatus: "Backup job failed",
		Error:        short(why),
		Log:          t.between.String(),
		Text:         "starting new backup job: vzdump" + t.args,
		Line:         line.N,
		Offset:       line.Offset,
	}
}
