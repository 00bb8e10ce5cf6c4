package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Bacula and Bareos: the catalog's lists of jobs. A job that ended with warnings looks like a clean one in `list jobs`; only
// `llist jobs` counts its errors.
var _ = register(Format{
	Name:       "bacula_jobs",
	Version:    1,
	Tool:       "Bacula",
	Title:      "list jobs, llist jobs",
	Export:     say.N("echo \"llist jobs\" | bconsole -n > jobs.txt (llist counts errors and warnings, which list jobs does not show)"),
	Evidence:   backup.List,
	Meaning:    baculaMeaning,
	Endings:    func() []backup.Ending { return baculaStateEndings() },
	Match:      func(head []byte) bool { return hasBaculaJobs(head) && !isBaculaReport(head) },
	Executions: baculaJobLists,
})

var _ = refuse(say.Record("status director is a view of the queue and the schedule; use: echo \"llist jobs\" | bconsole -n > jobs.txt"),
	func(head []byte) bool { return baculaScheduled.Match(head) && baculaSections.Match(head) })

var (
	baculaScheduled = regexp.MustCompile(`(?m)^(Scheduled Jobs:|Daemon started .* Jobs: run=\d+)`)
	baculaSections  = regexp.MustCompile(`(?m)^(Running|Terminated) Jobs:`)
	baculaIDKey     = regexp.MustCompile(`(?im)^\s*JobId: [\d,.]+\s*$`)
	baculaStateKey  = regexp.MustCompile(`(?im)^\s*JobStatus: \S\s*$`)
)

func hasBaculaJobs(head []byte) bool {
	if baculaIDKey.Match(head) && baculaStateKey.Match(head) {
		return true
	}
	for line := range strings.Lines(string(head)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "|") && isBaculaHeader(headerNames(strings.Split(line, "|"))) {
			return true
		}
	}
	return false
}

func baculaJobLists(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		stopped := false
		t := baculaTables{in: in, yield: func(e backup.Execution, err error) bool {
			stopped = stopped || !yield(e, err)
			return !stopped
		}}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if t.read(line, true); stopped {
				return
			}
		}
		t.end()
	}
}
