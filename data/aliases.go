package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"backstop/app/desk"
)

// hostNames are all names of a client's host that people confirmed, as arguments of a query.
func hostNames(ctx context.Context, q querier, client string) ([]any, error) {
	var text string
	var list []desk.Alias
	err := q.QueryRowContext(ctx, "SELECT value FROM settings WHERE name = ?", desk.AliasesSetting).Scan(&text)
	if err == nil {
		err = json.Unmarshal([]byte(text), &list)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	var names []any
	for _, name := range desk.NamesOf(list).All(client) {
		names = append(names, name)
	}
	return names, nil
}

// siblings are a routine and the same one under other names of its client.
func siblings(ctx context.Context, q querier, routine int64, client string) ([]any, error) {
	names, err := hostNames(ctx, q, client)
	if err != nil {
		return nil, err
	}
	ids, err := all(ctx, q, one[int64], `SELECT o.id FROM routines r JOIN routines o ON o.tool = r.tool AND o.name = r.name AND o.schedule = r.schedule
		WHERE r.id = ? AND (o.id = r.id OR o.client COLLATE NOCASE IN (`+marks(len(names))+"))", append([]any{routine}, names...)...)
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return args, err
}

// Clients lists every client of a routine, by name.
func (s *Store) Clients(ctx context.Context, _ desk.Scope) ([]string, error) {
	return all(ctx, s.read, one[string], "SELECT DISTINCT client FROM routines ORDER BY client")
}
