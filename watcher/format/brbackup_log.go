package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// SAP's BRBACKUP and BRARCHIVE, and their sisters: every message has a number, and its last letter says how bad it is. A run is
// known by the coded name of its log; the letters after the dot are SAP's word for what was saved, and are kept as the level.
var _ = register(Format{
	Name:     "brbackup_log",
	Version:  1,
	Tool:     "SAP BR*Tools",
	Title:    say.N("BRBACKUP and BRARCHIVE detail log"),
	Export:   say.N("Watch the detail logs in /oracle/SID/sapbackup and /oracle/SID/saparch (b*.* and a*.*), not the summary back SID.log."),
	Evidence: backup.Report,
	Endings: func() []backup.Ending {
		return wordEndings(map[string]backup.Outcome{"completed successfully": backup.Success, "completed successfully with warnings": backup.Partial, "completed with warnings": backup.Partial, "terminated with errors": backup.Failed})
	},
	Match:      brHead.Match,
	Executions: brRuns,
})

const brStamp = `\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d`

var (
	brHead    = signOf(`(?m)^BR\d{4}I (?:BR[A-Z]+ \d|Start of .+: \S+ `+brStamp+`)`, "BR")
	brMessage = regexp.MustCompile(`^(BR\d{4})([IWE]) (.*)$`)
	brProgram = regexp.MustCompile(`^(BR[A-Z]+) \d`)
	brStart   = regexp.MustCompile(`^Start of .+: (\S+) (` + brStamp + `)$`)
	brEnd     = regexp.MustCompile(`^End of .+: (\S+) (` + brStamp + `)$`)
	brResult  = regexp.MustCompile(`^(BR[A-Z]+) (completed successfully|completed successfully with warnings|completed with warnings|terminated with errors)$`)
	brSystem  = regexp.MustCompile(`[/\\]oracle[/\\]([A-Z][A-Z0-9]{2})[/\\]`)
)

func brRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var run *brRun
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			m := brMessage.FindStringSubmatch(strings.TrimSpace(line.Text))
			if run != nil && m != nil && run.endsBefore(m[3]) {
				run.outcome, run.trouble = backup.Failed, say.Record("the log tells no end of the run")
				if !yield(run.execution(in)) {
					return
				}
				run = nil
			}
			if run == nil && (m == nil || !brProgram.MatchString(m[3]) && !brStart.MatchString(m[3])) {
				continue
			}
			if run == nil {
				run = &brRun{line: line}
			}
			if run.say(line, m); run.outcome != 0 {
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
