package format

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// QNAP: QuLog's events as syslog, of which only Hybrid Backup Sync's job states are read. The NAS's stamp has no year; a
// collector's stamp in front of it has one, in the collector's zone.
var _ = register(Format{
	Name:    "qnap_log",
	Version: 1,
	Tool:    "QNAP Hybrid Backup Sync",
	Title:   "QuLog (syslog)",
	Export: say.N("In QuLog Center send the event log to a syslog server (Log Sender), and let that keep the NAS's lines in a file. " +
		"Set the source's zone to the NAS's."),
	Evidence: backup.Report,
	Endings:  func() []backup.Ending { return wordEndings(qnapWords) },
	Match: func(head []byte) bool {
		return qnapLine.Match(head) && holds(head, "Application: ")
	},
	Executions: qnapRuns,
})

var _ = refuse(say.Record("these QuLog lines hold no event of an application; send the event log of Hybrid Backup Sync, not only the access log"),
	func(head []byte) bool { return qnapDaemon.Match(head) })

var (
	qnapDaemon = signOf(`(?m) qulogd\[\d+\]:? conn log: `, "qulogd[")
	// The stamp is the NAS's, just before its name; syslog servers write the facility between name and daemon, or nothing.
	qnapLine = signOf(`(?m)^(.*?)([A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (\S+)(?: \w+ \w+)? qulogd\[\d+\]:? event log: (.*)$`, "qulogd[")
	qnapYear = regexp.MustCompile(`\b(\d{4})[ -](?:[A-Z][a-z]{2}|\d\d)[ -]\d?\d\b`)
	qnapJob  = regexp.MustCompile(`Application: Hybrid Backup Sync, Category: Job Status, Content: \[Hybrid Backup Sync\] (.*)$`)
	qnapWord = regexp.MustCompile(`^(?i)(started|finished|completed|failed|stopped|cancell?ed|aborted)\b(?: to \w+)? ?(.*?) ?job: "(.+?)"(.*)$`)
)

// qnapWords: only "Started" is seen in real logs; the others are how the daemon's sentences begin.
var qnapWords = map[string]backup.Outcome{
	"Started": backup.Running, "Finished": backup.Success, "Completed": backup.Success, "Failed": backup.Failed,
	"Stopped": backup.Cancelled, "Canceled": backup.Cancelled, "Cancelled": backup.Cancelled, "Aborted": backup.Cancelled,
}

var qnapOutcomes = lowerCase(qnapWords)

// qnapKind reads the word before "job": Backup, Sync, 1-way Sync, Restore.
func qnapKind(what string) backup.Kind {
	switch what = strings.ToLower(what); {
	case strings.Contains(what, "sync"):
		return backup.Copy
	case strings.Contains(what, "restore"):
		return backup.Restore
	}
	return backup.Data
}

func qnapRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := qnapLog{in: in, yield: yield}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := qnapLine.FindStringSubmatch(line.Text); m != nil {
				if job := qnapJob.FindStringSubmatch(m[4]); job != nil {
					l.read(line, m, job[1])
				}
			}
			if l.stopped {
				return
			}
		}
		for _, e := range l.open {
			l.give(*e, nil)
		}
	}
}

type qnapLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool
	open    []*backup.Execution // the oldest first
}

func (l *qnapLog) read(line Line, m []string, text string) {
	w := qnapWord.FindStringSubmatch(text)
	if w == nil {
		if !line.Open {
			l.give(backup.Execution{}, bad(line.N, say.Record("%q is not known as a job's state; it is not guessed", text)))
		}
		return
	}
	at, stamp, note, err := l.when(m[1], m[2])
	if err != nil {
		l.give(backup.Execution{}, bad(line.N, err.Error()))
		return
	}
	outcome, host, routine := qnapOutcomes[strings.ToLower(w[1])], m[3], w[3]
	e := l.take(host, routine, outcome == backup.Running)
	if e == nil {
		e = &backup.Execution{Instance: host, Routine: routine, Client: host, Kind: qnapKind(w[2]), Line: line.N, Offset: line.Offset}
	}
	e.Outcome, e.NativeStatus, e.TimeNote = outcome, w[1], note
	if outcome == backup.Running {
		e.Start, e.StartText, e.Log = at, stamp, line.Text
		l.open = append(l.open, e)
		return
	}
	e.End, e.EndText = at, stamp
	if outcome == backup.Success {
		e.Log = ""
	} else {
		e.Log, e.Error = strings.TrimPrefix(e.Log+"\n"+line.Text, "\n"), short(text)
	}
	l.give(*e, nil)
}

// take removes the job's open run. A second start of the job leaves the first one without an end, and too many open jobs the oldest.
func (l *qnapLog) take(host, routine string, starts bool) *backup.Execution {
	const most = 10000
	i := slices.IndexFunc(l.open, func(e *backup.Execution) bool { return e.Instance == host && e.Routine == routine })
	if i < 0 && starts && len(l.open) == most {
		i = 0
	}
	if i < 0 {
		return nil
	}
	e := l.open[i]
	l.open = slices.Delete(l.open, i, i+1)
	if starts {
		l.give(*e, nil)
		return nil
	}
	return e
}

func (l *qnapLog) give(e backup.Execution, err error) { l.stopped = l.stopped || !l.yield(e, err) }

// when reads the NAS's stamp. The year is the one that brings it nearest to the collector's date, else to the file's. The text
// that belongs to the identity holds the year.
func (l *qnapLog) when(before, stamp string) (at time.Time, text, note string, err error) {
	if strings.Contains(stamp, "T") {
		at, note, err = l.in.Wall(stamp)
		return at, stamp, note, err
	}
	near := l.in.ModTime.AddDate(0, 0, 1).AddDate(0, -6, 0) // half a year round it reaches to a day behind the file's time
	if y := qnapYear.FindString(before); y != "" {
		for _, layout := range []string{"2006 Jan 2", "2006-01-02"} {
			if t, err := time.Parse(layout, y); err == nil {
				near = t
			}
		}
	}
	civil, ok := nearestYear(stamp, near)
	if !ok {
		return at, stamp, "", bad(0, say.Record("%q is no time", stamp))
	}
	at, note = l.in.Place(civil)
	return at, civil.Format("2006-01-02 15:04:05"), note, nil
}

// nearestYear completes a stamp such as "May 15 22:00:00".
func nearestYear(stamp string, near time.Time) (best time.Time, ok bool) {
	for year := near.Year() - 1; year <= near.Year()+1; year++ {
		t, err := time.Parse("2006 Jan _2 15:04:05", time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006 ")+stamp)
		if err == nil && (!ok || t.Sub(near).Abs() < best.Sub(near).Abs()) {
			best, ok = t, true
		}
	}
	return best, ok
}
