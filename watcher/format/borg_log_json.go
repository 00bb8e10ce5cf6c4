package format

import (
	"encoding/json"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// borg --log-json: a message on each line. Only these tell the time of a run that failed.
var _ = register(Format{
	Name:       "borg_log_json",
	Version:    3,
	Tool:       borgTool,
	Title:      "borg create --log-json",
	Export:     say.N("borg create --log-json --stats --show-rc REPO::ARCHIVE /srv 2>> borg.jsonl: with --stats the archive is told, with --show-rc how the run ended."),
	Evidence:   backup.Report,
	Meaning:    borgMeaning,
	Endings:    func() []backup.Ending { return borgEndings() },
	Match:      func(head []byte) bool { return borgMessages.Match(head) && !borgObject.Match(head) },
	Executions: borgExecutions,
})

var borgMessages = signOf(`(?m)^\{.*"type": ?"(log_message|archive_progress|progress_message|progress_percent|file_status)"`, "\"type\"")

// borgMessage is one message; from a text log it is no more than its text.
type borgMessage struct {
	Type   string  `json:"type"`
	Text   string  `json:"message"`
	Level  string  `json:"levelname"`
	Time   float64 `json:"time"`
	Status string  `json:"status"` // of a file
	Path   string  `json:"path"`
}

// at is when the message was written; zero where it does not say.
func (m borgMessage) at() time.Time {
	if m.Time <= 0 || m.Time > 1<<33 {
		return time.Time{}
	}
	return time.UnixMilli(int64(m.Time * 1000)).UTC()
}

// object reads a message, or what create --json prints.
func (l *borgLog) object(line Line) {
	var c borgCreated
	var m borgMessage
	if json.Unmarshal([]byte(line.Text), &c) == nil {
		if a, ok := c.archive(); ok {
			l.created(line, a)
			return
		}
	}
	if err := json.Unmarshal([]byte(line.Text), &m); err != nil || m.Type == "" {
		l.bad(bad(line.N, say.Record("it is no message of borg")))
		return
	}
	switch m.Type {
	case "log_message":
		for text := range strings.Lines(m.Text) { // a stack stands in one message
			m.Text = strings.TrimRight(text, "\r\n")
			l.read(line, m)
			m.Level = "" // only the first line says what it is
		}
	case "archive_progress":
		l.creates(line, m)
	case "file_status":
		m.Text = m.Status + " " + m.Path
		l.read(line, m)
	default:
		l.open.dated(line, m)
	}
}
