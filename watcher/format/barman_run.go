package format

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
)

var (
	barmanStarts     = regexp.MustCompile(`^Starting backup using \S+ method for server (\S+) in \S*/(\d{8}T\d{6})$`)
	barmanImpossible = regexp.MustCompile(`^Impossible to start the backup\b`)
	barmanFails      = regexp.MustCompile(`^Backup failed (.*)$`)
	barmanCompleted  = regexp.MustCompile(`^Backup completed \(start time: (.+?), elapsed time: (.+)\)$`)
	barmanEnds       = regexp.MustCompile(`^(Impossible to start the backup\b|Backup failed |Backup completed \(start time: )`)
	barmanWaits      = regexp.MustCompile(`\bthis backup is classified as WAITING_FOR_WALS\b`)
	barmanSized      = regexp.MustCompile(`^Backup size: (.+)$`)
	barmanChecks     = regexp.MustCompile(`'barman check (\S+?)'`)
	barmanFor        = regexp.MustCompile(`\bserver '?([^\s']+?)'?$`)
	barmanDetails    = regexp.MustCompile(`^DETAILS: (.*)$`)
	barmanElapsed    = regexp.MustCompile(`(\d+) (day|hour|minute|second)s?`)
)

const barmanBusy = "Another backup process is running"

// barmanRun is one backup while its lines are read.
type barmanRun struct {
	line           Line
	process        string
	server, id     string
	outcome        backup.Outcome
	status         string
	reason         string // why it failed
	cause          string // the last error before that
	details        string
	stamp          string // of the line that ended it
	start, elapsed string // as the last sentence tells
	bytes          backup.Count
	log            logText
}

func (r *barmanRun) say(stamp, level, text string) {
	if m := barmanCompleted.FindStringSubmatch(text); m != nil {
		r.outcome, r.status, r.start, r.elapsed, r.stamp = backup.Success, "DONE", m[1], m[2], stamp
	} else if barmanImpossible.MatchString(text) {
		r.outcome, r.status, r.reason, r.stamp = backup.Missed, "Impossible to start the backup", text, stamp
		if m := barmanChecks.FindStringSubmatch(text); m != nil {
			r.server = m[1]
		}
	} else if m := barmanFails.FindStringSubmatch(text); m != nil && level == "ERROR" {
		r.outcome, r.status, r.reason, r.stamp = backup.Failed, "FAILED", text, stamp
	} else if barmanWaits.MatchString(text) {
		r.outcome, r.status = backup.Partial, "WAITING_FOR_WALS"
	} else if m := barmanSized.FindStringSubmatch(text); m != nil {
		r.bytes, _ = size(m[1])
	} else if m := barmanDetails.FindStringSubmatch(text); m != nil && r.details == "" {
		r.details = m[1]
	} else if level == "ERROR" && r.outcome == 0 {
		r.cause = text
		if m := barmanFor.FindStringSubmatch(text); m != nil && r.server == "" {
			r.server = m[1]
		}
	}
}

// execution knows a backup by its id. One that could not begin has none; in the log it has a time, on paper not even that.
func (r *barmanRun) execution(in *Input) (e backup.Execution, err error) {
	status := r.status
	if status == "" {
		status = "STARTED"
	}
	if r.id != "" {
		if e, err = barmanExecution(in, r.line.N, r.server, r.id, status); err != nil {
			return e, err
		}
	} else {
		e = backup.Execution{Routine: r.server, Client: r.server, NativeStatus: status, Outcome: r.outcome, Line: r.line.N}
	}
	e.Offset, e.Bytes = r.line.Offset, r.bytes
	if err := r.times(in, &e); err != nil {
		return e, err
	}
	if e.Outcome != backup.Success {
		e.Log = r.log.String()
	}
	if r.reason != "" {
		e.Error = r.why()
	}
	if e.Session == "" && e.At().IsZero() {
		e.Text = r.reason
	}
	return e, nil
}

// why puts the cause before its consequence.
func (r *barmanRun) why() string {
	for _, deeper := range []string{r.details, r.cause} {
		if deeper != "" {
			return short(deeper + " (" + r.reason + ")")
		}
	}
	return short(r.reason)
}

// times are those of the last sentence: its start has a fraction, and mostly no zone. A failure has the log's stamp only.
func (r *barmanRun) times(in *Input, e *backup.Execution) error {
	if r.start != "" {
		start, note, err := in.Wall(r.start)
		if err != nil {
			return bad(r.line.N, err.Error())
		}
		if e.Start, e.TimeNote, e.End = start, note, start.Add(barmanTook(r.elapsed)); e.StartText == "" {
			e.StartText = r.start
		}
	}
	if r.stamp != "" && e.End.IsZero() {
		end, _, err := in.Wall(strings.Replace(r.stamp, ",", ".", 1))
		if err != nil {
			return bad(r.line.N, err.Error())
		}
		e.End, e.EndText = end, r.stamp
	}
	return nil
}

// barmanTook reads "1 hour, 2 minutes, 3 seconds".
func barmanTook(s string) (took time.Duration) {
	unit := map[string]time.Duration{"day": 24 * time.Hour, "hour": time.Hour, "minute": time.Minute, "second": time.Second}
	for _, m := range barmanElapsed.FindAllStringSubmatch(s, 4) {
		if n, err := strconv.Atoi(m[1]); err == nil && n < 10000 {
			took += time.Duration(n) * unit[m[2]]
		}
	}
	return took
}
