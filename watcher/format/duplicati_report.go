package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Duplicati: the report about one run, as it is mailed or posted, or the complete log of the web page; text or JSON, one or several
// in a file. A run that broke off has a report of another shape, without result and times. Duplicati 1 had one of its own.
//
// Text names the job, JSON also the machine; both know a run by the job's name and its beginning.
var _ = register(Format{
	Name:    "duplicati_report",
	Version: 4,
	Tool:    "Duplicati",
	Title:   say.N("report (mail, HTTP, %RESULT%, complete log)"),
	Export: say.N("In the job's advanced options let send-mail-* or send-http-* report every level, success too, keep \"Duplicati %OPERATIONNAME% report for " +
		"%backup-name%\" in the subject or as the first line, and save the mails; or write %RESULT% to a file."),
	Evidence:   backup.Report,
	Endings:    func() []backup.Ending { return wordEndings(duplicatiOutcomes) },
	Header:     true,
	EndsOnly:   true,
	Match:      duplicatiSigns.Match,
	Executions: duplicatiReports,
})

var (
	duplicatiSigns = signOf(`(?m)^(?:(?:MainOperation|ParsedResult): [A-Z]\w+\r?$|(?: *\[message\] => |message=|Subject: (?:.*\W)?)?Duplicati \w+ report for |BackupType +: \w+)|"MainOperation"\s*:|^ {0,2}"ParsedResult"\s*:|"backup-name"\s*:`, "MainOperation", "ParsedResult", "Duplicati ", "BackupType", "backup-name")
	duplicatiHead  = regexp.MustCompile(`^(?: *\[message\] => |message=)?Duplicati (\w+) report for (.+)$`)
	duplicatiTopic = regexp.MustCompile(`(?:^|\W)Duplicati (\w+) report for (.+)$`)                     // people put a word before it
	duplicatiField = regexp.MustCompile(`^(?:([A-Z]\w*) *: ?(.*)| {0,2}"([A-Z]\w*)" *: *"?(.*?)"?,?)$`) // a log that was cut out of JSON has no braces
)

func duplicatiReports(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		r, stopped := newDuplicatiReport(), false
		give := func(r *duplicatiReport) {
			if strings.EqualFold(r.fields["Dryrun"], "true") {
				in.note(say.Record("dry runs are left out: they save nothing"))
				return
			}
			if r.line.N > 0 && !stopped {
				stopped = !yield(r.execution(in))
			}
		}
		for line, err := range mixedLines(in) {
			if _, harmless := IsBad(err); err != nil && !harmless {
				yield(backup.Execution{}, err)
				return
			}
			switch {
			case err != nil:
				stopped = stopped || !yield(backup.Execution{}, err)
			case line.JSON:
				give(r)
				give(duplicatiObject(line.Line))
				r = newDuplicatiReport()
			default:
				if r.over(line.Text) {
					give(r)
					r = newDuplicatiReport()
				}
				r.read(line.Line)
			}
			if stopped {
				return
			}
		}
		give(r)
	}
}
