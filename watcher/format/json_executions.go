package format

import (
	"encoding/json"
	"iter"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// jsonExecutions reads every record of a JSON text (see jsonRecords). read tells by ok whether a record is an execution at all.
func jsonExecutions(in *Input, read func(jsonRecord) (e backup.Execution, ok bool, err error), lists ...string) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for record, err := range jsonRecords(in, lists...) {
			var e backup.Execution
			ok := true
			if err == nil {
				e, ok, err = read(record)
			}
			if !ok && err == nil {
				continue
			}
			e.Line, e.Offset = record.line, record.offset
			if !yield(e, err) {
				return
			}
		}
	}
}

// log is the record as written, for runs that did not succeed.
func (r jsonRecord) log() string {
	var log logText
	for line := range strings.Lines(string(r.json)) {
		log.add(strings.TrimRight(line, "\r\n"))
	}
	return log.String()
}

// isJSON tells a text that begins as JSON does, and holds every one of the given pieces.
func isJSON(head []byte, pieces ...string) bool {
	text := strings.TrimLeft(string(head[:min(len(head), 256)]), " \t\r\n\ufeff")
	return text != "" && strings.ContainsAny(text[:1], "[{") && holds(head, pieces...)
}

// time reads a time that names its offset. Nothing, and the year 1 by which .NET says so, is none.
func (r jsonRecord) time(name, s string) (time.Time, error) {
	if s == "" || strings.HasPrefix(s, "0001-01-01") {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, bad(r.line, say.Record("%s: %q is no time with an offset", name, s))
	}
	return t.UTC(), nil
}

// jsonCount reads a number of bytes; what is missing, negative or no whole number is unknown.
func jsonCount(n json.Number) backup.Count {
	i, err := n.Int64()
	if err != nil || i < 0 {
		return backup.Count{}
	}
	return backup.N(i)
}
