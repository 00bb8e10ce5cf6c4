package data

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"

	"backstop/app/say"
)

// refuseNetwork refuses a folder on a network drive, with what to do: WAL needs memory that machines do not share.
func refuseNetwork(folder string) error {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return nil // what follows says it better
	}
	volume := filepath.VolumeName(abs)
	remote := strings.HasPrefix(volume, `\\`)
	if !remote {
		root, err := windows.UTF16PtrFromString(volume + `\`)
		remote = err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
	}
	if remote {
		return say.Error("%s is on a network drive, where a database cannot be kept safely; choose a folder on a local disk with --db", folder)
	}
	return nil
}
