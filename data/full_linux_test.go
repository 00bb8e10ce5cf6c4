package data

import (
	"errors"
	"io"
	"io/fs"
	"os"
	process "os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
)

// mounts in the environment tells a test that it is a child, and whether it has mounts of its own.
const mounts = "BACKSTOP_TEST_MOUNTS"

// The disk is a real one that is full: a small tmpfs that only a child of the test sees. Where the machine forbids that, the database of
// the child is kept from growing instead.
func TestIngest_fullTmpfs(t *testing.T) {
	if os.Getenv(mounts) == "" {
		withOwnMounts(t)
		return
	}
	folder := t.TempDir()
	forbidden := fs.ErrPermission
	if os.Getenv(mounts) == "own" {
		forbidden = mountTmpfs(folder)
	}
	if forbidden == nil {
		t.Cleanup(func() { // after the database is closed, before the folder is removed
			if err := syscall.Unmount(folder, 0); err != nil {
				t.Error(err)
			}
		})
	}
	d := openDesk(t, filepath.Join(folder, "desk.db"))
	d.source = d.addSource(backup.Source{Name: "night exports"})
	switch {
	case forbidden == nil:
		disk := tmpfs{d, filepath.Join(folder, "filler")}
		d.runsFull(disk)
		disk.opensFull()
	case errors.Is(forbidden, fs.ErrPermission):
		t.Log("without a tmpfs: ", forbidden)
		d.runsFull(limit{d})
	default:
		t.Fatal(forbidden)
	}
}

// withOwnMounts runs the test in a child with mounts of its own, where it is root if this process is not; in one without if that may not be.
func withOwnMounts(t *testing.T) {
	t.Helper()
	own := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Geteuid() != 0 {
		own.Cloneflags |= syscall.CLONE_NEWUSER
		own.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		own.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	out, err := startAgain(t, "own", own)
	var ended *process.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Log("no mounts of its own: ", err)
		out, err = startAgain(t, "shared", nil)
	}
	if err != nil {
		t.Errorf("the child: %v", err)
	}
	t.Logf("%s", out)
}

// startAgain runs the test once more. The race detector would keep a second at the end of each process.
func startAgain(t *testing.T, how string, attributes *syscall.SysProcAttr) ([]byte, error) {
	cmd := process.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), mounts+"="+how, "GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0")
	cmd.SysProcAttr = attributes
	return cmd.CombinedOutput()
}

// mountTmpfs mounts one of a few MiB on a folder, unseen by other processes.
func mountTmpfs(folder string) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil { // in a changed root "/" need not be a mount
		return errors.Join(fs.ErrPermission, err)
	}
	return syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, "size=8m,mode=0700")
}

// tmpfs is a small disk on which another file takes the room.
type tmpfs struct {
	*aDesk
	filler string
}

// leave folds the log of what was written into the database first: one that is long already has room for a little more.
func (f tmpfs) leave(kib int) {
	f.t.Helper()
	_, err := f.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	f.must(err)
	f.fill(kib)
}

// fill leaves that much of the disk free.
func (f tmpfs) fill(kib int) {
	f.t.Helper()
	filler, err := os.OpenFile(f.filler, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	f.must(err)
	defer filler.Close()
	size, err := io.Copy(filler, zeros{})
	if !errors.Is(err, syscall.ENOSPC) {
		f.t.Fatalf("the disk took %d bytes more: %v", size, err)
	}
	info, err := filler.Stat()
	f.must(err)
	f.must(filler.Truncate(info.Size() - int64(kib)<<10))
}

func (f tmpfs) make() { f.must(os.Remove(f.filler)) }

// opensFull fails unless a database that cannot be opened for want of room is refused as that, and opened once there is room.
func (f tmpfs) opensFull() {
	f.t.Helper()
	f.must(f.Close())
	f.fill(0)
	if s, err := Open(f.t.Context(), Options{Path: f.path}); !errors.Is(err, desk.ErrFull) {
		f.t.Fatalf("opened: %v, error = %v, want %v", s != nil, err, desk.ErrFull)
	}
	f.make()
	if v := openDesk(f.t, f.path).verified(); len(v.Findings) > 0 {
		f.t.Errorf("findings: %q", v.Findings)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
