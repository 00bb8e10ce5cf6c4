package format

import (
	"bytes"
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Bacula and Bareos: what their daemons say about a job, as mail, in the log file, in `list joblog`, or copied out of a web
// console. A job is known by its JobId, since the catalog's lists know it by nothing else.
//
// Jobs interleave, and a line behind a job's report can still change its outcome; so a grown log is read from its start.
var _ = register(Format{
	Name:    "bacula_report",
	Version: 2,
	Tool:    "Bacula",
	Title:   say.N("job report (mail, log file, list joblog)"),
	Export: say.N("Save the mails of the Messages resource (mail = root@localhost = all) as .eml, or watch the log file that it writes " +
		"(append = /var/log/bacula/bacula.log = all, !skipped), or run: echo \"list joblog jobid=N\" | bconsole -n > job.txt"),
	Evidence:   backup.Report,
	Endings:    func() []backup.Ending { return baculaReportEndings() },
	Header:     true,
	Match:      isBaculaReport,
	Executions: baculaReports,
})

var _ = refuse(say.Record("it holds messages of the Bacula daemons, none about a job (JobId 0); save the job report mails or the log file"),
	func(head []byte) bool { return baculaTold.Match(head) && !baculaJobLine.Match(head) })

var _ = refuse(say.Record("this Bacula mail has no job report in it (the written half of a copy is one of these), so it proves nothing; "+
	"use the mail that ends in a Termination line, or list jobs"),
	func(head []byte) bool { return baculaJobLine.Match(head) })

var (
	baculaTold    = signOf(`(?m)^[^"'=]*\S\s+JobId \d+: `, " JobId ")
	baculaJobLine = signOf(`(?m)^[^"'=]*\S\s+JobId [1-9]\d*: `, " JobId ")
	baculaEnded   = signOf(`(?m)^\s*Termination:\s+\S`, "Termination:")
	baculaIDLine  = signOf(`(?m)^\s*(Current )?JobId:\s+\d`, "JobId:")
	baculaAtWork  = signOf(`(?m) JobId [1-9]\d*: (Start |Job \S+ is waiting\.|(\w+ )*(\w+: )?(Bacula|Bareos|BAREOS) )`, " JobId ")
	baculaHeader  = regexp.MustCompile(`^(?i)(From|To|Cc|Subject|Date|Sender|Reply-To|Return-Path|Received|Delivered-To|Message-Id|MIME-Version|Content-[\w-]+|X-[\w-]+):`)
)

// isBaculaReport: a mail must hold a report or a job at work, since others prove nothing. A log need not say so in its head.
func isBaculaReport(head []byte) bool {
	if baculaEnded.Match(head) && baculaIDLine.Match(head) {
		return true
	}
	isMail := baculaHeader.Match(bytes.TrimLeft(head, "\r\n "))
	return baculaJobLine.Match(head) && (!isMail || len(head) == HeadSize || baculaAtWork.Match(head))
}

func baculaReports(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		log := baculaLog{in: in, yield: yield, jobs: map[string][]*baculaJob{}, directors: map[string]bool{}}
		log.tables = baculaTables{in: in, yield: log.pass}
		for line, err := range in.baculaOldestFirst() {
			if err != nil {
				log.stopped = log.stopped || !yield(backup.Execution{}, err)
				return
			}
			if log.read(line); log.stopped {
				return
			}
		}
		log.tables.end()
		log.mailEnds()
		log.release(len(log.held))
	}
}

// baculaMessage is what a daemon says about a job in one line: stamp daemon JobId n: text.
type baculaMessage struct {
	stamp, daemon, job, text string
}

// The stamp is missing in `list joblog`, which puts a bar before each message, as `llist joblog` puts a key; web consoles put a number and a tab before it.
var baculaLine = regexp.MustCompile(`^[|\s]*(?:\d+\t)?\s*` +
	`(\d{1,2}-\S+ \d\d:\d\d(?::\d\d)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*|\[\.\.\.\])?` +
	`[|\s]*(?:[Ll]og[Tt]ext: )?([^\s|:]+)\s+JobId (\d+):(?: (.*))?$`)

func parseBaculaMessage(line string) (baculaMessage, bool) {
	if !strings.Contains(line, " JobId ") { // a log is long, and most of a job's report is not stamped
		return baculaMessage{}, false
	}
	m := baculaLine.FindStringSubmatch(line)
	if m == nil {
		return baculaMessage{}, false
	}
	return baculaMessage{stamp: m[1], daemon: m[2], job: m[3], text: m[4]}, true
}

// baculaCell takes away what `list joblog` draws around a message: the bar before it, and a backslash and a bar on a line behind it,
// or a bar far behind its last line.
func baculaCell(line string) string {
	line = strings.TrimRight(line, " ")
	if s, ok := strings.CutSuffix(line, "|"); ok && (strings.HasPrefix(line, "|") || strings.HasPrefix(line, `\`) || strings.HasSuffix(s, "  ")) {
		return strings.TrimSuffix(strings.TrimRight(s, " "), `\`)
	}
	return line
}
