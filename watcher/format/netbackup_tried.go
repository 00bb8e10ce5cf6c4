package format

import (
	"slices"
	"time"

	"backstop/app/backup"
)

// netbackupTried holds the jobs that may be tried again: those whose last line is less than a restart old. So a log of years
// needs the memory of two days.
type netbackupTried struct {
	open  []*backup.Execution // in order of their first lines
	last  map[string]*backup.Execution
	swept time.Time
}

// add counts a line as a try of its job. An id that comes back later than a restart is another job.
func (t *netbackupTried) add(e backup.Execution) {
	before := t.last[e.Session]
	if before == nil || e.Session == "" || !backup.SameRun(*before, e) {
		t.open = append(t.open, &e)
		t.last[e.Session] = &e
		return
	}
	e.Tries, e.FirstOutcome = before.Tries+1, before.FirstOutcome
	if before.Tries == 1 {
		e.FirstOutcome = before.Outcome
	}
	if len(before.Log)+len(e.Log) < maxLog {
		e.Log = before.Log + "\n" + e.Log
	}
	*before = e
}

// settled takes out the jobs that are not tried any more.
func (t *netbackupTried) settled(now time.Time) []*backup.Execution {
	if now.Sub(t.swept) <= backup.Restart {
		return nil
	}
	t.swept = now
	var settled []*backup.Execution
	t.open = slices.DeleteFunc(t.open, func(e *backup.Execution) bool {
		if now.Sub(e.End) <= backup.Restart {
			return false
		}
		settled = append(settled, e)
		if t.last[e.Session] == e {
			delete(t.last, e.Session)
		}
		return true
	})
	return settled
}
