package format

import (
	"cmp"
	"encoding/json"
	"iter"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

const barmanTool = "Barman"

// Barman's list of backups, as text and as JSON: a status for each, also of those that failed. The end is in the time zone of
// the database server while the id is in Barman's own, so the text's end says nothing; the JSON has an epoch as well.
var _ = register(Format{
	Name:       "barman_list_json",
	Version:    1,
	Tool:       barmanTool,
	Title:      "barman -f json list-backup all",
	Export:     "barman -f json list-backup all > backups.json",
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(barmanStatuses) },
	Match:      barmanListJSON.Match,
	Executions: barmanBackupsJSON,
})

var _ = register(Format{
	Name:       "barman_list_text",
	Version:    1,
	Tool:       barmanTool,
	Title:      "barman list-backup all",
	Export:     say.N("barman list-backup all > backups.txt; barman -f json list-backup all also tells when each backup ended."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return wordEndings(barmanStatuses) },
	Match:      barmanListed.Match,
	Executions: barmanBackupsText,
})

var (
	barmanListJSON = regexp.MustCompile(`(?s)^\s*\{\s*"[^"]+"\s*:\s*\[.*"backup_id"\s*:\s*"\d{8}T\d{6}"`)
	// The name of a backup and the letter of its type are new.
	barmanListed    = signOf(`(?m)^(\S+) (\d{8}T\d{6})(?: '[^']*')? - (?:([A-Z]) - )?(.+)$`, " - ")
	barmanListedEnd = regexp.MustCompile(`^[A-Z][a-z]{2} [A-Z][a-z]{2} .+? - Size: (.+?) - WAL Size: (.+?)(?: - ([A-Z_]+))?$`)
)

var _ = refuse(say.Record("barman check tells whether a server could be backed up, not whether it was; use: barman -f json list-backup all > backups.json"),
	regexp.MustCompile(`(?m)^Server \S+:\r?\n(?:\s+.+: (?:OK|FAILED)\b.*\r?\n?)+`).Match)

// barmanStatuses: Barman knows a backup as done only when it has every log segment that the backup needs.
var barmanStatuses = map[string]backup.Outcome{
	"DONE": backup.Success, "WAITING_FOR_WALS": backup.Partial, "FAILED": backup.Failed,
	"STARTED": backup.Running, "EMPTY": backup.Running, "SYNCING": backup.Running,
}

// barmanErrors says what a status means, where the list has no text.
var barmanErrors = map[string]string{
	"WAITING_FOR_WALS": say.Record("log segments that the backup needs have not arrived yet"),
	"FAILED":           say.Record("the backup failed; its log tells why"),
}

func barmanLevel(kind string) string {
	return map[string]string{"F": "full", "I": "incremental", "full": "full", "incremental": "incremental"}[kind]
}

// barmanExecution is known by server and id, which is the wall time of its start.
func barmanExecution(in *Input, line int, server, id, status string) (backup.Execution, error) {
	e := backup.Execution{
		Session: server + "/" + id, Routine: server, Client: server, NativeStatus: status,
		Outcome: barmanStatuses[status], Error: barmanErrors[status], StartText: id, Line: line,
	}
	if e.Outcome == 0 {
		return e, unknownWord(line, say.Record("the status"), status)
	}
	civil, err := time.Parse("20060102T150405", id)
	if err != nil {
		return e, bad(line, say.Record("%q is no backup id", id))
	}
	e.Start, e.TimeNote = in.Place(civil)
	return e, nil
}

type barmanBackup struct {
	ID     string          `json:"backup_id"`
	Status string          `json:"status"`
	End    json.RawMessage `json:"end_time_timestamp"` // a number, mostly written as text
	Size   json.Number     `json:"size_bytes"`
	Type   string          `json:"backup_type"`
}

func barmanBackupsJSON(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for record, err := range jsonRecords(in, "*") {
			var b barmanBackup
			if err == nil {
				err = record.into(&b)
			}
			if err == nil && record.key == "" {
				continue // the braces round the lists
			}
			var e backup.Execution
			if err == nil {
				e, err = b.execution(in, record)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func (b barmanBackup) execution(in *Input, record jsonRecord) (backup.Execution, error) {
	e, err := barmanExecution(in, record.line, record.key, b.ID, cmp.Or(b.Status, "DONE"))
	e.Offset, e.RecordLength, e.Level = record.offset, int64(len(record.json)), barmanLevel(b.Type)
	e.End = epoch(json.Number(strings.Trim(string(b.End), `"`)), time.Second)
	if n, ok := number(b.Size.String()); ok {
		e.Bytes = n
	}
	if !e.End.IsZero() && e.End.Before(e.Start) {
		e.TimeNote = say.Record("it ends before it starts: the source's zone is not that of the Barman host")
	}
	return e, err
}

func barmanBackupsText(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := barmanListed.FindStringSubmatch(strings.TrimRight(line.Text, " ")); m != nil && !yield(barmanRow(in, line, m)) {
				return
			}
		}
	}
}

// barmanRow reads a line. Its status stands last, and none is there if all is well: a line that the file ends in may lack it.
func barmanRow(in *Input, line Line, m []string) (backup.Execution, error) {
	status, bytes := m[4], backup.Count{}
	if d := barmanListedEnd.FindStringSubmatch(m[4]); d != nil {
		bytes, _ = size(d[1])
		if status = d[3]; barmanStatuses[status] == 0 { // what retention says of it
			status = "DONE"
		}
	}
	if line.Open && (status == "DONE" || barmanStatuses[status] == 0) {
		return backup.Execution{}, bad(line.N, say.Record("the list ends in this line"))
	}
	e, err := barmanExecution(in, line.N, m[1], m[2], status)
	e.Offset, e.Level, e.Bytes = line.Offset, barmanLevel(m[3]), bytes
	return e, err
}
