package format

import (
	"iter"
	"regexp"
	"strings"
)

// pvesh prints a task's log as a table of numbered lines, or as JSON: [{"n":1,"t":"INFO: …"}].
var (
	vzdumpCell = regexp.MustCompile(`^[│|] *\d+ *[│|] (.*?) *[│|]?$`)
	vzdumpSaid = regexp.MustCompile(`"t"\s*:\s*"(?:INFO: (?:starting new backup job: vzdump|Starting Backup of VM \d)|ERROR: Backup of VM \d)`)
)

func vzdumpInJSON(head []byte) bool { return isJSON(head, `"n"`, `"t"`) && vzdumpSaid.Match(head) }

// vzdumpLines yields the lines of the log, however they are wrapped.
func (in *Input) vzdumpLines() iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		begun := false
		for line, err := range in.Lines() {
			if text := strings.TrimSpace(line.Text); err == nil && !begun && text != "" {
				if begun = true; strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{") {
					in.vzdumpRecords(yield)
					return
				}
			}
			if m := vzdumpCell.FindStringSubmatch(line.Text); m != nil {
				line.Text = m[1]
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

func (in *Input) vzdumpRecords(yield func(Line, error) bool) {
	for record, err := range jsonRecords(in, "data") {
		line := Line{N: record.line, Offset: record.offset}
		var said struct {
			Text string `json:"t"`
		}
		if err == nil {
			err = record.into(&said)
		}
		line.Text = said.Text
		if !yield(line, err) {
			return
		}
	}
}
