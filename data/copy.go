package data

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"backstop/app/timeline"
)

// Backup writes a consistent copy to path, which must not exist, and notes it.
func (s *Store) Backup(ctx context.Context, path string, entries []timeline.Entry) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s exists; choose another name", path)
	}
	if err := s.copyTo(ctx, path); err != nil {
		return err
	}
	return s.note(ctx, entries)
}

// copyBefore copies the database before a change of its layout. A copy that is there already is of a start that failed half way.
func (s *Store) copyBefore(ctx context.Context, version int) error {
	return s.copyTo(ctx, fmt.Sprintf("%s.before-version-%d", s.path, version))
}

// copyTo writes a consistent copy of the database, beside any writer. It is whole, checked and on the disk before it gets its name.
func (s *Store) copyTo(ctx context.Context, path string) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // mode 0600, which SQLite keeps
	if err != nil {
		return fmt.Errorf("the copy cannot be written: %w", err)
	}
	defer os.Remove(part.Name()) // no effect after Rename
	defer part.Close()
	if err := s.vacuumInto(ctx, part.Name()); err != nil {
		return err
	}
	if err := checkCopy(ctx, part.Name()); err != nil {
		return err
	}
	if err := part.Sync(); err != nil { // VACUUM INTO leaves that to others
		return fmt.Errorf("the copy cannot be written: %w", err)
	}
	if err := part.Close(); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

func (s *Store) vacuumInto(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite3", dsn(s.path, "mode=ro&_busy_timeout=30000"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	return err
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
