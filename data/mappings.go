package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Mappings lists what people taught, by name, with the sources that read by it.
func (s *Store) Mappings(ctx context.Context, scope desk.Scope) ([]desk.MappingRow, error) {
	s = s.within(scope)
	var found []desk.MappingRow
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var row desk.MappingRow
		var body, sources string
		var saved sql.NullInt64
		if err := rows.Scan(&row.Mapping.Name, &row.Mapping.Version, &body, &saved, &row.SavedBy, &sources); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &row.Mapping); err != nil {
			return say.Error("mapping %q: %w", row.Mapping.Name, err)
		}
		row.SavedAt = instant(saved)
		found = append(found, row)
		return json.Unmarshal([]byte(sources), &found[len(found)-1].Sources)
	}, `SELECT m.name, m.version, m.body, m.saved, m.saver,
		(SELECT json_group_array(b.source) FROM source_mappings b JOIN sources s ON s.id = b.source WHERE b.mapping = m.name AND s.removed IS NULL)
		FROM mappings m ORDER BY m.name`)
	if !scope.Everything() {
		found = slices.DeleteFunc(found, func(r desk.MappingRow) bool { return len(r.Sources) == 0 })
	}
	return found, err
}

// SaveMapping adds a mapping or replaces the one of its name, and says which sources read by it.
func (s *Store) SaveMapping(ctx context.Context, row desk.MappingRow, entries []timeline.Entry) error {
	body, err := json.Marshal(row.Mapping)
	if err != nil {
		return say.Error("mapping %q: %w", row.Mapping.Name, err)
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO mappings VALUES (?,1,?,?,?)
			ON CONFLICT (name) DO UPDATE SET version = version + (body <> excluded.body), body = excluded.body, saved = excluded.saved, saver = excluded.saver`,
			row.Mapping.Name, string(body), row.SavedAt.UnixMilli(), row.SavedBy); err != nil {
			return err
		}
		if err := unbind(ctx, tx, row.Mapping.Name); err != nil {
			return err
		}
		for _, id := range row.Sources {
			if _, err := tx.ExecContext(ctx, "INSERT INTO source_mappings VALUES (?,?)", id, row.Mapping.Name); err != nil {
				return say.Error("source %d: %w", id, err)
			}
		}
		return appendEntries(ctx, tx, entries)
	})
}

// RemoveMapping forgets a mapping; what was read by it stays.
func (s *Store) RemoveMapping(ctx context.Context, name string, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := unbind(ctx, tx, name); err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, "DELETE FROM mappings WHERE name = ?", name)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return say.Error("mapping %q: %w", name, desk.ErrNotFound)
		}
		return appendEntries(ctx, tx, entries)
	})
}

func unbind(ctx context.Context, tx *sql.Tx, mapping string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM source_mappings WHERE mapping = ?", mapping)
	return err
}

// MappingsOf are the mappings that a source reads by; which of them fits a file is told by its columns.
func (s *Store) MappingsOf(ctx context.Context, source int64) ([]backup.Mapping, error) {
	rows, err := s.Mappings(ctx, desk.Everything())
	if err != nil {
		return nil, err
	}
	var of []backup.Mapping
	for _, r := range rows {
		for _, id := range r.Sources {
			if id == source {
				of = append(of, r.Mapping)
			}
		}
	}
	return of, nil
}
