package data

import (
	"testing"

	"golang.org/x/sys/windows"
)

func TestRemoteVolume(t *testing.T) {
	for _, tt := range []struct {
		volume string
		kind   uint32
		want   string
	}{
		{`C:`, windows.DRIVE_FIXED, ""},
		{`E:`, windows.DRIVE_REMOVABLE, ""},
		{`Z:`, windows.DRIVE_REMOTE, `Z:`},
		{`\\files\backup`, windows.DRIVE_NO_ROOT_DIR, `\\files\backup`},
		{`\\?\UNC\files\backup`, windows.DRIVE_UNKNOWN, `\\?\UNC\files\backup`},
		{`\\?\C:`, windows.DRIVE_FIXED, ""},
	} {
		if got := remoteVolume(tt.volume, tt.kind); got != tt.want {
			t.Errorf("%s of kind %d is %q, want %q", tt.volume, tt.kind, got, tt.want)
		}
	}
}
