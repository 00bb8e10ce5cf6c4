package watcher

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"backstop/app/say"
)

// Each hands every kept file, compressed as it lies there, to use. One that goes meanwhile is passed over.
func (k *Kept) Each(ctx context.Context, use func(name string, size int64, content io.Reader) error) error {
	return filepath.WalkDir(k.folder, func(path string, e fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		name, relErr := filepath.Rel(k.folder, path)
		if name = filepath.ToSlash(name); relErr != nil || !keptName(name) {
			return nil
		}
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		return use(name, info.Size(), contextReader{ctx, f})
	})
}

// Size is how many bytes a kept content takes, compressed, and whether it is there.
func (k *Kept) Size(sum [32]byte) (int64, bool) {
	info, err := os.Stat(k.path(sum))
	if err != nil {
		return 0, false
	}
	return info.Size(), true
}

// keptName tells whether a kept file can have this name.
func keptName(name string) bool {
	sum, ok := strings.CutSuffix(strings.TrimPrefix(name, name[:min(2, len(name))]+"/"), ".gz")
	raw, err := hex.DecodeString(sum)
	return ok && err == nil && len(raw) == 32 && sum == strings.ToLower(sum) && name == sum[:2]+"/"+sum+".gz"
}

// Take keeps what another machine kept under this name, as it is. What is there already stays.
func (k *Kept) Take(ctx context.Context, name string, content io.Reader) error {
	if !keptName(name) {
		return say.Error("%q is no name of a kept file", name)
	}
	path := filepath.Join(k.folder, filepath.FromSlash(name))
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return say.Error("keep the file: %w", err)
	}
	return k.place(path, func(f *os.File) error {
		_, err := io.Copy(f, contextReader{ctx, content})
		return err
	})
}
