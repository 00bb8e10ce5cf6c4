package data

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"sort"

	"backstop/app/say"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema to the newest version: each file in its own transaction, a copy of the database before the first.
func (s *Store) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	sort.Strings(names)
	var version int
	if err := s.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(names) {
		return say.Error("it was made by a newer Backstop (version %d, this one knows %d); start that one", version, len(names))
	}
	if version == len(names) {
		return nil
	}
	if version > 0 {
		if err := s.copyBefore(ctx, version+1); err != nil {
			return say.Error("no copy could be made before the change of its layout: %w", err)
		}
	}
	for i := version; i < len(names); i++ {
		if err := s.runMigration(ctx, names[i], i); err != nil {
			return say.Error("layout %s: %w", names[i], err)
		}
	}
	return s.inTx(ctx, func(tx *sql.Tx) error { return nameHosts(ctx, tx, 0) })
}

// runMigration runs the file that leads from version to version+1; another program may have been faster.
func (s *Store) runMigration(ctx context.Context, name string, version int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		var now int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&now); err != nil || now > version {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version+1))
		return err
	})
}
