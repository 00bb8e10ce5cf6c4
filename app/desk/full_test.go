package desk_test

import (
	"errors"
	"io/fs"
	"runtime"
	"syscall"
	"testing"

	"backstop/app/desk"
	"backstop/app/say"
)

// A disk that is full when a file is copied to be read is the one that is full when it is written into the database.
func TestImport_namesAFullDisk(t *testing.T) {
	noRoom := error(syscall.ENOSPC)
	if runtime.GOOS == "windows" {
		noRoom = syscall.Errno(112)
	}
	spool := say.Error("spool: %w", &fs.PathError{Op: "write", Path: "1.spool", Err: noRoom})
	f := newReading(t)
	for _, tt := range []struct {
		fault error
		full  bool
	}{
		{nil, false},
		{fs.ErrPermission, false},
		{spool, true},
		{errors.Join(fs.ErrExist, spool), true},
		{desk.ErrFull, true},
	} {
		f.fault = tt.fault
		_, err := f.Import(t.Context(), rosa, desk.ImportRequest{Source: "tapes"}, nil)
		if errors.Is(err, desk.ErrFull) != tt.full || !errors.Is(err, tt.fault) {
			t.Errorf("%v is told as %v", tt.fault, err)
		}
	}
}
