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

// Velero's table of backups. Columns stand at least two blanks apart, and newer versions have more of them: the first ones knew
// no storage locations, the last ones count errors. Its times name their offset.
var _ = register(Format{
	Name:     "velero_table",
	Version:  2,
	Tool:     veleroTool,
	Title:    "velero backup get",
	Export:   say.N("velero backup get > backups.txt; velero backup get -o json also tells when each ended."),
	Evidence: backup.List,
	Endings: func() []backup.Ending {
		return append(wordEndings(veleroPhases), backup.Ending{Word: "Completed", Told: backup.Partial})
	},
	Match:      veleroHead.Match,
	Executions: veleroRows,
})

var (
	veleroHead  = signOf(`(?m)^NAME {2,}STATUS {2,}(ERRORS {2,}WARNINGS {2,})?CREATED {2,}EXPIRES\b.*$`, "EXPIRES")
	veleroGap   = regexp.MustCompile(` {2,}|\t+`)
	veleroZone  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})( \S+)?$`)
	veleroState = regexp.MustCompile(`^(\w+)(?: \((\d+) errors?\))?$`)
)

func veleroRows(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var columns []string
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			text := strings.TrimRight(line.Text, " \t")
			switch {
			case veleroHead.MatchString(text):
				columns = veleroGap.Split(text, -1)
			case text == "" || strings.HasPrefix(text, "$ ") || len(columns) == 0:
			default:
				e, err := veleroRow(in, line, columns, veleroGap.Split(text, -1))
				if !yield(e, err) {
					return
				}
			}
		}
	}
}

func veleroRow(in *Input, line Line, columns, cells []string) (e backup.Execution, err error) {
	if len(cells) != len(columns) {
		return e, bad(line.N, say.Record("it has %d columns, the header has %d", len(cells), len(columns)))
	}
	cell := map[string]string{}
	for i, c := range columns {
		cell[c] = cells[i]
	}
	state := veleroState.FindStringSubmatch(cell["STATUS"])
	if state == nil {
		return e, unknownWord(line.N, say.Record("the phase"), cell["STATUS"])
	}
	if state[1] == "Deleting" {
		return e, bad(line.N, say.Record("%s is being deleted, which hides how it ended", cell["NAME"]))
	}
	errors, _ := strconv.Atoi(cmp.Or(state[2], cell["ERRORS"]))
	warnings, _ := strconv.Atoi(cell["WARNINGS"])
	if e, err = veleroExecution(line.N, cell["NAME"], state[1], errors, warnings); err != nil {
		return e, err
	}
	e.Offset, e.Absolute = line.Offset, true
	if m := veleroZone.FindStringSubmatch(cell["CREATED"]); m != nil {
		if e.Start, _, err = in.Wall(m[1]); err != nil {
			return e, bad(line.N, err.Error())
		}
	} else if cell["CREATED"] != "<nil>" {
		return e, bad(line.N, say.Record("%q is no time", cell["CREATED"]))
	}
	if e.Outcome != backup.Success {
		e.Log = line.Text
	}
	return e, nil
}
