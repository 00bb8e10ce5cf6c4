package watcher

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"backstop/app/backup"
	"backstop/watcher/format"
)

// ingested is what the fake desk took in at once.
type ingested struct {
	file     backup.File
	reading  backup.Reading
	sessions []string
	lines    []int
}

// fakeDesk is an intake with a ledger in memory.
type fakeDesk struct {
	mu       sync.Mutex
	sources  []backup.Source
	seen     map[string]backup.Seen
	ledger   map[[32]byte]bool
	took     []ingested
	rejected map[string][]string // reasons by base name
	states   []string
	onRecord func(n int) error // called for each record; an error makes the transaction fail
	onKnown  func()
	full     int // so many ingests fail: the disk is full
	taught   []backup.Mapping
	ignored  []backup.IgnoreRule
	told     backup.Told
	only     bool // the first of them was named by the person
}

func newFakeDesk(sources ...backup.Source) *fakeDesk {
	return &fakeDesk{
		sources: sources, seen: map[string]backup.Seen{}, ledger: map[[32]byte]bool{}, rejected: map[string][]string{},
		onRecord: func(int) error { return nil }, onKnown: func() {},
	}
}

func (d *fakeDesk) Sources(context.Context) ([]backup.Source, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.sources), nil
}

func (d *fakeDesk) setSources(s ...backup.Source) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sources = s
}

func (d *fakeDesk) Known(_ context.Context, _ int64, path string) (backup.Seen, bool, error) {
	d.onKnown()
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.seen[path]
	return s, ok, nil
}

func (d *fakeDesk) Mappings(context.Context, int64) ([]backup.Mapping, bool, error) {
	return d.taught, d.only, nil
}

func (d *fakeDesk) Imported(_ context.Context, sum [32]byte) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ledger[sum], nil
}

func (d *fakeDesk) Told() backup.Told { return d.told }

func (d *fakeDesk) Ignored(context.Context) ([]backup.IgnoreRule, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.ignored), nil
}

func (d *fakeDesk) ignore(r ...backup.IgnoreRule) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ignored = r
}

func (d *fakeDesk) Ingest(_ context.Context, file backup.File, records iter.Seq2[backup.Execution, error]) (backup.FileResult, error) {
	res := backup.FileResult{Path: file.Path, SHA256: fmt.Sprintf("%x", file.SHA256), Status: backup.Duplicate}
	d.mu.Lock()
	known := d.ledger[file.SHA256]
	d.mu.Unlock()
	if known {
		return res, nil
	}
	in := ingested{file: file}
	for e, err := range records {
		if bad, ok := format.IsBad(err); ok {
			res.Problems = append(res.Problems, *bad)
			continue
		}
		if err != nil {
			return backup.FileResult{}, fmt.Errorf("ingest: %w", err)
		}
		in.sessions, in.lines = append(in.sessions, e.Session+" "+e.Outcome.String()), append(in.lines, e.Line)
		if err := d.onRecord(len(in.sessions)); err != nil {
			return backup.FileResult{}, err
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.full > 0 {
		d.full--
		return backup.FileResult{}, fmt.Errorf("the disk is full")
	}
	in.reading = file.Reading()
	d.ledger[file.SHA256] = true
	d.seen[file.Path] = backup.Seen{
		Size: file.Size, ModTime: file.ModTime.Truncate(time.Millisecond), SHA256: file.SHA256, Format: file.Format, Version: file.Version,
		Grown: file.Prefix > 0 || d.seen[file.Path].Grown, Resume: in.reading.Resume,
	}
	d.took = append(d.took, in)
	res.Status, res.Executions, res.Notes = backup.Imported, len(in.sessions), in.reading.Notes
	return res, nil
}

func (d *fakeDesk) Reject(_ context.Context, file backup.File, reason string, problems []backup.BadRecord) (backup.FileResult, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	name := filepath.Base(file.Path)
	d.rejected[name] = append(d.rejected[name], reason)
	d.seen[file.Path] = backup.Seen{Size: file.Size, ModTime: file.ModTime, SHA256: file.SHA256}
	return backup.FileResult{Path: file.Path, Status: backup.Rejected, Reason: reason, Problems: problems}, nil
}

func (d *fakeDesk) FolderState(_ context.Context, id int64, state backup.FolderState, detail string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.states = append(d.states, strings.TrimSpace(fmt.Sprintf("%d %s %s", id, state, detail)))
	return nil
}

// imports says what came in, one line each: name, sessions.
func (d *fakeDesk) imports() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var lines []string
	for _, in := range d.took {
		lines = append(lines, filepath.Base(in.file.Path)+": "+strings.Join(in.sessions, ", "))
	}
	return lines
}

func (d *fakeDesk) last() ingested {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.took[len(d.took)-1]
}

func (d *fakeDesk) folderStates() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.states)
}

// diary is a format of our own: "run ID OUTCOME" a line, in a log that its tool appends to.
var diary = format.Format{
	Name: "diary", Version: 1, Tool: "Diary", Evidence: backup.Report, Append: true,
	Match:      func(head []byte) bool { return bytes.HasPrefix(head, []byte("diary")) },
	Executions: diaryExecutions,
}

func diaryExecutions(in *format.Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			words := strings.Fields(line.Text)
			if len(words) != 3 || words[0] != "run" {
				if line.N > 1 && !yield(backup.Execution{}, &backup.BadRecord{Line: line.N, Reason: "not a run"}) {
					return
				}
				continue
			}
			outcome, _ := backup.ParseOutcome(words[2])
			e := backup.Execution{Session: words[1], Outcome: outcome, Line: line.N, Offset: line.Offset}
			if words[1] == "-" {
				e.Session, e.Text = "", line.Text
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

func detectDiary(head []byte) (format.Format, error) {
	if diary.Match(head) {
		return diary, nil
	}
	return format.Format{}, fmt.Errorf("no known export begins like this")
}

func newTestReader(t *testing.T, d *fakeDesk) *Reader {
	t.Helper()
	r, err := NewReader(d, Settings{Folder: t.TempDir(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	r.detect = detectDiary
	return r
}

// newTestWatcher has no events: their goroutine would keep the test's clock from moving.
func newTestWatcher(t *testing.T, d *fakeDesk) *Watcher {
	t.Helper()
	w := New(newTestReader(t, d))
	w.wake = func(string, *slog.Logger) (<-chan struct{}, func()) { return nil, func() {} }
	return w
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func appendTo(t *testing.T, path, content string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString(content)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// filesIn lists the files below a folder, relative and sorted.
func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(folder, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func spoolFiles(t *testing.T, r *Reader) []string { return filesIn(t, r.spool.folder) }
func keptFiles(t *testing.T, r *Reader) []string  { return filesIn(t, r.kept.folder) }

func keptText(t *testing.T, r *Reader, sum [32]byte) string {
	t.Helper()
	f, err := r.Kept().Open(sum)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func same[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// pass lets the test's clock run on and everything that is due come to rest.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}
