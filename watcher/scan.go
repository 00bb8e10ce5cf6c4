package watcher

import (
	"cmp"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"time"
)

// listing is what a look at a folder finds.
type listing struct {
	identity fs.FileInfo
	share    bool
	files    []fs.FileInfo // of one level
}

func list(folder string) (listing, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return listing{}, err
	}
	defer root.Close()
	l := listing{share: isShare(folder)}
	if l.identity, err = root.Stat("."); err != nil {
		return listing{}, err
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return listing{}, err
	}
	for _, e := range entries {
		if e.IsDir() || unfinished(e.Name()) {
			continue
		}
		if info, err := stat(root, e, l.share); err == nil { // else it went while we looked
			l.files = append(l.files, info)
		}
	}
	return l, nil
}

// stat asks the file, not the folder: Windows brings the folder's idea of a file up to date when its writer closes it. On a
// share that would be a call over the network for each.
func stat(root *os.Root, e fs.DirEntry, share bool) (fs.FileInfo, error) {
	if share || runtime.GOOS != "windows" {
		return e.Info()
	}
	return root.Lstat(e.Name())
}

// compare looks at each file and forgets those that have gone.
func (f *folder) compare(files []fs.FileInfo, now time.Time) {
	looks := make(map[string]*look, len(files))
	for _, info := range files {
		l := f.looks[info.Name()]
		if l == nil {
			l = &look{}
		}
		l.again(info, now)
		looks[info.Name()] = l
	}
	f.looks = looks
}

// ready lists the files to read now, oldest first.
func (f *folder) ready(now time.Time) []string {
	var names []string
	for name, l := range f.looks {
		if l.ready(now, f.quiet()) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(f.looks[a].modTime.Compare(f.looks[b].modTime), cmp.Compare(a, b))
	})
	return names
}

// waiting tells whether a file is still to be read, finished or not.
func (f *folder) waiting() bool {
	for _, l := range f.looks {
		if !l.done && l.size > 0 {
			return true
		}
	}
	return false
}
