package format

import (
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// duplicity: what it prints, or the records of --log-file, each a line with a level and a code and then lines behind a dot. Errors
// in the statistics mean files that were left out, while duplicity itself ends with 0.
var _ = register(Format{
	Name:     "duplicity_log",
	Version:  3,
	Tool:     "duplicity",
	Title:    say.N("output or --log-file"),
	Export:   say.N("Keep what duplicity prints, errors too: duplicity /srv TARGET >> duplicity.log 2>&1; or --log-file duplicity.log, which also tells error codes."),
	Evidence: backup.Report,
	Meaning:  duplicityMeaning,
	Endings: func() []backup.Ending {
		return codeEndings("", backup.Failed, slices.Collect(maps.Keys(duplicityCodes))...)
	},
	Match:      func(head []byte) bool { return duplicitySigns.Match(head) && !duplicityOnlyStatus(head) },
	Executions: duplicityExecutions,
})

// duplicityListed is a line of list-current-files.
const duplicityListed = `[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} \S`

var (
	duplicitySigns = signOf(`(?m)^(?:\. )?(?:-+\[ Backup Statistics \]-+|Last full backup date: |Local and Remote metadata are synchronized|`+
		`Backup source (?:directory|path) .* does not exist\.|Giving up after \d+ attempts\.|`+duplicityLocked+`|Verify complete: \d+ files? compared|BackendException: )`, "Backup Statistics", "Last full backup date: ", "metadata are synchronized", " does not exist.", "Giving up after ", "instance is already running", "Verify complete: ", "BackendException: ")
	duplicityStatus  = regexp.MustCompile(`(?m)^(?:\. )?(?:Found primary backup chain with matching signature chain:|Collection Status\s*$|` + duplicityListed + `)`)
	duplicityVerdict = regexp.MustCompile(`(?m)^(?:\. )?(?:-+\[ Backup Statistics \]|Giving up after )`)
)

// duplicityLocked is said before anything else, and often it is all that is said.
const duplicityLocked = `Another (?:duplicity )?instance is already running with this archive directory`

func duplicityOnlyStatus(head []byte) bool {
	return duplicityStatus.Match(head) && !duplicityVerdict.Match(head)
}

var _ = refuse(say.Record("collection-status and list-current-files tell what exists, not how runs ended; keep what the backups print: duplicity /srv TARGET >> duplicity.log 2>&1"), duplicityOnlyStatus)

// duplicityMeaning tells the codes of ERROR records, which are also duplicity's exit status.
func duplicityMeaning(code string) string { return duplicityCodes[code] }

var duplicityCodes = map[string]string{
	"2": say.Record("wrong command line"), "3": say.Record("the host is not the one of the earlier backups"), "8": say.Record("the target's address is wrong"),
	"13": say.Record("the source does not exist"), "17": say.Record("an incremental backup was asked for, and there are no signatures"),
	"21": say.Record("a volume in the target is damaged"), "23": say.Record("duplicity was used wrongly, or another one is at work"), "30": say.Record("duplicity broke off"), "31": say.Record("GnuPG failed"),
	"35": say.Record("not enough temporary space"), "38": say.Record("the target could not be reached"), "42": say.Record("the source is not the one of the earlier backups"),
	"44": say.Record("a volume arrived with the wrong size"), "50": say.Record("the target could not be used"), "51": say.Record("the target refused access"),
	"52": say.Record("the target does not exist"), "53": say.Record("the target is full"),
}

func duplicityExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := duplicityLog{in: in, yield: yield, run: &duplicityRun{block: statisticsBlock{}}}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if l.read(line); l.stopped {
				return
			}
		}
		l.give(false)
	}
}

var duplicityRecord = regexp.MustCompile(`^(DEBUG|INFO|NOTICE|WARNING|ERROR) (\d+)\b`)

// duplicityLog reads one run after the other.
type duplicityLog struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	run     *duplicityRun
	failing string // the code of the ERROR record that is read
	stopped bool
}

func (l *duplicityLog) read(line Line) {
	text := resticPlain(line.Text)
	if m := duplicityRecord.FindStringSubmatch(text); m != nil {
		l.failing = ""
		if m[1] == "ERROR" {
			l.failing = m[2]
		}
		return
	}
	if body, ok := strings.CutPrefix(text, ". "); ok {
		text = body
	} else {
		l.failing = ""
	}
	if text == "" || text == "." {
		return
	}
	if l.run.begun && !l.run.ended() && duplicityRefused.MatchString(text) {
		l.refuse(line, text)
		return
	}
	if l.run.over(text) {
		l.give(true)
	}
	l.run.read(line, text, l.failing)
}

// refuse gives the run that was refused because the one that is read is at work, which goes on behind.
func (l *duplicityLog) refuse(line Line, text string) {
	working := l.run
	l.run = &duplicityRun{block: statisticsBlock{}}
	l.run.read(line, text, l.failing)
	l.give(true)
	l.run = working
}

func (l *duplicityLog) give(followed bool) {
	r := l.run
	l.run = &duplicityRun{block: statisticsBlock{}}
	if l.stopped || r.line.N == 0 || r.status && !r.block.whole() && !r.failed { // a backup that tells much shows what exists too
		return
	}
	e, err := r.execution(followed)
	if err == nil && e.Outcome == 0 {
		l.in.note(say.Record("commands that do not tell how they ended are left out"))
		return
	}
	l.stopped = !l.yield(e, err)
}
