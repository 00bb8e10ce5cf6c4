package format

import (
	"iter"
	"regexp"

	"backstop/app/backup"
	"backstop/app/say"
)

// The client's own log of its scheduled events. A line begins with date and time in the client's locale. The node is named when
// the client asks the server for its next event, so the first event of a log may come before it.
var _ = register(Format{
	Name:     "tsm_dsmsched",
	Version:  1,
	Tool:     tsmTool,
	Title:    "dsmsched.log",
	Export:   say.N("Watch the client's own dsmsched.log, or copy it hourly into a folder of its own for each node (with SCHEDLOGRETENTION it keeps a week or so)."),
	Evidence: backup.Report,
	Meaning:  tsmMeaning,
	Match:    tsmSchedHead.Match,
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return func(yield func(backup.Execution, error) bool) {
			in.tsmOrder()
			node, err := tsmFirstNode(in)
			log := tsmSched{node: node}
			for line, lineErr := range in.Lines() {
				if err == nil {
					err = lineErr
				}
				if err != nil {
					yield(backup.Execution{}, err)
					return
				}
				if done := log.take(line); done != nil && !yield(done.execution(in)) {
					return
				}
			}
			if log.run != nil && log.run.due != "" {
				yield(log.run.execution(in))
			}
		}
	},
})

var (
	tsmSchedHead = regexp.MustCompile(`(?m)^` + tsmStamp + ` (--- SCHEDULEREC |Scheduled event '|Querying server for next scheduled event|Normal File-->)`)
	tsmSchedLine = regexp.MustCompile(`^(` + tsmStamp + `) (.*)$`)
	tsmSchedNode = regexp.MustCompile(`^Node Name: (\S+)`)
)

var _ = refuse(say.Record("dsmerror.log holds the client's errors, not its runs; watch dsmsched.log beside it"),
	regexp.MustCompile(`(?m)^`+tsmStamp+` ANS\d{4}[WES] `).Match)

// tsmFirstNode looks for the first node that the log names.
func tsmFirstNode(in *Input) (string, error) {
	open := in.Open
	if in.Whole != nil {
		open = in.Whole
	}
	r, err := open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	node := ""
	eachLine(r, 0, 1, func(l Line, lineErr error) bool {
		if err = lineErr; err != nil {
			return false
		}
		if m := tsmSchedLine.FindStringSubmatch(l.Text); m != nil && !l.Open {
			if n := tsmSchedNode.FindStringSubmatch(m[2]); n != nil {
				node = n[1]
			}
		}
		return node == ""
	})
	return node, err
}
