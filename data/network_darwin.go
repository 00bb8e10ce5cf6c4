package data

import (
	"golang.org/x/sys/unix"

	"backstop/app/say"
)

// refuseNetwork refuses a folder on a network file system, with what to do: WAL needs memory that machines do not share.
func refuseNetwork(folder string) error {
	var st unix.Statfs_t
	if err := unix.Statfs(folder, &st); err != nil {
		return nil // what follows says it better
	}
	if st.Flags&unix.MNT_LOCAL == 0 {
		return say.Error("%s is on a network share, where a database cannot be kept safely; choose a folder on a local disk with --db", folder)
	}
	return nil
}
