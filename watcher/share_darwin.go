package watcher

import "golang.org/x/sys/unix"

// isShare tells whether a folder lies on another machine: events are not to be trusted there, and size and time lag behind.
func isShare(folder string) bool {
	var st unix.Statfs_t
	return unix.Statfs(folder, &st) == nil && st.Flags&unix.MNT_LOCAL == 0
}
