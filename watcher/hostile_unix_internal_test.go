//go:build unix

package watcher

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestReader_aNamedPipeNeverHoldsItUp(t *testing.T) {
	d, folder := newFakeDesk(), t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe.log"), 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "z.log"), "diary\nrun 1 success\n")
	if _, err := newTestReader(t, d).Read(t.Context(), byHand, []string{folder}, nil); err != nil {
		t.Fatal(err)
	}
	same(t, "reasons", d.rejected["pipe.log"], []string{"it is a named pipe, not a file"})
	same(t, "imports", d.imports(), []string{"z.log: 1 success"})
}

func TestOpenRegular_opensNothingThroughALinkOut(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "secret"), "diary\n")
	inside := filepath.Join(folder, "exports")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"absolute": filepath.Join(folder, "secret"), "relative": "../secret", "loop": "loop"} {
		if err := os.Symlink(to, filepath.Join(inside, name)); err != nil {
			t.Fatal(err)
		}
		if f, _, err := openIn(inside, name); err == nil {
			t.Errorf("%s: it was opened", name)
			f.Close()
		}
	}
	if f, _, err := openIn(inside, "../secret"); err == nil {
		t.Error("a name with .. was opened")
		f.Close()
	}
}

func TestReader_saysWhatIsWrongWithAFileAndGoesOn(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "outside.log"), "diary\nrun 9 success\n")
	exports := filepath.Join(folder, "exports")
	if err := errors.Join(os.Mkdir(exports, 0o700), os.Symlink(filepath.Join(folder, "outside.log"), filepath.Join(exports, "link.log")),
		os.Symlink(folder, filepath.Join(exports, "linked-folder"))); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"bomb.log":  packed("diary\n" + strings.Repeat("run 1 success\n", 1<<20)),
		"cut.gz":    packed(strings.Repeat("diary\nrun 1 success\n", 1000))[:60],
		"empty.log": "",
		"good.log":  "diary\nrun 1 success\n",
		"nuls.log":  strings.Repeat("\x00", 1<<20),
		"other.log": "minutes of the meeting\n",
		"wide.log":  "diary\n" + strings.Repeat("x", 9<<20) + "\nrun 2 success",
	}
	for name, content := range files {
		write(t, filepath.Join(exports, name), content)
	}
	large, err := os.Create(filepath.Join(exports, "large.log"))
	if err = errors.Join(err, large.Truncate(defaultMaxSize+1), large.Close()); err != nil {
		t.Fatal(err)
	}
	d := newFakeDesk()
	r := newTestReader(t, d)
	paths := []string{exports, filepath.Join(exports, "good.log", "below.log"), filepath.Join(folder, "none.log"), os.DevNull}
	if _, err := r.Read(t.Context(), byHand, paths, nil); err != nil {
		t.Fatal(err)
	}
	same(t, "imports", d.imports(), []string{"good.log: 1 success", "wide.log: 2 success"})
	for name, want := range map[string]string{
		"bomb.log":      "it unpacks to far more than a log does",
		"cut.gz":        "it is packed by gzip and cannot be unpacked: unexpected EOF",
		"empty.log":     "it is empty",
		"large.log":     "it is larger than 4096 MiB, the limit of the settings",
		"link.log":      "it is a link; links are not followed, so that nothing outside the folder is read",
		"linked-folder": "it is a link; links are not followed, so that nothing outside the folder is read",
		"none.log":      "it does not exist",
		"nuls.log":      "no known export begins like this",
		"other.log":     "no known export begins like this",
		"null":          "it is a device, not a file",
		"below.log":     "it cannot be read: not a directory",
	} {
		same(t, name, d.rejected[name], []string{want})
	}
	same(t, "spool", spoolFiles(t, r), nil)
	if kept := keptFiles(t, r); len(kept) != 2 {
		t.Errorf("%d files are kept, want the two that were imported", len(kept))
	}
}
