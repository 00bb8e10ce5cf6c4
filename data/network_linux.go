package data

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"backstop/app/say"
)

// File systems where WAL corrupts or fails late: other machines do not share the memory map.
var networkSystems = map[int64]string{
	unix.NFS_SUPER_MAGIC: "NFS", unix.SMB_SUPER_MAGIC: "SMB", unix.SMB2_SUPER_MAGIC: "SMB", unix.CIFS_SUPER_MAGIC: "SMB",
	unix.AFS_SUPER_MAGIC: "AFS", unix.CODA_SUPER_MAGIC: "Coda", unix.V9FS_MAGIC: "9P",
}

// refuseNetwork refuses a folder on a network file system, with what to do.
func refuseNetwork(folder string) error {
	for {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	var st unix.Statfs_t
	if err := unix.Statfs(folder, &st); err != nil {
		return nil // what follows says it better
	}
	if name, ok := networkSystems[int64(st.Type)]; ok {
		return say.Error("%s is on a network share (%s), where a database cannot be kept safely; choose a folder on a local disk with --db", folder, name)
	}
	return nil
}
