package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// appendEntries seals entries into the chain and writes them. It fills in their sequence numbers.
func appendEntries(ctx context.Context, tx *sql.Tx, entries []timeline.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var seq int64
	var head []byte
	err := tx.QueryRowContext(ctx, "SELECT seq, hash FROM timeline ORDER BY seq DESC LIMIT 1").Scan(&seq, &head)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var prev timeline.Hash
	copy(prev[:], head)
	for i := range entries {
		e := &entries[i]
		seq++
		e.Seq = seq
		prev = timeline.Seal(prev, *e)
		if _, err := tx.ExecContext(ctx, "INSERT INTO timeline (seq, subject, subject_id, at, judged, actor, action, details, hash) VALUES (?,?,?,?,?,?,?,?,?)",
			seq, e.Subject, e.SubjectID, e.At.UnixMilli(), judgedMillis(e.Judged), e.Actor, e.Action, timeline.Text(e.Details), prev[:]); err != nil {
			return err
		}
	}
	return nil
}

func judgedMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

const entryColumns = "seq, subject, subject_id, at, judged, actor, action, details, hash"

// scanEntry reads an entry without its details, which stay text.
func scanEntry(rows *sql.Rows) (e timeline.Entry, details, hash []byte, err error) {
	var at, judged int64
	err = rows.Scan(&e.Seq, &e.Subject, &e.SubjectID, &at, &judged, &e.Actor, &e.Action, &details, &hash)
	e.At = time.UnixMilli(at).UTC()
	if judged != 0 {
		e.Judged = time.UnixMilli(judged).UTC()
	}
	return e, details, hash, err
}

// Timeline reads the record, newest first.
func (s *Store) Timeline(ctx context.Context, scope desk.Scope, q desk.TimelineQuery) ([]timeline.Entry, error) {
	s = s.within(scope)
	var w where
	if q.Subject != "" {
		w.add("subject = ? AND subject_id = ?", q.Subject, q.SubjectID)
	}
	if q.Actor != "" {
		w.add("actor = ?", q.Actor)
	}
	if q.Action != "" {
		w.add("action = ?", q.Action)
	}
	if q.Before > 0 {
		w.add("seq < ?", q.Before)
	}
	limit := q.Limit
	if limit == 0 {
		limit = -1
	}
	var entries []timeline.Entry
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		e, details, _, err := scanEntry(rows)
		if err != nil {
			return err
		}
		e.Details, err = timeline.ParseText(details)
		entries = append(entries, e)
		return err
	}, "SELECT "+entryColumns+" FROM timeline"+w.String()+" ORDER BY seq DESC LIMIT ?", append(w.args, limit)...)
	return entries, err
}

// TimelineChoices lists who ever did something, and what was ever done.
func (s *Store) TimelineChoices(ctx context.Context, scope desk.Scope) (desk.TimelineChoices, error) {
	s = s.within(scope)
	var c desk.TimelineChoices
	var err error
	if c.People, err = all(ctx, s.read, one[string], "SELECT DISTINCT actor FROM timeline ORDER BY actor"); err != nil {
		return c, err
	}
	c.Actions, err = all(ctx, s.read, one[string], "SELECT DISTINCT action FROM timeline ORDER BY action")
	return c, err
}
