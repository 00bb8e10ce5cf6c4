package format

import (
	"regexp"
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// resticTemporary is the part of a file's name that differs in each try.
var resticTemporary = regexp.MustCompile(`-tmp-\d+`)

type resticRule struct {
	line *regexp.Regexp
	act  func(l *resticLog, text string, m []string)
}

func resticOn(pattern string, act func(l *resticLog, text string, m []string)) resticRule {
	return resticRule{regexp.MustCompile(pattern), act}
}

// resticRules knows the lines that say what restic does or how it ended. The first that fits acts.
var resticRules = []resticRule{
	// a backup
	resticOn(`^(open repository|repository [0-9a-f]{8} opened\b.*)$`, func(l *resticLog, text string, _ []string) {
		l.begin(resticOpening, 0, "")
		l.keep(text)
	}),
	resticOn(`^(no parent snapshot found, will read all files|using parent snapshot [0-9a-f]{8})$`, func(l *resticLog, text string, _ []string) {
		r := l.begin(resticReading, backup.Data, "")
		if r.e.Level = "incremental"; strings.HasPrefix(text, "no ") {
			r.e.Level = "full"
		}
		l.keep(text)
	}),
	resticOn(`^Files: +(\d+) new, +(\d+) changed, +(\d+) unmodified$`, func(l *resticLog, text string, m []string) {
		n := func(i int) uint64 { v, _ := strconv.ParseUint(m[i], 10, 64); return v }
		l.begin(resticCounted, backup.Data, "").count(n(1), n(2), n(3))
		l.keep(text)
	}),
	resticOn(`^(Added|Would add) to the repo(?:sitory)?: +([\d.]+ [KMGT]?i?B)(?: +\(([\d.]+ [KMGT]?i?B) +stored\))?$`, resticAdded),
	resticOn(`^processed (\d+) files, .* in [\d:]+$`, func(l *resticLog, text string, m []string) {
		r := l.begin(resticProcessed, backup.Data, "")
		r.e.Files, _ = number(m[1])
		l.keep(text)
		if r.dry {
			l.end(backup.Success)
		}
	}),
	resticOn(`^snapshot ([0-9a-f]{8,64}) saved$`, func(l *resticLog, text string, m []string) {
		l.open.begun = true
		l.keep(text)
		l.open.snapshot(m[1])
		l.end(backup.Success)
	}),
	resticOn(`^skipped creating snapshot$`, func(l *resticLog, text string, _ []string) { // nothing had changed
		l.open.begun = true
		l.keep(text)
		l.open.snapshot("")
		l.end(backup.Success)
	}),

	// sources that could not be read
	resticOn(`^error: (.*)$`, func(l *resticLog, text string, m []string) {
		l.unread(text, m[1])
	}),
	resticOn(`^(.* does not exist|pattern ".*" does not match any files), skipping$`, func(l *resticLog, text string, _ []string) {
		l.settle()
		l.keep(text)
		l.open.skipped++
		if l.open.reason == "" {
			l.open.reason = short(text)
		}
	}),
	resticOn(`^Warning: at least one source file could not be read$`, func(l *resticLog, text string, _ []string) { l.warn(text) }),

	// the end of what failed
	resticOn(`^Fatal: (.*)$`, func(l *resticLog, text string, m []string) { l.fatal(text, m[1]) }),
	resticOn(`^(?:unable to create lock in backend: )?(repository is already locked .*)$`, func(l *resticLog, text string, m []string) {
		l.fail(text, m[1])
	}),
	resticOn(`^unable to create lock in backend: (.*)$`, func(l *resticLog, text string, m []string) {
		l.fail(text, m[1])
	}),
	resticOn(`^(signal \w+ received), cleaning up$`, func(l *resticLog, text string, m []string) {
		l.open.begun, l.open.after = true, "context canceled"
		l.keep(text)
		l.open.reason = m[1]
		l.end(backup.Cancelled)
	}),
	resticOn(`^(?:Load|Save|Stat|List|Open)\(.*?\) (failed|returned error, retrying after [^:]*): (.*)$`, func(l *resticLog, text string, m []string) {
		l.settle()
		l.open.begun, l.open.broken = true, m[1] == "failed"
		l.keep(text)
		l.open.cause = short(resticTemporary.ReplaceAllString(m[2], ""))
	}),
	resticOn(`^(?:github\.com/|main\.|runtime\.|\s+\S+\.(?:go|s):\d+$)`, func(l *resticLog, text string, _ []string) { // a stack, below the error
		if last := l.open.last; last != "" {
			l.fail(text, last)
		} else if !l.behind(text) {
			l.keep(text)
		}
	}),
	resticOn(`^Is there a repository at the following location\?$`, func(l *resticLog, text string, _ []string) {
		if l.behind(text) {
			l.done.asked = true
		}
	}),
	resticOn(`^(?:lock was created at |storage ID |the .unlock. command can be used)`, func(l *resticLog, text string, _ []string) {
		if !l.behind(text) {
			l.keep(text)
		}
	}),
}

// resticAdded takes what was stored, after compression, where the version tells it.
func resticAdded(l *resticLog, text string, m []string) {
	r := l.open
	r.begun = true
	r.dry = m[1] == "Would add"
	stored := m[2]
	if m[3] != "" {
		stored = m[3]
	}
	r.e.Bytes, _ = size(stored)
	l.keep(text)
}

// unread counts a source that could not be read, in the run that is at work or in the one that was saved before.
func (l *resticLog) unread(text, what string) {
	l.settle()
	r := l.saved()
	if r == nil {
		r = l.open
		r.begun = true
		l.keep(text)
	} else {
		r.log.add(text)
	}
	r.unread(what)
}

// warn closes a partial run: the one that was saved before it, else one that wrote nothing but its errors.
func (l *resticLog) warn(text string) *resticRun {
	l.settle()
	why := say.Record("at least one source file could not be read")
	if r := l.saved(); r != nil {
		r.log.add(text)
		if r.warned = true; r.errors == 0 {
			r.unread(why)
		}
		return r
	}
	r := l.open
	r.begun, r.warned = true, true
	l.keep(text)
	r.unread(why)
	l.end(backup.Partial)
	return r
}

// fatal ends a run, or says more of the one that a signal or a check's summary has ended.
func (l *resticLog) fatal(text, why string) *resticRun {
	if d := l.done; d != nil && d.after != "" && !l.open.begun && (l.line.Open || strings.Contains(why, d.after)) {
		d.log.add(text)
		if d.after = ""; d.e.Outcome != backup.Cancelled {
			d.reason = why + ": " + d.reason
		}
		return d
	}
	if strings.HasPrefix(why, "create repository at ") {
		l.begin(resticOpening, backup.Administrative, "init")
	}
	if strings.Contains(why, "remove") || strings.HasPrefix(why, "There were ") { // forget and restore fail behind their lists
		l.open.complete = false
	}
	l.settle()
	r := l.open
	l.fail(text, why)
	if strings.Contains(why, "context canceled") {
		r.e.Outcome = backup.Cancelled
	}
	return r
}
