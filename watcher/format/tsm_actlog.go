package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The server's activity log, as `query actlog` and SELECT print it: wrapped to the screen, or delimited. Messages are known by
// their number; those that close a schedule are executions, and the trouble that names the same node before is their reason.
var _ = register(Format{
	Name:     "tsm_actlog",
	Version:  1,
	Tool:     tsmTool,
	Title:    "query actlog",
	Export:   say.N(`dsmadmc -id=ADMIN -password=SECRET -dataonly=yes -tab "query actlog begindate=-1" > actlog.txt. It names no scheduled time of what failed, so where you can, watch query event as the source of executions.`),
	Evidence: backup.Report,
	EndsOnly: true,
	Meaning:  tsmMeaning,
	Endings: func() []backup.Ending {
		return joined(tsmClosingEndings(), []backup.Ending{{Word: "ANR2507I", Told: backup.Partial}}, codeEndings("ANR2579E", backup.Failed, "4", "8", "12"))
	},
	Match: func(head []byte) bool {
		return tsmActLine.Match(head) || tsmActTable.Match(head) && tsmActID.Match(head)
	},
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		return func(yield func(backup.Execution, error) bool) {
			in.tsmOrder()
			log := tsmLog{nodes: map[string]*tsmNode{}}
			for message, err := range tsmMessages(in) {
				if err != nil {
					yield(backup.Execution{}, err)
					return
				}
				if e, closes, err := log.take(in, message); closes && !yield(e, err) {
					return
				}
			}
		}
	},
})

var (
	tsmActLine  = signOf(`(?m)^[ \t]*"?(`+tsmStamp+`)"?(?:[,\t]| +)(?:"?[IWESD]"?(?:[,\t]| +))?"?(AN[RE]\d{4}[IWESD] .*)$`, "ANR", "ANE")
	tsmActTable = signOf(`(?m)^ *(DATE_TIME|Date/Time) +.*(?i:MESSAGE)`, "DATE_TIME", "Date/Time")
	tsmActID    = regexp.MustCompile(`\bAN[RE]\d{4}[IWESD] `)
)

// tsmMessage is one message, put together from its lines.
type tsmMessage struct {
	line  Line
	stamp string
	text  string
}

// tsmMessages yields the messages. In a narrow table even the date is wrapped, and an empty line ends the row.
func tsmMessages(in *Input) iter.Seq2[*tsmMessage, error] {
	return func(yield func(*tsmMessage, error) bool) {
		var table tsmTable
		var now *tsmMessage
		begins := func(cells map[string]string) bool { return tsmActID.MatchString(cells["message"] + " ") }
		give := func(m *tsmMessage) bool { return m == nil || yield(m, nil) }
		for line, err := range in.Lines() {
			if err != nil {
				yield(nil, err)
				return
			}
			m := tsmActLine.FindStringSubmatch(line.Text)
			switch {
			case m != nil:
				if !give(now) || !give(table.end()) {
					return
				}
				now = &tsmMessage{line, m[1], strings.TrimRight(m[2], `" `)}
			case now != nil && strings.HasPrefix(line.Text, " ") && strings.TrimSpace(line.Text) != "":
				now.add(line.Text)
			default:
				if !give(now) || !give(tsmRowMessage(table.take(line, begins))) {
					return
				}
				now = nil
			}
		}
		_ = give(now) && give(table.end())
	}
}

func (m *tsmMessage) add(text string) {
	if len(m.text) < maxLog {
		m.text = tsmJoin(m.text, strings.TrimRight(text, `" `))
	}
}

func (t *tsmTable) end() *tsmMessage {
	row := t.row
	t.row = nil
	return tsmRowMessage(row)
}

func tsmRowMessage(row *tsmRecord) *tsmMessage {
	if row == nil {
		return nil
	}
	return &tsmMessage{row.line, row.cells["datetime"], row.cells["message"]}
}
