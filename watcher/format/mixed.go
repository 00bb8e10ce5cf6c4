package format

import (
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// mixedLine is a line of text, or a whole JSON object that stands among such lines.
type mixedLine struct {
	Line
	JSON bool
}

// mixedLines reads what tools leave in a file that takes both their output and their messages: JSON objects, on one line or
// indented, alone or in a list, before, between and behind lines of text. An object that is never closed costs itself.
func mixedLines(in *Input) iter.Seq2[mixedLine, error] {
	return func(yield func(mixedLine, error) bool) {
		m := mixture{yield: yield}
		for line, err := range in.Lines() {
			if err != nil {
				yield(mixedLine{}, err)
				return
			}
			if m.read(line); m.stopped {
				return
			}
		}
		m.giveUp(say.Record("the text ends within a JSON object"))
	}
}

// mixture puts the lines of one object together.
type mixture struct {
	yield   func(mixedLine, error) bool
	stopped bool

	first    Line // of the object that is open
	text     strings.Builder
	depth    int
	quoted   bool
	escaping bool
	listed   bool // a list is open, so that a bracket alone may close it
}

func (m *mixture) read(line Line) {
	if m.depth > 0 && strings.HasPrefix(line.Text, "{") { // what is inside an object is indented
		m.giveUp(say.Record("the JSON object is never closed"))
	}
	if m.depth == 0 && !m.begins(line.Text) {
		m.give(mixedLine{Line: line})
		return
	}
	rest := line.Text
	for !m.stopped {
		if m.depth == 0 {
			rest = m.brackets(rest)
			if !strings.HasPrefix(rest, "{") {
				break
			}
			m.first, m.quoted, m.escaping = line, false, false
			m.first.Offset += int64(len(line.Text) - len(rest))
			m.text.Reset()
		}
		n := m.objectEnd(rest)
		m.text.WriteString(rest[:n])
		rest = rest[n:]
		if m.depth > 0 {
			m.more()
			return
		}
		m.first.Text, m.first.Open = m.text.String(), line.Open && rest == ""
		m.give(mixedLine{m.first, true})
	}
	if rest != "" && !m.stopped { // the object had no line end, so the next message stands behind it
		line.Offset += int64(len(line.Text) - len(rest))
		line.Text = rest
		m.give(mixedLine{Line: line})
	}
}

// begins tells an object, or a bracket round objects, from text: "[12:30] done" begins with a bracket too, and "]" may stand alone.
func (m *mixture) begins(line string) bool {
	line = strings.TrimLeft(line, " \t")
	rest := strings.TrimLeft(line, "[], \t")
	if rest == "" {
		return line != "" && (m.listed || line[0] == '[')
	}
	return strings.HasPrefix(rest, `{"`) || rest == "{"
}

// brackets drops what stands between objects.
func (m *mixture) brackets(s string) string {
	rest := strings.TrimLeft(s, "[], \t")
	if i := strings.LastIndexAny(s[:len(s)-len(rest)], "[]"); i >= 0 {
		m.listed = s[i] == '['
	}
	return rest
}

// objectEnd is how much of s belongs to the open object, or to the one that s begins.
func (m *mixture) objectEnd(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case m.escaping:
			m.escaping = false
		case m.quoted:
			m.escaping, m.quoted = c == '\\', c != '"'
		case c == '"':
			m.quoted = true
		case c == '{':
			m.depth++
		case c == '}':
			if m.depth--; m.depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// more keeps the line end within an object, up to the bound.
func (m *mixture) more() {
	m.text.WriteByte('\n')
	if m.text.Len() > maxJSON {
		m.giveUp(say.Record("the JSON object is too long"))
	}
}

func (m *mixture) giveUp(reason string) {
	if m.depth > 0 && !m.stopped {
		m.depth = 0
		m.stopped = !m.yield(mixedLine{}, &backup.BadRecord{Line: m.first.N, Reason: reason})
	}
}

func (m *mixture) give(l mixedLine) { m.stopped = m.stopped || !m.yield(l, nil) }
