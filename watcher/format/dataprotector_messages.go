package format

import (
	"iter"
	"regexp"
	"slices"
	"strings"
)

// Severities of Data Protector's messages.
const (
	dpNormal = iota
	dpWarning
	dpMinor
	dpMajor
	dpCritical
)

var dpSeverities = []string{"Normal", "Warning", "Minor", "Major", "Critical"}

// dpMessage is one message: who said when how bad it is, and the text below.
type dpMessage struct {
	line                      Line // of its head
	severity                  int
	agent, host, object, time string
	lines                     []string
	text                      string // the lines in one
	size                      int
	last                      bool // the file ends in it, perhaps in the middle
}

// The quoted object may be missing. Two blanks or one stand before the time.
var dpHeadLine = signOf(`(?m)^\[(Normal|Warning|Minor|Major|Critical)\] From: ([^@\s]+)@(\S+) +(?:"(.*)" +)?Time: +(\S.*)$`, "] From: ")

// dpMessages yields the messages of a text. Only a head begins one: texts hold empty lines and quotes over several lines.
func dpMessages(in *Input) iter.Seq2[dpMessage, error] {
	return func(yield func(dpMessage, error) bool) {
		var m dpMessage
		for line, err := range in.Lines() {
			if err != nil {
				yield(dpMessage{}, err)
				return
			}
			line.Text = strings.ReplaceAll(line.Text, "\u00a0", " ")
			next, ok := dpHead(line)
			if !ok {
				m.take(line.Text)
				continue
			}
			if m.agent != "" && !yield(m.closed(), nil) {
				return
			}
			m = next
		}
		if m.last = true; m.agent != "" {
			yield(m.closed(), nil)
		}
	}
}

func dpHead(line Line) (dpMessage, bool) {
	if !strings.HasPrefix(line.Text, "[") {
		return dpMessage{}, false
	}
	f := dpHeadLine.FindStringSubmatch(line.Text)
	if f == nil {
		return dpMessage{}, false
	}
	return dpMessage{line: line, severity: slices.Index(dpSeverities, f[1]), agent: f[2], host: f[3], object: f[4], time: strings.TrimSpace(f[5])}, true
}

// take adds a line of text. What a message says beyond a log's bound is dropped.
func (m *dpMessage) take(line string) {
	if m.size += len(line) + 1; m.size <= maxLog {
		m.lines = append(m.lines, line)
	}
}

func (m dpMessage) closed() dpMessage {
	m.text = strings.Join(strings.Fields(strings.Join(m.lines, " ")), " ")
	return m
}

func (m *dpMessage) writeTo(log *logText) {
	log.add(m.line.Text)
	for _, line := range m.lines {
		log.add(line)
	}
}

// manager tells whether a session manager speaks (BSM, RSM, CSM …): it alone knows the session as a whole, and its clock is
// the Cell Manager's.
func (m *dpMessage) manager() bool { return len(m.agent) <= 4 && strings.HasSuffix(m.agent, "SM") }

var dpCode = regexp.MustCompile(`^\[(\d+:\d+)\] ?`)

func (m *dpMessage) code() string {
	if f := dpCode.FindStringSubmatch(m.text); f != nil {
		return f[1]
	}
	return ""
}

// said is the text without its code.
func (m *dpMessage) said() string { return dpCode.ReplaceAllString(m.text, "") }

// consequence tells the Critical message that only sums up: the cause stands before it and may be a mere Minor.
func (m *dpMessage) consequence() bool {
	return strings.Contains(m.text, "None of the Disk Agents completed successfully")
}

// rank orders messages by how well they explain what went wrong; 0 explains nothing.
func (m *dpMessage) rank() int {
	switch {
	case m.severity < dpMinor:
		return 0
	case m.consequence():
		return 1
	}
	return m.severity
}

func (m *dpMessage) statistics() bool {
	return slices.ContainsFunc(m.lines, func(line string) bool { return strings.HasSuffix(strings.TrimSpace(line), " Statistics:") })
}
