package watcher

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"backstop/app/say"
)

// Kept is the folder of imported files: each compressed under its hash, as the evidence that executions point to. Of a file
// that grew only the longest is kept; the shorter ones, with which it begins, refer to it.
type Kept struct {
	folder string

	mu   sync.Mutex
	free *sync.Cond
	held map[[32]byte]bool
}

// newKept makes the folder and clears what a crash left half written; another program's of this day may still be at work.
func newKept(folder string) (*Kept, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	halves, err := filepath.Glob(filepath.Join(folder, "*"+keptHalf))
	for _, path := range halves {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.Remove(path)
		}
	}
	k := &Kept{folder: folder, held: map[[32]byte]bool{}}
	k.free = sync.NewCond(&k.mu)
	return k, err
}

const keptHalf = ".half"

func (k *Kept) path(sum [32]byte) string {
	name := hex.EncodeToString(sum[:])
	return filepath.Join(k.folder, name[:2], name+".gz")
}

// beginning is the gzip comment of a file that is the first bytes of another: how many, and the other's hash.
const beginning = "first %d bytes of %x"

// Open gives the content with this hash. The error is fs.ErrNotExist if it is not kept, or no more.
func (k *Kept) Open(sum [32]byte) (io.ReadCloser, error) {
	f, err := os.Open(k.path(sum))
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		f.Close()
		return nil, say.Error("kept file %x: %w", sum, err)
	}
	var size int64
	var in []byte
	if _, err := fmt.Sscanf(z.Comment, beginning, &size, &in); err != nil {
		return readCloser{z, f}, nil
	}
	f.Close()
	longer, err := k.Open([32]byte(in))
	if err != nil {
		return nil, err
	}
	return readCloser{io.LimitReader(longer, size), longer}, nil
}

// Remove drops a content. Those that refer to it cannot be opened any more either.
func (k *Kept) Remove(sum [32]byte) error {
	err := os.Remove(k.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// keep stores a content unless it is there already, which fresh tells.
func (k *Kept) keep(ctx context.Context, sum [32]byte, content io.Reader) (fresh bool, err error) {
	if _, err := os.Stat(k.path(sum)); err == nil {
		return false, nil
	}
	err = k.write(sum, "", contextReader{ctx, content})
	return err == nil, err
}

// refer replaces a kept content by a note that it is the beginning of a longer one.
func (k *Kept) refer(sum [32]byte, size int64, longer [32]byte) error {
	if _, err := os.Stat(k.path(sum)); err != nil {
		return nil // retention had it
	}
	return k.write(sum, fmt.Sprintf(beginning, size, longer), eof{})
}

// write is all or nothing, and on the disk when it returns: the database is about to point to it.
func (k *Kept) write(sum [32]byte, comment string, content io.Reader) error {
	path := k.path(sum)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return say.Error("keep the file: %w", err)
	}
	return k.place(path, func(f *os.File) error {
		z, _ := gzip.NewWriterLevel(f, gzip.BestSpeed)
		z.Comment = comment
		_, err := io.Copy(z, content)
		return errors.Join(err, z.Close())
	})
}

// place writes a file in full before it gets its name.
func (k *Kept) place(path string, write func(*os.File) error) error {
	f, err := os.CreateTemp(k.folder, "*"+keptHalf)
	if err != nil {
		return say.Error("keep the file: %w", err)
	}
	defer os.Remove(f.Name()) // gone already if all went well
	if err = errors.Join(write(f), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return say.Error("keep the file: %w", err)
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder makes a rename durable where the system knows how; Windows needs and offers none.
func syncFolder(path string) {
	if d, err := os.Open(path); err == nil {
		_ = d.Sync()
		d.Close()
	}
}

// hold keeps other imports of the same content waiting, so that one that fails does not take away what another has just kept.
func (k *Kept) hold(sum [32]byte) (release func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for k.held[sum] {
		k.free.Wait()
	}
	k.held[sum] = true
	return func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.held, sum)
		k.free.Broadcast()
	}
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

type contextReader struct {
	ctx  context.Context
	from io.Reader
}

func (r contextReader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(b)
}
