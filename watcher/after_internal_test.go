package watcher

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"backstop/app/backup"
)

// tidying runs a story over a folder whose originals are put away.
func tidying(t *testing.T, after backup.After, story func(t *testing.T, d *fakeDesk, folder string)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		d := newFakeDesk(backup.Source{ID: 1, Folder: folder, After: after})
		w := newTestWatcher(t, d)
		w.Start()
		defer w.Stop()
		story(t, d, folder)
	})
}

func TestWatcher_archivesWhatIsImported(t *testing.T) {
	tidying(t, backup.Archive, func(t *testing.T, d *fakeDesk, folder string) {
		write(t, filepath.Join(folder, "jobs.csv"), "diary\nrun 1 success\n")
		write(t, filepath.Join(folder, "minutes.txt"), "minutes of the meeting\n")
		pass(10 * time.Second)
		sum := d.last().file.SHA256
		archived := "_processed/2000-01/jobs__" + hex.EncodeToString(sum[:4])
		same(t, "files", filesIn(t, folder), []string{archived + ".csv", "minutes.txt"})

		write(t, filepath.Join(folder, "jobs.csv"), "diary\nrun 1 success\n") // delivered once more, or a crash before it was moved
		pass(10 * time.Second)
		same(t, "files", filesIn(t, folder), []string{archived + "-2.csv", archived + ".csv", "minutes.txt"})
		same(t, "imports", d.imports(), []string{"jobs.csv: 1 success"})
	})
}

func TestWatcher_deletesWhatIsImported(t *testing.T) {
	tidying(t, backup.Delete, func(t *testing.T, d *fakeDesk, folder string) {
		write(t, filepath.Join(folder, "jobs.csv"), "diary\nrun 1 success\n")
		write(t, filepath.Join(folder, "minutes.txt"), "minutes of the meeting\n")
		pass(10 * time.Second)
		same(t, "files", filesIn(t, folder), []string{"minutes.txt"})
	})
}

func TestWatcher_leavesAFileThatHasEverGrown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		path := filepath.Join(folder, "a.log")
		write(t, path, "diary\nrun 1 success\n")
		leave := backup.Source{ID: 1, Folder: folder}
		d := newFakeDesk(leave)
		w := newTestWatcher(t, d)
		w.Start()
		defer w.Stop()
		pass(10 * time.Second)
		appendTo(t, path, "run 2 success\n")
		pass(10 * time.Second)
		leave.After = backup.Delete // not offered, but once chosen it must not harm
		d.setSources(leave)
		w.Reload()
		pass(time.Minute)
		appendTo(t, path, "run 3 success\n")
		pass(time.Minute)
		same(t, "files", filesIn(t, folder), []string{"a.log"})
		if n := len(d.imports()); n != 3 {
			t.Errorf("%d imports, want 3", n)
		}
	})
}

func TestPutAway_leavesWhatIsNotWhatWasRead(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.log")
	write(t, path, "diary\nrun 1 success\n")
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, "run 2 success\n")
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	read := &spooled{info: info, size: info.Size()}
	for _, after := range []backup.After{backup.Archive, backup.Delete} {
		if err := putAway(root, "a.log", after, read, time.Now()); err != nil {
			t.Error(err)
		}
	}
	same(t, "files", filesIn(t, folder), []string{"a.log"})
}

func TestArchiveName_staysWithinWhatFileSystemsAllow(t *testing.T) {
	sum := [32]byte{0xab, 0xcd, 0xef, 0x01}
	for name, want := range map[string]string{
		"jobs.csv":                        "jobs__abcdef01.csv",
		"messages":                        "messages__abcdef01",
		"a.b.log":                         "a.b__abcdef01.log",
		"mail.2026 03 02 and a long tail": "mail.2026 03 02 and a long tail__abcdef01",
	} {
		if got := archiveName(name, sum, 1); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if got := archiveName(strings.Repeat("ä", 125)+".log", sum, 12); len(got) > 255 || !strings.HasSuffix(got, "ä__abcdef01-12.log") {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}
