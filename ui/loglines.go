package ui

import (
	"context"
	"strings"
	"unicode"
)

// logLines is a log as lines: the text as it is, and where each line begins. Nothing is copied, so that 100 MB are there at once.
type logLines struct {
	text   string
	starts []int // of every line
}

func newLogLines(text string) *logLines {
	l := &logLines{text: text}
	if text == "" {
		return l
	}
	l.starts = make([]int, 1, 1+len(text)/64)
	for at := strings.IndexByte(text, '\n'); at >= 0 && l.last()+at+1 < len(text); at = strings.IndexByte(text[l.last():], '\n') {
		l.starts = append(l.starts, l.last()+at+1)
	}
	return l
}

func (l *logLines) last() int { return l.starts[len(l.starts)-1] }

// Len implements viewer.Lines.
func (l *logLines) Len() int { return len(l.starts) }

// Line implements viewer.Lines.
func (l *logLines) Line(i int) string {
	end := len(l.text)
	if i+1 < len(l.starts) {
		end = l.starts[i+1]
	}
	return strings.TrimRight(l.text[l.starts[i]:end], "\r\n")
}

// mostMatches bounds what a search remembers; a text that is in more lines than that finds nothing.
const mostMatches = 100_000

// find gives the lines that have a text, without regard to upper and lower case. It stops when ctx ends.
func (l *logLines) find(ctx context.Context, text string) ([]int, error) {
	sought := strings.Map(unicode.ToLower, text)
	if sought == "" {
		return nil, nil
	}
	var found []int
	for i := range l.Len() {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if strings.Contains(strings.Map(unicode.ToLower, l.Line(i)), sought) {
			if found = append(found, i); len(found) == mostMatches {
				break
			}
		}
	}
	return found, nil
}

// errorWords tell a line of trouble in any tool's log, innocent ones are taken out of it first.
var (
	errorWords = []string{"error", "fail", "fatal", "critical", "cannot", "can't", "could not", "unable", "exception", "denied", "refused", "abort", "no space", "timed out"}
	innocent   = strings.NewReplacer("0 errors", "", "0 failed", "", "errors: 0", "", "errors=0", "", "error: 0", "", "failed: 0", "", "no errors", "", "without errors", "", "failures: 0", "", "0 failures", "")
)

// judged is as much of a line as is looked at: a line may be a whole file without line breaks.
const judged = 4096

// isErrorLine tells whether a line should be marked.
func isErrorLine(line string) bool {
	line = innocent.Replace(strings.ToLower(line[:min(len(line), judged)]))
	for _, w := range errorWords {
		if strings.Contains(line, w) {
			return true
		}
	}
	return false
}
