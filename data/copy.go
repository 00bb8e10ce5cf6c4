package data

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Backup writes a consistent copy to path, which must not exist, and notes it.
func (s *Store) Backup(ctx context.Context, path string, entries []timeline.Entry) error {
	if _, err := os.Lstat(path); err == nil {
		return say.Error("%s exists; choose another name", path)
	}
	if err := s.copyTo(ctx, path, nil); err != nil {
		return err
	}
	return s.note(ctx, entries)
}

// copyBefore copies the database before a change of its layout. It takes the place of one that a start left which failed half way.
func (s *Store) copyBefore(ctx context.Context, version int) error {
	list, err := copiesIn(s.vault)
	if err != nil {
		return err
	}
	more := fmt.Sprint("-", version)
	made, err := s.copyAs(ctx, time.Now(), desk.BeforeVersion, more, nil)
	for _, old := range list {
		if err == nil && old.Why == desk.BeforeVersion && strings.HasSuffix(old.Path, more+".db") && old.Path != made.Path {
			err = s.RemoveCopy(ctx, old)
		}
	}
	return err
}

const partEnd = ".part"

// copyTo writes a consistent copy of the database, beside any writer. It is whole, checked and on the disk before it gets its name.
func (s *Store) copyTo(ctx context.Context, path string, progress desk.Progress) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*"+partEnd) // mode 0600, which SQLite keeps
	if err != nil {
		return say.Error("the copy cannot be written: %w", err)
	}
	defer os.Remove(part.Name()) // no effect after Rename
	defer part.Close()
	watched := s.watchCopy(part, progress)
	err = s.vacuumInto(ctx, part.Name())
	watched()
	if err != nil {
		return say.Error("the copy cannot be written: %w", damaged(err))
	}
	if err := checkCopy(ctx, part.Name()); err != nil {
		return err
	}
	if err := part.Sync(); err != nil { // VACUUM INTO leaves that to others
		return say.Error("the copy cannot be written: %w", err)
	}
	if err := part.Close(); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

// watchCopy tells how many bytes of a copy are written, until it is told that the copy is done.
func (s *Store) watchCopy(part *os.File, progress desk.Progress) (done func()) {
	whole, err := os.Stat(s.path)
	if progress == nil || err != nil {
		return func() {}
	}
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		often := time.NewTicker(100 * time.Millisecond)
		defer often.Stop()
		for {
			select {
			case <-end:
				return
			case <-often.C:
				if now, err := part.Stat(); err == nil {
					progress(int(min(now.Size(), whole.Size())), int(whole.Size()))
				}
			}
		}
	}()
	return func() { close(end); <-ended }
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
		return say.Error("the copy is damaged: %s", said)
	}
	return nil
}
