package watcher

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"backstop/app/backup"
)

// processed is the subfolder of a source that its originals are archived to.
const processed = "_processed"

// putAway does with an original what its source says, after its content is committed. A file that has grown belongs to a tool
// that writes on, and is left; so is one that is not any more what was read.
func putAway(root *os.Root, name string, after backup.After, read *spooled, now time.Time) error {
	info, err := root.Lstat(name)
	if err != nil {
		return err
	}
	if !os.SameFile(info, read.info) || info.Size() != read.size || !info.ModTime().Equal(read.info.ModTime()) {
		return nil
	}
	switch after {
	case backup.Archive:
		return archive(root, name, read.sum, now)
	case backup.Delete:
		return root.Remove(name)
	default:
		return nil
	}
}

func archive(root *os.Root, name string, sum [32]byte, now time.Time) error {
	folder := path.Join(processed, now.Format("2006-01"))
	if err := root.MkdirAll(folder, 0o777); err != nil { // as the source's folder: those who tidy it up are not us
		return err
	}
	for n := 1; ; n++ {
		to := path.Join(folder, archiveName(name, sum, n))
		if _, err := root.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return root.Rename(name, to)
		} else if err != nil {
			return err
		}
	}
}

// archiveName tells apart what has one name and different content; n counts what has both. 255 bytes is what file systems allow.
func archiveName(name string, sum [32]byte, n int) string {
	const most = 200
	ending := filepath.Ext(name)
	if len(ending) > 20 {
		ending = ""
	}
	stem := strings.TrimSuffix(name, ending)
	if len(stem) > most {
		stem = strings.ToValidUTF8(stem[:most], "")
	}
	tag := "__" + hex.EncodeToString(sum[:4])
	if n > 1 {
		tag += fmt.Sprintf("-%d", n)
	}
	return stem + tag + ending
}
