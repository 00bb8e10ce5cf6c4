package watcher

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"backstop/app/say"
)

// spool takes files in: what is parsed is a copy that no longer changes, read from the share once.
type spool struct {
	folder string
	max    int64 // bytes of one file
}

// newSpool makes the folder and clears what a crash left there. On Windows files in use refuse to go; on Unix they have no
// name any more.
func newSpool(folder string, maxSize int64) (spool, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return spool{}, err
	}
	left, err := filepath.Glob(filepath.Join(folder, "*"+spoolEnding))
	for _, path := range left {
		os.Remove(path)
	}
	return spool{folder, maxSize}, err
}

const spoolEnding = ".spool"

// spooled is a file's content in the spool.
type spooled struct {
	*os.File
	info   fs.FileInfo // of the original when it was opened
	size   int64
	sum    [32]byte
	prefix [32]byte // of as many first bytes as were asked for
	plain  bool     // UTF-8 without a mark, so that a position in the text is a position in the file
	moved  bool     // the original changed while it was copied

	modified time.Time // of a file in a container, which has no info
}

// take copies f, whose size is frozen at what info says: a file that grows faster than it is read comes to an end too.
func (s spool) take(ctx context.Context, f *os.File, info fs.FileInfo, prefix int64, copied func(int64)) (*spooled, error) {
	if info.Size() > s.max {
		return nil, &refusal{reason: say.Record("it is larger than %d MiB, the limit of the settings", s.max>>20)}
	}
	to, err := os.CreateTemp(s.folder, "*"+spoolEnding) // mode 0600
	if err != nil {
		return nil, say.Error("spool: %w", err)
	}
	os.Remove(to.Name()) // Unix takes the name away at once, so that not even a crash leaves a copy behind; Windows see close
	sp := &spooled{File: to, info: info}
	if err := sp.fill(ctx, f, prefix, copied); err != nil {
		sp.close()
		return nil, err
	}
	return sp, nil
}

func (sp *spooled) fill(ctx context.Context, f *os.File, prefix int64, copied func(int64)) error {
	c := newCopying(sp)
	buf := make([]byte, 256<<10)
	for sp.size < sp.info.Size() {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := f.Read(buf[:nextChunk(len(buf), sp.size, prefix, sp.info.Size())])
		if err := c.add(buf[:n]); err != nil {
			return err
		}
		if sp.size == prefix {
			sp.prefix = digest(c.sum)
		}
		copied(sp.size)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return unreadable(err)
		}
	}
	after, err := f.Stat()
	sp.moved = err != nil || sp.size != after.Size() || !after.ModTime().Equal(sp.info.ModTime())
	c.end()
	return nil
}

// copying writes into the spool and looks at what passes.
type copying struct {
	to   *spooled
	sum  hash.Hash
	text textCheck
}

func newCopying(to *spooled) *copying { return &copying{to: to, sum: sha256.New()} }

func (c *copying) add(b []byte) error {
	c.sum.Write(b)
	c.text.add(b)
	c.to.size += int64(len(b))
	if _, err := c.to.Write(b); err != nil {
		return say.Error("spool: %w", err)
	}
	return nil
}

func (c *copying) end() { c.to.sum, c.to.plain = digest(c.sum), c.text.plain() }

// nextChunk ends a read at the end of the prefix, whose hash is wanted, and at the end of the file.
func nextChunk(most int, at, prefix, size int64) int64 {
	end := min(at+int64(most), size)
	if at < prefix {
		end = min(end, prefix)
	}
	return end - at
}

func digest(h hash.Hash) (d [32]byte) {
	h.Sum(d[:0])
	return d
}

// open starts reading at an offset; any number of readers may be open.
func (sp *spooled) open(offset int64) (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(sp.File, offset, sp.size-offset)), nil
}

func (sp *spooled) close() {
	sp.Close()
	os.Remove(sp.Name()) // on Windows it still has a name
}
