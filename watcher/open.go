package watcher

import (
	"errors"
	"io/fs"
	"os"

	"backstop/app/say"
)

// refusal says in words for people why a file is not read.
type refusal struct {
	reason  string
	passing bool // another try may do better
	err     error
}

func (r *refusal) Error() string { return r.reason }
func (r *refusal) Unwrap() error { return r.err }

var (
	errInUse   = say.Error("another program has it open")
	errChanged = say.Error("it changed while it was read")
)

// openIn opens a file of a folder for reading.
func openIn(folder, name string) (*os.File, fs.FileInfo, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	defer root.Close()
	return openRegular(root, name)
}

// openRegular opens a regular file and nothing else: no pipe that never answers, no device, no link. The
// root keeps the name inside the folder, and on Windows lets the owner rename and delete the file meanwhile.
func openRegular(root *os.Root, name string) (*os.File, fs.FileInfo, error) {
	before, err := root.Lstat(name)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	if !before.Mode().IsRegular() {
		return nil, nil, &refusal{reason: notAFile(before.Mode())}
	}
	f, err := root.OpenFile(name, os.O_RDONLY|nonBlock, 0)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	info, err := f.Stat()
	if err == nil && !(info.Mode().IsRegular() && os.SameFile(before, info)) {
		err = &refusal{reason: say.Record("it was replaced while it was opened"), passing: true}
	}
	if err != nil {
		f.Close()
		return nil, nil, unreadable(err)
	}
	return f, info, nil
}

func notAFile(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return say.Record("it is a link; links are not followed, so that nothing outside the folder is read")
	case m.IsDir():
		return say.Record("it is a folder")
	case m&fs.ModeNamedPipe != 0:
		return say.Record("it is a named pipe, not a file")
	case m&fs.ModeSocket != 0:
		return say.Record("it is a socket, not a file")
	case m&fs.ModeDevice != 0:
		return say.Record("it is a device, not a file")
	}
	return say.Record("it is not a regular file")
}

// unreadable words an error of the file system. The path is known to whoever reads it and left out.
func unreadable(err error) error {
	var r *refusal
	var p *fs.PathError
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, fs.ErrNotExist):
		return &refusal{say.Record("it does not exist"), true, err}
	case errors.Is(err, fs.ErrPermission):
		return &refusal{say.Record("it may not be read: permission denied"), true, err}
	case errors.As(err, &p):
		err = p.Err
	}
	return &refusal{say.Record("it cannot be read: %v", err), true, err}
}
