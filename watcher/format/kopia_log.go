package format

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// maxKopiaRuns bounds the sources of one run that have not been told of yet.
const maxKopiaRuns = 1000

var (
	kopiaBegins     = regexp.MustCompile(`^Snapshotting (\S.*) \.\.\.$`)
	kopiaCreated    = regexp.MustCompile(`^Created (partial )?snapshot with root \S+ and ID ([0-9a-f]+) in `)
	kopiaUnread     = regexp.MustCompile(`^(?: ! )?(?:Ignored error|Error) when processing (".*": .*)$`)
	kopiaCounted    = regexp.MustCompile(`^(?:(?:ERROR|WARN):? )?(?:running in write session: )?((?:Found|Ignored) \d+ (?:fatal )?error\(s\) while snapshotting .*)\.$`)
	kopiaFails      = regexp.MustCompile(`^(?:ERROR:? upload error: |(?:ERROR:? )?(?:running in write session: |(?:failed|unable) to open repository: ))(.*)$`)
	kopiaClosed     = regexp.MustCompile(`^(?:ERROR:? )?(?:failed|unable) to open repository: `)
	kopiaSeveral    = regexp.MustCompile(`^encountered \d+ errors:$`)
	kopiaMaintains  = regexp.MustCompile(`^Running (full|quick) maintenance\.\.\.$`)
	kopiaMaintained = regexp.MustCompile(`^Finished (?:full|quick) maintenance\.$`)
	kopiaHost       = regexp.MustCompile(`@([^:@]+):`)
)

// kopiaLog reads what kopia says in words. Where it prints the snapshots as JSON too, those tell everything and stand before or
// behind the words about them.
type kopiaLog struct {
	yield   func(backup.Execution, error) bool
	open    *kopiaRun
	waiting []*kopiaRun    // sources without a word of their end: errors about them come last
	told    map[string]int // objects by source that no words have been about yet
	asking  bool           // the line that follows says what went wrong
	after   bool           // a snapshot stands before, to which maintenance belongs
	stopped bool
}

// kopiaRun is the snapshot of one source, or maintenance.
type kopiaRun struct {
	line        Line
	log         logText
	source, id  string
	told        bool // an object tells of it
	unread, why string
	counted     string // how many files are missing, in kopia's words
	incomplete  bool   // files are missing
	maintenance string
	maintained  bool
}

func (l *kopiaLog) object(line Line) {
	var s kopiaSnapshot
	if err := json.Unmarshal([]byte(line.Text), &s); err != nil || s.ID == "" || s.Source.Path == "" {
		l.give(backup.Execution{}, bad(line.N, say.Record("it is no snapshot of kopia")))
		return
	}
	if r := l.open; r != nil && r.source == s.source() && r.id == "" && !r.told {
		r.told = true
	} else if len(l.told) < maxKopiaRuns {
		l.told[s.source()]++
	}
	l.after = true
	l.give(s.execution(line))
}

func (l *kopiaLog) read(line Line) {
	text := resticPlain(line.Text)
	if m := kopiaBegins.FindStringSubmatch(text); m != nil {
		l.begin(&kopiaRun{line: line, source: m[1], told: l.told[m[1]] > 0}, text)
		if l.told[m[1]]--; l.told[m[1]] <= 0 {
			delete(l.told, m[1])
		}
		l.after = true
		return
	}
	if m := kopiaMaintains.FindStringSubmatch(text); m != nil && !l.after {
		l.begin(&kopiaRun{line: line, maintenance: m[1] + " maintenance"}, text)
		return
	}
	created := kopiaCreated.MatchString(text)
	if kopiaClosed.MatchString(text) || created && l.open != nil && l.open.id != "" || l.open == nil && (created || kopiaFails.MatchString(text) && !kopiaCounted.MatchString(text)) {
		l.begin(&kopiaRun{line: line}, text)
	} else if l.open != nil && text != "" {
		l.open.log.add(text)
	}
	if l.open != nil {
		l.say(text)
	}
}

func (l *kopiaLog) begin(r *kopiaRun, text string) {
	l.settle()
	r.log.add(text)
	l.open = r
}

// say is a line about the run that is read.
func (l *kopiaLog) say(text string) {
	r := l.open
	fails := kopiaFails.FindStringSubmatch(text)
	switch {
	case kopiaCounted.MatchString(text):
		r.incomplete, r.counted = true, kopiaCounted.FindStringSubmatch(text)[1]
	case fails != nil:
		l.asking = kopiaSeveral.MatchString(fails[1])
		l.fail(fails[1])
	case l.asking && text != "":
		l.asking = false
		l.fail(text)
	case kopiaCreated.MatchString(text):
		m := kopiaCreated.FindStringSubmatch(text)
		r.id, r.incomplete = m[2], r.incomplete || m[1] != ""
	case kopiaUnread.MatchString(text):
		r.unread, r.incomplete = cmp.Or(r.unread, kopiaUnread.FindStringSubmatch(text)[1]), true
	case kopiaMaintained.MatchString(text):
		r.maintained, l.after = r.maintenance != "", false
	}
}

// fail hands the error to the sources that were begun and never told of; where all were, it is about the last.
func (l *kopiaLog) fail(why string) {
	for _, w := range l.waiting {
		w.why = why
	}
	if l.open.id == "" || len(l.waiting) == 0 {
		l.open.why = why
	}
}

// settle ends what is read of the open run.
func (l *kopiaLog) settle() {
	r := l.open
	l.open = nil
	switch {
	case r == nil || r.told:
	case r.id == "" && r.why == "" && r.maintenance == "" && len(l.waiting) < maxKopiaRuns:
		l.waiting = append(l.waiting, r)
	default:
		l.give(r.execution(), nil)
	}
	if len(l.waiting) > 0 && l.waiting[0].why != "" { // kopia says so at its end
		l.flush()
	}
}

func (l *kopiaLog) flush() {
	for _, w := range l.waiting {
		l.give(w.execution(), nil)
	}
	l.waiting = nil
}

func (l *kopiaLog) close() {
	l.settle()
	l.flush()
}

func (l *kopiaLog) give(e backup.Execution, err error) { l.stopped = l.stopped || !l.yield(e, err) }

func (r *kopiaRun) execution() backup.Execution {
	e := backup.Execution{Session: r.id, Routine: cmp.Or(r.source, r.maintenance), Kind: backup.Data, Line: r.line.N, Offset: r.line.Offset}
	if m := kopiaHost.FindStringSubmatch(r.source); m != nil {
		e.Client = m[1]
	}
	if r.maintenance != "" {
		e.Kind = backup.Administrative
	}
	log := strings.TrimRight(r.log.String(), "\n")
	switch {
	case r.id != "" && (r.incomplete || r.why != ""):
		e.Outcome, e.Error = backup.Partial, cmp.Or(r.unread, r.why, r.counted)
	case r.id != "", r.maintained:
		e.Outcome = backup.Success
	case r.why != "":
		e.Outcome, e.Error = backup.Failed, r.why
	default:
		e.Outcome = backup.Running
	}
	if e.Error = short(e.Error); e.Outcome != backup.Success {
		e.Log = log
	}
	e.Text = log // a snapshot in words has no time
	return e
}
