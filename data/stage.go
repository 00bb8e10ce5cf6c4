package data

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// stage is a file's executions, parsed into a database of their own, so that the writer is held only for the final step.
// Its loss costs nothing: it is never synced, and what a crash leaves is removed at the next start.
type stage struct {
	path     string
	db       *sql.DB
	records  int
	problems []backup.BadRecord
	servers  map[string]string // tool → the first server that the file names
	blocks   []block
	source   backup.Source
	from     int64 // where reading began, in the text
	timeless bool
	covered  time.Time // the newest start or end that the file states, up to now
}

// block is a record without id and time, as a growing file's next reading must find it again.
type block struct {
	text    [32]byte
	ordinal int
	start   int64
	seen    time.Time
	key     backup.Key
}

// The staged record carries the columns of its execution and those of its routine; its rowid is its place in the file.
var stageColumns = append([]string{"line", "key", "other_key", "tool", "name", "client", "schedule", "log", "packed"}, factColumns...)

const stagePrefix = "stage-"

// maxProblems bounds the list of bad records of one file; the count goes on.
const maxProblems = 1000

func (s *Store) newStage(ctx context.Context) (*stage, error) {
	f, err := os.CreateTemp(s.staging, stagePrefix+"*.db")
	if err != nil {
		return nil, say.Error("no room to parse in: %w", err)
	}
	f.Close()
	st := &stage{path: f.Name(), servers: map[string]string{}}
	st.db, err = sql.Open("sqlite3", dsn(st.path, "_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE&_cache_size=-8000"))
	if err != nil {
		st.remove()
		return nil, err
	}
	st.db.SetMaxOpenConns(1)
	if _, err := st.db.ExecContext(ctx, "CREATE TABLE records ("+strings.Join(stageColumns, ",")+")"); err != nil {
		st.remove()
		return nil, busy(err)
	}
	return st, nil
}

func (st *stage) remove() {
	if st.db != nil {
		st.db.Close()
	}
	os.Remove(st.path)
}

// openStaging removes what a crash left of stages and copies, unless another program is at work on the database.
func (s *Store) openStaging() error {
	s.atWork = flock.New(filepath.Join(s.staging, atWorkLock), flock.SetPermissions(0o600))
	alone, err := s.atWork.TryLock()
	if err == nil && alone {
		err = errors.Join(s.clearStaging(), clearParts(s.vault), s.atWork.Unlock())
	}
	if err == nil {
		err = s.atWork.RLock()
	}
	if err != nil {
		return say.Error("the folder %s: %w", s.staging, err)
	}
	return nil
}

func (s *Store) clearStaging() error {
	entries, err := os.ReadDir(s.staging) // no Glob: the folder's own name may hold what it takes for a pattern
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagePrefix) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(s.staging, e.Name()))) // that of an export which is taken in is a folder
		}
	}
	return err
}

// fill reads all records. Any error but a bad record ends the file: nothing of it is kept.
func (st *stage) fill(ctx context.Context, in desk.Intake, src intakeSource, records iter.Seq2[backup.Execution, error]) error {
	tx, err := st.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // no effect after Commit
	insert, err := tx.PrepareContext(ctx, "INSERT INTO records VALUES ("+marks(len(stageColumns))+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	equal := map[[32]byte]int{}
	st.source, st.from = src.Source, src.from
	quick := context.WithoutCancel(ctx) // the driver starts a goroutine a statement to watch one that can end
	for e, err := range records {
		var bad *backup.BadRecord
		if errors.As(err, &bad) {
			if st.problems = append(st.problems, *bad); len(st.problems) > maxProblems {
				st.problems = st.problems[:maxProblems]
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		st.records++
		st.cover(e, in.Judged)
		if _, err := insert.ExecContext(quick, st.row(e, in, src, equal)...); err != nil {
			return say.Error("no room to parse in: %w", busy(err))
		}
	}
	return busy(tx.Commit())
}

// cover notes how far the file reaches. A time after now is of a clock that is wrong, and tells nothing.
func (st *stage) cover(e backup.Execution, now time.Time) {
	for _, at := range []time.Time{e.Start, e.End} {
		if !e.FromFile && at.After(st.covered) && !at.After(now) {
			st.covered = at
		}
	}
}

// row gives an execution its identity, and stands in what the file does not name.
func (st *stage) row(e backup.Execution, in desk.Intake, src intakeSource, equal map[[32]byte]int) []any {
	if e.Instance != "" && st.servers[e.Tool] == "" {
		st.servers[e.Tool] = e.Instance
	}
	if e.Instance == "" {
		e.Instance = src.server(e.Tool, st.servers)
	}
	seen, ordinal := in.File.ModTime.UTC().Truncate(time.Millisecond), 0
	begun, goesOn := src.begun[e.Offset]
	goesOn = goesOn && (e.Offset > 0 || e.Line <= 1) // else its place is unknown
	byText := e.KeyKind() == backup.ByText
	mayGetID := e.Session == "" && !e.Outcome.Final() && e.Text != "" // as the file grows
	if byText || mayGetID {
		seen, ordinal = st.firstSeen(e, src, seen, equal)
	}
	key, other := e.KeyUnder(e.Instance, seen, ordinal), []byte(nil)
	switch server, ok := src.otherServer(e.Tool, e.Instance); {
	case byText && goesOn:
		key, seen = begun.key, begun.seen
	case goesOn:
		other = begun.key[:]
	case ok && e.KeyKind() == backup.BySession:
		k := e.KeyUnder(server, seen, ordinal)
		other = k[:]
	}
	if byText || mayGetID {
		st.blocks = append(st.blocks, block{text: sha256.Sum256([]byte(e.Text)), ordinal: ordinal, start: e.Offset, seen: seen, key: key})
	}
	if byText {
		e.FromFile, e.End, st.timeless = true, seen, true
	}
	e = in.Rules.Statuses.Judge(e)
	log, packed := packLog(e)
	stated := backup.Stated{Execution: e, Exported: in.File.ModTime}
	return append([]any{
		e.Line, key[:], other, e.Tool, orName(e.Routine, src.Name), orName(e.Client, src.Name), e.Schedule, log, packed,
	}, factValues(stated)...)
}

// firstSeen finds out when a record without id and time was first seen, and its place among equal ones.
func (st *stage) firstSeen(e backup.Execution, src intakeSource, now time.Time, equal map[[32]byte]int) (time.Time, int) {
	text := sha256.Sum256([]byte(e.Text))
	if _, begun := equal[text]; !begun {
		equal[text] = src.blocksBefore(text)
	}
	ordinal := equal[text]
	equal[text]++
	if seen, ok := src.firstSeen(text, ordinal); ok {
		now = seen
	}
	return now, ordinal
}

func orName(name, standIn string) string {
	if name == "" {
		return standIn
	}
	return name
}

// smallLog is the size below which packing a log gains nothing.
const smallLog = 2 << 10

// packLog gives the log of an execution that did not succeed, packed when large; nil for none.
func packLog(e backup.Execution) (body []byte, packed bool) {
	if e.Log == "" || e.Outcome == backup.Success && e.AsTold() == backup.Success {
		return nil, false
	}
	if len(e.Log) < smallLog {
		return []byte(e.Log), false
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(e.Log))
	if err = errors.Join(err, z.Close()); err != nil {
		return []byte(e.Log), false // cannot be: a buffer takes all
	}
	return b.Bytes(), true
}
