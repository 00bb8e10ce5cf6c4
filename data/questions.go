package data

import (
	"context"
	"database/sql"
	"fmt"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Questions lists those that wait for an answer, oldest first.
func (s *Store) Questions(ctx context.Context, scope desk.Scope) ([]desk.Question, error) {
	s = s.within(scope)
	var found []desk.Question
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var q desk.Question
		var asked, first, last sql.NullInt64
		err := rows.Scan(&q.ID, &q.Source, &q.Name, &q.File, &asked, &q.Old, &first, &last)
		q.Asked, q.First, q.Last = instant(asked), instant(first), instant(last)
		found = append(found, q)
		return err
	}, `SELECT q.id, q.source, s.name, f.path, q.asked, COUNT(*), MIN(e.at), MAX(e.at)
		FROM questions q JOIN sources s ON s.id = q.source JOIN files f ON f.id = q.file JOIN waiting w ON w.question = q.id JOIN executions e ON e.id = w.execution
		WHERE q.answered IS NULL GROUP BY q.id ORDER BY q.id`)
	return found, err
}

// Answer opens the waiting incidents that the person chose, and puts the answer on record.
func (s *Store) Answer(ctx context.Context, a desk.Answer) (opened int, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "UPDATE questions SET answered = ?, answer = ? WHERE id = ? AND answered IS NULL", a.At.UnixMilli(), a.Words, a.Question)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return say.Error("question %d was answered already: %w", a.Question, desk.ErrNotFound)
		}
		g := &ingest{store: s, tx: tx}
		g.Actor, g.At, g.Judged, g.Rules = a.Actor, a.At, a.Judged, a.Rules
		if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM incidents").Scan(&g.newest); err != nil {
			return err
		}
		ids, err := waiting(ctx, tx, a)
		if err != nil {
			return err
		}
		if err := g.openAll(ctx, ids); err != nil {
			return err
		}
		opened = g.result.Incidents
		if err := g.indexText(ctx); err != nil {
			return err
		}
		return appendEntries(ctx, tx, []timeline.Entry{{
			Subject: timeline.Question, SubjectID: a.Question, At: a.At, Judged: g.otherInstant(), Actor: a.Actor, Action: say.N("answered"),
			Details: []timeline.Detail{timeline.Said(say.N("answer"), a.Words), timeline.Said(say.N("opened"), fmt.Sprint(opened))},
		}})
	})
	return opened, err
}

func waiting(ctx context.Context, tx *sql.Tx, a desk.Answer) ([]int64, error) {
	if !a.All && a.From.IsZero() {
		return nil, nil
	}
	from := int64(0)
	if !a.All {
		from = a.From.UnixMilli()
	}
	return all(ctx, tx, one[int64], "SELECT e.id FROM waiting w JOIN executions e ON e.id = w.execution WHERE w.question = ? AND COALESCE(e.at, 0) >= ? ORDER BY e.at, e.id", a.Question, from)
}
