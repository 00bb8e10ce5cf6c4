package watcher

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// found is a file to read: its name inside a folder that it must not lead out of.
type found struct {
	folder string
	name   string
	path   string // for people
	wrong  error  // why it cannot be read, where the search met it
}

// find lists the files that a person named, those of folders with all that is below them, sorted.
func find(ctx context.Context, paths []string) []found {
	var files []found
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			files = append(files, inside(ctx, path)...)
			continue
		}
		files = append(files, fileAt(path))
	}
	return files
}

// fileAt is a file that a person named; one in a container is the container.
func fileAt(path string) found {
	if _, err := os.Lstat(path); err != nil {
		path, _, _ = strings.Cut(path, insideOf)
	}
	return found{folder: filepath.Dir(path), name: filepath.Base(path), path: path}
}

// inside lists the files of a folder. What is hidden or known to be unfinished was not meant.
func inside(ctx context.Context, folder string) []found {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return []found{{path: folder, wrong: err}}
	}
	defer root.Close()
	var files []found
	_ = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		path := filepath.Join(folder, filepath.FromSlash(name))
		switch {
		case ctx.Err() != nil:
			return ctx.Err() // the caller sees it too
		case err != nil:
			files = append(files, found{path: path, wrong: err})
			return nil
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && !unfinished(d.Name()):
			files = append(files, found{folder: folder, name: filepath.FromSlash(name), path: path})
		}
		return nil
	})
	return files
}
