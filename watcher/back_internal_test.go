package watcher

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/watcher/format"
)

// forgetful is a ledger that goes back to nothing after files were imported; their originals are gone.
type forgetful struct {
	*testing.T
	desk   *fakeDesk
	reader *Reader
	folder string
}

func newForgetful(t *testing.T) *forgetful {
	f := &forgetful{T: t, desk: newFakeDesk(), folder: t.TempDir()}
	f.reader = newTestReader(t, f.desk)
	return f
}

// imports reads a text that lies under a name, in its hour of the night.
func (f *forgetful) imports(name, text string, hour int) {
	f.Helper()
	path := filepath.Join(f.folder, name)
	write(f.T, path, text)
	at := time.Date(2026, 3, 2, hour, 0, 0, 0, time.UTC)
	f.reader.now = func() time.Time { return at.Add(time.Minute) }
	if err := os.Chtimes(path, at, at); err != nil {
		f.Fatal(err)
	}
	if _, err := f.reader.Read(f.Context(), byHand, []string{path}, nil); err != nil {
		f.Fatal(err)
	}
}

// forgets leaves the ledger with what it begins with, and gives the kept copies in the order of their imports.
func (f *forgetful) forgets(texts ...string) map[string]backup.Origin {
	f.Helper()
	*f.desk = *newFakeDesk()
	origins := map[string]backup.Origin{}
	for _, text := range texts {
		for _, c := range copiesIn(f.T, f.reader.kept) {
			if c.SHA256 == sha256.Sum256([]byte(text)) {
				origins[text] = c.Origins[0]
			}
		}
	}
	return origins
}

func (f *forgetful) back(o backup.Origin) backup.FileResult {
	f.Helper()
	results, err := f.reader.Back(f.Context(), byHand, o, nil)
	if err != nil || len(results) != 1 {
		f.Fatalf("%+v, %v", results, err)
	}
	return results[0]
}

const (
	one = "diary\nrun 1 success\n"
	two = one + "run 2 failed\n"
)

// What had grown grows again, with the times of then, from the copies alone.
func TestReader_bringsForgottenFilesBack(t *testing.T) {
	f := newForgetful(t)
	f.imports("a.log", one, 2)
	f.imports("a.log", two, 3)
	origins := f.forgets(one, two)
	if err := os.RemoveAll(f.folder); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{one, two} {
		if got := f.back(origins[text]); got.Status != backup.Imported {
			t.Errorf("%+v", got)
		}
	}
	same(t, "imports", f.desk.imports(), []string{"a.log: 1 success", "a.log: 1 success, 2 failed"})
	last := f.desk.last().file
	if last.Prefix != int64(len(one)) || last.ModTime.Hour() != 3 {
		t.Errorf("it has not grown: %+v", last)
	}
	if got := f.back(origins[two]); got.Status != backup.Duplicate {
		t.Errorf("once more: %+v", got)
	}
}

// A state that the path has grown past is held by what is known of it; one that was replaced does not take its place again.
func TestReader_leavesWhatCameLaterInItsPlace(t *testing.T) {
	f := newForgetful(t)
	f.imports("a.log", one, 2)
	f.imports("b.log", "diary\nrun 7 success\n", 2)
	origins := f.forgets(one, "diary\nrun 7 success\n")
	f.imports("a.log", two, 4)
	f.imports("b.log", "diary\nrun 8 success\n", 4)

	if got := f.back(origins[one]); got.Status != backup.Duplicate {
		t.Errorf("the beginning of what is known: %+v", got)
	}
	if c := copiesIn(t, f.reader.kept); len(c) != 4 {
		t.Errorf("kept %d", len(c))
	}
	got := f.back(origins["diary\nrun 7 success\n"])
	if want := filepath.Join(f.folder, "b.log") + " › as of 2026-03-02T02:00:00Z"; got.Status != backup.Imported || got.Path != want && f.desk.last().file.Path != want {
		t.Errorf("what was replaced: %+v as %q", got, f.desk.last().file.Path)
	}
	seen, _, _ := f.desk.Known(t.Context(), 0, filepath.Join(f.folder, "b.log"))
	if seen.ModTime.Hour() != 4 {
		t.Errorf("the path goes on from %v", seen.ModTime)
	}
}

// A copy that is gone or damaged, or that no format claims any more, is said and brings nothing.
func TestReader_saysWhatCannotBeBroughtBack(t *testing.T) {
	f := newForgetful(t)
	for _, name := range []string{"gone", "damaged", "cut", "unclaimed"} {
		f.imports(name+".log", one+"run "+name+" failed\n", 2)
	}
	texts := []string{one + "run gone failed\n", one + "run damaged failed\n", one + "run cut failed\n", one + "run unclaimed failed\n"}
	origins := f.forgets(texts...)
	k := f.reader.kept
	if err := k.Remove(origins[texts[0]].SHA256); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(k.path(origins[texts[2]].SHA256))
	if err != nil {
		t.Fatal(err)
	}
	write(t, k.path(origins[texts[1]].SHA256), string(raw))
	write(t, k.path(origins[texts[2]].SHA256), string(raw[:len(raw)-12]))
	for i, want := range []string{"not kept any more", "is damaged", "EOF"} {
		if got := f.back(origins[texts[i]]); got.Status != backup.Rejected || !strings.Contains(got.Reason, want) {
			t.Errorf("%+v, want %q", got, want)
		}
	}
	f.reader.detect = detectNothing
	if got := f.back(origins[texts[3]]); got.Status != backup.Rejected {
		t.Errorf("%+v", got)
	}
	same(t, "imports", f.desk.imports(), nil)
}

func detectNothing([]byte) (format.Format, error) {
	return format.Format{}, errors.New("no known export begins like this")
}
