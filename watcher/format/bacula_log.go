package format

import (
	"mime"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
)

// How many jobs are held at once; beyond it the oldest half is given out. A job's last lines come soon after its report.
const maxBaculaJobs = 512

// baculaLog follows the jobs of one text, line by line.
type baculaLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool

	jobs      map[string][]*baculaJob // by JobId: several directors may write to one log
	held      []*baculaJob            // by their first line
	at        *baculaJob              // whose message goes on in lines without a stamp
	directors map[string]bool
	bareos    bool // some report says so; it tells for jobs that have none yet
	tables    baculaTables

	inHeader bool // of a mail
	begun    bool
	subject  string
	reported []*baculaJob // by this mail; of more than one its subject cannot tell, so two are enough
}

func (l *baculaLog) pass(e backup.Execution, err error) bool {
	l.stopped = l.stopped || !l.yield(e, err)
	return !l.stopped
}

func (l *baculaLog) read(line Line) {
	text := line.Text
	if l.header(text) {
		return
	}
	if m, ok := parseBaculaMessage(baculaCell(text)); ok {
		l.message(line, m)
		return
	}
	if l.tables.read(line, l.at == nil || !l.at.reading) {
		l.at = nil
		return
	}
	switch {
	case (l.at == nil || l.at.ended && !l.at.reading) && baculaFirstField.MatchString(text):
		l.at = &baculaJob{line: line}
		l.at.head("", "")
	case l.at != nil && !l.at.reading && baculaBuildField.MatchString(text): // its stamped line was left out
		l.at.head("", "")
	}
	if l.at != nil {
		l.follow(line, baculaCell(text))
	}
}

// A report without a stamped line at its head, as manuals and web pages show it, begins with one of these.
var baculaFirstField = regexp.MustCompile(`^\s*(Build OS|JobId|Prev Backup JobId|Current JobId):\s`)

var baculaBuildField = regexp.MustCompile(`^\s*Build OS:\s`)

// In a mailbox each mail begins with such a line.
var baculaMboxFrom = regexp.MustCompile(`^From \S+ .*\d\d:\d\d:\d\d.* \d{4}$`)

// header reads a mail's header and takes the subject from it.
func (l *baculaLog) header(text string) bool {
	if !l.begun && strings.TrimSpace(text) != "" || baculaMboxFrom.MatchString(text) {
		l.begun = true
		l.mailEnds()
		l.inHeader = baculaHeader.MatchString(text) || baculaMboxFrom.MatchString(text)
	}
	if !l.inHeader {
		return false
	}
	if s, ok := strings.CutPrefix(text, "Subject:"); ok {
		l.subject = strings.TrimSpace(s)
	}
	l.inHeader = strings.TrimSpace(text) != ""
	return true
}

var baculaSubject = regexp.MustCompile(`\b([A-Z][a-z]+ [^:]+?) of `)

// mailEnds holds the subject against the job of the mail: a script that fails behind the report shows only there.
func (l *baculaLog) mailEnds() {
	subject, err := new(mime.WordDecoder).DecodeHeader(l.subject)
	if err != nil {
		subject = l.subject
	}
	if m := baculaSubject.FindStringSubmatch(subject); m != nil && len(l.reported) == 1 {
		if outcome, _, ok := baculaEnding(m[1]); ok {
			l.reported[0].worsen(outcome, m[1])
		}
	}
	l.subject, l.reported, l.at = "", nil, nil
}

func (l *baculaLog) message(line Line, m baculaMessage) {
	l.at = nil
	if m.job == "0" { // the daemons themselves
		return
	}
	head := baculaHead.FindStringSubmatch(m.text)
	start := baculaStart.FindStringSubmatch(m.text)
	if head != nil || start != nil || strings.HasSuffix(m.daemon, "-dir") {
		l.directors[m.daemon] = true
	}
	j := l.job(line, m)
	if start != nil && j.name != "" && j.name != start[2] { // the catalog is new and counts from 1 again
		l.drop(j)
		j = l.add(line, m)
	}
	l.at = j
	j.log.add(line.Text)
	j.bareos = j.bareos || strings.Contains(strings.ToLower(m.daemon), "bareos") || baculaNewStamp.MatchString(m.stamp)
	switch {
	case head != nil:
		l.bareos = l.bareos || strings.EqualFold(head[1], "Bareos")
		j.head(head[1], head[2])
	case start != nil:
		j.begin(l.in, m.stamp, start[1], start[2])
	default:
		j.say(l.in, m)
	}
}

var (
	// Error: Bacula backup01-dir 9.6.7 (10Dec20):
	// or, for the jobs of Bareos that save nothing: BAREOS 23.0.3 (04Jun24): 31-Jul-2024 16:33:09
	baculaHead = regexp.MustCompile(`^(?:[A-Z][a-z]+(?: [a-z]+)?: )?(Bacula|Bareos|BAREOS)(?: Enterprise)?(?: (\S+))? \d+\.\d\S* \([^)]+\):`)
	// Start Backup JobId 7, Job=web.2026-11-23_07.10.03_05
	baculaStart = regexp.MustCompile(`^Start ([A-Z][A-Za-z ]*?)(?: Job(?:Id)?[ =].*?)?\bJob[ =](\S+\.\d{4}-\d\d-\d\d[_T]\d\d\.\d\d\.\d\d[._]\d+)`)
)

// Only Bareos, from 23 on, stamps its messages like this.
var baculaNewStamp = regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)

// job finds whose message it is. Storage and file daemons name only the JobId: theirs go to the job that spoke last under it.
func (l *baculaLog) job(line Line, m baculaMessage) *baculaJob {
	same := l.jobs[m.job]
	if !l.directors[m.daemon] {
		if len(same) > 0 {
			return same[len(same)-1]
		}
		return l.add(line, m)
	}
	for i, j := range same {
		if j.director == m.daemon || j.director == "" {
			j.director = m.daemon
			last := len(same) - 1
			same[i], same[last] = same[last], same[i]
			return j
		}
	}
	return l.add(line, m)
}

func (l *baculaLog) add(line Line, m baculaMessage) *baculaJob {
	j := &baculaJob{id: m.job, line: line}
	if l.directors[m.daemon] {
		j.director = m.daemon
		l.tables.director = m.daemon
	}
	l.keep(j)
	return j
}

// follow reads a line without a stamp: a field of a report, or the rest of a message.
func (l *baculaLog) follow(line Line, text string) {
	j := l.at
	j.log.add(line.Text)
	if !j.reading {
		j.goOn(text)
		return
	}
	said := j.id
	ended, err := j.field(l.in, line, text)
	if err != nil {
		l.pass(backup.Execution{}, err)
	}
	if !ended {
		return
	}
	l.unite(j, said)
	if len(l.reported) < 2 && !slices.Contains(l.reported, j) {
		l.reported = append(l.reported, j)
	}
}

// unite files a job under the number that its report has, and takes what was said of it under another one: texts that people put
// together have a report's head under one number and its messages under the next. Its unique name tells.
func (l *baculaLog) unite(j *baculaJob, said string) {
	if j.id != said {
		l.forget(j, said)
	}
	if !slices.Contains(l.jobs[j.id], j) { // or its report had no stamped line at its head
		l.keep(j)
	}
	for _, other := range slices.Clone(l.held) {
		same := other.id == j.id && j.id != said || other.name == j.name && j.name != ""
		if other == j || other.ended || !same || other.director != j.director {
			continue
		}
		l.forget(other, other.id)
		j.line = other.line
		own := j.log
		j.log = other.log
		j.log.add(own.String())
	}
}

// forget takes a job out without giving it out.
func (l *baculaLog) forget(j *baculaJob, id string) {
	same := func(k *baculaJob) bool { return k == j }
	l.held = slices.DeleteFunc(l.held, same)
	l.jobs[id] = slices.DeleteFunc(l.jobs[id], same)
	if len(l.jobs[id]) == 0 {
		delete(l.jobs, id)
	}
}

func (l *baculaLog) keep(j *baculaJob) {
	if len(l.held) >= maxBaculaJobs {
		l.release(maxBaculaJobs / 2)
	}
	l.held = append(l.held, j)
	l.jobs[j.id] = append(l.jobs[j.id], j)
}

// release gives out the n jobs that have been held the longest.
func (l *baculaLog) release(n int) {
	for _, j := range slices.Clone(l.held[:n]) {
		l.drop(j)
	}
}

func (l *baculaLog) drop(j *baculaJob) {
	l.forget(j, j.id)
	if e, ok := j.execution(l.in, l.bareos); ok && !l.stopped {
		l.pass(e, nil)
	}
}
