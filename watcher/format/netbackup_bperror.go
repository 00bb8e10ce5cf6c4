package format

import (
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// One line a finished try: "<epoch> 1 <type> <severity> <media server> <job> <parent> 0 <client> nbpem CLIENT c  POLICY p
// SCHED s  EXIT STATUS n (words) VBRF 1 n". The last line of a job id is the job. The media server changes between tries,
// so it names no instance. Start, size and the types of job and policy are not told.
var _ = register(Format{
	Name:       "netbackup_bperror",
	Version:    1,
	Tool:       netbackupTool,
	Title:      "bperror -backstat",
	Export:     say.N("On the primary server, in netbackup/bin/admincmd: bperror -backstat -hoursago 48 > backstat.txt. It tells neither starts nor sizes; bpdbjobs -report -most_columns does."),
	Evidence:   backup.List,
	EndsOnly:   true,
	Meaning:    netbackupMeaning,
	Match:      func(head []byte) bool { return netbackupLogged(head) && netbackupExits(head) },
	Executions: netbackupBackstat,
})

var _ = refuse(say.Record("bperror without -backstat holds messages, not the ends of jobs; export: bperror -backstat -hoursago 48 > backstat.txt"), func(head []byte) bool {
	return netbackupLogged(head) && !netbackupExits(head)
})

var _ = refuse(say.Record("a CSV made from bperror that names no time, so its jobs cannot be placed; export: bpdbjobs -report -most_columns > jobs.txt, or map the columns by hand"), func(head []byte) bool {
	return csvHeaderHas(head, "JobId", "ClientName", "ParentJob", "MediaServer", "Status")
})

// netbackupLogged tells the error log's own columns.
func netbackupLogged(head []byte) bool {
	_, _, ok := netbackupLogLine(netbackupFirst(head))
	return ok
}

func netbackupExits(head []byte) bool {
	for line := range strings.Lines(string(head)) {
		if _, text, ok := netbackupLogLine(line); ok && strings.Contains(text, " CLIENT ") && strings.Contains(text, " EXIT STATUS ") {
			return true
		}
	}
	return false
}

// netbackupLogLine cuts the first seven columns, epoch to parent job, from what follows.
func netbackupLogLine(line string) (columns []string, text string, ok bool) {
	columns = strings.SplitN(line, " ", 8)
	if len(columns) < 8 || len(columns[0]) < 9 || len(columns[0]) > 11 {
		return nil, "", false
	}
	for _, i := range []int{0, 1, 2, 3, 5} {
		if !isDigits(columns[i]) {
			return nil, "", false
		}
	}
	return columns, columns[7], isCell(columns[6]) && columns[6] != ""
}

func netbackupBackstat(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		jobs := netbackupTried{last: map[string]*backup.Execution{}}
		give := func(settled []*backup.Execution) bool {
			for _, e := range settled {
				if e.Outcome == backup.Success {
					e.Log = ""
				}
				if !yield(*e, nil) {
					return false
				}
			}
			return true
		}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			e, said, err := netbackupExit(line)
			switch {
			case err != nil:
				if !yield(e, err) {
					return
				}
			case said:
				if !give(jobs.settled(e.End)) {
					return
				}
				jobs.add(e)
			}
		}
		give(jobs.open)
	}
}

// netbackupExit reads one line. Other messages of the log say nothing about a job's end.
func netbackupExit(line Line) (e backup.Execution, said bool, err error) {
	if strings.TrimSpace(line.Text) == "" {
		return e, false, nil
	}
	columns, text, ok := netbackupLogLine(line.Text)
	if !ok {
		return e, false, bad(line.N, say.Record("it is no line of the error log"))
	}
	_, job, ok := strings.Cut(text, " CLIENT ")
	if !ok {
		return e, false, nil
	}
	names, exit, ended := strings.Cut(job, " EXIT STATUS ")
	client, names, named := strings.Cut(names, " POLICY ")
	policy, schedule, scheduled := strings.Cut(names, " SCHED")
	status, words, worded := strings.Cut(exit, " (")
	closing := strings.LastIndexByte(words, ')')
	outcome, known := netbackupOutcome(status, "")
	if !ended || !named || !scheduled || !worded || closing < 0 || !known {
		return e, false, bad(line.N, say.Record("job %s: its exit status cannot be read", columns[5]))
	}
	end, timed := netbackupEpoch(columns[0])
	if !timed {
		return e, false, bad(line.N, say.Record("%q is no time", columns[0]))
	}
	e = backup.Execution{
		Session: columns[5], Parent: netbackupParent(columns[6], columns[5]),
		Client: netbackupName(client), Routine: netbackupName(policy), Schedule: netbackupName(schedule),
		Outcome: outcome, Code: status, NativeStatus: words[:closing], Error: netbackupError(status, words[:closing]),
		End: end, EndText: columns[0], Absolute: true, Tries: 1, Log: line.Text,
		Line: line.N, Offset: line.Offset, RecordLength: int64(len(line.Text)),
	}
	if e.Session == "0" {
		e.Session = "" // a client that no job was made for
	}
	e.Kind, e.Vital = netbackupKindByName(e.Routine, e.Client)
	return e, true, e.Check()
}
