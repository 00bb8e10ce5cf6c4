package watcher

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"backstop/app/say"
)

// Each hands every kept file, compressed as it lies there, to use. One that goes meanwhile is passed over.
func (k *Kept) Each(ctx context.Context, use func(name string, size int64, content io.Reader) error) error {
	return k.walk(ctx, func(path, name string) error {
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
	info, err := os.Stat(k.find(sum))
	if err != nil {
		return 0, false
	}
	return info.Size(), true
}

// keptName tells whether a kept file can have this name.
func keptName(name string) bool {
	sum := sumNamed(name)
	hash := hex.EncodeToString(sum[:])
	return name == hash[:2]+"/"+hash+".gz"
}

// sumNamed is the content whose hash a name begins with, below its folder; zero for none.
func sumNamed(name string) (sum [32]byte) {
	hash, _, _ := strings.Cut(path.Base(name), ".")
	if raw, err := hex.DecodeString(hash); err == nil && len(raw) == len(sum) {
		sum = [32]byte(raw)
	}
	return sum
}

// Take keeps what another machine kept under this name, as it is. What is there already stays.
func (k *Kept) Take(ctx context.Context, name string, content io.Reader) error {
	if !keptName(name) {
		return say.Error("%q is no name of a kept file", name)
	}
	if _, err := os.Stat(filepath.Join(k.folder, filepath.FromSlash(name))); err == nil {
		return nil
	}
	half, err := k.writeHalf("*"+keptHalf, func(f *os.File) error {
		_, err := io.Copy(f, contextReader{ctx, content})
		return err
	})
	if err != nil {
		return err
	}
	return k.place(half, sumNamed(name))
}
