package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// How far a run has come; restic writes these in order.
const (
	resticOpening = iota + 1
	resticReading
	resticCounted
	resticProcessed
)

// resticRun is one command's run while its lines are read.
type resticRun struct {
	e        backup.Execution
	log      logText
	begun    bool // a line says that restic is at work; others are only kept
	stage    int
	saved    bool // it ended with a snapshot, or would have
	warned   bool // the warning that closes a partial run was read
	dry      bool
	complete bool // all that the command announced is there, so its end needs no word
	pruning  bool // a forget that goes on to prune
	broken   bool // an access to the repository failed for good
	errors   int  // sources that could not be read
	skipped  int  // targets that do not exist
	reason   string
	cause    string // of a failed access to the repository, which the last line repeats without "Fatal:"
	last     string // the last line that no rule knows
	after    string // what a fatal line says that belongs to this run though it stands behind its end
	asked    bool   // the line below its end names the repository
	progress string // the newest status message
	moved    bool   // it is not the first
	seconds  uint64 // of it
	bytes    uint64
}

// explain puts the last word before what was said until then, and adds the failed access that it leaves out.
func (r *resticRun) explain(why string) {
	if r.cause != "" && !strings.HasSuffix(resticTemporary.ReplaceAllString(why, ""), r.cause) {
		why += " (" + r.cause + ")"
	}
	if r.reason != "" {
		why += ": " + r.reason
	}
	r.reason = why
}

// unended judges a run that wrote no last word: lists that are complete speak for themselves, and an access that failed for
// good ended the run if another one follows. Restores before 0.16 never told how they ended.
func (r *resticRun) unended(followed bool) backup.Outcome {
	switch {
	case r.complete:
		return backup.Success
	case r.broken && followed:
		r.explain(r.cause)
		return backup.Failed
	case r.e.Kind == backup.Restore && followed:
		return 0
	}
	return backup.Running
}

func (r *resticRun) execution() (backup.Execution, error) {
	e := r.e
	if e.Outcome == 0 {
		return e, bad(e.Line, say.Record("restic does not say how this restore ended"))
	}
	if e.Outcome == backup.Success && r.errors+r.skipped > 0 {
		e.Outcome = backup.Partial
	}
	log := r.log.String()
	if e.Session == "" && e.At().IsZero() {
		e.Text = log
	}
	if e.Outcome == backup.Success {
		return e, nil
	}
	if e.Log = log; r.moved {
		e.Log += "\n" + r.progress
	}
	if e.Outcome != backup.Running {
		e.Error = short(r.reason)
	}
	return e, nil
}

// snapshot ends a backup.
func (r *resticRun) snapshot(id string) {
	r.saved = true
	r.e.Session = resticID(id)
}

var resticHex = regexp.MustCompile(`^[0-9a-f]{8}`)

// resticID is what every export shows of an id: eight digits, while some have all 64. All zero is none.
func resticID(id string) string {
	if id = resticHex.FindString(id); id == "00000000" {
		return ""
	}
	return id
}

// unread counts a source that could not be read; the first is the reason.
func (r *resticRun) unread(what string) {
	if r.errors++; r.reason == "" {
		r.reason = short(what)
	}
}

// count tells the level by what the run found unchanged, where no line named a parent.
func (r *resticRun) count(added, changed, unmodified uint64) {
	switch {
	case r.e.Level != "":
	case changed+unmodified > 0:
		r.e.Level = "incremental"
	case added > 0:
		r.e.Level = "full"
	}
}
