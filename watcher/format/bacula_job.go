package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// baculaJob is what a text says about one job so far.
type baculaJob struct {
	id, director, name string // name is the unique one
	bareos             bool
	line               Line // where it is first spoken of
	log                logText

	started baculaClock // by the log, while there is no report
	kind    backup.Kind
	begun   bool // the log says that it started, or that it waits for a volume

	reading    bool              // its report is being read
	fields     map[string]string // of the report that is being read, then of the last one
	ended      bool
	unread     bool // its last report ends in an unknown word
	outcome    backup.Outcome
	status     string // the tool's words for the outcome
	start, end baculaClock

	tries   int            // that have ended
	first   backup.Outcome // of the first try
	again   bool           // it was rescheduled and waits
	tooLate bool           // its maximum start delay had passed
	cause   string
	weight  int    // of the cause, see baculaWeights
	unsaid  bool   // the cause's text is on the next line
	late    string // an error behind the report
}

// Words that begin a message, by how much they explain a failure. Errors of single files have no word, only a system error.
var baculaTags = regexp.MustCompile(`^(Fatal error|Error|Warning): ?(.*)$`)

var baculaWeights = map[string]int{"Fatal error": 4, "Error": 3, "Warning": 2, "": 1}

// say reads a message that neither starts the job nor begins its report.
func (j *baculaJob) say(in *Input, m baculaMessage) {
	tag, text := "", strings.TrimSpace(m.text)
	if t := baculaTags.FindStringSubmatch(m.text); t != nil {
		tag, text = t[1], strings.TrimSpace(t[2])
	}
	j.tooLate = j.tooLate || strings.Contains(text, "max start delay time exceeded")
	switch {
	case strings.HasPrefix(text, "Rescheduled Job "):
		j.again = j.ended
	case baculaWaits.MatchString(text):
		j.wait(in, m.stamp, baculaWaits.FindStringSubmatch(text)[1])
		j.explain(text, baculaWeights["Warning"])
	case tag != "":
		j.explain(text, baculaWeights[tag])
		if j.ended && !j.again && tag != "Warning" {
			j.worsen(backup.Failed, "")
			j.late = text
		}
	case strings.Contains(text, "ERR="):
		j.explain(text, baculaWeights[tag])
	}
}

// Job web.2026-11-23_07.10.03_05 is waiting. Cannot find any appendable volumes.
var baculaWaits = regexp.MustCompile(`^Job (\S+\.\d{4}-\d\d-\d\d[_T]\d\d\.\d\d\.\d\d[._]\d+) is waiting\.`)

// explain keeps the heaviest message, and of equal ones the first: what follows it is its consequence.
func (j *baculaJob) explain(text string, weight int) {
	if weight > j.weight {
		j.cause, j.weight, j.unsaid = text, weight, text == ""
	}
}

// goOn reads the rest of a message.
func (j *baculaJob) goOn(text string) {
	if text = strings.TrimSpace(text); j.unsaid && text != "" {
		j.cause, j.unsaid = text, false
	}
}

// begin starts the first try, or the next one of a job that was rescheduled.
func (j *baculaJob) begin(in *Input, stamp, what, name string) {
	if j.ended && !j.again {
		return
	}
	if j.again {
		j.ended, j.again, j.cause, j.weight, j.tooLate = false, false, "", 0, false
		delete(j.fields, "Start time") // of the try before
	}
	j.name, j.begun, j.kind = name, true, baculaKind(what)
	j.started = in.baculaStamped(stamp, name)
}

func (j *baculaJob) wait(in *Input, stamp, name string) {
	if j.begun || j.ended {
		return
	}
	j.name, j.begun = name, true
	if j.started = in.baculaStamped(stamp, name); j.started.note == "" {
		j.started.note = say.Record("the export does not tell the start; this is when the job asked for a volume")
	}
}

// worsen takes a second word on the job's outcome; the worse of the two counts.
func (j *baculaJob) worsen(outcome backup.Outcome, status string) {
	if j.ended && baculaWorse[outcome] > baculaWorse[j.outcome] {
		j.outcome = outcome
		if status != "" {
			j.status = status
		}
	}
}

// execution is what is known of the job in the end; nothing for one that is only mentioned.
func (j *baculaJob) execution(in *Input, bareos bool) (backup.Execution, bool) {
	if j.unread || !j.ended && !j.begun && !j.partlyReported() {
		return backup.Execution{}, false
	}
	e := backup.Execution{
		Instance: j.director,
		Session:  j.id,
		Routine:  baculaRoutine(j.name),
		Kind:     j.kind,
		Outcome:  backup.Running,
		Start:    j.started.at,
		Absolute: j.started.absolute,
		TimeNote: j.started.note,
		Line:     j.line.N,
		Offset:   j.line.Offset,
	}
	if j.bareos || bareos {
		e.Tool = "Bareos"
	}
	if j.tries > 0 && !j.ended { // at work again
		e.Tries = j.tries + 1
	}
	j.report(in, &e)
	if e.Tries > 1 {
		e.FirstOutcome = j.first
	}
	if e.Vital = baculaVital(e.Routine, baculaName(j.fields["FileSet"])); e.Vital && e.Kind == backup.Data {
		e.Kind = backup.Administrative
	}
	if e.Outcome != backup.Success {
		e.Log, e.Error = j.log.String(), short(j.explanation())
	}
	return e, true
}

// explanation is the text that a person reads first. What failed behind the report is the news.
func (j *baculaJob) explanation() string {
	switch {
	case !j.ended:
		return j.cause
	case j.late != "":
		return j.late
	case j.cause != "":
		return j.cause
	}
	return j.unexplained()
}
