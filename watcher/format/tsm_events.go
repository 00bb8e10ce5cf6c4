package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The server's scheduled events, delimited or as the table that the administrative client draws. The delimited form has no
// header; its columns are told by where the scheduled start stands.
var _ = register(Format{
	Name:     "tsm_events",
	Version:  1,
	Tool:     tsmTool,
	Title:    "query event",
	Export:   say.N(`dsmadmc -id=ADMIN -password=SECRET -dataonly=yes -comma "query event * * begindate=-1 format=detailed" > events.csv, every hour or so; -tab does as well.`),
	Evidence: backup.List,
	Meaning:  tsmMeaning,
	Endings: func() []backup.Ending {
		return joined(wordEndings(tsmWords), codeEndings("Completed", backup.Partial, "4", "8"), codeEndings("Completed", backup.Failed, "12"), codeEndings("Failed", backup.Failed, "4", "8", "12"))
	},
	Match: func(head []byte) bool {
		return tsmEventTable.Match(head) || tsmEventDetail.Match(head) || tsmEventShort.Match(head)
	},
	Executions: tsmEvents,
})

var _ = refuse(say.Record("this is the list form of query event; let the client delimit it: dsmadmc -dataonly=yes -comma \"query event * * begindate=-1 format=detailed\""),
	regexp.MustCompile(`(?m)^ *Schedule Name: .*\n *Node Name: .*\n *Scheduled Start: `).Match)

const (
	tsmAnyWord = `(?i:completed|failed|severed|missed|pending|started|restarted|in progress|future|uncertain)`
	tsmMaybe   = `"?(?:` + tsmStamp + `)?"?`
)

var (
	tsmEventTable  = signOf(`(?m)^ *Scheduled Start +Actual Start +Schedule Name +(?:Node Name +)?Status *$`, "Scheduled Start")
	tsmEventDetail = regexp.MustCompile(`(?m)^[^,\t\n]+[,\t][^,\t\n]+[,\t][^,\t\n]+[,\t]"?` + tsmStamp + `"?[,\t]` + tsmMaybe + `[,\t]` + tsmMaybe + `[,\t]"?` + tsmAnyWord)
	tsmEventShort  = regexp.MustCompile(`(?m)^"?` + tsmStamp + `"?[,\t]` + tsmMaybe + `[,\t][^,\t\n]+[,\t][^,\t\n]+[,\t]"?` + tsmAnyWord)
)

func tsmEvents(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		in.tsmOrder()
		for event, err := range tsmEventRows(in) {
			var e backup.Execution
			if err == nil {
				e, err = event.execution(in)
			}
			if err == nil && e.Outcome == 0 { // to come, or forgotten
				continue
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func tsmEventRows(in *Input) iter.Seq2[tsmEvent, error] {
	return func(yield func(tsmEvent, error) bool) {
		var t tsmTable
		begins := func(cells map[string]string) bool { return tsmIsDate.MatchString(cells["scheduledstart"]) }
		give := func(r *tsmRecord) bool { return r == nil || yield(tsmTableEvent(r), nil) }
		for line, err := range in.Lines() {
			if err != nil {
				yield(tsmEvent{}, err)
				return
			}
			cells := tsmDelimited(line.Text)
			if cells == nil {
				if !give(t.take(line, begins)) {
					return
				}
				continue
			}
			event, err := tsmDelimitedEvent(line, cells)
			if !yield(event, err) {
				return
			}
		}
		if t.row != nil {
			t.row.open = t.row.open || strings.HasSuffix(t.row.cells["schedulename"], "-") || strings.HasSuffix(t.row.cells["nodename"], "-")
		}
		give(t.row)
	}
}
