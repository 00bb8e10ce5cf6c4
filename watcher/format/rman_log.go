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

// Oracle RMAN's log: one session after the other. "Recovery Manager complete." is printed after errors too; only the error stack
// tells a failure. A piece of a log that begins within a session is kept where it holds an error stack.
var _ = register(Format{
	Name:       "rman_log",
	Version:    1,
	Tool:       "Oracle RMAN",
	Title:      "rman log",
	Export:     say.N("rman target / cmdfile=nightly.rman log=/var/log/rman/nightly-$(date +%F-%H%M).log; with NLS_DATE_FORMAT='YYYY-MM-DD HH24:MI:SS' in the environment it tells when a session ended, too."),
	Evidence:   backup.Report,
	Meaning:    rmanMeaning,
	Endings:    func() []backup.Ending { return rmanEndings() },
	Match:      rmanMatch,
	Executions: rmanSessions,
})

var (
	rmanSays      = signOf(`(?m)^\s*(Recovery Manager: Release |RMAN-00569: =+ ERROR MESSAGE STACK FOLLOWS|RMAN-030\d\d: failure of .+ command |connected to target database: \S+ \(DBID=)`, "RMAN-", "Recovery Manager: ", "connected to target database: ")
	rmanWithin    = regexp.MustCompile(`(?m)^(\[(Normal|Warning|Minor|Major|Critical)\] From: |BR\d{4}[IWE] )`)
	rmanBegins    = regexp.MustCompile(`^Recovery Manager: Release .* on +(\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d \d{4})\b`)
	rmanFragment  = regexp.MustCompile(`^(Starting .+ at |RMAN-0057[01]: ==|RMAN-00569: ==|RMAN-030\d\d: failure of |connected to target database: )`)
	rmanConnected = regexp.MustCompile(`^connected to target database: (\S+) \(DBID=(\d+)`)
)

// rmanMatch leaves alone the reports of tools that let RMAN work for them: they hold its output, and know more.
func rmanMatch(head []byte) bool { return rmanSays.Match(head) && !rmanWithin.Match(head) }

func rmanSessions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var run *rmanRun
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := strings.TrimSpace(lastFrame(line.Text))
			begins := rmanBegins.FindStringSubmatch(text)
			if begins != nil && run != nil {
				run.killed = true
				if !yield(run.execution(in)) {
					return
				}
				run = nil
			}
			if run == nil && (begins != nil || rmanFragment.MatchString(text)) {
				run = &rmanRun{line: line}
				if begins != nil {
					run.start, run.whole = begins[1], true
				}
			}
			if run == nil {
				continue
			}
			if run.say(line, text); run.complete {
				if !yield(run.execution(in)) {
					return
				}
				run = nil
			}
		}
		if run != nil {
			yield(run.execution(in))
		}
	}
}

// rmanMeaning is what the common codes say.
func rmanMeaning(code string) string { return rmanCodes[code] }

func rmanEndings() []backup.Ending {
	return append(codeEndings("ERROR MESSAGE STACK", backup.Failed, slices.Collect(maps.Keys(rmanCodes))...),
		codeEndings("Recovery Manager complete.", backup.Partial, "RMAN-08137", "RMAN-08138")...)
}

var rmanCodes = map[string]string{
	"RMAN-06059": say.Record("an archived log that should be saved is missing"),
	"ORA-19809":  say.Record("the recovery area is full"), "ORA-19804": say.Record("the recovery area is full"),
	"ORA-19502": say.Record("writing failed"), "ORA-27072": say.Record("writing failed"),
	"ORA-19506": say.Record("the media manager failed"), "ORA-27028": say.Record("the media manager failed"), "ORA-19511": say.Record("the media manager failed"),
	"ORA-04031":  say.Record("the database is short of shared memory"),
	"RMAN-04004": say.Record("the recovery catalog cannot be reached"), "ORA-12541": say.Record("the database or catalog cannot be reached"), "ORA-12154": say.Record("the database or catalog cannot be reached"),
	"RMAN-20003": say.Record("the recovery catalog does not fit the database"), "RMAN-20004": say.Record("the recovery catalog does not fit the database"),
	"ORA-19573": say.Record("a datafile is locked"),
}
