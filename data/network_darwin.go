package data

import "golang.org/x/sys/unix"

func networkDrive(folder string) string {
	var st unix.Statfs_t
	if err := unix.Statfs(folder, &st); err != nil {
		return ""
	}
	return remoteSystem(st.Flags, unix.ByteSliceToString(st.Fstypename[:]))
}

// remoteSystem is the name of a file system that is not mounted from this machine.
func remoteSystem(flags uint32, name string) string {
	if flags&unix.MNT_LOCAL != 0 {
		return ""
	}
	return name
}
