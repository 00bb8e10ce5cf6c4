package format

import (
	"encoding/json"
	"iter"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// BackupPC: a host's file of kept backups. It names no host, so the source's name stands for it.
var _ = register(Format{
	Name:    "backuppc_backups",
	Version: 1,
	Tool:    backuppcTool,
	Title:   "pc/HOST/backups",
	Export: say.N("Copy /var/lib/backuppc/pc/HOST/backups, one source for each host. It holds no failed runs; prefer the hosts' logs " +
		"(pc/HOST/LOG.MMYYYY), and do not import both."),
	Evidence:   backup.Inventory,
	Match:      backuppcRow.Match,
	Executions: backuppcBackups,
})

var backuppcRow = signOf(`(?m)^\d+\t(full|incr|partial|active)\t\d{9,10}\t\d{0,10}\t\d*\t`, "\t")

// Columns of the file that are read.
const (
	backuppcNum = iota
	backuppcType
	backuppcStart
	backuppcEnd
	backuppcFiles
	backuppcSize
	backuppcErrors = 10
)

func backuppcBackups(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if strings.TrimSpace(line.Text) == "" {
				continue
			}
			if !yield(backuppcKept(line)) {
				return
			}
		}
	}
}

func backuppcKept(line Line) (backup.Execution, error) {
	c := strings.Split(line.Text, "\t")
	if len(c) <= backuppcErrors+1 {
		return backup.Execution{}, bad(line.N, say.Record("it has %d columns, too few to tell how the backup went", len(c)))
	}
	e := backup.Execution{
		// A backup at work has another type, and each host counts for itself.
		Session: "#" + c[backuppcNum] + " of " + c[backuppcStart],
		Level:   backuppcLevels[c[backuppcType]], NativeStatus: c[backuppcType],
		Start: epoch(json.Number(c[backuppcStart]), time.Second), End: epoch(json.Number(c[backuppcEnd]), time.Second),
		Absolute: true, Line: line.N, Offset: line.Offset, RecordLength: int64(len(line.Text)),
	}
	errors, ok := number(c[backuppcErrors])
	if e.Start.IsZero() || !ok {
		return e, bad(line.N, say.Record("%q is no start, or %q no count of errors", c[backuppcStart], c[backuppcErrors]))
	}
	e.Files, _ = number(c[backuppcFiles])
	e.Bytes, _ = number(c[backuppcSize])
	n, _ := errors.Value()
	switch c[backuppcType] {
	case "active":
		e.Outcome, e.End = backup.Running, time.Time{}
	case "partial":
		e.Outcome, e.Error = backup.Partial, say.Record("the backup was broken off; what had been saved is kept")
	case "full", "incr":
		e.Outcome = backup.Success
		if n > 0 {
			e.Outcome, e.Error = backup.Partial, say.Record("%s files or shares had errors; the transfer log names them", c[backuppcErrors])
		}
	default:
		return e, unknownWord(line.N, say.Record("the type"), c[backuppcType])
	}
	return e, nil
}
