package watcher

import (
	"errors"

	"golang.org/x/sys/windows"
)

const nonBlock = 0

// inUse tells whether another program has the file open: an exporter that has not finished.
func inUse(path string) bool {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	const shareNothing = 0
	h, err := windows.CreateFile(name, windows.GENERIC_READ, shareNothing, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return errors.Is(err, windows.ERROR_SHARING_VIOLATION)
	}
	windows.CloseHandle(h)
	return false
}
