//go:build !headless && unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// asNobody runs the test in a process of somebody whom rights bind, where it runs as root, and tells whether it did.
func asNobody(t *testing.T) bool {
	t.Helper()
	if os.Geteuid() != 0 {
		return false
	}
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), "TMPDIR=/tmp", "HOME=/nonexistent")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
	return true
}

// A database that may only be read is said at the start, with what to do, and opened once that was done. Nothing is lost.
func TestReadOnly_isSaidAtTheStart(t *testing.T) {
	if asNobody(t) {
		return
	}
	db := aPast(t)
	for path, readable := range map[string]os.FileMode{db: 0o400, filepath.Dir(db): 0o500} {
		may(t, path, readable)
		s := start(t, db)
		s.shows("Backstop cannot open its database", "The database "+db+" cannot be written to; see to the rights of the file and of its folder")
		may(t, path, 0o700)
		s.tap("Try again")
		s.shows("3 incidents")
		s.leave()
		s.ui = nil
	}
}

// A data folder into which nothing can be written any more keeps what is there, and takes the same file once it can.
func TestReadOnly_takesFilesAfterwards(t *testing.T) {
	if asNobody(t) {
		return
	}
	s := start(t, aPast(t))
	spool := filepath.Join(s.folder, "spool")
	may(t, spool, 0o500)
	path := s.file("jobs.txt", job("700400", "58", "LEDGER-FULL", "ledger-02.meadow.example", "1772413200", "1772413800"))
	s.drops(path)
	s.tap("Import")
	s.shows("This did not work", path, spool)
	s.tap("OK")
	s.shows("3 incidents")
	may(t, spool, 0o700)
	s.drops(path)
	s.tap("Import")
	s.tap("OK")
	s.shows("4 incidents")
}

// may says what the owner may do with a file or folder.
func may(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(path, 0o700) }) // it is to be removed
}
