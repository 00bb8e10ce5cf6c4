package format

import (
	"iter"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Arcserve Backup's activity log. Its texts are in the server's language, but the numbers of its messages are not: two of them
// are known, and both are of maintenance, so nothing here counts as a backup.
var _ = register(Format{
	Name:       "arcserve_activity",
	Version:    2,
	Tool:       "Arcserve Backup",
	Title:      say.N("activity log (agent output)"),
	Export:     say.N("Keep the section arcserver_backup2 of the monitoring agent's output in a file: jobid|logtime|serverhost|agenthost|msgtextid|msgtext."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return []backup.Ending{{Word: arcserveDone, Told: backup.Success}} },
	EndsOnly:   true,
	Match:      arcserveActivity.Match,
	Executions: arcserveJobs,
})

var arcserveActivity = signOf(`(?m)^jobid\|logtime\|serverhost\|agenthost\|msgtextid\|msgtext\s*$`, "jobid|")

const (
	arcserveDone      = "4354"
	arcserveScheduled = "7936"
)

// arcserveJob is what the messages of one job told; they stand in either order.
type arcserveJob struct {
	line          Line
	id, server    string
	planned, done string // times, as written
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
			job.say(cells[1], cells[4])
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
		if job.done == "" && job.unknown == "" {
			in.note(say.Record("jobs that are only scheduled were left out: they have not run"))
			continue
		}
		if !yield(job.execution(in)) {
			return false
		}
	}
	return true
}

func (j *arcserveJob) say(at, message string) {
	switch message {
	case arcserveScheduled:
		j.planned = at
	case arcserveDone:
		j.done = at
	default:
		j.unknown = message
	}
}

func (j *arcserveJob) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{
		Instance: j.server, Session: j.id, Kind: backup.Administrative, Outcome: backup.Success, NativeStatus: arcserveDone,
		Line: j.line.N, Offset: j.line.Offset,
	}
	if j.done == "" {
		return e, bad(j.line.N, say.Record("job %s: what message %s means is not known; it is not guessed", j.id, j.unknown))
	}
	if e.End, e.TimeNote, err = in.Wall(j.done); err != nil {
		return e, bad(j.line.N, err.Error())
	}
	if j.planned == "" {
		return e, nil
	}
	if e.Start, _, err = in.Wall(j.planned); err != nil { // it ended nevertheless
		e.TimeNote = err.Error()
	}
	return e, nil
}
