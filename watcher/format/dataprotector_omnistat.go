package format

import (
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Data Protector: the sessions at work. It cuts status and user, and gives no time. `omnistat -previous` and `omnidb -session`
// list finished ones in the same columns.
var _ = register(Format{
	Name:     "dataprotector_omnistat",
	Version:  1,
	Tool:     dpTool,
	Title:    "omnistat",
	Export:   say.N("On the Cell Manager: `omnistat > running.txt`. It has neither times nor specifications; `omnirpt -report list_sessions -timeframe 48 48 -tab` tells much more."),
	Evidence: backup.List,
	Match: func(head []byte) bool {
		return dpStatHeader.Match(head) && !dpIsList(head) && !dpHeadLine.Match(head) || strings.HasPrefix(strings.TrimSpace(string(head)), "No currently running sessions.")
	},
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return func(yield func(backup.Execution, error) bool) {
			var at []int
			for line, err := range in.Lines() {
				if err != nil {
					yield(backup.Execution{}, err)
					return
				}
				if header := dpStatHeader.FindStringSubmatchIndex(line.Text); header != nil {
					at = []int{header[2], header[4], header[6]}
					continue
				}
				if strings.Trim(line.Text, " =") == "" || at == nil {
					continue
				}
				if !yield(dpStat(line, at)) {
					return
				}
			}
		}
	},
})

var dpStatHeader = signOf(`(?m)^SessionID +(Type) +(Status) +(User)`, "SessionID")

// dpStat cuts a row where the header's words stand: a full status leaves no gap to the user.
func dpStat(line Line, at []int) (backup.Execution, error) {
	text := line.Text
	if len(text) <= at[2] || text[at[0]-1] != ' ' { // without a user the status may be cut by more than its column
		return backup.Execution{}, bad(line.N, say.Record("it is no whole line of omnistat"))
	}
	id, kind, status := strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[0]:at[1]]), strings.TrimSpace(text[at[1]:at[2]])
	if !dpSessionID.MatchString(id) {
		return backup.Execution{}, bad(line.N, say.Record("%q is no session id", id))
	}
	outcome, ok := dpOutcome(status, false)
	if !ok {
		return backup.Execution{}, unknownWord(line.N, say.Record("the status"), status)
	}
	return backup.Execution{Session: id, Kind: dpKind(kind, false), Outcome: outcome, NativeStatus: status, Line: line.N, Offset: line.Offset}, nil
}
