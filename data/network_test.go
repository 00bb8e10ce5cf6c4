package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A database on a network drive is refused before anything is made there, also in a folder that is not there yet.
func TestOpen_refusesNetwork(t *testing.T) {
	share := t.TempDir()
	path := filepath.Join(share, "desks", "mine", "desk.db")
	_, err := Open(t.Context(), Options{Path: path, Drive: func(folder string) string { return map[string]string{share: "NFS"}[folder] }})
	if err == nil || !strings.Contains(err.Error(), filepath.Dir(path)+" is on a network share (NFS)") || !strings.Contains(err.Error(), "choose a folder on a local disk with --db") {
		t.Errorf("error = %v", err)
	}
	if left, err := os.ReadDir(share); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
