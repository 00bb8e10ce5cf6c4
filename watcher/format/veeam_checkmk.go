package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The section that Checkmk's agent plugin writes on a Veeam server: a line for each job, with its last session. No header
// names the columns, and dates are German.
var _ = register(Format{
	Name:       "veeam_checkmk",
	Version:    1,
	Tool:       "Veeam",
	Title:      say.N("Checkmk agent: veeam_jobs"),
	Export:     say.N("Save the section veeam_jobs of the agent's output, at least as often as the jobs run: it tells only the last session of each."),
	Evidence:   backup.List,
	Match:      veeamAgentLine.Match,
	Executions: veeamAgentRuns,
})

var veeamAgentLine = signOf(`(?m)^[^\t\n]+\t\w+\t\w+\t(Success|Warning|Failed|None)\t\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d(\t|\r?$)`, "\t")

// veeamAgentColumns are the columns in their order.
var veeamAgentColumns = []string{"JobName", "JobType", "State", "Result", "StartTime", "EndTime"}

var veeamAgentWhole = regexp.MustCompile(`\t\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$`)

func veeamAgentRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := strings.TrimRight(line.Text, " ")
			if text == "" || strings.HasPrefix(text, "<<<") {
				continue
			}
			e, err := veeamAgentJob(in, line, strings.Split(text, "\t"))
			if !yield(e, err) {
				return
			}
		}
	}
}

// veeamAgentJob reads the line as a row of the CSV of sessions. A session at work has no end yet.
func veeamAgentJob(in *Input, line Line, cells []string) (backup.Execution, error) {
	if len(cells) < len(veeamAgentColumns)-1 || len(cells) > len(veeamAgentColumns) || line.Open && !veeamAgentWhole.MatchString(line.Text) {
		return backup.Execution{}, bad(line.N, say.Record("it has %d columns, a job with its last session has %d", len(cells), len(veeamAgentColumns)))
	}
	row := []string{}
	for i, c := range cells {
		row = append(row, veeamAgentColumns[i], c)
	}
	e, err := veeamExecution(veeamRowOf(in, line.N, row...))
	e.Offset = line.Offset
	return e, err
}
