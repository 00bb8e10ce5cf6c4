package watcher

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Back brings a kept file in that the ledger does not know of any more, as the import that it came from, on the way that all files go. It
// has grown from what is known of its path, as it had then. What is wrong with it is said in its result; files in it, where it is opened
// as a container now, follow.
func (r *Reader) Back(ctx context.Context, source backup.Source, o backup.Origin, progress func(backup.Progress)) ([]backup.FileResult, error) {
	zone, err := check(source)
	if err != nil {
		return nil, err
	}
	seen, known, err := r.intake.Known(ctx, source.ID, o.Path)
	if err != nil {
		return nil, say.Error("%s: %w", o.Path, err)
	}
	j := &job{found: found{path: o.Path}, source: source, zone: zone, seen: seen, guard: &guard{}, meter: newMeter(progress), undated: o.Unknown}
	if o.Source != "" {
		j.origin = &o
	}
	j.meter.next(o.Path, 1, 1)
	sp, err := r.takeKept(ctx, o, seen.Size)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []backup.FileResult{notBack(o, backup.Rejected, say.Record("its copy is not kept any more"))}, nil
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return []backup.FileResult{notBack(o, backup.Rejected, err.Error())}, nil
	}
	defer sp.close()
	j.content = sp
	if r.begins(ctx, sp, seen) {
		return []backup.FileResult{notBack(o, backup.Duplicate, "")}, r.kept.refer(o.SHA256, sp.size, seen.SHA256)
	}
	file := backup.File{SourceID: source.ID, Path: o.Path, SHA256: sp.sum, Size: sp.size, ModTime: sp.modified}
	switch {
	case growth(sp, seen):
		file.Prefix, file.PrefixSHA256 = seen.Size, seen.SHA256
	case known && seen.ModTime.After(sp.modified):
		file.Path += insideOf + "as of " + sp.modified.Format(time.RFC3339) // what lies at the path now goes on from what is known of it
	}
	err = r.sort(ctx, j, file)
	return append([]backup.FileResult{j.result}, j.inside...), err
}

func notBack(o backup.Origin, status backup.Status, reason string) backup.FileResult {
	return backup.FileResult{Path: o.Path, SHA256: hex.EncodeToString(o.SHA256[:]), Status: status, Reason: reason}
}

// takeKept copies a kept content into the spool, with the hash of as many first bytes as are asked for.
func (r *Reader) takeKept(ctx context.Context, o backup.Origin, prefix int64) (*spooled, error) {
	content, err := r.kept.Open(o.SHA256)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	left := r.spool.max
	sp, err := r.spool.takeMember(ctx, content, &left)
	if err != nil {
		return nil, err
	}
	sp.modified = o.Modified
	if sp.sum != o.SHA256 {
		sp.close()
		return nil, &refusal{reason: say.Record("its kept copy is damaged")}
	}
	if 0 < prefix && prefix < sp.size {
		sp.prefix, err = firstBytes(io.NewSectionReader(sp, 0, sp.size), prefix)
	}
	if err != nil {
		sp.close()
		return nil, say.Error("spool: %w", err)
	}
	return sp, nil
}

// begins tells whether all of a content is the beginning of what is known of its path: that states it too.
func (r *Reader) begins(ctx context.Context, sp *spooled, seen backup.Seen) bool {
	if seen.Size <= sp.size || seen.SHA256 == [32]byte{} {
		return false
	}
	longer, err := r.kept.Open(seen.SHA256)
	if err != nil {
		return false
	}
	defer longer.Close()
	first, err := firstBytes(contextReader{ctx, longer}, sp.size)
	return err == nil && first == sp.sum
}

// firstBytes is the hash of so many.
func firstBytes(content io.Reader, n int64) ([32]byte, error) {
	hash := sha256.New()
	_, err := io.CopyN(hash, content, n)
	return digest(hash), err
}
