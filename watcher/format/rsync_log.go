package format

import (
	"cmp"
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// rsync: its log file, which stamps each line and names the process, or what it prints. Success has no line of its own: totals
// without an error behind them.
//
// A run in a log file is known by its process and its first stamp; what is printed has neither.
var _ = register(Format{
	Name:    "rsync_log",
	Version: 2,
	Tool:    "rsync",
	Title:   say.N("rsync --log-file, or its output"),
	Export: say.N("rsync -a --stats --log-file=/var/log/rsync/JOB.log SRC DST, one log for each job, and watch the folder. " +
		"Output that is kept in a file works too, but has no times."),
	Evidence:   backup.Report,
	Append:     true,
	Meaning:    rsyncMeaning,
	Endings:    func() []backup.Ending { return rsyncEndings() },
	Match:      rsyncMatch,
	Executions: rsyncExecutions,
})

const rsyncError = `rsync (?:error|warning): (.*) \(code (\d+)\) at \S+\(\d+\)(?: \[(\w+))?`

// rsyncSize may be for people, with -h in units of 1000 and with -hh in units of 1024, and nothing tells which: then it stays unknown.
const rsyncSize = `[\d,.]+[KMGTP]?`

var (
	rsyncLine    = regexp.MustCompile(`^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(\d+)\] (.*)$`)
	rsyncLogs    = signOf(`(?m)^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[\d+\] (?:(?:building|receiving) file list|rsync (?:to|on) |sent `+rsyncSize+` bytes  received |`+rsyncError+`)`, "file list", "rsync ", "bytes  received ")
	rsyncPrints  = signOf(`(?m)^(?:sent `+rsyncSize+` bytes  received `+rsyncSize+` bytes|`+rsyncError+`)`, "rsync ", "bytes  received ")
	rsyncBegins  = regexp.MustCompile(`^(?:(?:building|receiving|sending incremental) file list|receiving incremental file list|rsync (?:to|on) (\S+?)/? from \S*?([\w.:-]+) \(.*\))`)
	rsyncSums    = regexp.MustCompile(`^sent (` + rsyncSize + `) bytes  received (` + rsyncSize + `) bytes(?:  total size (` + rsyncSize + `))?`)
	rsyncTotal   = regexp.MustCompile(`^total size is (` + rsyncSize + `)  speedup is \S+(?: \((DRY RUN)\))?`)
	rsyncEnds    = regexp.MustCompile(`^` + rsyncError)
	rsyncCounts  = regexp.MustCompile(`^(Number of regular files transferred|Number of files transferred|Total transferred file size): (` + rsyncSize + `)`)
	rsyncUnasked = regexp.MustCompile(`^rsync: (?:\[\w+\] )?link_stat ".*" failed: No such file or directory \(2\)`)
)

// rsyncOutcomes are the exit codes that do not mean failure.
var rsyncOutcomes = map[string]backup.Outcome{
	"19": backup.Cancelled, "20": backup.Cancelled, "23": backup.Partial, "24": backup.Partial, "25": backup.Partial,
}

func rsyncMeaning(code string) string { return rsyncCodes[code] }

// rsyncEndings are the codes without rsync's words, which differ between versions.
func rsyncEndings() []backup.Ending {
	all := codeEndings("", backup.Failed, "23") // when the only source does not exist
	for code := range rsyncCodes {
		all = append(all, backup.Ending{Code: code, Told: cmp.Or(rsyncOutcomes[code], backup.Failed)})
	}
	return all
}

var rsyncCodes = map[string]string{
	"1": say.Record("wrong syntax or usage"), "2": say.Record("the two sides speak different protocols"), "3": say.Record("source or destination could not be selected"),
	"5": say.Record("the daemon refused the session"), "6": say.Record("the daemon could not write its log"), "10": say.Record("the network connection failed"),
	"11": say.Record("a file could not be read or written: often a full disk"), "12": say.Record("the connection broke off"), "13": say.Record("rsync's own messages could not be sent"),
	"14": say.Record("processes could not talk to each other"), "19": say.Record("interrupted"), "20": say.Record("interrupted"), "21": say.Record("waiting for a process failed"),
	"22": say.Record("not enough memory"), "23": say.Record("some files were not transferred"), "24": say.Record("some files vanished before they were transferred"),
	"25": say.Record("fewer files were deleted than asked for, because of --max-delete"), "30": say.Record("nothing was heard from the other side in time"), "35": say.Record("the daemon could not be reached in time"),
	"127": say.Record("rsync is not installed on the other side"), "255": say.Record("the connection by ssh failed"),
}

// rsyncMatch leaves alone what calls rsync and tells more of its run.
func rsyncMatch(head []byte) bool {
	return (rsyncLogs.Match(head) || rsyncPrints.Match(head)) && !rsnapshotSigns.Match(head) && !rsnapshotCommands.Match(head) &&
		!barmanPrinted.Match(head) && !barmanLogged.Match(head)
}

func rsyncExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := rsyncLog{in: in, yield: yield, open: map[string]*rsyncRun{}}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := rsyncLine.FindStringSubmatch(line.Text); m != nil {
				l.stamped(line, m[1], m[2], m[3])
			} else {
				l.read(line, "", strings.TrimRight(lastFrame(line.Text), " "))
			}
			if l.stopped {
				return
			}
		}
		l.close()
	}
}
