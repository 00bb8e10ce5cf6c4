package format

import (
	"iter"
	"regexp"
	"slices"
)

// A line copied out of a web console: number, tab, time, tab, message.
var baculaWebLine = regexp.MustCompile(`^\d+\t(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)`)

// Copies out of web consoles are small; a longer text is turned round piece by piece.
const maxBaculaTurned = 20000

// baculaOldestFirst yields the lines in the order in which they were said. Web consoles show the newest message first.
func (in *Input) baculaOldestFirst() iter.Seq2[Line, error] {
	if !in.baculaNewestFirst() {
		return in.Lines()
	}
	return func(yield func(Line, error) bool) {
		var messages [][]Line
		count := 0
		turned := func() bool {
			slices.Reverse(messages)
			for _, m := range messages {
				for _, line := range m {
					if !yield(line, nil) {
						return false
					}
				}
			}
			messages, count = nil, 0
			return true
		}
		for line, err := range in.Lines() {
			if err != nil {
				yield(line, err)
				return
			}
			if begins := baculaWebLine.MatchString(line.Text); begins && count > maxBaculaTurned && !turned() {
				return
			} else if begins || messages == nil {
				messages = append(messages, nil)
			}
			last := &messages[len(messages)-1]
			*last = append(*last, line)
			count++
		}
		turned()
	}
}

// baculaNewestFirst compares the first two different times of a web console's lines. Other texts are not read to their end for it.
func (in *Input) baculaNewestFirst() bool {
	const enough = 1000
	first := ""
	for line, err := range in.Lines() {
		if err != nil || first == "" && line.N > enough {
			return false
		}
		m := baculaWebLine.FindStringSubmatch(line.Text)
		switch {
		case m == nil:
		case first == "":
			first = m[1]
		case m[1] != first:
			return m[1] < first
		}
	}
	return false
}
