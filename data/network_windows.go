package data

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

func networkDrive(folder string) string {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	volume := filepath.VolumeName(abs)
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return ""
	}
	return remoteVolume(volume, windows.GetDriveType(root))
}

// remoteVolume is the volume where that is a share, or a letter that stands for one.
func remoteVolume(volume string, kind uint32) string {
	share := strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) && !strings.HasPrefix(volume, `\\.\`)
	if share || strings.HasPrefix(strings.ToUpper(volume), `\\?\UNC\`) || kind == windows.DRIVE_REMOTE {
		return volume
	}
	return ""
}
