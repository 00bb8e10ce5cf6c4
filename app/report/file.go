// Package report writes what the desk knows into files for people who do not open it: the workbook, tables, the summary. It counts
// nothing: figures come from the desk.
package report

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"backstop/app/say"
)

// rename is os.Rename, and what tests put in its place.
var rename = os.Rename

// save writes a file whole or not at all: into a temporary one in the same folder, which only its owner may read, and then over the
// name. A file of that name which another program holds open, as Excel does on Windows, stays: ours is saved beside it, and its path
// is returned.
func save(path string, write func(io.Writer) error) (written string, err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".backstop-*.part")
	if err != nil {
		return "", say.Error("nothing can be written into %s: %w", dir, reason(err))
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return "", say.Error("%s could not be written: %w", filepath.Base(path), reason(err))
	}
	return put(f.Name(), path)
}

// put gives the finished file its name, or the next free one.
func put(from, path string) (string, error) {
	err := rename(from, path)
	if err == nil {
		return path, nil
	}
	if _, missing := os.Lstat(path); missing != nil {
		return "", say.Error("%s could not be saved: %w", path, reason(err))
	}
	ext := filepath.Ext(path)
	for n := 2; n < 100; n++ {
		other := fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(path, ext), n, ext)
		if _, missing := os.Lstat(other); !os.IsNotExist(missing) {
			continue
		}
		if rename(from, other) == nil {
			return other, nil
		}
	}
	return "", say.Error("%s is open in another program; close it there, or choose another name: %w", filepath.Base(path), reason(err))
}

// reason is an error without the paths of temporary files, which say nothing to people.
func reason(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}
