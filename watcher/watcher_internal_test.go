package watcher

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"backstop/app/backup"
)

// watching runs a story over one watched folder. The bubble fails the test if a goroutine outlives Stop.
func watching(t *testing.T, story func(t *testing.T, d *fakeDesk, w *Watcher, folder string)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		folder := filepath.Join(t.TempDir(), "exports")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		d := newFakeDesk(backup.Source{ID: 1, Name: "north", Folder: folder})
		w := newTestWatcher(t, d)
		w.Start()
		defer w.Stop()
		story(t, d, w, folder)
	})
}

func TestWatcher_readsASlowCopyOnceAndComplete(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, w *Watcher, folder string) {
		pass(time.Minute)
		before, _ := w.Scanned(1)
		path := filepath.Join(folder, "a.log")
		write(t, path, "diary\n")
		write(t, filepath.Join(folder, "b.log.part"), "diary\nrun 9 success\n")
		for range 8 {
			appendTo(t, path, "run 1 success\n")
			pass(1500 * time.Millisecond)
		}
		same(t, "imports during the copy", d.imports(), nil)
		if at, _ := w.Scanned(1); at.Sub(before) > scanLocal {
			t.Error("the folder counts as looked through while a file is being written")
		}
		pass(time.Minute)
		same(t, "imports", d.imports(), []string{"a.log: " + strings.Repeat("1 success, ", 7) + "1 success"})
		if at, ok := w.Scanned(1); !ok || time.Since(at) > scanLocal {
			t.Error("the folder does not count as looked through afterwards")
		}
	})
}

func TestWatcher_readsAGrowingLogOn(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, w *Watcher, folder string) {
		path := filepath.Join(folder, "a.log")
		first := "diary\nrun 1 success\nrun 2 running\nrun 3 success\n"
		write(t, path, first)
		pass(10 * time.Second)
		was := d.last().file.SHA256
		appendTo(t, path, "run 2 failed\nrun 4 success\n")
		pass(10 * time.Second)
		same(t, "imports", d.imports(), []string{
			"a.log: 1 success, 2 running, 3 success",
			"a.log: 2 running, 3 success, 2 failed, 4 success", // from the one that was unfinished
		})
		grown := d.last()
		same(t, "lines", grown.lines, []int{3, 4, 5, 6})
		if grown.file.Prefix != int64(len(first)) || grown.file.PrefixSHA256 != was {
			t.Errorf("it does not say what it grew from: %+v", grown.file)
		}
		if got := keptText(t, w.reader, was); got != first {
			t.Errorf("the shorter one is kept as %q", got)
		}
		appendTo(t, path, "run 5 success\n")
		pass(10 * time.Second)
		same(t, "lines read from the last record on", d.last().lines, []int{3, 4, 5, 6, 7}) // 2 was running when it was read
	})
}

func TestWatcher_readsARotatedLogAsANewFile(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, _ *Watcher, folder string) {
		path := filepath.Join(folder, "a.log")
		write(t, path, "diary\nrun 1 success\n")
		pass(10 * time.Second)
		write(t, path, "diary\nrun 2 success\nrun 3 failed\n")
		pass(10 * time.Second)
		same(t, "imports", d.imports(), []string{"a.log: 1 success", "a.log: 2 success, 3 failed"})
		if p := d.last().file.Prefix; p != 0 {
			t.Errorf("it claims to have grown from %d bytes", p)
		}
	})
}

func TestWatcher_passesOverWhatIsIgnoredUntilItIsNot(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, w *Watcher, folder string) {
		d.ignore(backup.IgnoreRule{Pattern: "plan*.log"})
		write(t, filepath.Join(folder, "plan-7.log"), "diary\nrun 1 success\n")
		write(t, filepath.Join(folder, "week.zip"), zipped("plan.log", "x", "runs.log", "diary\nrun 2 success\n"))
		write(t, filepath.Join(folder, "all.zip"), zipped("plan.log", "x"))
		pass(10 * time.Second)
		same(t, "imports", d.imports(), []string{"week.zip › runs.log: 2 success", "week.zip: "})
		same(t, "notes", d.last().reading.Notes, []string{"a zip with: 1 imported, 1 ignored"})
		same(t, "rejected", d.rejected["all.zip"], []string{"all that the zip holds is ignored"})
		if _, whole := w.Scanned(1); !whole {
			t.Error("what is ignored counts as still to be read")
		}
		d.ignore()
		pass(10 * time.Second)
		same(t, "imports", d.imports()[2:], []string{"plan-7.log: 1 success"})
	})
}

// Who names a file means it, whatever the rules say.
func TestReader_readsWhatIsNamedThoughItIsIgnored(t *testing.T) {
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "plan-7.log")
	d.ignore(backup.IgnoreRule{Pattern: "plan*.log"})
	write(t, path, oneRun)
	if _, err := newTestReader(t, d).Read(t.Context(), byHand, []string{path}, nil); err != nil {
		t.Fatal(err)
	}
	same(t, "imports", d.imports(), []string{"plan-7.log: 1 success"})
}

func TestWatcher_readsUnchangedFilesNoMoreAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		write(t, filepath.Join(folder, "a.log"), "diary\nrun 1 success\n")
		d := newFakeDesk(backup.Source{ID: 1, Folder: folder})
		w := newTestWatcher(t, d)
		w.Start()
		pass(10 * time.Second)
		w.Stop()
		delete(d.ledger, d.last().file.SHA256) // a read would be seen
		w = newTestWatcher(t, d)
		w.Start()
		pass(time.Minute)
		w.Stop()
		same(t, "imports", d.imports(), []string{"a.log: 1 success"})
	})
}

func TestWatcher_triesAgainUntilTheDeskCan(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, w *Watcher, folder string) {
		d.full = 3
		write(t, filepath.Join(folder, "a.log"), "diary\nrun 1 success\n")
		pass(10 * time.Second)
		same(t, "imports while the disk is full", d.imports(), nil)
		same(t, "kept files while the disk is full", keptFiles(t, w.reader), nil)
		pass(time.Minute)
		same(t, "imports", d.imports(), []string{"a.log: 1 success"})
	})
}

func TestWatcher_saysOnceWhyAFileIsNotRead(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, _ *Watcher, folder string) {
		path := filepath.Join(folder, "minutes.txt")
		write(t, path, "minutes of the meeting\n")
		pass(10 * time.Minute)
		same(t, "reasons", d.rejected["minutes.txt"], []string{"no known export begins like this"})
		if _, err := os.Stat(path); err != nil {
			t.Error("the rejected file was touched")
		}
	})
}

func TestWatcher_noticesThatTheFolderGoesAndComesBack(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, _ *Watcher, folder string) {
		pass(10 * time.Second)
		if err := os.Remove(folder); err != nil {
			t.Fatal(err)
		}
		pass(10 * time.Second)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, "a.log"), "diary\nrun 1 success\n")
		pass(10 * time.Second)
		same(t, "states", d.folderStates(), []string{"1 watching", "1 offline the folder does not exist", "1 watching"})
		same(t, "imports", d.imports(), []string{"a.log: 1 success"})
	})
}

// A disk without room is told of, once it lasts, and so is that there is room again; the file comes in by itself.
func TestWatcher_saysWhyFilesWait(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, w *Watcher, folder string) {
		d.full = 4
		write(t, filepath.Join(folder, "a.log"), "diary\nrun 1 success\n")
		pass(10 * time.Minute)
		same(t, "states", d.folderStates(), []string{"1 watching", "1 waiting the disk is full", "1 watching"})
		same(t, "imports", d.imports(), []string{"a.log: 1 success"})
	})
}

func TestWatcher_listensAnewToAFolderMadeAgain(t *testing.T) {
	w := &Watcher{reader: newTestReader(t, newFakeDesk())}
	listened := 0
	w.wake = func(string, *slog.Logger) (<-chan struct{}, func()) {
		listened++
		return nil, func() { listened *= 10 }
	}
	f := newFolder(w, backup.Source{})
	dirs := []string{t.TempDir(), t.TempDir()}
	for _, dir := range []string{dirs[0], dirs[0], dirs[1]} {
		l, err := list(dir)
		if err != nil {
			t.Fatal(err)
		}
		f.listen(l)
	}
	if listened != 11 { // one, ended, and another
		t.Errorf("listened %d", listened)
	}
}

func TestWatcher_aDeadShareBlocksNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dead, alive := filepath.Join(t.TempDir(), "dead"), t.TempDir()
		d := newFakeDesk(backup.Source{ID: 1, Folder: dead}, backup.Source{ID: 2, Folder: alive})
		w := newTestWatcher(t, d)
		back, calls := make(chan struct{}), 0
		w.list = func(folder string) (listing, error) {
			if folder == dead {
				calls++
				<-back
			}
			return list(folder)
		}
		w.Start()
		write(t, filepath.Join(alive, "a.log"), "diary\nrun 1 success\n")
		pass(5 * time.Minute)
		same(t, "states", d.folderStates(), []string{"2 watching", "1 offline the folder does not answer"})
		same(t, "imports", d.imports(), []string{"a.log: 1 success"})
		if calls != 1 {
			t.Errorf("%d calls hang in the dead share, want 1", calls)
		}
		began := time.Now()
		w.Stop()
		if took := time.Since(began); took > farewell {
			t.Errorf("Stop took %s", took)
		}
		close(back)
	})
}

func TestWatcher_followsItsSources(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, w *Watcher, folder string) {
		other := t.TempDir()
		write(t, filepath.Join(other, "b.log"), "diary\nrun 2 success\n")
		pass(10 * time.Second)
		d.setSources(backup.Source{ID: 1, Folder: folder, Paused: true}, backup.Source{ID: 2, Folder: other}, backup.Source{ID: 3, Folder: other, Zone: "Mars/Olympus"})
		w.Reload()
		write(t, filepath.Join(folder, "a.log"), "diary\nrun 1 success\n")
		pass(time.Minute)
		same(t, "imports", d.imports(), []string{"b.log: 2 success"})
		d.setSources(backup.Source{ID: 1, Folder: folder})
		w.Reload()
		write(t, filepath.Join(other, "c.log"), "diary\nrun 3 success\n")
		pass(time.Minute)
		same(t, "imports", d.imports(), []string{"b.log: 2 success", "a.log: 1 success"})
		states := strings.Join(d.folderStates(), "\n")
		for _, want := range []string{"1 paused", `3 paused time zone "Mars/Olympus" is not known; use a name such as Europe/Berlin`} {
			if !strings.Contains(states, want) {
				t.Errorf("states lack %q:\n%s", want, states)
			}
		}
	})
}

func TestWatcher_reportsADeniedFolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDesk(backup.Source{ID: 1, Folder: "secret"})
		w := newTestWatcher(t, d)
		w.list = func(string) (listing, error) {
			return listing{}, &os.PathError{Op: "open", Path: "secret", Err: os.ErrPermission}
		}
		w.Start()
		pass(time.Minute)
		w.Stop()
		same(t, "states", d.folderStates(), []string{"1 denied the folder may not be read"})
	})
}

func TestWatcher_stopsInTheMiddleOfAFile(t *testing.T) {
	watching(t, func(t *testing.T, d *fakeDesk, w *Watcher, folder string) {
		d.onRecord = func(int) error { w.stop(); return nil }
		write(t, filepath.Join(folder, "a.log"), "diary\nrun 1 success\nrun 2 success\n")
		pass(10 * time.Second)
		same(t, "imports", d.imports(), nil)
		same(t, "rejections", d.rejected["a.log"], nil)
		same(t, "spool", spoolFiles(t, w.reader), nil)
		same(t, "kept", keptFiles(t, w.reader), nil)
	})
}

func TestWakeOnEvents_wakesAndEnds(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		changed, stop := wakeOnEvents(t.TempDir(), slog.New(slog.DiscardHandler))
		stop()
		if changed != nil {
			t.Error("events cost a descriptor for each file here")
		}
		return
	}
	folder := t.TempDir()
	changed, stop := wakeOnEvents(folder, slog.New(slog.DiscardHandler))
	write(t, filepath.Join(folder, "a.log"), "diary\n")
	<-changed
	stop()
	for deadline := time.Now().Add(5 * time.Second); strings.Contains(stacks(), "fsnotify"); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("the events' goroutine outlives stop")
		}
	}
}

func stacks() string {
	b := make([]byte, 1<<20)
	return string(b[:runtime.Stack(b, true)])
}

func TestLook_isReadOnceItHasSettled(t *testing.T) {
	folder, now := t.TempDir(), time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	path := filepath.Join(folder, "a.log")
	at := func(size int64, s int) func(*look) bool {
		return func(l *look) bool {
			if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, size), os.Chtimes(path, now, now)); err != nil {
				t.Fatal(err)
			}
			info, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			seen := now.Add(time.Duration(s) * time.Second)
			l.again(info, seen)
			return l.ready(seen, settleLocal)
		}
	}
	l := &look{}
	for i, step := range []struct {
		look func(*look) bool
		want bool
	}{
		{at(0, 0), false},
		{at(0, 60), false}, // empty files are not finished
		{at(5, 65), false},
		{at(5, 66), false},
		{at(6, 67), false}, // grew
		{at(6, 69), true},
	} {
		if got := step.look(l); got != step.want {
			t.Errorf("look %d: ready %v, want %v", i, got, step.want)
		}
	}
	l.failed(now.Add(69 * time.Second))
	if at(6, 70)(l) || !at(6, 74)(l) {
		t.Error("a failed file is not tried again after a while")
	}
}

func TestUnfinished_names(t *testing.T) {
	for name, want := range map[string]bool{
		"jobs.csv": false, "tmp": false, "report~$.csv": false,
		"jobs.tmp": true, "jobs.csv.PART": true, "a.partial": true, "a.crdownload": true, "a.filepart": true, "~$jobs.xlsx": true, ".hidden": true,
	} {
		if unfinished(name) != want {
			t.Errorf("%s: %v, want %v", name, !want, want)
		}
	}
}
