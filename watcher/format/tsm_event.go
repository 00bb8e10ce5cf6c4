package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// tsmEvent is one event, from whichever form.
type tsmEvent struct {
	line                       Line
	node, schedule             string
	scheduled, started, ended  string
	status, code, reason, text string
	administrative             bool
	open                       bool // the text ends in it
	wrapped                    bool // even its names may go on in another line
}

var tsmIsDate = regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}`)

func tsmTableEvent(r *tsmRecord) tsmEvent {
	_, hasNode := r.cells["nodename"]
	status, code := tsmStatusAndCode(r.cells["status"])
	return tsmEvent{
		line: r.line, open: r.open, wrapped: true, administrative: !hasNode, text: strings.Join(r.text, "\n"),
		scheduled: r.cells["scheduledstart"], started: r.cells["actualstart"],
		schedule: r.cells["schedulename"], node: r.cells["nodename"], status: status, code: code,
	}
}

// tsmStatusAndCode splits "Failed  12".
func tsmStatusAndCode(s string) (status, code string) {
	if i := strings.LastIndexByte(s, ' '); i >= 0 && strings.Trim(s[i+1:], "-0123456789") == "" {
		return strings.TrimSpace(s[:i]), s[i+1:]
	}
	return s, ""
}

// tsmDelimited splits a line that has enough separators to be an event; the client's banner has a few commas too.
func tsmDelimited(text string) []string {
	for _, separator := range []byte{'\t', ','} {
		if strings.Count(text, string(separator)) >= 4 {
			return splitRecord(text, separator)
		}
	}
	return nil
}

func tsmDelimitedEvent(line Line, cells []string) (tsmEvent, error) {
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	e := tsmEvent{line: line, open: line.Open, text: line.Text}
	switch {
	case tsmIsStamp.MatchString(cells[0]):
		e.scheduled, e.started, e.schedule, e.node = cells[0], cells[1], cells[2], cells[3]
		e.status, e.code = tsmStatusAndCode(cells[4])
	case len(cells) >= 7 && tsmIsStamp.MatchString(cells[3]):
		e.schedule, e.node = cells[1], cells[2]
		e.scheduled, e.started, e.ended, e.status = cells[3], cells[4], cells[5], cells[6]
		if len(cells) > 7 {
			e.code = cells[7]
		}
		if len(cells) > 8 {
			e.reason, e.open = strings.Join(cells[8:], ", "), false
		}
	default:
		return e, bad(line.N, say.Record("no scheduled start stands where one should"))
	}
	return e, nil
}

// execution: an event that did not start takes the time for which it was scheduled.
func (t tsmEvent) execution(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{
		Routine: t.schedule, Client: t.node, NativeStatus: t.status, Code: t.code, StartText: t.scheduled,
		Line: t.line.N, Offset: t.line.Offset,
	}
	if t.administrative {
		e.Kind = backup.Administrative
	}
	var known bool
	if e.Outcome, known = tsmOutcome(t.status, t.code); !known {
		return e, unknownWord(t.line.N, say.Record("the status"), t.status)
	}
	if t.open && (e.Outcome.Final() || t.wrapped) {
		return e, bad(t.line.N, say.Record("the file ends here, so it may be cut"))
	}
	start := t.started
	if start == "" {
		start = t.scheduled
	}
	if e.Start, e.TimeNote, err = in.Wall(start); err != nil {
		return e, bad(t.line.N, err.Error())
	}
	if t.ended != "" && e.Outcome.Final() {
		if e.End, _, err = in.Wall(t.ended); err != nil {
			return e, bad(t.line.N, err.Error())
		}
	}
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Error, e.Log = t.cause(e.Outcome), t.text
	}
	return e, nil
}

func (t tsmEvent) cause(o backup.Outcome) string {
	switch {
	case t.reason != "":
		return short(t.reason)
	case o == backup.Missed:
		return say.Record("it did not start within its startup window")
	case strings.EqualFold(t.status, "severed"):
		return say.Record("the connection to the node was lost")
	}
	return tsmCause(t.code)
}
