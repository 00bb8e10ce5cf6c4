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
	"slices"
	"sync"

	"backstop/app/backup"
	"backstop/app/say"
)

// Kept is the folder of imported files: each compressed under its hash, as the evidence that executions point to. Of a file
// that grew only the longest is kept; the shorter ones, with which it begins, refer to it. A content lies there whole before its
// import is committed, and gets its name afterwards: what bears one was imported, even when the ledger does not know any more.
type Kept struct {
	folder string

	mu   sync.Mutex
	free *sync.Cond
	held map[[32]byte]bool
}

// newKept makes the folder.
func newKept(folder string) (*Kept, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	k := &Kept{folder: folder, held: map[[32]byte]bool{}}
	k.free = sync.NewCond(&k.mu)
	return k, nil
}

func (k *Kept) path(sum [32]byte) string {
	name := hex.EncodeToString(sum[:])
	return filepath.Join(k.folder, name[:2], name+".gz")
}

// beginning is the gzip comment of a file that is the first bytes of another: how many, and the other's hash.
const beginning = "first %d bytes of %x"

// Open gives the content with this hash. The error is fs.ErrNotExist if it is not kept, or no more.
func (k *Kept) Open(sum [32]byte) (io.ReadCloser, error) {
	z, f, err := k.unpack(k.find(sum))
	if err != nil {
		return nil, err
	}
	size, in, ok := beginningOf(z)
	if !ok {
		return readCloser{z, f}, nil
	}
	f.Close()
	longer, err := k.Open(in)
	if err != nil {
		return nil, err
	}
	return readCloser{io.LimitReader(longer, size), longer}, nil
}

// unpack opens a kept file up to where its content begins.
func (k *Kept) unpack(path string) (*gzip.Reader, *os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		f.Close()
		return nil, nil, say.Error("kept file %s: %w", filepath.Base(path), err)
	}
	return z, f, nil
}

// beginningOf tells of what longer content this one is the beginning, if of any.
func beginningOf(z *gzip.Reader) (size int64, longer [32]byte, ok bool) {
	var in []byte
	if _, err := fmt.Sscanf(z.Comment, beginning, &size, &in); err != nil || len(in) != len(longer) {
		return 0, longer, false
	}
	return size, [32]byte(in), true
}

// Remove drops a content. Those that refer to it cannot be opened any more either.
func (k *Kept) Remove(sum [32]byte) error {
	err := os.Remove(k.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// keep writes a content that is about to be imported, and with it from where. Place gives it its name; nothing has to be placed
// where both are there already.
func (k *Kept) keep(ctx context.Context, sum [32]byte, o backup.Origin, content io.Reader) (half string, err error) {
	known, err := k.origins(k.path(sum))
	if err == nil && slices.ContainsFunc(known, o.Same) {
		return "", nil
	}
	return k.write(sum, "", append(known, o), contextReader{ctx, content})
}

// refer replaces a kept content by a note that it is the beginning of a longer one.
func (k *Kept) refer(sum [32]byte, size int64, longer [32]byte) error {
	known, err := k.origins(k.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // retention had it
	}
	half, err := k.write(sum, fmt.Sprintf(beginning, size, longer), known, eof{})
	if err != nil {
		return err
	}
	return k.place(half, sum)
}

// write is on the disk when it returns: the database is about to point to it.
func (k *Kept) write(sum [32]byte, comment string, origins []backup.Origin, content io.Reader) (half string, err error) {
	extra, err := packOrigins(origins)
	if err != nil {
		return "", say.Error("keep the file: %w", err)
	}
	return k.writeHalf(hex.EncodeToString(sum[:])+".*"+keptHalf, func(f *os.File) error {
		z, _ := gzip.NewWriterLevel(f, gzip.BestSpeed)
		z.Comment, z.Extra = comment, extra
		_, err := io.Copy(z, content)
		return errors.Join(err, z.Close())
	})
}

// writeHalf writes a file in full, which has no name of its own yet.
func (k *Kept) writeHalf(pattern string, write func(*os.File) error) (half string, err error) {
	f, err := os.CreateTemp(k.folder, pattern)
	if err != nil {
		return "", say.Error("keep the file: %w", err)
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		os.Remove(f.Name())
		return "", say.Error("keep the file: %w", err)
	}
	return f.Name(), nil
}

// place gives what was written in full the name of its content.
func (k *Kept) place(half string, sum [32]byte) error {
	path := k.path(sum)
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.Rename(half, path)
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
