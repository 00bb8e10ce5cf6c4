package data

import (
	"context"
	"database/sql"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

// StatusMap gives every rule about what tools' words mean, by tool and word.
func (s *Store) StatusMap(ctx context.Context) (backup.StatusMap, error) {
	return statusMap(ctx, s.read)
}

func statusMap(ctx context.Context, q querier) (backup.StatusMap, error) {
	return all(ctx, q, func(rows *sql.Rows) (r backup.StatusRule, err error) {
		err = rows.Scan(&r.Tool, &r.Word, &r.AnyWord, &r.Code, &r.AnyCode, &r.Told, &r.Outcome, &r.Opens)
		return r, err
	}, "SELECT tool, word, any_word, code, any_code, told, outcome, opens FROM statuses ORDER BY tool, word, code, told")
}

// SaveStatusMap has change make another map of the one that is in force, and saves it with its entries.
func (s *Store) SaveStatusMap(ctx context.Context, change func(backup.StatusMap) (backup.StatusMap, []timeline.Entry, error)) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		before, err := statusMap(ctx, tx)
		if err != nil {
			return err
		}
		after, entries, err := change(before)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM statuses"); err != nil {
			return err
		}
		for _, r := range after {
			if _, err := tx.ExecContext(ctx, "INSERT INTO statuses (tool, word, any_word, code, any_code, told, outcome, opens) VALUES (?,?,?,?,?,?,?,?)",
				r.Tool, r.Word, r.AnyWord, r.Code, r.AnyCode, int64(r.Told), int64(r.Outcome), int64(r.Opens)); err != nil {
				return err
			}
		}
		return appendEntries(ctx, tx, entries)
	})
}

// StatusesSeen counts the statuses of all executions, with the newest of each.
func (s *Store) StatusesSeen(ctx context.Context, scope desk.Scope) ([]desk.StatusSeen, error) {
	s = s.within(scope)
	return all(ctx, s.read, func(rows *sql.Rows) (r desk.StatusSeen, err error) {
		var last sql.NullInt64
		err = rows.Scan(&r.Tool, &r.Word, &r.Code, &r.Told, &r.Count, &last)
		r.Last = instant(last)
		return r, err
	}, "SELECT r.tool, e.native_status, e.code, "+asTold("e.")+" AS as_told, COUNT(*), MAX(e.at) FROM executions e JOIN routines r ON r.id = e.routine GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4")
}
