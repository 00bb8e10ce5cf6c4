package data

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Check asks SQLite whether pages and indexes are sound; said is what is not. The index of the text search holds nothing of its own: when
// it is what is damaged, it is made anew.
func (s *Store) Check(ctx context.Context) (said string, err error) {
	said, err = soundFile(ctx, s.path)
	if err != nil || !s.textFind || !aboutText(said) {
		return said, err
	}
	if s.inTx(ctx, func(tx *sql.Tx) error { return rebuildText(ctx, tx) }) != nil {
		return said, nil // it is damaged beyond that
	}
	return soundFile(ctx, s.path)
}

// aboutText tells whether SQLite complains of the index of the text search.
func aboutText(said string) bool {
	return strings.Contains(strings.ToLower(said), "fts5") && strings.Contains(said, "incidents_text")
}

// soundFile is said what SQLite finds wrong with a file; nothing when it is sound.
func soundFile(ctx context.Context, path string) (said string, err error) {
	db, err := sql.Open("sqlite3", dsn(path, "mode=ro&_busy_timeout=30000"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said)
	if errors.Is(damaged(err), desk.ErrDamaged) {
		return err.Error(), nil
	}
	if said == "ok" {
		said = ""
	}
	return strings.Join(strings.Fields(said), " "), err
}

// Carries tells whether an entry of the timeline carries a hash.
func (s *Store) Carries(ctx context.Context, entry int64, hash string) (carries bool, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM timeline WHERE seq = ? AND lower(hex(hash)) = ?)", entry, hash).Scan(&carries)
	return carries, err
}

// The locks in the folder of stages: of who opens a database, and of who works on it.
const (
	openingLock = "opening.lock"
	atWorkLock  = "at-work.lock"
)

// Recovery is what can be done about a database that is not open.
type Recovery struct {
	Path    string
	Staging string // as in Options
	Copies  string // likewise
	Aside   string // folder that takes what is damaged
}

// Look says what a damaged database holds, as far as it can be read, and finds the newest copy that is sound.
func (r Recovery) Look(ctx context.Context, d *desk.Damage) error {
	d.Path = r.Path
	d.Known = contents(ctx, r.Path)
	list, err := copiesIn(r.Copies)
	if err != nil {
		return err
	}
	for _, c := range list {
		said, err := soundFile(ctx, c.Path)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if holds := contents(ctx, c.Path); err == nil && said == "" && holds.Readable {
			d.Copy, d.Holds = c, holds
			return nil
		}
		d.Bad++
	}
	return nil
}

// contents reads what a database holds, as far as that goes.
func contents(ctx context.Context, path string) (c desk.Contents) {
	db, err := sql.Open("sqlite3", dsn(path, "mode=ro&_busy_timeout=30000"))
	if err != nil {
		return c
	}
	defer db.Close()
	var head []byte
	var newest sql.NullInt64
	entries := db.QueryRowContext(ctx, "SELECT seq, hash, at FROM timeline ORDER BY seq DESC LIMIT 1").Scan(&c.Entries, &head, &newest)
	if errors.Is(entries, sql.ErrNoRows) {
		entries, head = nil, make([]byte, len(timeline.Hash{}))
	}
	c.Head, c.Newest = hex.EncodeToString(head), instant(newest)
	counts := db.QueryRowContext(ctx, "SELECT (SELECT COUNT(*) FROM executions), (SELECT COUNT(*) FROM incidents), (SELECT COUNT(*) FROM files)").
		Scan(&c.Executions, &c.Incidents, &c.Files)
	c.Readable = entries == nil && counts == nil
	return c
}

// Restore puts a copy in the place of the database, which is moved aside, never deleted. The copy says on its timeline from when on
// before it takes the place. Nothing is moved when another program is at work on the database.
func (r Recovery) Restore(ctx context.Context, d *desk.Damage, actor string, now time.Time, progress desk.Progress) (aside string, err error) {
	free, err := r.alone()
	if err != nil {
		return "", err
	}
	defer free()
	fresh := r.Path + ".restoring"
	defer os.Remove(fresh) // no effect after Rename
	if err := copyFile(ctx, d.Copy.Path, fresh, progress); err != nil {
		return "", say.Error("the copy cannot be put in place: %w", err)
	}
	if err := checkCopy(ctx, fresh); err != nil {
		return "", err
	}
	aside = filepath.Join(r.Aside, now.UTC().Format(copyTime))
	if err := noteRestore(ctx, fresh, d, actor, now, aside); err != nil {
		return "", err
	}
	if err := r.putAside(aside); err != nil {
		return "", err
	}
	return aside, os.Rename(fresh, r.Path)
}

// alone keeps other programs from opening the database, and refuses while one is at work on it.
func (r Recovery) alone() (free func(), err error) {
	if err := os.MkdirAll(r.Staging, 0o700); err != nil {
		return nil, err
	}
	var locks []*flock.Flock
	free = func() {
		for _, l := range locks {
			_ = l.Unlock()
		}
	}
	for _, name := range []string{openingLock, atWorkLock} {
		l := flock.New(filepath.Join(r.Staging, name), flock.SetPermissions(0o600))
		if ok, err := l.TryLock(); err != nil || !ok {
			free()
			return nil, errors.Join(say.Error("%w: another program is at work on it; let it end, and try again", desk.ErrBusy), err)
		}
		locks = append(locks, l)
	}
	return free, nil
}

// copyFile copies a file, on the disk when it returns. Progress is told bytes.
func copyFile(ctx context.Context, from, to string, progress desk.Progress) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Sync(), out.Close()) }()
	for done := int64(0); ; {
		n, err := io.CopyN(out, in, 1<<20)
		if done += n; progress != nil {
			progress(int(done), int(info.Size()))
		}
		if errors.Is(err, io.EOF) {
			return ctx.Err()
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
}

// noteRestore writes into a copy that one goes on from it, and which head is given up by that.
func noteRestore(ctx context.Context, path string, d *desk.Damage, actor string, now time.Time, aside string) error {
	db, err := sql.Open("sqlite3", dsn(path, "_synchronous=FULL&_txlock=immediate"))
	if err != nil {
		return err
	}
	defer db.Close()
	details := []timeline.Detail{timeline.Said(say.N("copy of"), d.Copy.Made.UTC().Format(time.RFC3339)), timeline.Said(say.N("head"), d.Holds.Head)}
	for _, lost := range []desk.Contents{d.Known, d.Last} {
		if lost.Head != "" && lost.Entries > d.Holds.Entries {
			details = append(details, timeline.Said(timeline.LostHead, lost.Head))
		}
	}
	details = append(details, timeline.Said(say.N("why"), d.Said), timeline.Said(say.N("kept aside"), filepath.Base(aside)))
	s := &Store{write: db, read: db}
	var older desk.WentBack
	if err := s.Setting(ctx, desk.WentBackSetting, &older); err != nil {
		return err
	}
	return s.SaveSetting(ctx, desk.WentBackSetting, desk.WentBack{To: d.Copy.Made}.Before(older),
		[]timeline.Entry{{Subject: timeline.Database, At: now.UTC().Truncate(time.Millisecond), Actor: actor, Action: timeline.Restored, Details: details}})
}

// putAside moves the database and what belongs to it into a folder.
func (r Recovery) putAside(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return say.Error("the damaged file cannot be put aside: %w", err)
	}
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		err := os.Rename(r.Path+end, filepath.Join(folder, filepath.Base(r.Path)+end))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return say.Error("the damaged file cannot be put aside: %w", err)
		}
	}
	return nil
}
