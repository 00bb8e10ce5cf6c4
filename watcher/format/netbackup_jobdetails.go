package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The detailed status of a job as Activity Monitor shows it and people paste it, also without its beginning or its end.
// Times are the console's.
var _ = register(Format{
	Name:       "netbackup_jobdetails",
	Version:    1,
	Tool:       netbackupTool,
	Title:      "Activity Monitor > Job Details > Detailed Status",
	Export:     say.N("In Activity Monitor open the job, go to Detailed Status, select all of it down to the last line with the status in parentheses, and save it as a text file."),
	Evidence:   backup.Report,
	Meaning:    netbackupMeaning,
	Match:      netbackupDetailsMatch,
	Executions: netbackupDetails,
})

const netbackupStampText = `((?:[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}[ -][A-Z][a-z]{2}[ -]\d{4}|\d{4}-\d\d-\d\d),? \d{1,2}:\d{2}:\d{2}(?: [AP]M)?) - `

var (
	netbackupStamp    = regexp.MustCompile(`^` + netbackupStampText)
	netbackupProcess  = regexp.MustCompile(`(?m)^` + netbackupStampText + `(?:Info|Warning|Error|Critical) (?:bp|nb)\w+ ?\(pid=\d+\) `)
	netbackupStarting = regexp.MustCompile(`starting \w+ job \(jobid=(\d+)\)(?: for client (.+), policy ?(.*), schedule ?(.*))?`)
	netbackupMentions = regexp.MustCompile(`\(jobid=(\d+)[,)]`)
	netbackupClosing  = regexp.MustCompile(`^(\D.*?) +\((\d{1,7})\)$`)
	netbackupDone     = regexp.MustCompile(`(?:done\. status: (\d+):|EXITING with status (\d+) )`)
)

// netbackupFold replaces the blanks that do not break in text copied out of consoles.
func netbackupFold(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
}

func netbackupDetailsMatch(head []byte) bool {
	text := netbackupFold(string(head))
	return netbackupStamp.MatchString(text) && netbackupProcess.MatchString(text)
}

func netbackupDetails(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var job netbackupDetail
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := netbackupFold(line.Text)
			if text == "" {
				continue
			}
			if job.endsBefore(text) {
				if !yield(job.execution(in)) {
					return
				}
				job = netbackupDetail{}
			}
			job.add(line, text)
		}
		if job.line > 0 {
			yield(job.execution(in))
		}
	}
}
