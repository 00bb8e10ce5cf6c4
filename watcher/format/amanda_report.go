package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Amanda: the report about a run, as it is mailed. It tells the day of the run and no time, so two runs of a day with the same
// levels cannot be told apart; the trace log can.
var _ = register(Format{
	Name:       "amanda_report",
	Version:    2,
	Tool:       amandaTool,
	Title:      "AMANDA MAIL REPORT",
	Export:     say.N("Save the mails as text, or run as the backup user: amreport CONFIG --text=report.txt. The files log.<datestamp>.0 in logdir tell the time of a run too."),
	Evidence:   backup.Report,
	Header:     true,
	EndsOnly:   true,
	Match:      func(head []byte) bool { return amandaHead.Match(head) && !amandaStart.Match(head) },
	Executions: amandaReports,
})

var (
	amandaHead    = signOf(`(?m)^(?:Subject: .*\b(?:AMANDA|AMFLUSH|AMVAULT) MAIL REPORT FOR |Org {5}: .*\r?\nConfig {2}: )`, " MAIL REPORT FOR ", "Org     : ")
	amandaField   = regexp.MustCompile(`^(Hostname|Org {5}|Config {2}|Date {4}): (.+)$`)
	amandaSection = regexp.MustCompile(`^[A-Z][A-Z ]+:$`)
	amandaProblem = regexp.MustCompile(`^ +(\S+) (.+?) (?:lev (\d) +)?(FAILED|STRANGE|RESULTS MISSING|PARTIAL|FLUSH)\b *(?:\[(.*)\]|(.*))$`)
	amandaDetail  = regexp.MustCompile(`^ */-- +(\S+) (.+?) lev \d (?:FAILED|STRANGE)\b`)
	amandaMarked  = regexp.MustCompile(`^ *\? (.+)$`)
	amandaTape    = regexp.MustCompile(`^\*\*\* A TAPE ERROR OCCURRED: \[(.*)\]`)
)

var _ = refuse(say.Record("amstatus shows a run at work or one that ended; read what the run left: the files log.<datestamp>.0 in logdir"), func(head []byte) bool {
	return holds(head, "Using: ", "SUMMARY ", " dumpers idle")
})

func amandaReports(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		r := &amandaMail{}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := strings.TrimRight(strings.TrimPrefix(line.Text, "\f"), " ")
			if r.table != nil && strings.HasPrefix(text, "Hostname: ") { // the report before was cut off
				if !r.executions(in, yield) {
					return
				}
				r = &amandaMail{}
			}
			if r.read(line, text); r.whole {
				if !r.executions(in, yield) {
					return
				}
				r = &amandaMail{}
			}
		}
		r.executions(in, yield)
	}
}
