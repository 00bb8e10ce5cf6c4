package format

import (
	"cmp"
	"iter"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Arcserve Backup's activity log. Its texts are in the server's language, but the numbers of its messages are not: three of them
// are known. That a job ended is one, whichever way: its text tells which. What a job was for is told by its name only, so nothing here
// counts as a backup.
var _ = register(Format{
	Name:       "arcserve_activity",
	Version:    3,
	Tool:       "Arcserve Backup",
	Title:      say.N("activity log (agent output)"),
	Export:     say.N("Keep the section arcserver_backup2 of the monitoring agent's output in a file: jobid|logtime|serverhost|agenthost|msgtextid|msgtext."),
	Evidence:   backup.List,
	Endings:    arcserveActivityEndings,
	Match:      arcserveActivity.Match,
	Executions: arcserveJobs,
})

var arcserveActivity = signOf(`(?m)^jobid\|logtime\|serverhost\|agenthost\|msgtextid\|msgtext\s*$`, "jobid|")

const (
	arcserveDone      = "4354"
	arcserveStarted   = "4498"
	arcserveScheduled = "7936"
)

// arcserveEnds are what the last message of a job says of it, the worst first: "nicht erfolgreich" holds the word of a success.
var arcserveEnds = []struct {
	says    *regexp.Regexp
	outcome backup.Outcome
}{
	{regexp.MustCompile(`(?i)fehlgeschlagen|nicht erfolgreich|\bfailed|unsuccessful`), backup.Failed},
	{regexp.MustCompile(`(?i)abgebrochen|\bcancell?ed`), backup.Cancelled},
	{regexp.MustCompile(`(?i)unvollständig|\bincomplete`), backup.Partial},
	{regexp.MustCompile(`(?i)erfolgreich|\bsuccess|réussi|éxito|êxito|sucesso|riuscit`), backup.Success},
}

func arcserveActivityEndings() (all []backup.Ending) {
	for _, e := range arcserveEnds {
		all = append(all, backup.Ending{Word: arcserveDone, Told: e.outcome})
	}
	return append(all, backup.Ending{Word: arcserveStarted, Told: backup.Running})
}

// arcserveJob is what the messages of one job told; they stand in either order.
type arcserveJob struct {
	line          Line
	id, server    string
	planned, done string // times, as written
	began         string
	said          string // by the message that it is done
	unknown       string // number of a message
}

func arcserveJobs(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		jobs := map[string]*arcserveJob{}
		var order []*arcserveJob
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			cells := strings.SplitN(line.Text, "|", 6)
			if len(cells) < 6 || cells[0] == "jobid" {
				if len(cells) > 1 && len(cells) < 6 && !yield(backup.Execution{}, bad(line.N, say.Record("it has %d columns, not 6", len(cells)))) {
					return
				}
				continue
			}
			job := jobs[cells[0]]
			if job == nil {
				job = &arcserveJob{line: line, id: cells[0], server: cells[2]}
				jobs[job.id] = job
				order = append(order, job)
			}
			job.say(cells[1], cells[4], cells[5])
			if len(order) > maxArcserveJobs {
				if !giveArcserveJobs(in, order[:maxArcserveJobs/2], yield) {
					return
				}
				for _, given := range order[:maxArcserveJobs/2] {
					delete(jobs, given.id)
				}
				order = slices.Clone(order[maxArcserveJobs/2:])
			}
		}
		giveArcserveJobs(in, order, yield)
	}
}

// maxArcserveJobs bounds the jobs that are followed at once; the messages of one stand near each other.
const maxArcserveJobs = 20_000

func giveArcserveJobs(in *Input, jobs []*arcserveJob, yield func(backup.Execution, error) bool) bool {
	for _, job := range jobs {
		if job.done == "" && job.began == "" && job.unknown == "" {
			in.note(say.Record("jobs that are only scheduled were left out: they have not run"))
			continue
		}
		if !yield(job.execution(in)) {
			return false
		}
	}
	return true
}

func (j *arcserveJob) say(at, message, text string) {
	switch message {
	case arcserveScheduled:
		j.planned = at
	case arcserveStarted:
		j.began = at
	case arcserveDone:
		j.done, j.said = at, text
	default:
		j.unknown = message
	}
}

func (j *arcserveJob) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{
		Instance: j.server, Session: j.id, Kind: backup.Administrative, Outcome: backup.Running, NativeStatus: arcserveStarted,
		Line: j.line.N, Offset: j.line.Offset,
	}
	switch {
	case j.done != "":
		err = j.end(in, &e)
	case j.began == "":
		err = bad(j.line.N, say.Record("job %s: what message %s means is not known; it is not guessed", j.id, j.unknown))
	}
	start := cmp.Or(j.began, j.planned)
	if err != nil || start == "" {
		return e, err
	}
	if e.Start, _, err = in.Wall(start); err != nil {
		if e.TimeNote = err.Error(); e.End.IsZero() {
			return e, bad(j.line.N, err.Error())
		}
	}
	return e, nil
}

func (j *arcserveJob) end(in *Input, e *backup.Execution) (err error) {
	e.Outcome, e.NativeStatus = 0, arcserveDone
	for _, end := range arcserveEnds {
		if end.says.MatchString(j.said) {
			e.Outcome = end.outcome
			break
		}
	}
	if e.Outcome == 0 {
		return bad(j.line.N, say.Record("job %s ended, but how is not known from %q; it is not guessed", j.id, j.said))
	}
	if e.Outcome != backup.Success {
		e.Error, e.Log = short(j.said), j.said
	}
	if e.End, e.TimeNote, err = in.Wall(j.done); err != nil {
		return bad(j.line.N, err.Error())
	}
	return nil
}
