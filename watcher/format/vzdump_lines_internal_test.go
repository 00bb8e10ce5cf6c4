package format

import "testing"

// TestVzdumpCell: pvesh draws its tables with lines where the terminal has them.
func TestVzdumpCell(t *testing.T) {
	for drawn, want := range map[string]string{
		"│  2 │ INFO: Starting Backup of VM 100 (qemu)   │": "INFO: Starting Backup of VM 100 (qemu)",
		"| 12 | TASK ERROR: job errors |":                   "TASK ERROR: job errors",
	} {
		if m := vzdumpCell.FindStringSubmatch(drawn); m == nil || m[1] != want {
			t.Errorf("%q: %q, want %q", drawn, m, want)
		}
	}
}
