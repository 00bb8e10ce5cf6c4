package format

import (
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The job database of the primary server, one line a job. Times are Unix seconds, sizes KB. It is stronger evidence than
// bperror's list: it knows the type of job and policy, without which status 1 and many kinds cannot be told.
var _ = register(Format{
	Name:     "netbackup_bpdbjobs",
	Version:  2,
	Tool:     netbackupTool,
	Title:    say.N("bpdbjobs -report -most_columns or -all_columns"),
	Export:   say.N("On the primary server, in netbackup/bin/admincmd: bpdbjobs -report -most_columns > jobs.txt. With -all_columns instead it also holds the detailed status of every try, and is much larger."),
	Evidence: backup.Report,
	Meaning:  netbackupMeaning,
	Endings:  func() []backup.Ending { return netbackupEndings() },
	Match:    netbackupJobsMatch,
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return func(yield func(backup.Execution, error) bool) { netbackupJobs(in, yield) }
	},
})

var _ = refuse(say.Record("bpdbjobs -summary holds only totals; export the jobs with: bpdbjobs -report -most_columns > jobs.txt"), func(head []byte) bool {
	return strings.HasPrefix(netbackupFirst(head), "Summary of jobs on ") && holds(head, "Waiting-to-Retry:")
})

var _ = refuse(say.Record("bpdbjobs without columns cuts names to the width that the site has set; export the jobs with: bpdbjobs -report -most_columns > jobs.txt"), func(head []byte) bool {
	words := strings.Fields(netbackupFirst(head))
	return len(words) > 3 && words[0] == "JobID" && words[1] == "Type"
})

// netbackupLeast is how many columns every version writes; a record with fewer is cut off.
const netbackupLeast = 50

func netbackupJobsMatch(head []byte) bool {
	columns, begun := 0, false
	for line := range strings.Lines(string(head)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case netbackupStarts(line):
			columns, begun = 1, true
		case netbackupSkips(line):
			continue
		case !begun:
			return false
		}
		if columns += strings.Count(line, ","); columns >= netbackupLeast {
			return true
		}
	}
	return false
}

func netbackupFirst(head []byte) string {
	for line := range strings.Lines(string(head)) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// netbackupStarts tells a line that begins a job: its id, then type, state and status in numbers. An id may stand alone.
func netbackupStarts(line string) bool {
	id, rest, _ := strings.Cut(line, ",")
	const longest = 12
	if !isDigits(id) || len(id) > longest {
		return false
	}
	for _, most := range []int{2, 1, 4} {
		number, behind, more := strings.Cut(rest, ",")
		rest = behind
		if len(number) > most || number != "" && !isDigits(number) {
			return false
		}
		if !more {
			break
		}
	}
	return true
}

// netbackupSkips tells lines that are no part of a job: blank ones, a header, and what -stay_alive writes: the number of jobs
// that follow, and the ids of those that have aged out.
func netbackupSkips(line string) bool {
	number, aged := strings.CutPrefix(line, "-")
	count, counted := strings.CutPrefix(line, "C")
	return strings.TrimSpace(line) == "" || strings.HasPrefix(line, "JobID") || aged && isDigits(number) || counted && isDigits(count)
}

// netbackupRecord is a job's line, with those behind it that begin no job: some versions write raw line ends into values.
type netbackupRecord struct {
	first Line
	more  []Line
}

// netbackupMore bounds the lines that are taken to be one value's.
const netbackupMore = 1000

func netbackupJobs(in *Input, yield func(backup.Execution, error) bool) {
	var row netbackupRow
	var open netbackupRecord
	for line, err := range in.Lines() {
		switch {
		case err != nil:
			yield(backup.Execution{}, err)
			return
		case netbackupStarts(line.Text):
			if !open.yield(&row, yield) {
				return
			}
			open = netbackupRecord{first: line, more: open.more[:0]}
		case netbackupSkips(line.Text):
		case open.first.N > 0 && len(open.more) < netbackupMore && len(line.Text) < maxRecord:
			open.more = append(open.more, line)
		default:
			if !yield(backup.Execution{}, bad(line.N, say.Record("it is no job"))) {
				return
			}
		}
	}
	open.yield(&row, yield)
}

// yield reads the record. Lines behind a job that is whole without them are bad records of their own.
func (o *netbackupRecord) yield(row *netbackupRow, yield func(backup.Execution, error) bool) bool {
	if o.first.N == 0 {
		return true
	}
	text, last := o.first.Text, o.first
	row.cut(text)
	if len(o.more) > 0 && !row.whole() {
		text, last = o.joined(), o.more[len(o.more)-1]
		row.cut(text)
		o.more = o.more[:0]
	}
	e, err := row.execution(o.first.N, text)
	e.Line, e.Offset, e.RecordLength = o.first.N, o.first.Offset, last.Offset+int64(len(last.Text))-o.first.Offset
	if !yield(e, err) {
		return false
	}
	for _, line := range o.more {
		if !yield(backup.Execution{}, bad(line.N, say.Record("it is no job"))) {
			return false
		}
	}
	return true
}

func (o *netbackupRecord) joined() string {
	parts := []string{o.first.Text}
	for _, line := range o.more {
		parts = append(parts, line.Text)
	}
	return strings.Join(parts, "\n")
}
