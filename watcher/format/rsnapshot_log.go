package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

const rsnapshotTool = "rsnapshot"

// rsnapshot: its log file. Each run stands between "started" and "completed"; one that finds the lock taken writes its lines
// between those of the run that holds it. Configuration errors have no "started".
//
// Several runs fit into one second, so a run is known by its command, its stamp and its process.
var _ = register(Format{
	Name:       "rsnapshot_log",
	Version:    3,
	Tool:       rsnapshotTool,
	Title:      "logfile",
	Export:     say.N("Set logfile in rsnapshot.conf, loglevel 3, and watch its folder. What cron mails of a run that failed is read too, but has no times."),
	Evidence:   backup.Report,
	Match:      rsnapshotSigns.Match,
	Executions: rsnapshotExecutions,
})

var _ = refuse(say.Record("these are the commands of rsnapshot, which do not tell how its run ended; set logfile in rsnapshot.conf and watch that file"), func(head []byte) bool {
	return rsnapshotCommands.Match(head) && !rsnapshotSigns.Match(head)
})

const rsnapshotStamp = `\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d|\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d)\] `

var (
	rsnapshotSigns    = signOf(`(?m)^(?:`+rsnapshotStamp+`\S*rsnapshot\S*(?: .*)?: (?:started|completed|ERROR:|WARNING:)|rsnapshot encountered an error! The program was invoked with)`, "rsnapshot")
	rsnapshotCommands = regexp.MustCompile(`(?m)^(?:echo \d+ > \S+|native_cp_al\(.*)\s*$`)
	rsnapshotLine     = regexp.MustCompile(`^` + rsnapshotStamp + `(.*)$`)
	rsnapshotFrame    = regexp.MustCompile(`^(?:(?:WARNING|ERROR): )?\S*?(rsnapshot\S*(?: .*?)?): (started|ERROR|WARNING|completed .*|completed, .*)(?:: (.*))?$`)
	rsnapshotEnds     = regexp.MustCompile(`completed(?: successfully|, but with (some warnings|some errors|no definite status))$`)
	rsnapshotPID      = regexp.MustCompile(`^echo (\d+) > `)
	rsnapshotCopies   = regexp.MustCompile(`^(?:\S*rsync |native_cp_al\(|\S*cp -al |cd )`)
	rsnapshotMoves    = regexp.MustCompile(`^mv |nothing to rotate$|^(?:\S*cp -al |native_cp_al\(")\S*/\.sync\b`)
	rsnapshotCause    = regexp.MustCompile(`^(?:rsync: |rsync error: |ssh: |Host key|Permission denied)`)
	rsnapshotNot      = regexp.MustCompile(`[Ll]ockfile|can not continue|Errors were found in|on line \d+:?`)
	rsnapshotInvoke   = "rsnapshot encountered an error! The program was invoked with these options:"
)

func rsnapshotExecutions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		l := rsnapshotLog{in: in, yield: yield}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			l.read(line)
			if l.stopped {
				return
			}
		}
		l.close()
	}
}

// wrapped joins what rsnapshot breaks into lines of 80: a blank and a backslash at the end of one, blanks before the next.
func (l *rsnapshotLog) wrapped(text string) (whole string, ok bool) {
	if l.half != "" {
		text = l.half + strings.TrimLeft(text, " ")
		l.half = ""
	}
	if half, ok := strings.CutSuffix(text, `\`); ok && strings.HasSuffix(half, " ") {
		l.half = half
		return "", false
	}
	return strings.TrimRight(text, " "), true
}
