package watcher

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// How often a folder is looked through, and how long it is left alone however much happens in it.
const (
	scanLocal = 5 * time.Second
	scanShare = 30 * time.Second
	scanPause = time.Second
)

// folder is a source's folder under watch. Looking through it is the truth; events only wake the next look.
type folder struct {
	w      *Watcher
	source backup.Source
	zone   *time.Location
	guard  guard
	looks  map[string]*look

	share    bool
	identity fs.FileInfo // to notice that the folder was removed and made again: events of the old one have ended
	changed  <-chan struct{}
	deafen   func()

	ignore []backup.IgnoreRule

	state  backup.FolderState
	detail string
	stuck  string // why files wait though they are finished; "" when none does
}

func newFolder(w *Watcher, s backup.Source) *folder {
	return &folder{w: w, source: s, looks: map[string]*look{}, deafen: func() {}}
}

func (f *folder) watch(ctx context.Context) {
	defer func() { f.deafen() }()
	if f.source.Paused {
		f.tell(ctx, backup.Paused, "")
		return
	}
	var err error
	if f.zone, err = check(f.source); err != nil {
		f.tell(ctx, backup.Paused, err.Error())
		return
	}
	for ctx.Err() == nil {
		f.round(ctx)
		f.rest(ctx)
	}
}

// rest waits for the next look: a pause for the folder's sake, then for a change or for the time to come.
func (f *folder) rest(ctx context.Context) {
	next := scanLocal
	if f.share {
		next = scanShare
	}
	if f.unsettled() {
		next = f.quiet()
	}
	if !wait(ctx, nil, scanPause) {
		return
	}
	wait(ctx, f.changed, next-scanPause)
}

// wait tells whether its time is over before ctx is.
func wait(ctx context.Context, woken <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-woken:
	case <-t.C:
	}
	return true
}

func (f *folder) quiet() time.Duration {
	if f.share {
		return settleShare
	}
	return settleLocal
}

// unsettled tells whether a file waits for its second look.
func (f *folder) unsettled() bool {
	for _, l := range f.looks {
		if !l.done && l.size > 0 && l.next.IsZero() {
			return true
		}
	}
	return false
}

// round looks through the folder once and reads what is finished.
func (f *folder) round(ctx context.Context) {
	began := time.Now()
	found, err := patient(ctx, &f.guard, func(context.Context, func()) (listing, error) { return f.w.list(f.source.Folder) })
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		f.gone(ctx, err)
		return
	}
	f.listen(found)
	f.tellLooking(ctx)
	now := time.Now()
	f.compare(found.files, now)
	if err := f.passOver(ctx); err != nil {
		f.w.log.Error("rules for files to ignore", "source", f.source.ID, "err", err)
		return
	}
	for _, name := range f.ready(now) {
		if ctx.Err() != nil || !f.read(ctx, name) {
			return
		}
	}
	if !f.waiting() {
		f.freed(ctx)
		f.w.complete(f.source.ID, began)
	}
}

// tellLooking tells that the folder can be looked into, and whether what is found can be taken in.
func (f *folder) tellLooking(ctx context.Context) {
	state := backup.Watching
	if f.stuck != "" {
		state = backup.Waiting
	}
	f.tell(ctx, state, f.stuck)
}

// freed is for a file that was taken in, or none that waits any more.
func (f *folder) freed(ctx context.Context) {
	if f.stuck != "" {
		f.stuck = ""
		f.tellLooking(ctx)
	}
}

// passOver leaves out what the rules of today ignore, and takes up again what they no longer do.
func (f *folder) passOver(ctx context.Context) (err error) {
	if f.ignore, err = f.w.reader.intake.Ignored(ctx); err != nil {
		return err
	}
	for name, l := range f.looks {
		_, ignored := backup.Ignored(f.ignore, f.source.ID, name)
		if l.ignored != ignored {
			l.ignored, l.done = ignored, ignored
		}
	}
	return nil
}

// gone says why the folder cannot be looked into, and forgets nothing about its files.
func (f *folder) gone(ctx context.Context, err error) {
	state, detail := backup.Offline, unreadable(err).Error()
	switch {
	case errors.Is(err, fs.ErrPermission):
		state, detail = backup.Denied, say.Record("the folder may not be read")
	case errors.Is(err, fs.ErrNotExist):
		detail = say.Record("the folder does not exist")
	case errors.Is(err, errNoAnswer):
		detail = say.Record("the folder does not answer")
	}
	f.deafen()
	f.identity, f.changed, f.deafen = nil, nil, func() {}
	f.tell(ctx, state, detail)
}

// listen has events of a local folder wake us, anew if the folder is another one than before.
func (f *folder) listen(l listing) {
	f.share = l.share
	if f.identity != nil && os.SameFile(f.identity, l.identity) {
		return
	}
	f.deafen()
	f.identity, f.changed, f.deafen = l.identity, nil, func() {}
	if !l.share {
		f.changed, f.deafen = f.w.wake(f.source.Folder, f.w.log)
	}
}

// tell passes on a state that has changed.
func (f *folder) tell(ctx context.Context, state backup.FolderState, detail string) {
	if f.state == state && f.detail == detail {
		return
	}
	if err := f.w.reader.intake.FolderState(ctx, f.source.ID, state, detail); err != nil {
		f.w.log.Error("folder state", "source", f.source.ID, "err", err)
		return // tried again at the next look
	}
	f.state, f.detail = state, detail
}
