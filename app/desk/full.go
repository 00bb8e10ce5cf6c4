package desk

import (
	"errors"
	"fmt"
	"runtime"
	"syscall"
)

// full names the fault of a disk without room for the copies that are read and kept: they lie beside the database.
func full(err error) error {
	if errors.Is(err, noRoom()) && !errors.Is(err, ErrFull) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// noRoom is how the system says that a disk is full.
func noRoom() error {
	if runtime.GOOS == "windows" {
		return syscall.Errno(112) // ERROR_DISK_FULL
	}
	return syscall.ENOSPC
}
