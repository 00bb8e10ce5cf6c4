package data

import (
	"context"
	"database/sql"

	"backstop/app/desk"
	"backstop/app/say"
)

// Diagnose counts the rows of every table and reads how the database is made and set. On a large one the counting takes a while.
func (s *Store) Diagnose(ctx context.Context) (desk.Diagnosis, error) {
	d := desk.Diagnosis{Counts: map[string]int64{}, Settings: map[string]string{}}
	err := s.read.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), sqlite_version(), (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)").
		Scan(&d.Layout, &d.SQLite, &d.Bytes)
	if err != nil {
		return d, say.Error("diagnosis: %w", err)
	}
	tables, err := all(ctx, s.read, one[string], "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_text%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
	if err != nil {
		return d, say.Error("diagnosis: %w", err)
	}
	for _, t := range tables {
		var n int64
		if err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM "`+t+`"`).Scan(&n); err != nil { // a name from the schema, no text of anybody's
			return d, say.Error("diagnosis: rows of %s: %w", t, err)
		}
		d.Counts[t] = n
	}
	err = each(ctx, s.read, func(rows *sql.Rows) error {
		var name, value string
		err := rows.Scan(&name, &value)
		d.Settings[name] = value
		return err
	}, "SELECT name, value FROM settings")
	return d, err
}
