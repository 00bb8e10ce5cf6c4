// Package watcher brings the exports of backup tools to the desk: from watched folders, from the command line and from a
// drop on the window, all through one Reader.
package watcher

import (
	"context"
	"iter"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"backstop/app/backup"
)

// Intake is what files are handed to. The desk is the one there is.
type Intake interface {
	// Sources lists the sources, paused ones too.
	Sources(ctx context.Context) ([]backup.Source, error)
	// Known tells what is known of a path in a source from the last time, so that an unchanged file costs no read.
	Known(ctx context.Context, sourceID int64, path string) (backup.Seen, bool, error)
	// Ingest commits the file and its executions in one transaction. Content that is known already is a duplicate: records are
	// not asked for then. An error that records yields, other than a *backup.BadRecord, comes back as Ingest's own.
	Ingest(ctx context.Context, file backup.File, records iter.Seq2[backup.Execution, error]) (backup.FileResult, error)
	// Reject records a file that is not read, and why. Its hash is zero if its content could not be had.
	Reject(ctx context.Context, file backup.File, reason string, problems []backup.BadRecord) (backup.FileResult, error)
	// Mappings are what files of a source are read by where no format claims them; with only set, a person named the one, and
	// formats are not asked.
	Mappings(ctx context.Context, sourceID int64) (taught []backup.Mapping, only bool, err error)
	// Imported tells whether a content was imported before.
	Imported(ctx context.Context, sum [32]byte) (bool, error)
	// Told is what this import alone was told.
	Told() backup.Told
	// Ignored are the rules for files that are not to be read where they come by themselves.
	Ignored(ctx context.Context) ([]backup.IgnoreRule, error)
	// FolderState is told when the state of a source's folder changes; detail is for people.
	FolderState(ctx context.Context, sourceID int64, state backup.FolderState, detail string) error
}

// Watcher looks after the folders of all sources, each in a goroutine of its own, so that a dead share blocks nothing else.
type Watcher struct {
	reader *Reader
	log    *slog.Logger
	wake   waker
	list   func(folder string) (listing, error)

	reload chan struct{}
	ended  sync.WaitGroup

	mu      sync.Mutex
	scanned map[int64]time.Time
	stop    context.CancelFunc // nil until it has begun
	stopped bool
}

// New makes a watcher that reads with r and tells r's intake.
func New(r *Reader) *Watcher {
	return &Watcher{reader: r, log: r.log, wake: wakeOnEvents, list: list, reload: make(chan struct{}, 1), scanned: map[int64]time.Time{}}
}

// Start begins to watch. Stop ends it, and has a later Start begin nothing.
func (w *Watcher) Start() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped || w.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	w.stop = stop
	w.ended.Go(func() { w.run(ctx) })
}

// Started tells whether it watches, or did.
func (w *Watcher) Started() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.stop != nil
}

// Stop returns when nothing is read any more. A file that was being read is left for the next start.
func (w *Watcher) Stop() {
	w.mu.Lock()
	w.stopped = true
	if w.stop != nil {
		w.stop()
	}
	w.mu.Unlock()
	w.ended.Wait()
}

// Reload is called when sources were added, changed, paused or removed.
func (w *Watcher) Reload() {
	select {
	case w.reload <- struct{}{}:
	default: // one is waiting already
	}
}

// Scanned is when the last look through the source's folder began that left nothing unread. No run is missed before a look
// after it was due.
func (w *Watcher) Scanned(sourceID int64) (time.Time, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at, ok := w.scanned[sourceID]
	return at, ok
}

func (w *Watcher) complete(sourceID int64, began time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.scanned[sourceID] = began
}

// watch is one source being watched.
type watch struct {
	source backup.Source
	stop   context.CancelFunc
	ended  chan struct{}
}

// askAgain is when the sources are asked for after that failed.
const askAgain = 10 * time.Second

func (w *Watcher) run(ctx context.Context) {
	watches := map[int64]watch{}
	for {
		retry := (<-chan time.Time)(nil)
		if sources, err := w.reader.intake.Sources(ctx); err == nil {
			w.follow(ctx, watches, sources)
		} else if ctx.Err() == nil {
			w.log.Error("sources", "err", err)
			retry = time.After(askAgain)
		}
		select {
		case <-ctx.Done():
			return
		case <-w.reload:
		case <-retry:
		}
	}
}

// follow makes the watches those of sources.
func (w *Watcher) follow(ctx context.Context, watches map[int64]watch, sources []backup.Source) {
	gone := map[int64]bool{}
	for id := range watches {
		gone[id] = true
	}
	for _, s := range sources {
		if s.Folder == "" {
			continue
		}
		delete(gone, s.ID)
		old, known := watches[s.ID]
		if known && reflect.DeepEqual(old.source, s) {
			continue
		}
		if known {
			old.stop()
		}
		watches[s.ID] = w.begin(ctx, s, old.ended)
	}
	for id := range gone {
		watches[id].stop()
		delete(watches, id)
	}
}

// begin watches a source as soon as the watch before it, if any, has ended.
func (w *Watcher) begin(ctx context.Context, s backup.Source, before <-chan struct{}) watch {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	w.ended.Go(func() {
		defer close(ended)
		defer stop()
		if before != nil {
			<-before
		}
		newFolder(w, s).watch(ctx)
	})
	return watch{s, stop, ended}
}
