package data

import (
	"database/sql"
	"strings"
	"time"

	"backstop/app/backup"
)

// factColumns are the columns of executions that hold what a tool stated, in the order of factValues and factRow.
var factColumns = strings.Fields(`instance session parent kind vital level outcome told native_status code error start end at
	start_text end_text absolute from_file time_note expires bytes files tries first_outcome retry will_retry evidence exported`)

// factList joins the fact columns, each behind a prefix such as "e.".
func factList(prefix string) string { return prefix + strings.Join(factColumns, ","+prefix) }

func factValues(s backup.Stated) []any {
	e := s.Execution
	return []any{
		e.Instance, e.Session, e.Parent, int64(e.Kind), e.Vital, e.Level, int64(e.Outcome), int64(e.Told), e.NativeStatus, e.Code, e.Error,
		millis(e.Start), millis(e.End), millis(e.At()), e.StartText, e.EndText, e.Absolute, e.FromFile, e.TimeNote, millis(e.Expires),
		count(e.Bytes), count(e.Files), int64(e.Tries), int64(e.FirstOutcome), e.Retry, e.WillRetry, int64(e.Evidence), s.Exported.UnixMilli(),
	}
}

// factRow receives the fact columns of one row.
type factRow struct {
	e                    backup.Execution
	start, end, at       sql.NullInt64
	expires              sql.NullInt64
	bytes, files         sql.NullInt64
	exported             int64
	kind, outcome, first int64
	told                 int64
	evidence             int64
}

func (f *factRow) targets() []any {
	e := &f.e
	return []any{
		&e.Instance, &e.Session, &e.Parent, &f.kind, &e.Vital, &e.Level, &f.outcome, &f.told, &e.NativeStatus, &e.Code, &e.Error,
		&f.start, &f.end, &f.at, &e.StartText, &e.EndText, &e.Absolute, &e.FromFile, &e.TimeNote, &f.expires,
		&f.bytes, &f.files, &e.Tries, &f.first, &e.Retry, &e.WillRetry, &f.evidence, &f.exported,
	}
}

func (f *factRow) stated() backup.Stated {
	e := f.e
	e.Kind, e.Outcome, e.Told, e.FirstOutcome, e.Evidence = backup.Kind(f.kind), backup.Outcome(f.outcome), backup.Outcome(f.told), backup.Outcome(f.first), backup.Evidence(f.evidence)
	e.Start, e.End, e.Expires = instant(f.start), instant(f.end), instant(f.expires)
	e.Bytes, e.Files = counted(f.bytes), counted(f.files)
	return backup.Stated{Execution: e, Exported: time.UnixMilli(f.exported).UTC()}
}

func count(c backup.Count) any {
	if n, ok := c.Value(); ok {
		return n
	}
	return nil
}

func counted(n sql.NullInt64) backup.Count {
	if !n.Valid {
		return backup.Count{}
	}
	return backup.N(n.Int64)
}
