package format

import (
	"iter"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The same list as a table for people. It cuts the names of clients, policies and schedules and tells no job id; two rows are
// two jobs if they differ in anything.
var _ = register(Format{
	Name:       "netbackup_bperror_u",
	Version:    1,
	Tool:       netbackupTool,
	Title:      "bperror -U -backstat",
	Export:     say.N("On the primary server, in netbackup/bin/admincmd: bperror -U -backstat -hoursago 48 > backstat.txt. It cuts long names and tells no job ids; bpdbjobs -report -most_columns does neither."),
	Evidence:   backup.List,
	EndsOnly:   true,
	Meaning:    netbackupMeaning,
	Match:      netbackupTableMatch,
	Executions: netbackupTable,
})

func netbackupTableMatch(head []byte) bool {
	for line := range strings.Lines(string(head)) {
		if netbackupIsHeader(line) {
			return true
		}
	}
	return false
}

func netbackupIsHeader(line string) bool {
	return strings.Join(strings.Fields(line), " ") == "STATUS CLIENT POLICY SCHED SERVER TIME COMPLETED"
}

func netbackupTable(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var row backup.Execution // until the line behind it is seen, which may explain it
		header := ""
		give := func() bool {
			if row.Outcome == 0 {
				return true
			}
			e := row
			row = backup.Execution{}
			if e.Outcome == backup.Success {
				e.Log = ""
			}
			return yield(e, nil)
		}
		for line, err := range in.Lines() {
			text := strings.TrimSpace(line.Text)
			switch {
			case err != nil:
				yield(backup.Execution{}, err)
				return
			case netbackupIsHeader(text):
				header = line.Text
				continue
			case text == "", header == "":
				continue
			case strings.HasPrefix(text, "(") && row.Outcome != 0:
				netbackupWords(&row, text)
				row.Log += "\n" + text
				continue
			}
			if !give() {
				return
			}
			if row, err = netbackupTableRow(in, header, line); err != nil && !yield(row, err) {
				return
			}
		}
		give()
	}
}

// netbackupWords takes the status in words that stands behind or below a row.
func netbackupWords(e *backup.Execution, text string) {
	e.NativeStatus = strings.Trim(text, "() ")
	e.Error = netbackupError(e.Code, e.NativeStatus)
}

func netbackupTableRow(in *Input, header string, line Line) (backup.Execution, error) {
	text, words, _ := strings.Cut(line.Text, " (")
	fields := strings.Fields(text)
	if len(fields) < 5 || strings.Count(fields[len(fields)-1], ":") != 2 {
		return backup.Execution{}, bad(line.N, say.Record("it is no row of the table"))
	}
	outcome, ok := netbackupOutcome(fields[0], "")
	if !ok {
		return backup.Execution{}, bad(line.N, say.Record("%q is no status", fields[0]))
	}
	names := netbackupNames(header, text, fields)
	if names == nil {
		return backup.Execution{}, bad(line.N, say.Record("its columns do not stand under their names"))
	}
	ended := strings.Join(fields[len(fields)-2:], " ")
	end, note, err := in.Wall(ended)
	if err != nil {
		return backup.Execution{}, bad(line.N, err.Error())
	}
	e := backup.Execution{
		Session: strings.Join(append(names, ended, fields[0]), " "),
		Client:  netbackupName(names[0]), Routine: netbackupName(names[1]), Schedule: netbackupName(names[2]),
		Outcome: outcome, Code: fields[0], Error: netbackupError(fields[0], ""), Log: line.Text,
		End: end, EndText: ended, TimeNote: note,
		Line: line.N, Offset: line.Offset, RecordLength: int64(len(line.Text)),
	}
	e.Kind, e.Vital = netbackupKindByName(e.Routine, e.Client)
	if words != "" {
		netbackupWords(&e, words)
	}
	return e, nil
}

// netbackupNames gives client, policy and schedule, or nil. Seven words are the seven columns; a row with an empty or a two-word cell is cut
// where the header says, moved by as much as its date is.
func netbackupNames(header, row string, fields []string) []string {
	if len(fields) == 7 {
		return slices.Clone(fields[1:4])
	}
	moved := strings.LastIndex(row, fields[len(fields)-2]) - strings.Index(header, "TIME")
	var names []string
	for _, column := range [][2]string{{"CLIENT", "POLICY"}, {"POLICY", "SCHED"}, {"SCHED", "SERVER"}} {
		from, to := strings.Index(header, column[0])+moved, strings.Index(header, column[1])+moved
		if from < 1 || to > len(row) || row[from-1] != ' ' {
			return nil
		}
		names = append(names, strings.TrimSpace(row[from:to]))
	}
	return names
}
