package data

import (
	"os"
	"path/filepath"

	"backstop/app/say"
)

// Drive names the network drive that a folder is on; "" for a local disk, or when nobody can tell: what follows says it better.
type Drive func(folder string) string

// RefuseNetwork refuses a database on a network drive, with what to do: WAL needs memory that machines do not share. A nil drive asks
// the system.
func RefuseNetwork(path string, drive Drive) error {
	if drive == nil {
		drive = networkDrive
	}
	folder := filepath.Dir(path)
	if name := drive(existing(folder)); name != "" {
		return say.Error("%s is on a network share (%s), where a database cannot be kept safely; choose a folder on a local disk with --db", folder, name)
	}
	return nil
}

// existing is the nearest folder that is there.
func existing(folder string) string {
	for {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}
