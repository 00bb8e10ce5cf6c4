package format

import (
	"cmp"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Veeam's report about a job, as the text that its web page shows: a line for each row of its tables, with tabs between the cells. Each
// machine is an execution. The job is one itself where it lists none, or ended worse than all of them.
//
// The mail knows no id, so a run is known by job, machine and the start of the session as written. The times of machines have no
// date; an overnight job passes midnight.
var _ = register(Format{
	Name:    "veeam_mail",
	Version: 1,
	Tool:    "Veeam",
	Title:   say.N("job report (mail, HTML)"),
	Export: say.N("In Veeam's options for e-mail have reports sent for success, warning and failure, and save the mails as .eml or as web pages. " +
		"Get-VBRBackupSession | Export-Csv tells the sessions' ids as well."),
	Evidence:   backup.List,
	EndsOnly:   true,
	Match:      func(head []byte) bool { return veeamMailJob.Match(head) && veeamMailRows.Match(head) },
	Executions: veeamMails,
})

var (
	veeamMailJob   = signOf(`(?m)^([A-Z][\w /-]* job): ([^\t\n]+?)\r?(?:\t(.*))?$`, " job: ")
	veeamMailRows  = signOf(`(?m)^Name\tStatus\tStart time\tEnd time\tSize\t`, "Start time")
	veeamMailState = regexp.MustCompile(`(?:^|\t)(Success|Warning|Failed|Error)(?: (\d+) of (\d+) \w+ processed)?$`)
	veeamMailDate  = regexp.MustCompile(`^(?:\p{L}+,? )?(?:(\p{L}+)\.? (\d{1,2}),|(\d{1,2})\.? (?:de )?(\p{L}+)\.?,?)(?: de)? (\d{4}),? (\d{1,2}:\d\d:\d\d(?: ?[AaPp]\.?[Mm]\.?)?)$`)
)

func veeamMails(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var job *veeamMail
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := strings.TrimRight(line.Text, " ")
			if m := veeamMailJob.FindStringSubmatch(text); m != nil {
				if !job.end(in, yield) {
					return
				}
				job = &veeamMail{line: line, kind: m[1], name: strings.TrimSpace(m[2])}
				text = m[3]
			}
			if job != nil && !job.read(in, line, text, yield) {
				return
			}
		}
		job.end(in, yield)
	}
}

// veeamMail is the report about one session of a job while its lines are read.
type veeamMail struct {
	line       Line
	kind, name string
	status     string
	announced  int               // how many machines there are
	start      string            // of the session, as written
	facts      map[string]string // beside their labels
	columns    map[string]int    // of the list of machines; nil before it
	listed     int
	worst      backup.Outcome
	said       string // in the details of the job
	log        logText
}

var veeamMailOutcomes = map[string]backup.Outcome{
	"success": backup.Success, "warning": backup.Partial, "error": backup.Failed, "failed": backup.Failed,
}

// veeamMailLabels stand before what they are about, several in a row.
var veeamMailLabels = map[string]bool{
	"Start time": true, "End time": true, "Duration": true, "Total size": true, "Data read": true, "Transferred": true, "Backup size": true,
	"Success": true, "Warning": true, "Error": true, "Dedupe": true, "Compression": true,
}

func (j *veeamMail) read(in *Input, line Line, text string, yield func(backup.Execution, error) bool) bool {
	j.log.add(strings.ReplaceAll(line.Text, "\t", "  "))
	cells := strings.Split(text, "\t")
	switch state := veeamMailState.FindStringSubmatch(text); {
	case j.columns != nil && len(cells) >= len(j.columns)-1 && cells[0] != "":
		j.listed++
		e, err := j.machine(in, line, cells)
		if err == nil && veeamWorse[e.Outcome] > veeamWorse[j.worst] {
			j.worst = e.Outcome
		}
		return yield(e, err)
	case j.columns != nil && len(cells) > 1:
		return yield(backup.Execution{}, bad(line.N, say.Record("it has %d columns, the list of machines has %d", len(cells), len(j.columns))))
	case veeamMailRows.MatchString(text):
		j.columns = headerNames(cells)
	case state != nil && j.status == "":
		j.status = state[1]
		j.announced, _ = strconv.Atoi(state[3])
	case veeamMailDate.MatchString(text):
		j.start = cmp.Or(j.start, text)
	case veeamMailLabels[cells[0]]:
		j.labels(cells)
	}
	return true
}

// veeamWorse orders the outcomes that a mail tells.
var veeamWorse = map[backup.Outcome]int{backup.Success: 1, backup.Partial: 2, backup.Failed: 3}

// labels reads a row of labels, each with its value behind it; what stands behind the last pair are the details.
func (j *veeamMail) labels(cells []string) {
	if j.facts == nil {
		j.facts = map[string]string{}
	}
	i := 0
	for ; i+1 < len(cells) && veeamMailLabels[strings.TrimSpace(cells[i])]; i += 2 {
		j.facts[strings.TrimSpace(cells[i])] = strings.TrimSpace(cells[i+1])
	}
	j.said = cmp.Or(j.said, strings.Join(cells[i:], " "))
}
