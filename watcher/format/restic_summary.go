package format

import (
	"strconv"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// resticSummary is also what snapshots --json knows of a backup.
type resticSummary struct {
	New        uint64  `json:"files_new"`
	Changed    uint64  `json:"files_changed"`
	Unmodified uint64  `json:"files_unmodified"`
	Files      *uint64 `json:"total_files_processed"`
	Added      *uint64 `json:"data_added"`
	Packed     *uint64 `json:"data_added_packed"` // since 0.17
	Start      string  `json:"backup_start"`      // since 0.18
	End        string  `json:"backup_end"`
}

func (l *resticLog) summary(m resticMessage, text string) {
	switch {
	case m.NumErrors != nil:
		l.checked(*m.NumErrors, text)
	case m.BytesRestored != nil:
		r := l.open
		if r.begun && r.e.Kind != backup.Restore {
			r = l.next()
		}
		r.begun, r.e.Kind, r.e.Routine, r.after = true, backup.Restore, "restore", "There were "
		l.keep(text)
		l.end(backup.Success)
	case m.Files != nil:
		l.backedUp(m, text)
	default:
		l.bad(say.Record("it sums up a command that is not known"))
	}
}

func (l *resticLog) checked(errors uint64, text string) {
	r := l.administer("check", text)
	if errors == 0 {
		l.end(backup.Success)
		return
	}
	if r.after = "repository contains errors"; r.reason == "" {
		r.reason = strconv.FormatUint(errors, 10) + " errors"
	}
	l.end(backup.Failed)
}

func (l *resticLog) backedUp(m resticMessage, text string) {
	r := l.open
	if r.begun && r.e.Kind != 0 && r.e.Kind != backup.Data {
		r = l.next()
	}
	r.begun, r.e.Kind, r.dry = true, backup.Data, m.DryRun
	r.count(m.New, m.Changed, m.Unmodified)
	m.fill(&r.e)
	l.keep(text)
	r.snapshot(m.SnapshotID)
	l.end(backup.Success)
}

// fill takes what the summary knows. Bytes is what was written, after compression where the version tells it.
func (s resticSummary) fill(e *backup.Execution) {
	e.Files = resticCount(s.Files)
	if e.Bytes = resticCount(s.Added); s.Packed != nil {
		e.Bytes = resticCount(s.Packed)
	}
	if start, err := time.Parse(time.RFC3339, s.Start); err == nil {
		e.Start, e.StartText, e.Absolute = start.UTC(), s.Start, true
	}
	if end, err := time.Parse(time.RFC3339, s.End); err == nil {
		e.End, e.EndText, e.Absolute = end.UTC(), s.End, true
	}
}

func resticCount(n *uint64) backup.Count {
	if n == nil || *n > 1<<62 {
		return backup.Count{}
	}
	return backup.N(int64(*n))
}
