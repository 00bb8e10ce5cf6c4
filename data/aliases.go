package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"backstop/app/desk"
	"backstop/app/timeline"
)

// hostNames are the aliases that people confirmed.
func hostNames(ctx context.Context, q querier) (desk.Names, error) {
	var text string
	var list []desk.Alias
	err := q.QueryRowContext(ctx, "SELECT value FROM settings WHERE name = ?", desk.AliasesSetting).Scan(&text)
	if err == nil {
		err = json.Unmarshal([]byte(text), &list)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return desk.NamesOf(list), err
}

// SaveAliases keeps the aliases with the entries that say why, and has everything that compares by them look anew: also the incidents
// of missed runs, which may have run under another name.
func (s *Store) SaveAliases(ctx context.Context, list []desk.Alias, entries []timeline.Entry, judging desk.Judging) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := saveSetting(ctx, tx, desk.AliasesSetting, list); err != nil {
			return err
		}
		if err := nameHosts(ctx, tx, 0); err != nil {
			return err
		}
		for _, q := range []string{
			"UPDATE expected SET look = 0, needs = 0",
			"DELETE FROM presences", // who was seen when; what was told of them is known by the risks
			"UPDATE risk_marks SET upto = 0 WHERE analysis = 'absence'",
		} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		if err := appendEntries(ctx, tx, entries); err != nil {
			return err
		}
		g := &ingest{store: s, tx: tx}
		g.At, g.Judged, g.Rules = judging.At, judging.Judged, judging.Rules
		return g.judgeRenamed(ctx)
	})
}

// nameHosts keeps with the routines after one the name that stands for their client.
func nameHosts(ctx context.Context, tx *sql.Tx, after int64) error {
	names, err := hostNames(ctx, tx)
	if err != nil {
		return err
	}
	clients, err := all(ctx, tx, one[string], "SELECT DISTINCT client FROM routines WHERE id > ?", after)
	if err != nil {
		return err
	}
	for _, c := range clients {
		host := names.Host(c)
		if _, err := tx.ExecContext(ctx, "UPDATE routines SET host = ? WHERE client = ? AND id > ? AND host <> ?", host, c, after, host); err != nil {
			return err
		}
	}
	return nil
}

// sameRoutine joins a routine r and the same one, o, under any name of its client; r itself is one of them.
const sameRoutine = "routines o ON o.host = r.host AND o.tool = r.tool AND o.name = r.name AND o.schedule = r.schedule"

// siblings are a routine and the same one under other names of its client, the first seen first.
func siblings(ctx context.Context, q querier, routine int64) ([]int64, error) {
	return all(ctx, q, one[int64], "SELECT o.id FROM routines r JOIN "+sameRoutine+" WHERE r.id = ? ORDER BY o.id", routine)
}

// ofSiblings is the condition that a column names one of them, with its arguments.
func ofSiblings(ctx context.Context, q querier, column string, routine int64) (string, []any, error) {
	ids, err := siblings(ctx, q, routine)
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return column + " IN (" + marks(len(ids)) + ")", args, err
}

// Clients lists every client of a routine, by name.
func (s *Store) Clients(ctx context.Context, scope desk.Scope) ([]string, error) {
	s = s.within(scope)
	return all(ctx, s.read, one[string], "SELECT DISTINCT client FROM routines ORDER BY client")
}
