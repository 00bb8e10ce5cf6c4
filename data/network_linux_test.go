package data

import "testing"

// The numbers are those of the kernel's magic.h.
func TestNetworkSystems(t *testing.T) {
	for magic, want := range map[int64]string{
		0x6969: "NFS", 0x517B: "SMB", 0xFE534D42: "SMB", 0xFF534D42: "SMB", 0x01021997: "9P", 0x5346414F: "AFS", 0x73757245: "Coda",
		0xEF53: "", 0x58465342: "", 0x9123683E: "", 0x01021994: "", 0x794C7630: "", // ext4, XFS, Btrfs, tmpfs, overlay
	} {
		if got := networkSystems[magic]; got != want {
			t.Errorf("%#x is %q, want %q", magic, got, want)
		}
	}
}
