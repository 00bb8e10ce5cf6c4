package watcher

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// keptHalf ends the name of a file that is written to be kept, and whose import is not committed yet as far as its name tells.
const keptHalf = ".half"

// halves lists them.
func (k *Kept) halves() ([]string, error) {
	files, err := os.ReadDir(k.folder) // no Glob: the folder's own name may hold what it takes for a pattern
	var paths []string
	for _, f := range files {
		if strings.HasSuffix(f.Name(), keptHalf) {
			paths = append(paths, filepath.Join(k.folder, f.Name()))
		}
	}
	return paths, err
}

// find is where a content lies. One whose import was committed a moment ago, or right before a crash, has no name of its own yet.
func (k *Kept) find(sum [32]byte) string {
	path := k.path(sum)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	halves, _ := k.halves()
	for _, half := range halves {
		if sumNamed(filepath.Base(half)) == sum {
			return half
		}
	}
	return path
}

// endHalves names what was imported right before a crash, and clears what was not. Another program's of this day may still be at work.
func (k *Kept) endHalves(imported func(sum [32]byte) (bool, error)) error {
	halves, err := k.halves()
	for _, half := range halves {
		sum := sumNamed(filepath.Base(half))
		if done, asked := k.wasImported(sum, imported); asked != nil {
			err = errors.Join(err, asked)
		} else if done && k.holds(half, sum) {
			err = errors.Join(err, k.placeOnce(half, sum))
		} else if info, gone := os.Stat(half); gone == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.Remove(half)
		}
	}
	return err
}

// placeOnce places a half, unless another program, whose it is, does so at this moment.
func (k *Kept) placeOnce(half string, sum [32]byte) error {
	err := k.place(half, sum)
	if _, gone := os.Stat(half); errors.Is(gone, fs.ErrNotExist) {
		return nil
	}
	return err
}

// wasImported tells whether a half is all that is kept of an imported content.
func (k *Kept) wasImported(sum [32]byte, imported func(sum [32]byte) (bool, error)) (bool, error) {
	if _, err := os.Stat(k.path(sum)); err == nil || sum == [32]byte{} {
		return false, nil
	}
	return imported(sum)
}

// holds tells whether a file is that content, to its end.
func (k *Kept) holds(path string, sum [32]byte) bool {
	z, f, err := k.unpack(path)
	if err != nil {
		return false
	}
	defer f.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, z)
	return err == nil && digest(hash) == sum
}
