package format

import (
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Dell NetWorker: the savegroup completion report. Each of the group's clients is an execution. There is no native id, and the
// level is no part of the identity: a client that failed has none, and when the group is restarted the same client has one.
var _ = register(Format{
	Name:     "networker_savegroup",
	Version:  1,
	Tool:     "NetWorker",
	Title:    "savegroup completion",
	Export:   say.N("In the properties of the notification \"Savegroup completion\" let the action write the report to a file of its own, for example with `tee`: one report or several, one after the other. Nothing of it may be cut or wrapped by a mail program."),
	Evidence: backup.Report,
	EndsOnly: true,
	Endings:  func() []backup.Ending { return wordEndings(networkerWords) },
	Match:    networkerTitle.Match,
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return func(yield func(backup.Execution, error) bool) {
			var group *networkerGroup
			for line, err := range in.Lines() {
				if err != nil {
					yield(backup.Execution{}, err)
					return
				}
				if next := networkerBegin(line); next != nil {
					if group != nil && !group.executions(in, yield) {
						return
					}
					group = next
				} else if group != nil {
					if err := group.take(line); err != nil && !yield(backup.Execution{}, err) {
						return
					}
				}
			}
			if group != nil {
				group.executions(in, yield)
			}
		}
	},
})

// A group's name may hold blanks, and these very words: it ends where a comma or the line's end follows.
var networkerTitle = signOf(`(?m)^NetWorker savegroup: \((?:notice|alert|info)\) (.+?) (completed|aborted)(?:[,:] *(.*))?$`, "NetWorker savegroup: ")

func networkerBegin(line Line) *networkerGroup {
	if !strings.HasPrefix(line.Text, "NetWorker savegroup: ") {
		return nil
	}
	t := networkerTitle.FindStringSubmatch(strings.TrimRight(line.Text, " "))
	if t == nil {
		return nil
	}
	return &networkerGroup{
		line: line, name: t[1], aborted: t[2] == "aborted", summary: strings.TrimSpace(t[3]),
		byName: map[string]*networkerClient{}, byHost: map[string][]*networkerClient{},
	}
}
