package watcher

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"backstop/app/backup"
)

var byHand = backup.Source{ID: 7, Name: "command line"}

func TestReader_readsFoldersWithAllBelowThem(t *testing.T) {
	d, folder := newFakeDesk(), t.TempDir()
	for _, name := range []string{"b.log", "a/z.log", "a/.git/x.log", "a/half.part", ".hidden.log"} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, path, "diary\nrun "+name+" success\n")
	}
	named := filepath.Join(folder, "a", "half.part") // who names a file means it
	results, err := newTestReader(t, d).Read(t.Context(), byHand, []string{folder, named}, nil)
	if err != nil || len(results) != 3 {
		t.Fatalf("%d results, %v", len(results), err)
	}
	same(t, "imports", d.imports(), []string{"z.log: a/z.log success", "b.log: b.log success", "half.part: a/half.part success"})
}

func TestReader_keepsWhatItImportedAndNothingOfADuplicate(t *testing.T) {
	d, folder := newFakeDesk(), t.TempDir()
	r := newTestReader(t, d)
	one, two := filepath.Join(folder, "one.log"), filepath.Join(folder, "two.log")
	text := "diary\nrun 1 success\nrubbish\nrun 2 failed\n"
	write(t, one, text)
	write(t, two, text)
	results, err := r.Read(t.Context(), byHand, []string{one, two}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if results[0].Status != backup.Imported || len(results[0].Problems) != 1 || results[1].Status != backup.Duplicate {
		t.Errorf("results %+v", results)
	}
	if got := keptText(t, r, d.last().file.SHA256); got != text {
		t.Errorf("kept %q", got)
	}
	same(t, "spool", spoolFiles(t, r), nil)
	for _, path := range []string{one, two} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("an import by hand took the original away: %v", err)
		}
	}
}

func TestReader_unpacksGzip(t *testing.T) {
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "a.log.1")
	write(t, path, packed("diary\nrun 1 success\n"))
	r := newTestReader(t, d)
	if _, err := r.Read(t.Context(), byHand, []string{path}, nil); err != nil {
		t.Fatal(err)
	}
	same(t, "imports", d.imports(), []string{"a.log.1 › a.log: 1 success", "a.log.1: "})
	same(t, "notes", d.last().reading.Notes, []string{"a gzip with: 1 imported"})
}

func packed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text)) // a bytes.Buffer takes all
	z.Close()
	return b.String()
}

func TestReader_refusesSettingsBeforeItReads(t *testing.T) {
	d := newFakeDesk()
	d.onKnown = func() { t.Error("it read") }
	r := newTestReader(t, d)
	for _, s := range []backup.Source{{Zone: "Mars/Olympus"}, {CodePage: "ebcdic-9"}} {
		if res, err := r.Read(t.Context(), s, []string{t.TempDir()}, nil); err == nil || res != nil {
			t.Errorf("%+v: %v, %v", s, res, err)
		}
	}
}

func TestReader_leavesNothingBehindWhenCalledOff(t *testing.T) {
	for name, when := range map[string]func(d *fakeDesk, cancel func()) func(backup.Progress){
		"between records": func(d *fakeDesk, cancel func()) func(backup.Progress) {
			d.onRecord = func(n int) error {
				if n == 3 {
					cancel()
				}
				return nil
			}
			return nil
		},
		"during the copy": func(_ *fakeDesk, cancel func()) func(backup.Progress) {
			return func(p backup.Progress) { cancel() }
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, folder := newFakeDesk(), t.TempDir()
			write(t, filepath.Join(folder, "a.log"), "diary\n"+strings.Repeat("run 1 success\n", 100_000))
			write(t, filepath.Join(folder, "b.log"), "diary\nrun 2 success\n")
			r := newTestReader(t, d)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			results, err := r.Read(ctx, byHand, []string{folder}, when(d, cancel))
			if !errors.Is(err, context.Canceled) || len(results) != 0 {
				t.Errorf("%d results, %v", len(results), err)
			}
			same(t, "imports", d.imports(), nil)
			same(t, "spool", spoolFiles(t, r), nil)
			same(t, "kept", keptFiles(t, r), nil)
			if len(d.rejected) > 0 {
				t.Errorf("rejected %v", d.rejected)
			}
		})
	}
}

func TestReader_tellsHowFarItIsButNotTooOften(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, folder := newFakeDesk(), t.TempDir()
		for _, name := range []string{"a.log", "b.log"} {
			write(t, filepath.Join(folder, name), "diary\n"+strings.Repeat("run 1 success\n", 1000)+name)
		}
		d.onRecord = func(int) error { <-time.After(time.Millisecond); return nil }
		var told []string
		began := time.Now()
		_, err := newTestReader(t, d).Read(t.Context(), byHand, []string{folder}, func(p backup.Progress) {
			told = append(told, fmt.Sprintf("%s %d of %d", filepath.Base(p.Path), p.File, p.Files))
			if p.Done > p.Size {
				t.Errorf("%d of %d bytes", p.Done, p.Size)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if most := int(time.Since(began)/tellEvery) + 1; len(told) > most {
			t.Errorf("told %d times, want %d at most", len(told), most)
		}
		if told[0] != "a.log 1 of 2" || told[len(told)-1] != "b.log 2 of 2" {
			t.Errorf("told %v", told)
		}
	})
}

func TestReader_aFailedImportLeavesWhatAnotherHasKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "a.log")
		write(t, path, "diary\nrun 1 success\n")
		failing, good := newFakeDesk(), newFakeDesk()
		failing.onRecord = func(int) error { <-time.After(time.Minute); return errors.New("the disk is full") }
		r := newTestReader(t, failing)
		other := r.For(good)
		ended := make(chan error)
		go func() {
			_, err := r.Read(t.Context(), byHand, []string{path}, nil)
			ended <- err
		}()
		synctest.Wait() // it holds the content
		if _, err := other.Read(t.Context(), byHand, []string{path}, nil); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err == nil {
			t.Error("the first import did not fail")
		}
		keptText(t, r, good.last().file.SHA256)
	})
}

func TestReader_keepsNothingOfAFileWhoseEndIsUnreadable(t *testing.T) {
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "a.log")
	long := packed("diary\n" + incompressible(200_000))
	write(t, path, long[:len(long)-10])
	r := newTestReader(t, d)
	results, err := r.Read(t.Context(), byHand, []string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := results[0]; got.Status != backup.Rejected || got.Reason != "it is packed by gzip and cannot be unpacked: unexpected EOF" {
		t.Errorf("%+v", got)
	}
	same(t, "kept", keptFiles(t, r), nil)
}

// incompressible lines are many enough that the head alone is sound.
func incompressible(lines int) string {
	var b strings.Builder
	for i := range lines {
		fmt.Fprintf(&b, "run %d success\n", i*7919)
	}
	return b.String()
}

func TestReader_readsAKeptFileAgain(t *testing.T) {
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "a.log")
	write(t, path, "diary\nrun b\xf8r success\n")
	r := newTestReader(t, d)
	if _, err := r.Read(t.Context(), byHand, []string{path}, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	file, records, err := r.Again(t.Context(), backup.Source{CodePage: "IBM850"}, d.last().file, func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range records {
		if err != nil || e.Session != "b°r" {
			t.Errorf("%q, %v", e.Session, err)
		}
	}
	if file.Format != "diary" || file.Reading().Resume == (backup.Place{}) {
		t.Errorf("%+v", file)
	}
	if err := r.Kept().Remove(file.SHA256); err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Again(t.Context(), byHand, file, func(int64) {}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is kept no more: %v", err)
	}
}
