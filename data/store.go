// Package data keeps everything in one SQLite file: one writer with immediate transactions, a read-only pool for lists, and
// no rules. What changes and its timeline entries are saved together or not at all.
package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/mattn/go-sqlite3"

	"backstop/app/desk"
	"backstop/app/say"
)

// Store is an open database.
type Store struct {
	path     string
	staging  string // folder for what is parsed but not yet committed
	vault    string // folder for copies of the database
	aside    string // folder with what copies replaced
	write    *sql.DB
	outside  *atomic.Int64 // what others had committed when it was asked last
	read     reader
	narrow   *narrowed
	wait     string // for another program's write, in milliseconds
	textFind bool   // SQLite has FTS5
	atWork   *flock.Flock
}

// Options say how to open a database.
type Options struct {
	Path    string
	Staging string        // folder for staging databases; it is emptied at the start. "" is beside the database
	Copies  string        // folder for copies; "" is beside the database
	Aside   string        // folder with what copies replaced; "" where there is none
	Wait    time.Duration // for another program's write; 5 s in the desk, 30 s in commands
	Drive   Drive         // nil asks the system
}

// Open opens or makes the database at Path and brings it to the newest version, after a copy of an older one.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{path: o.Path, staging: o.Staging, vault: o.Copies, aside: o.Aside, outside: new(atomic.Int64), narrow: &narrowed{pools: map[string]reader{}}}
	if s.staging == "" {
		s.staging = o.Path + ".staging"
	}
	if s.vault == "" {
		s.vault = o.Path + ".copies"
	}
	if err := s.prepare(o.Drive); err != nil {
		return nil, err
	}
	if o.Wait == 0 {
		o.Wait = 5 * time.Second
	}
	opened, err := s.openAlone(ctx, o.Wait)
	if err != nil {
		return nil, say.Error("database %s: %w", o.Path, err)
	}
	defer opened()
	wait := fmt.Sprint(o.Wait.Milliseconds())
	s.write, err = sql.Open("sqlite3", dsn(o.Path, "_foreign_keys=on&_journal_mode=WAL&_synchronous=FULL&_txlock=immediate&_cache_size=-32000&_stmt_cache_size=64&_busy_timeout="+wait))
	if err != nil {
		return nil, say.Error("database %s: %w", o.Path, err)
	}
	s.write.SetMaxOpenConns(1)
	if err := s.open(ctx, wait); err != nil {
		return nil, errors.Join(notOpened(o.Path, err), s.Close())
	}
	return s, nil
}

// notOpened says why a database was not opened, and what to do about one that may only be read.
func notOpened(path string, err error) error {
	if errors.Is(busy(err), desk.ErrReadOnly) || errors.Is(err, fs.ErrPermission) {
		return say.Error("the database %s cannot be written to; see to the rights of the file and of its folder, and try again: %w", path, err)
	}
	if named := busy(err); errors.Is(named, desk.ErrFull) {
		err = named
	}
	return say.Error("database %s: %w", path, damaged(err))
}

func (s *Store) open(ctx context.Context, wait string) error {
	if err := s.openStaging(); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.prepareText(ctx); err != nil {
		return err
	}
	read, err := sql.Open("sqlite3", dsn(s.path, "mode=ro&_query_only=1&_cache_size=-16000&_stmt_cache_size=64&_busy_timeout="+wait))
	if err != nil {
		return err
	}
	read.SetMaxOpenConns(4)
	s.read, s.wait = read, wait
	if err := read.PingContext(ctx); err != nil {
		return err
	}
	_, err = s.ChangedOutside(ctx)
	return err
}

// openAlone keeps other programs from opening the same database meanwhile: the change to WAL, and one of the layout, bear none
// beside them.
func (s *Store) openAlone(ctx context.Context, wait time.Duration) (opened func(), err error) {
	if err := os.MkdirAll(s.staging, 0o700); err != nil {
		return nil, say.Error("the data folder cannot be made: %w", err)
	}
	lock := flock.New(filepath.Join(s.staging, openingLock), flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	if _, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return nil, say.Error("%w: another program opens it: %w", desk.ErrBusy, err)
	}
	return func() { _ = lock.Unlock() }, nil // the end of the program lets go too
}

// prepare makes the folder and an empty file that only its owner may read; SQLite alone would make it readable to all. Where there
// are copies of it, a database that is gone or empty is not begun anew: somebody would think that nothing ever failed.
func (s *Store) prepare(drive Drive) error {
	path := s.path
	if err := RefuseNetwork(path, drive); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return say.Error("the data folder cannot be made: %w", err)
	}
	if why := gone(path); why != "" {
		if list, err := copiesIn(s.vault); err != nil || len(list) > 0 {
			return errors.Join(say.Error("database %s: %w: it %s, though there are copies of it in %s; open the desk, which offers to go on from the newest, or move them away to begin anew",
				path, desk.ErrDamaged, why, s.vault), err)
		}
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return notOpened(path, err)
	}
	return f.Close()
}

// gone says that a file is not there or has nothing in it.
func gone(path string) string {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is gone"
	case err == nil && info.Size() == 0:
		return "is empty"
	}
	return ""
}

// dsn escapes the path: a raw one breaks on '?', '#' and '%'.
func dsn(path, query string) string {
	abs, err := filepath.Abs(path)
	if err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if runtime.GOOS == "windows" && !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: query}
	return "file:" + u.EscapedPath() + "?" + query
}

// Close closes the database after tidying its statistics.
func (s *Store) Close() error {
	var errs []error
	if s.atWork != nil {
		errs = append(errs, s.atWork.Unlock())
	}
	for _, pool := range s.narrow.pools {
		errs = append(errs, pool.Close())
	}
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		_, _ = s.write.Exec("PRAGMA optimize") // advice only
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}

// inTx runs work in one immediate transaction: all or nothing.
func (s *Store) inTx(ctx context.Context, work func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return busy(err)
	}
	defer tx.Rollback() // no effect after Commit
	if err := work(tx); err != nil {
		return busy(err)
	}
	return busy(tx.Commit())
}

// busy names the faults that waiting or making room helps against.
func busy(err error) error {
	var e sqlite3.Error
	if errors.As(err, &e) && (e.Code == sqlite3.ErrFull || e.Code == sqlite3.ErrIoErr && e.SystemErrno == syscall.ENOSPC) { // without room for its index, which opening makes
		return fmt.Errorf("%w: %w", desk.ErrFull, err)
	}
	if errors.As(err, &e) && (e.Code == sqlite3.ErrReadonly || e.Code == sqlite3.ErrPerm || e.Code == sqlite3.ErrCantOpen) {
		return fmt.Errorf("%w: %w", desk.ErrReadOnly, err)
	}
	if errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked) {
		return say.Error("%w: another program is writing: %w", desk.ErrBusy, err)
	}
	return corrupt(err)
}

// damaged says what to do about a file that SQLite cannot read.
func damaged(err error) error {
	if isCorrupt(err) {
		return say.Error("%w or no database of Backstop; open the desk, which offers to go on from its newest copy, or name another file with --db: %w", desk.ErrDamaged, err)
	}
	return err
}

// millis is how instants are stored; the zero time is NULL.
func millis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// instant reads what millis wrote.
func instant(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return time.UnixMilli(ms.Int64).UTC()
}

// marks are n comma-separated place holders.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

// each runs a query and reads all its rows.
func each(ctx context.Context, q querier, row func(*sql.Rows) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return corrupt(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return corrupt(rows.Err())
}

// corrupt tells an error of a damaged file from others.
func corrupt(err error) error {
	if isCorrupt(err) && !errors.Is(err, desk.ErrDamaged) {
		return say.Error("%w: %w", desk.ErrDamaged, err)
	}
	return err
}

func isCorrupt(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrNotADB || e.Code == sqlite3.ErrCorrupt)
}

// all runs a query and gives its rows.
func all[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	var found []T
	err := each(ctx, q, func(rows *sql.Rows) error {
		v, err := scan(rows)
		found = append(found, v)
		return err
	}, query, args...)
	return found, err
}

// one scans rows of a single column.
func one[T any](rows *sql.Rows) (T, error) {
	var v T
	err := rows.Scan(&v)
	return v, err
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// span reads a duration that is stored in milliseconds.
type span time.Duration

// Scan is asked by database/sql.
func (d *span) Scan(v any) error {
	ms, ok := v.(int64)
	if !ok {
		return say.Error("%v is no duration", v)
	}
	*d = span(milliseconds(ms))
	return nil
}
