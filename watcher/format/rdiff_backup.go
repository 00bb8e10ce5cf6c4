package format

import (
	"cmp"
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// rdiff-backup: the statistics of a session, printed or in a file of the repository; a printed run that failed has none.
var _ = register(Format{
	Name:    "rdiff_backup",
	Version: 2,
	Tool:    "rdiff-backup",
	Title:   say.N("session statistics"),
	Export: say.N("rdiff-backup --print-statistics SRC DST >> rdiff-backup.log 2>&1; or copy rdiff-backup-data/session_statistics.*.data from the repository, " +
		"which holds no failed runs."),
	Evidence:   backup.Report,
	Match:      rdiffSigns.Match,
	Executions: rdiffExecutions,
})

var rdiffAverage = signOf(`(?m)^-+\[ Average of \d+ stat files \]-+`, "[ Average of ")

var _ = refuse(say.Record("an average of several sessions of rdiff-backup is no session; use their own statistics: rdiff-backup-data/session_statistics.*.data"), rdiffAverage.Match)

var (
	rdiffSigns  = signOf(`(?m)^(?:-+\[ Session statistics \]-+|MirrorFiles \d+\s*$|ERROR: +(?:Action backup failed|Couldn't start up the remote connection)|NOTE: +Starting (?:mirror|increment operation) |Fatal Error: .*(?:Previous backup|rdiff-backup))`, "Session statistics", "MirrorFiles ", "Action backup failed", "remote connection", "Starting ", "Fatal Error: ")
	rdiffFrom   = regexp.MustCompile(`^(?:NOTE: +)?Starting (?:mirror|increment operation) (?:from source path )?(.*?) to (?:destination path )?(.*?)\.?$`)
	rdiffFatal  = regexp.MustCompile(`^(?:ERROR|FATAL|Fatal Error):? +(.*)$`)
	rdiffAction = regexp.MustCompile(`^Action (?:backup|\S+) failed`)
	rdiffUnread = regexp.MustCompile(`^(?:WARNING: +)?(?:UpdateError|ListError|SpecialFileError|SkippedError)\b|^(?:WARNING: +)?Attempt to get .* failed|^Error (?:reading|accessing) `)
)

// rdiffRun is one session as far as it has been read.
type rdiffRun struct {
	line    Line
	log     logText
	routine string
	block   statisticsBlock
	wrong   string // an error that may have ended it
	action  string // that says no more than that it failed
	unread  string // the first file that was left out
}

func rdiffExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		r := &rdiffRun{block: statisticsBlock{}}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := strings.TrimRight(line.Text, " ")
			if r.over(text) {
				if !r.give(yield, true) {
					return
				}
				r = &rdiffRun{block: statisticsBlock{}}
			}
			r.read(line, text)
		}
		r.give(yield, false)
	}
}

// over tells whether the line begins another session. Warnings stand behind the statistics too.
func (r *rdiffRun) over(text string) bool {
	switch {
	case rdiffFrom.MatchString(text):
		return r.routine != "" || r.block.whole() || r.wrong != ""
	case rdiffFatal.MatchString(text), strings.HasPrefix(text, "StartTime "), strings.Contains(text, "[ Session statistics ]"):
		return r.block.whole()
	}
	return false
}

func (r *rdiffRun) read(line Line, text string) {
	if text == "" {
		return
	}
	if r.line.N == 0 {
		r.line = line
	}
	r.log.add(line.Text)
	switch m := rdiffFrom.FindStringSubmatch(text); {
	case m != nil:
		r.routine = m[1] + " → " + m[2]
	case rdiffUnread.MatchString(text):
		r.unread = cmp.Or(r.unread, text)
	case rdiffFatal.MatchString(text):
		if why := rdiffFatal.FindStringSubmatch(text)[1]; rdiffAction.MatchString(why) {
			r.action = why
		} else {
			r.wrong = cmp.Or(r.wrong, why)
		}
	case !line.Open:
		r.block.take(text)
	}
}

// give gives out the session. One that is followed by another and said nothing of its end was broken off.
func (r *rdiffRun) give(yield func(backup.Execution, error) bool, followed bool) bool {
	e := backup.Execution{Routine: r.routine, Kind: backup.Data, Line: r.line.N, Offset: r.line.Offset}
	switch {
	case r.block.whole():
		if err := r.block.fill(&e); err != nil {
			return yield(e, err)
		}
		e.Error, e.NativeStatus = cmp.Or(r.unread, r.wrong), "Errors "+r.block["Errors"]
		if e.Level = "incremental"; r.block["MirrorFiles"] == "0" || r.block["MirrorFiles"] == "1" {
			e.Level = "full"
		}
	case r.wrong != "" || r.action != "":
		e.Outcome, e.Error = backup.Failed, cmp.Or(r.wrong, r.action)
	case r.routine == "" && len(r.block) == 0:
		return true
	case followed:
		return yield(e, bad(r.line.N, say.Record("rdiff-backup does not say how this session ended")))
	default:
		e.Outcome = backup.Running
	}
	if e.Session == "" {
		e.Text = r.log.String()
	}
	if e.Outcome == backup.Success {
		e.Error = ""
	} else {
		e.Log = r.log.String()
	}
	e.Error = short(e.Error)
	return yield(e, nil)
}
