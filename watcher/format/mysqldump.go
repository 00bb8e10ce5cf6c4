package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// mysqldump and mariadb-dump: the dump itself is the evidence, by its first and its last comment; errors go to the error
// stream, which may be caught in the same file or in one of its own. Neither names a job, and an error has no time.
var _ = register(Format{
	Name:    "mysqldump",
	Version: 1,
	Tool:    "mysqldump",
	Title:   say.N("dump, or its error stream"),
	Export: say.N("Keep the dump's last lines and the error stream: mysqldump shop 2> shop.err > shop.sql; tail -n 5 shop.sql >> shop.err. " +
		"Leave out --compact, --skip-comments and --skip-dump-date, which take the evidence away."),
	Evidence:   backup.Report,
	Match:      func(head []byte) bool { return mysqldumpSays.Match(head) },
	Executions: mysqldumpRuns,
})

var _ = refuse(say.Record("mysqldump's own chatter (--verbose) does not say how it ended; keep the last line of the dump (tail -n 1 shop.sql) in the same file"),
	regexp.MustCompile(`(?m)^-- (Connecting to \S+\.\.\.|Disconnecting from \S+\.\.\.|Retrieving table structure for table )`).Match)

var (
	mysqldumpSays = signOf(`(?m)^(-- (MySQL|MariaDB) dump \d|-- Dump completed( on |\s*$)|(\S*/)?(mysqldump|mariadb-dump)(\.exe)?: (Got err|Error |Couldn't |Can't |Out of memory))`, " dump ", "Dump completed", "mysqldump", "mariadb-dump")

	mysqldumpBegins   = regexp.MustCompile(`^-- (?:MySQL|MariaDB) dump \d`)
	mysqldumpHost     = regexp.MustCompile(`^-- Host: (\S*)\s+Database: *(.*)$`)
	mysqldumpEnds     = regexp.MustCompile(`^-- Dump completed(?: on (\d{4}-\d\d-\d\d +\d+:\d\d:\d\d))?\s*$`)
	mysqldumpComplain = regexp.MustCompile(`^(?:\S*/)?(?:mysqldump|mariadb-dump)(?:\.exe)?: (\S.*)$`)
	mysqldumpHarmless = regexp.MustCompile(`^(?:\[(?:Warning|Note)\]|Warning:|Deprecated program name)`)
	mysqldumpCode     = regexp.MustCompile(`^(?:Got error: |Got errno |Error:? )(\d+)\b|\((\d+)\)$`)
)

func mysqldumpRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var dump *mysqldumpRun
		give := func() bool { return dump == nil || yield(dump.execution(in)) }
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			begins := mysqldumpBegins.MatchString(line.Text)
			if (begins || dump.over() && mysqldumpIsWord(line.Text)) && !line.Open {
				if !give() {
					return
				}
				dump = nil
			}
			if dump == nil && (mysqldumpIsWord(line.Text) || begins && !line.Open) {
				dump = &mysqldumpRun{line: line, begun: begins}
			}
			if dump != nil {
				dump.say(line)
			}
		}
		give()
	}
}

// mysqldumpIsWord tells a line that says how a dump went.
func mysqldumpIsWord(text string) bool {
	m := mysqldumpComplain.FindStringSubmatch(text)
	return mysqldumpEnds.MatchString(text) || m != nil && !mysqldumpHarmless.MatchString(m[1])
}

// mysqldumpRun is one dump. Of the dump's own lines only the first and the last are kept.
type mysqldumpRun struct {
	line           Line
	begun, ended   bool
	host, database string
	end            string
	errors         []string
	cause          string // the first, without the program's name
}

// over tells that the next word is about another dump. Errors within a dump that began do not end it: with --force it goes on.
func (r *mysqldumpRun) over() bool {
	return r != nil && (r.ended || !r.begun && len(r.errors) > 0)
}

func (r *mysqldumpRun) say(line Line) {
	if m := mysqldumpEnds.FindStringSubmatch(line.Text); m != nil && (m[1] != "" || !line.Open) {
		r.ended, r.end = true, m[1]
	} else if m := mysqldumpHost.FindStringSubmatch(line.Text); m != nil && r.database == "" && !line.Open {
		r.host, r.database = m[1], strings.TrimSpace(m[2])
	} else if m := mysqldumpComplain.FindStringSubmatch(line.Text); m != nil && !mysqldumpHarmless.MatchString(m[1]) {
		const most = 100
		if len(r.errors) < most && !line.Open {
			if len(r.errors) == 0 {
				r.cause = short(m[1])
			}
			r.errors = append(r.errors, short(line.Text))
		}
	}
}

// execution: a dump with its last comment is complete, but for what errors tell. A localhost has no better name than the source's.
func (r *mysqldumpRun) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{Routine: r.database, Client: strings.TrimPrefix(r.host, "localhost"), Level: "full", Line: r.line.N, Offset: r.line.Offset, EndText: r.end}
	switch {
	case r.ended:
		e.Outcome, e.NativeStatus = backup.Success, "Dump completed"
		if len(r.errors) > 0 {
			e.Outcome = backup.Partial
		}
	case len(r.errors) > 0:
		e.Outcome = backup.Failed
	case r.begun:
		e.Outcome = backup.Running
	default:
		return e, bad(r.line.N, say.Record("the text ends in this line"))
	}
	if len(r.errors) > 0 {
		e.Log = strings.Join(r.errors, "\n")
		e.Error = r.cause
		if m := mysqldumpCode.FindStringSubmatch(e.Error); m != nil {
			e.Code = m[1] + m[2]
		}
	}
	if r.end == "" {
		e.Text = r.text()
		return e, nil
	}
	if e.End, e.TimeNote, err = in.Wall(r.end); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	return e, nil
}

// text is what a dump without a date is known by.
func (r *mysqldumpRun) text() string {
	if len(r.errors) > 0 && !r.begun {
		return r.errors[0]
	}
	return "-- Host: " + r.host + " Database: " + r.database
}
