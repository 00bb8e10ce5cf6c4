package format

import (
	"encoding/json"
	"iter"
	"regexp"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// pgBackRest's inventory: the backups that are in the repository, by stanza. Failed runs are never in it.
var _ = register(Format{
	Name:       "pgbackrest_info",
	Version:    1,
	Tool:       pgbackrestTool,
	Title:      "pgbackrest info --output=json",
	Export:     say.N("pgbackrest info --output=json > info.json; it holds no failed runs, so watch the log files too."),
	Evidence:   backup.Inventory,
	EndsOnly:   true,
	Match:      func(head []byte) bool { return pgbackrestStanzas.Match(head) },
	Executions: pgbackrestBackups,
})

// A repository without backups shows its database, one without a database only its status.
var pgbackrestStanzas = regexp.MustCompile(`(?s)^\s*\[\s*\{\s*"(archive|backup|cipher)"\s*:.*("backrest"|"repo-key"|"cipher")\s*:`)

var pgbackrestText = regexp.MustCompile(`(?m)^stanza: \S+\s*\n\s+status: `)

var _ = refuse(say.Record("pgBackRest's inventory is read as JSON only: pgbackrest info --output=json > info.json; better, watch its log files, which tell failed runs too"),
	pgbackrestText.Match)

type pgbackrestStanzaInfo struct {
	Name    string             `json:"name"`
	Backups []pgbackrestBackup `json:"backup"`
	Status  struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"status"`
}

type pgbackrestBackup struct {
	Label     string `json:"label"`
	Type      string `json:"type"`
	Error     bool   `json:"error"` // pages with a wrong checksum
	Timestamp struct {
		Start json.Number `json:"start"`
		Stop  json.Number `json:"stop"`
	} `json:"timestamp"`
	Info struct {
		Delta *int64 `json:"delta"`
	} `json:"info"`
}

func pgbackrestBackups(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for record, err := range jsonRecords(in) {
			var stanza pgbackrestStanzaInfo
			if err == nil {
				err = record.into(&stanza)
			}
			if err != nil {
				if !yield(backup.Execution{}, err) {
					return
				}
				continue
			}
			if stanza.Status.Code != 0 {
				in.note("stanza " + stanza.Name + ": " + stanza.Status.Message) // in its own words
			}
			for _, b := range stanza.Backups {
				if !yield(b.execution(stanza.Name, record)) {
					return
				}
			}
		}
	}
}

func (b pgbackrestBackup) execution(stanza string, record jsonRecord) (backup.Execution, error) {
	e := backup.Execution{
		Session: pgbackrestSession(stanza, b.Label), Routine: stanza, Level: pgbackrestLevels[b.Type], Outcome: backup.Success,
		Start: epoch(b.Timestamp.Start, time.Second), End: epoch(b.Timestamp.Stop, time.Second), Absolute: true,
		Line: record.line, Offset: record.offset,
	}
	if b.Label == "" || e.Start.IsZero() {
		return e, bad(record.line, say.Record("a backup of stanza %s has no label or no start", stanza))
	}
	if b.Info.Delta != nil && *b.Info.Delta >= 0 {
		e.Bytes = backup.N(*b.Info.Delta)
	}
	if b.Error {
		e.Outcome, e.NativeStatus, e.Error = backup.Partial, "error", say.Record("pages with a wrong checksum were saved")
	}
	return e, nil
}
