package watcher

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"backstop/app/backup"
)

// read reads one file unless it is known; false ends the round, since the folder may be gone.
func (f *folder) read(ctx context.Context, name string) bool {
	l := f.looks[name]
	path := filepath.Join(f.source.Folder, name)
	intake := f.w.reader.intake
	seen, known, err := intake.Known(ctx, f.source.ID, path)
	if err != nil {
		f.fault(ctx, l, path, err)
		return true
	}
	if known && f.unchanged(seen, l) {
		l.done = true
		return true
	}
	j := &job{
		found: found{folder: f.source.Folder, name: name, path: path}, source: f.source, zone: f.zone,
		seen: seen, watched: true, careful: l.busy < maxInUse, guard: &f.guard, ignore: f.ignore,
	}
	err = f.w.reader.read(ctx, j)
	switch {
	case errors.Is(err, errChanged):
		l.since = time.Now() // it has not settled after all
	case errors.Is(err, errInUse):
		l.inUse(time.Now())
	case errors.Is(err, errNoAnswer):
		f.gone(ctx, err)
		return false
	case err != nil:
		f.fault(ctx, l, path, err)
	case j.again:
		l.failed(time.Now())
		l.done = l.fails >= maxTries
		return !f.share
	default:
		l.done = true
		f.freed(ctx)
		f.after(ctx, j)
	}
	return true
}

// unchanged tells whether a file needs no reading. One that is to be put away is read again, lest other content that looks the
// same be deleted unread.
func (f *folder) unchanged(seen backup.Seen, l *look) bool {
	same := seen.SHA256 != [32]byte{} && seen.Size == l.size && seen.ModTime.UnixMilli() == l.modTime.UnixMilli() // as precise as it is stored
	return same && (f.source.After == backup.Leave || seen.Grown)
}

// fault is none of the file's: it stays to be read for as long as it takes. One that lasts is told, not what the next look has got over.
func (f *folder) fault(ctx context.Context, l *look, path string, err error) {
	if ctx.Err() != nil {
		return
	}
	l.failed(time.Now())
	f.w.log.Error("read", "source", f.source.ID, "path", path, "err", err)
	if l.fails > 1 {
		f.stuck = err.Error()
		f.tellLooking(ctx)
	}
}

// after puts the original of an imported file away. That it cannot be is no reason to import it again.
func (f *folder) after(ctx context.Context, j *job) {
	grown := j.seen.Grown || j.content != nil && growth(j.content, j.seen)
	if f.source.After == backup.Leave || grown || j.left || j.result.Status == backup.Rejected {
		return
	}
	_, err := patient(ctx, &f.guard, func(context.Context, func()) (struct{}, error) {
		root, err := os.OpenRoot(j.folder)
		if err != nil {
			return struct{}{}, err
		}
		defer root.Close()
		return struct{}{}, putAway(root, j.name, f.source.After, j.content, time.Now())
	})
	if err != nil {
		f.w.log.Warn("original is left where it is", "source", f.source.ID, "path", j.path, "err", err)
	}
}
