package format

import (
	"iter"

	"backstop/app/backup"
	"backstop/app/say"
)

const vzdumpTool = "Proxmox VE"

// Proxmox VE: the log of a vzdump task, or of one guest. A task saves one guest after the other; each is an execution.
//
// The log names neither its node nor, mostly, its task, so a guest's run is known by the guest's number and its start on the
// node's clock: log and mail agree on that. A log that is still written is small and is read from its start.
var _ = register(Format{
	Name:    "vzdump_log",
	Version: 2,
	Tool:    vzdumpTool,
	Title:   say.N("vzdump task log"),
	Export: say.N("In the task viewer of a backup task press Download, or run: pvesh get /nodes/NODE/tasks/UPID/log > task.log; or watch " +
		"/var/log/vzdump, which keeps the last run of each guest."),
	Evidence: backup.Report,
	Match: func(head []byte) bool {
		return (vzdumpSpeaks.Match(head) || vzdumpInJSON(head)) && !vzdumpTableHead.Match(head)
	},
	Executions: vzdumpGuests,
})

// Per-guest logs put a stamp before each line, older ones without the year; mails put the guest's number before that.
const vzdumpPrefix = `(?:\d+: )?(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) )?(INFO|WARN|ERROR): ?`

// vzdumpSpeaks tells the log by what only vzdump says. Hooks write into it too, but not at the beginning of a line.
var vzdumpSpeaks = signOf(`(?m)^(?:[│|] *\d+ *[│|] )?`+vzdumpPrefix+
	`(starting new backup job: vzdump|Starting Backup of VM \d+ \(|Finished Backup of VM \d+ \(|Backup of VM \d+ failed - |Backup job (finished|failed))`, "ackup ")

func vzdumpGuests(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		stopped := false
		give := func(e backup.Execution) { stopped = stopped || !yield(e, nil) }
		task := vzdumpTask{
			guestOver: func(t *vzdumpTask, g *vzdumpGuest) {
				if g.outcome != 0 || g.timed(in) {
					give(g.execution(in, t))
				}
			},
			jobFailed: func(t *vzdumpTask, e backup.Execution) { give(e) },
		}
		for line, err := range in.vzdumpLines() {
			if _, harmless := IsBad(err); err != nil {
				if !yield(backup.Execution{}, err) || !harmless {
					return
				}
				continue
			}
			if task.read(line); stopped {
				return
			}
		}
		if task.guest != nil && task.guest.timed(in) { // else the text ends before the line that tells its time
			task.close()
		}
	}
}
