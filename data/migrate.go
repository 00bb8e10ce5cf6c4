package data

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"
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
		return fmt.Errorf("it was made by a newer Backstop (version %d, this one knows %d); start that one", version, len(names))
	}
	if version == len(names) {
		return nil
	}
	if version > 0 {
		if err := s.copyTo(ctx, fmt.Sprintf("%s.before-version-%d", s.path, version+1)); err != nil {
			return fmt.Errorf("no copy could be made before the change of its layout: %w", err)
		}
	}
	for i := version; i < len(names); i++ {
		if err := s.runMigration(ctx, names[i], i); err != nil {
			return fmt.Errorf("layout %s: %w", names[i], err)
		}
	}
	return nil
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

// copyTo writes a consistent copy of the database, beside any writer, and checks it before it gets its name.
func (s *Store) copyTo(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists; choose another name", path)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !os.IsNotExist(err) {
		return err
	}
	db, err := sql.Open("sqlite3", dsn(s.path, "mode=ro&_busy_timeout=30000"))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		os.Remove(part)
		return err
	}
	if err := checkCopy(ctx, part); err != nil {
		os.Remove(part)
		return err
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	return os.Rename(part, path)
}

func checkCopy(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite3", dsn(path, "mode=ro"))
	if err != nil {
		return err
	}
	defer db.Close()
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return err
	}
	if !strings.EqualFold(said, "ok") {
		return fmt.Errorf("the copy is damaged: %s", said)
	}
	return nil
}
