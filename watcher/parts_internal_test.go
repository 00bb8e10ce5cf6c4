package watcher

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"backstop/app/backup"
)

func TestPatient_givesUpOnSilenceAndNotOnSlowness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &guard{}
		slow := func(_ context.Context, alive func()) (int, error) {
			for range 100 {
				<-time.After(patience / 2)
				alive()
			}
			return 1, nil
		}
		if n, err := patient(t.Context(), g, slow); n != 1 || err != nil {
			t.Errorf("slow work: %d, %v", n, err)
		}
		back := make(chan struct{})
		silent := func(context.Context, func()) (int, error) { <-back; return 2, nil }
		if _, err := patient(t.Context(), g, silent); !errors.Is(err, errNoAnswer) {
			t.Errorf("silent work: %v", err)
		}
		began := time.Now()
		if _, err := patient(t.Context(), g, slow); !errors.Is(err, errNoAnswer) || time.Since(began) > 0 {
			t.Errorf("while silent work hangs: %v after %s", err, time.Since(began))
		}
		close(back)
		synctest.Wait()
		if n, err := patient(t.Context(), g, slow); n != 1 || err != nil {
			t.Errorf("after it came back: %d, %v", n, err)
		}
	})
}

func TestPlaces_findsWhereToReadOn(t *testing.T) {
	run := func(line int, offset int64, o backup.Outcome) backup.Execution {
		return backup.Execution{Session: "1", Outcome: o, Line: line, Offset: offset}
	}
	retried := run(2, 20, backup.Failed)
	retried.WillRetry = true
	nameless := backup.Execution{Text: "wrong password", Outcome: backup.Failed, Line: 3, Offset: 30}
	from := backup.Place{Offset: 5, Line: 2}
	for name, tt := range map[string]struct {
		records []backup.Execution
		want    backup.Place
	}{
		"nothing new":         {nil, from},
		"the last":            {[]backup.Execution{run(1, 0, backup.Success), run(2, 20, backup.Failed)}, backup.Place{Offset: 20, Line: 2}},
		"the unfinished":      {[]backup.Execution{run(2, 20, backup.Running), run(3, 30, backup.Success)}, backup.Place{Offset: 20, Line: 2}},
		"the first of two":    {[]backup.Execution{run(3, 30, backup.Running), run(2, 20, backup.Running)}, backup.Place{Offset: 20, Line: 2}},
		"to be tried again":   {[]backup.Execution{retried, run(3, 30, backup.Success)}, backup.Place{Offset: 20, Line: 2}},
		"counted among equal": {[]backup.Execution{nameless, run(4, 40, backup.Success)}, backup.Place{}},
		"of unknown place":    {[]backup.Execution{run(1, 0, backup.Success), run(2, 0, backup.Success)}, backup.Place{}},
	} {
		var p places
		for _, e := range tt.records {
			p.pass(e)
		}
		if got := p.resume(from); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

func TestResumeAt_onlyWhereTheTextIsReadAsBefore(t *testing.T) {
	sum, at := [32]byte{1}, backup.Place{Offset: 40, Line: 3}
	seen := backup.Seen{Size: 50, SHA256: sum, Format: diary.Name, Version: diary.Version, Resume: at}
	grown := spooled{size: 60, prefix: sum, plain: true}
	for name, tt := range map[string]struct {
		change func(s *spooled, seen *backup.Seen)
		want   backup.Place
	}{
		"grown":           {func(*spooled, *backup.Seen) {}, at},
		"not plain":       {func(s *spooled, _ *backup.Seen) { s.plain = false }, backup.Place{}},
		"rotated":         {func(s *spooled, _ *backup.Seen) { s.prefix[0]++ }, backup.Place{}},
		"newer format":    {func(_ *spooled, seen *backup.Seen) { seen.Version-- }, backup.Place{}},
		"other format":    {func(_ *spooled, seen *backup.Seen) { seen.Format = "other" }, backup.Place{}},
		"never seen":      {func(_ *spooled, seen *backup.Seen) { *seen = backup.Seen{} }, backup.Place{}},
		"seen, not grown": {func(s *spooled, _ *backup.Seen) { s.size = 50 }, backup.Place{}},
	} {
		s, se := grown, seen
		tt.change(&s, &se)
		if got := resumeAt(diary, &s, se); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

func TestTextCheck_knowsPlainTextHoweverItIsCut(t *testing.T) {
	for text, want := range map[string]bool{
		"diary\n":                 true,
		"":                        true,
		"Sicherung für € 5 𝄞\n":   true,
		"\xEF\xBB\xBFdiary":       false,
		"d\x00i\x00":              false,
		"b\xf8r":                  false,
		"ends in a rune \xe2\x82": false,
	} {
		for size := 1; size <= max(len(text), 1); size++ {
			c := &textCheck{}
			for b := []byte(text); len(b) > 0; b = b[min(size, len(b)):] {
				c.add(b[:min(size, len(b))])
			}
			if c.plain() != want && !(size < 3 && strings.HasPrefix(text, "\xEF\xBB\xBF")) { // a read gives more than a mark
				t.Errorf("%q in pieces of %d: %v, want %v", text, size, c.plain(), want)
			}
		}
	}
}

// nothingImported is a ledger with nothing in it.
func nothingImported([32]byte) (bool, error) { return false, nil }

// newTestKept is a folder of kept files.
func newTestKept(t *testing.T, folder string, imported func([32]byte) (bool, error)) *Kept {
	t.Helper()
	k, err := newKept(folder)
	if err == nil {
		err = k.endHalves(imported)
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// keepText keeps a text as an import of a source and a path.
func keepText(t *testing.T, k *Kept, text string, o backup.Origin) [32]byte {
	t.Helper()
	sum := sha256.Sum256([]byte(text))
	half, err := k.keep(t.Context(), sum, o, strings.NewReader(text))
	if err == nil && half != "" {
		err = k.place(half, sum)
	}
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestKept_aShorterFileIsTheBeginningOfALongerOne(t *testing.T) {
	k := newTestKept(t, t.TempDir(), nothingImported)
	texts := []string{"one\n", "one\ntwo\n", "one\ntwo\nthree\n"}
	var sums [][32]byte
	for i, text := range texts {
		sums = append(sums, keepText(t, k, text, backup.Origin{Path: fmt.Sprint(i)}))
		if i > 0 {
			if err := k.refer(sums[i-1], int64(len(texts[i-1])), sums[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	r := &Reader{kept: k}
	for i, text := range texts {
		if got := keptText(t, r, sums[i]); got != text {
			t.Errorf("%q, want %q", got, text)
		}
	}
	for _, c := range copiesIn(t, k) {
		i := slices.Index(sums, c.SHA256)
		if len(c.Origins) != 1 || c.Origins[0].Path != fmt.Sprint(i) || i < 2 && c.Within != sums[i+1] {
			t.Errorf("copy %d: %+v", i, c)
		}
	}
	if err := errors.Join(k.Remove(sums[2]), k.Remove(sums[2])); err != nil {
		t.Errorf("removing twice: %v", err)
	}
	if _, err := k.Open(sums[0]); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the beginning of what is gone: %v", err)
	}
}

// copiesIn lists the kept copies.
func copiesIn(t *testing.T, k *Kept) (list []backup.KeptCopy) {
	t.Helper()
	if err := k.Copies(t.Context(), func([32]byte) bool { return false }, func(c backup.KeptCopy) error {
		list = append(list, c)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// A copy says of each of its imports where it came from, and stays what any other program unpacks. The same import twice writes nothing.
func TestKept_saysWhereItComesFrom(t *testing.T) {
	k := newTestKept(t, t.TempDir(), nothingImported)
	night := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	first := backup.Origin{Source: "cron", Folder: "/var/log/cron", Path: "/var/log/cron/job.log", Modified: night, Imported: night.Add(time.Minute), Zone: "Europe/Lisbon"}
	second := first
	second.Modified = night.Add(24 * time.Hour)
	sum := keepText(t, k, "wrong password\n", first)
	keepText(t, k, "wrong password\n", second)
	if half, err := k.keep(t.Context(), sum, second, strings.NewReader("")); half != "" || err != nil {
		t.Errorf("kept once more: %q, %v", half, err)
	}
	list := copiesIn(t, k)
	first.SHA256, second.SHA256 = sum, sum
	if len(list) != 1 || !slices.Equal(list[0].Origins, []backup.Origin{first, second}) {
		t.Errorf("%+v", list)
	}
	if got := keptText(t, &Reader{kept: k}, sum); got != "wrong password\n" {
		t.Errorf("kept %q", got)
	}
	for range 300 {
		second.Path, second.Modified = strings.Repeat("deep/", 200), second.Modified.Add(time.Hour)
		keepText(t, k, "wrong password\n", second)
	}
	if got := copiesIn(t, k)[0].Origins; len(got) < 40 || got[len(got)-1].Modified != second.Modified {
		t.Errorf("of many origins the newest are not noted: %d", len(got))
	}
}

func TestKept_aHalfWrittenFileIsNone(t *testing.T) {
	folder := t.TempDir()
	k := newTestKept(t, folder, nothingImported)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if half, err := k.keep(ctx, [32]byte{1}, backup.Origin{}, strings.NewReader("text")); half != "" || !errors.Is(err, context.Canceled) {
		t.Errorf("%q, %v", half, err)
	}
	same(t, "files", filesIn(t, folder), nil)

	old, today := filepath.Join(folder, "1"+keptHalf), filepath.Join(folder, "2"+keptHalf)
	write(t, old, "of a crash")
	write(t, today, "of another program")
	lastWeek := time.Now().Add(-7 * 24 * time.Hour)
	if err := os.Chtimes(old, lastWeek, lastWeek); err != nil {
		t.Fatal(err)
	}
	newTestKept(t, folder, nothingImported)
	same(t, "files", filesIn(t, folder), []string{"2" + keptHalf})
}

// A crash after the commit leaves a copy without its name: it is found all the same, and named at the next start. One whose import was
// not committed is none.
func TestKept_endsWhatACrashLeft(t *testing.T) {
	folder := t.TempDir()
	k := newTestKept(t, folder, nothingImported)
	var sums [][32]byte
	for _, text := range []string{"committed\n", "taken back\n"} {
		sum := sha256.Sum256([]byte(text))
		if _, err := k.keep(t.Context(), sum, backup.Origin{Path: text}, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		sums = append(sums, sum)
	}
	write(t, filepath.Join(folder, fmt.Sprintf("%x.0%s", sums[0], keptHalf)), "cut off") // of another program, which came to its end before
	if len(copiesIn(t, k)) != 0 {
		t.Error("what was not imported counts as kept")
	}
	k = newTestKept(t, folder, func(sum [32]byte) (bool, error) { return sum == sums[0], nil })
	if list := copiesIn(t, k); len(list) != 1 || list[0].SHA256 != sums[0] || list[0].Origins[0].Path != "committed\n" {
		t.Errorf("%+v", list)
	}
	if got := keptText(t, &Reader{kept: k}, sums[0]); got != "committed\n" {
		t.Errorf("kept %q", got)
	}
}

func TestSpool_noticesThatTheOriginalChanges(t *testing.T) {
	folder := t.TempDir()
	s, err := newSpool(filepath.Join(folder, "spool"), defaultMaxSize)
	if err != nil {
		t.Fatal(err)
	}
	content := bytes.Repeat([]byte("run 1 success\n"), 100_000)
	for name, change := range map[string]func(path string) error{
		"not at all": func(string) error { return nil },
		"cut":        func(path string) error { return os.Truncate(path, 10) },
		"longer":     func(path string) error { return os.Truncate(path, int64(len(content))+10) },
	} {
		path := filepath.Join(folder, name)
		write(t, path, string(content))
		f, info, err := openIn(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		prefix := content[:300_001]
		sp, err := s.take(t.Context(), f, info, int64(len(prefix)), func(int64) {})
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if sp.moved != (name != "not at all") {
			t.Errorf("%s: changed %v", name, sp.moved)
		}
		if name != "cut" && (sp.sum != sha256.Sum256(content) || sp.prefix != sha256.Sum256(prefix)) {
			t.Errorf("%s: wrong hashes", name)
		}
		sp.close()
	}
	same(t, "spool", filesIn(t, s.folder), nil)
}

func TestSpool_clearsWhatACrashLeft(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "1"+spoolEnding), "of a crash")
	if _, err := newSpool(folder, defaultMaxSize); err != nil {
		t.Fatal(err)
	}
	same(t, "spool", filesIn(t, folder), nil)
}
