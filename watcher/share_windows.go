package watcher

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// isShare tells whether a folder lies on another machine: events are not to be trusted there, and size and time lag behind.
func isShare(folder string) bool {
	volume := filepath.VolumeName(folder)
	if strings.HasPrefix(volume, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
