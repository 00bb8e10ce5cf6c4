package format

import (
	"cmp"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// duplicityRun is one run as far as it has been read.
type duplicityRun struct {
	line    Line
	log     logText
	begun   bool // it has looked at the target
	dated   bool // it has told the last full backup
	full    bool
	status  bool // it only shows what exists
	block   statisticsBlock
	command string // of one that saves nothing
	done    bool   // and that said how it ended
	differs bool

	failed, stopped     bool
	code, cause, unread string
	traced              bool
}

var (
	duplicityBegins = regexp.MustCompile(`^(?:Local and Remote metadata are synchronized|Synchronizing remote metadata)`)
	duplicityFatal  = regexp.MustCompile(`^(?:Backup source (?:directory|path) .* does not exist|Giving up after \d+ attempts|Fatal Error: |Command line error: |` +
		duplicityLocked + `|\w+Exception: |GPGError: |CollectionsError: |GnuPG (?:passphrase|exited))`)
	duplicityRefused = regexp.MustCompile(`^` + duplicityLocked)
	duplicityRaised  = regexp.MustCompile(`^ ?((?:[\w.]+\.)?\w+(?:Error|Exception|Interrupt)\b.*)$`)
	duplicityGaveUp  = regexp.MustCompile(`^Giving up after \d+ attempts\. (?:\w+: )?(.+)$`)
	duplicityUnread  = regexp.MustCompile(`^(?:Error accessing possibly locked file|Error (?:reading|opening|getting|initializing) |Skipping |Warning, file )`)
	duplicityCompare = regexp.MustCompile(`^Verify complete: \d+ files? compared, (\d+) differences? found`)
	duplicityLists   = regexp.MustCompile(`^` + duplicityListed)
	duplicityNothing = regexp.MustCompile(`^No (old backup sets|extraneous files) found, nothing deleted`)
)

func (r *duplicityRun) ended() bool { return r.block.whole() || r.failed || r.done || r.stopped }

// over tells whether the line is of another run than the one that is read.
func (r *duplicityRun) over(text string) bool {
	ended := r.ended()
	switch {
	case duplicityRefused.MatchString(text):
		return ended
	case duplicityBegins.MatchString(text):
		return r.begun || ended
	case strings.HasPrefix(text, "Last full backup date: "):
		return r.dated || ended
	case strings.Contains(text, "[ Backup Statistics ]"):
		return ended || len(r.block) > 0
	case strings.HasPrefix(text, "Backup source "):
		return ended || r.status || r.command != ""
	case strings.HasPrefix(text, "Command line error: "):
		return ended
	}
	return false
}

func (r *duplicityRun) read(line Line, text, code string) {
	if r.line.N == 0 {
		r.line = line
	}
	r.log.add(text)
	switch {
	case duplicityBegins.MatchString(text):
		r.begun = true
	case strings.HasPrefix(text, "Last full backup date: "):
		r.dated, r.full = true, r.full || strings.HasSuffix(text, " none")
	case strings.HasSuffix(text, "switching to full backup."):
		r.full = true
	case strings.HasPrefix(text, "Collection Status"), strings.HasPrefix(text, "Found primary backup chain"), duplicityLists.MatchString(text):
		r.status = true
	case duplicityUnread.MatchString(text):
		r.unread = cmp.Or(r.unread, text)
	case duplicityCompare.MatchString(text) && !line.Open:
		r.command, r.done, r.differs = "verify", true, duplicityCompare.FindStringSubmatch(text)[1] != "0"
	case duplicityNothing.MatchString(text):
		r.command, r.done = "cleanup", true
	case strings.HasPrefix(text, "Deleting backup "), strings.HasPrefix(text, "Deleting incremental "):
		r.command = "cleanup"
	case strings.HasPrefix(text, "INT intercepted"), strings.HasPrefix(text, "KeyboardInterrupt"):
		r.stopped = true
	case strings.HasPrefix(text, "Traceback "):
		r.failed, r.traced = true, true
	default:
		r.end(line, text, code)
	}
}

// end reads the lines that say that the run failed, and the statistics.
func (r *duplicityRun) end(line Line, text, code string) {
	raised := duplicityRaised.FindStringSubmatch(text)
	switch {
	case duplicityGaveUp.MatchString(text):
		r.failed, r.code, r.cause = true, code, duplicityGaveUp.FindStringSubmatch(text)[1]
	case code != "" || duplicityFatal.MatchString(text):
		r.failed, r.code, r.cause = true, cmp.Or(r.code, code), cmp.Or(r.cause, text)
	case r.traced && raised != nil:
		r.cause = cmp.Or(r.cause, raised[1])
	case !line.Open:
		r.block.take(text)
	}
}

// execution judges the run; the outcome is 0 for one that cannot be judged.
func (r *duplicityRun) execution(followed bool) (backup.Execution, error) {
	e := backup.Execution{Kind: backup.Data, Line: r.line.N, Offset: r.line.Offset, Code: r.code}
	if r.command != "" {
		e.Kind, e.Routine = backup.Administrative, r.command
	}
	why := ""
	switch {
	case r.block.whole():
		if err := r.block.fill(&e); err != nil {
			return e, err
		}
		e.NativeStatus, why = "Errors "+r.block["Errors"], cmp.Or(r.unread, say.Record("files were left out"))
		if e.Level = "incremental"; r.full {
			e.Level = "full"
		}
		if r.failed { // behind the statistics, while it cleaned up
			e.Outcome, why = backup.Partial, r.cause
		}
	case r.stopped:
		e.Outcome, why = backup.Cancelled, say.Record("interrupted")
	case r.failed:
		e.Outcome, why = backup.Failed, cmp.Or(r.cause, duplicityMeaning(r.code), say.Record("duplicity broke off"))
	case r.done && r.differs:
		e.Outcome, why = backup.Partial, say.Record("the backup differs from the source")
	case r.done:
		e.Outcome = backup.Success
	case followed || r.command != "" || !r.begun && !r.dated && len(r.block) == 0:
		return e, nil
	default:
		e.Outcome = backup.Running
	}
	if e.Session == "" {
		e.Text = r.log.String()
	}
	if e.Outcome != backup.Success {
		e.Log, e.Error = r.log.String(), short(why)
	}
	return e, nil
}
