package data

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestRemoteSystem(t *testing.T) {
	for _, tt := range []struct {
		flags uint32
		name  string
		want  string
	}{
		{unix.MNT_LOCAL, "apfs", ""},
		{unix.MNT_LOCAL | unix.MNT_RDONLY, "hfs", ""},
		{0, "smbfs", "smbfs"},
		{unix.MNT_RDONLY, "nfs", "nfs"},
	} {
		if got := remoteSystem(tt.flags, tt.name); got != tt.want {
			t.Errorf("%s with %#x is %q, want %q", tt.name, tt.flags, got, tt.want)
		}
	}
}
