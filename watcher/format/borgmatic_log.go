package format

import (
	"cmp"
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

const borgmaticTool = "borgmatic"

// borgmatic: its log file, or what it prints. A run works through one or more configuration files and sums them up at its end;
// each of them is an execution. Pruning, compacting and checking are parts of it.
//
// A run is known by its configuration file and its first stamp. What is printed has no stamps; there the archive tells the time.
// In the system's log the stamps are the system's, and mostly without a year.
var _ = register(Format{
	Name:    "borgmatic_log",
	Version: 2,
	Tool:    borgmaticTool,
	Title:   "borgmatic --log-file",
	Export: say.N("borgmatic --log-file /var/log/borgmatic.log --log-file-verbosity 1 --stats, and watch the file's folder: at verbosity 0 " +
		"files that could not be saved do not show."),
	Evidence:   backup.Report,
	Match:      borgmaticSigns.Match,
	Executions: borgmaticExecutions,
})

const (
	borgmaticPrefix = `(?:\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})\] ([A-Z]+): ?|` +
		`([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) (\S+) borgmatic(?:\[\d+\])?: (?:[A-Z]+:? )?)?`
	borgmaticWorking = `: (?:Pruning archives|Creating archive|Compacting segments|Running consistency checks|Running command for [a-z-]+ hook)`
	borgmaticVerdict = `(.+): (Successfully ran|Error running|Error parsing) configuration file`
	borgmaticFailed  = `\S+\.ya?ml: An error occurred` // since 1.7.10
)

var (
	borgmaticSigns = signOf(`(?m)^`+borgmaticPrefix+`(?:\S.*`+borgmaticWorking+`|`+borgmaticVerdict+`|`+borgmaticFailed+`|\S.*: Error running actions for repository)\r?$`,
		": Pruning archives", ": Creating archive", ": Compacting segments", ": Running co", " configuration file", ": Error running actions", ": An error occurred")
	borgmaticLine   = regexp.MustCompile(`^` + borgmaticPrefix + `(.*)$`)
	borgmaticWorks  = regexp.MustCompile(`^\S.*` + borgmaticWorking + `$`)
	borgmaticRan    = regexp.MustCompile(`^` + borgmaticVerdict + `$|^(.+): (An error occurred)$`)
	borgmaticNamed  = regexp.MustCompile(`^(\S+\.ya?ml): `)
	borgmaticUnsure = regexp.MustCompile(borgComplaint + `|^terminating with warning status`)
	borgmaticStat   = regexp.MustCompile(`^(?:\S+: )?(?:Number of files: (\d+)|This archive: .* (` + borgSize + `)|Time \((start|end)\): +(.*\d))$`)
)

func borgmaticExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		run := &borgmaticRun{}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			m := borgmaticLine.FindStringSubmatch(resticPlain(line.Text))
			stamp, text := cmp.Or(m[1], in.syslogStamp(m[3])), m[5]
			run.host = cmp.Or(run.host, m[4])
			if run.over(text) {
				if !run.executions(in, yield) {
					return
				}
				run = &borgmaticRun{}
			}
			run.read(line, stamp, text)
		}
		run.executions(in, yield)
	}
}

// over tells whether the line is of the next run: the summary of this one has ended.
func (r *borgmaticRun) over(text string) bool {
	switch {
	case !r.summing || text == "" || strings.HasPrefix(text, "Need some help?"):
		return false
	case r.helped || borgmaticWorks.MatchString(text):
		return true
	}
	if m := borgmaticRan.FindStringSubmatch(text); m != nil { // errors are told at once, before the summary
		return r.sums(m[1] + m[3])
	}
	return !r.failed() && len(r.configs) > 0
}
