package format

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backstop/app/backup"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// Goldens are read in one zone with clock changes, so that a format that forgets the zone shows.
var testZone = sync.OnceValues(func() (*time.Location, error) { return time.LoadLocation("Europe/Lisbon") })

func testInput(t testing.TB, raw []byte) *Input {
	t.Helper()
	zone, err := testZone()
	if err != nil {
		t.Fatal(err)
	}
	return &Input{
		Open: func() (io.ReadCloser, error) {
			r, err := Decode(bytes.NewReader(raw), raw[:min(len(raw), HeadSize)], "")
			return io.NopCloser(r), err
		},
		Zone:    zone,
		Order:   backup.DayFirst,
		ModTime: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC),
	}
}

func head(t testing.TB, in *Input) []byte {
	t.Helper()
	r, err := in.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, HeadSize))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// detectOnce is Detect for tests that look at the same files: to ask all formats takes most of their time.
func detectOnce(head []byte) (Format, error) {
	type answer struct {
		form Format
		err  error
	}
	ask := sync.OnceValue(func() answer {
		form, err := Detect(head)
		return answer{form, err}
	})
	known, _ := detected.LoadOrStore(string(settled(head)), ask)
	a := known.(func() answer)()
	return a.form, a.err
}

var detected sync.Map

// eachFile does the same with every file of the patterns, on all cores.
func eachFile(t *testing.T, do func(t *testing.T, path string, raw []byte), patterns ...string) {
	t.Helper()
	next := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for path := range next {
				if raw, err := os.ReadFile(path); err != nil {
					t.Error(err)
				} else {
					do(t, path, raw)
				}
			}
		})
	}
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Error(err)
		}
		for _, path := range paths {
			next <- path
		}
	}
	close(next)
	workers.Wait()
}

// TestFormats holds every sample of every format against its golden: JSON lines, `error:` lines and `note:` lines. A text that two
// formats claim is refused by Detect.
func TestFormats(t *testing.T) {
	for _, f := range formats {
		logs, _ := filepath.Glob(filepath.Join("testdata", f.Name, "*.log"))
		if len(logs) < 3 {
			t.Errorf("%s: want at least ok, mixed and truncated samples", f.Name)
		}
		for _, path := range logs {
			t.Run(f.Name+"/"+filepath.Base(path), func(t *testing.T) {
				t.Parallel()
				raw, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				in := testInput(t, raw)
				if got, err := detectOnce(head(t, in)); err != nil || got.Name != f.Name {
					t.Errorf("claimed by %q (%v), want only %s", got.Name, err, f.Name)
				}
				compareGolden(t, path+".golden", render(f, in))
			})
		}
	}
}

// TestFormats_ownTheirFolders fails on samples that no test reads.
func TestFormats_ownTheirFolders(t *testing.T) {
	folders, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range folders {
		owned := slices.ContainsFunc(formats, func(f Format) bool { return f.Name == d.Name() })
		if !owned && d.Name() != "fuzz" && d.Name() != "refused" {
			t.Errorf("testdata/%s belongs to no format", d.Name())
		}
	}
}

// TestDetect_refusesWithTheExportToUse: testdata/refused holds exports that are no job lists, each with the reason as golden.
func TestDetect_refusesWithTheExportToUse(t *testing.T) {
	files, _ := filepath.Glob("testdata/refused/*.log")
	if len(files) < len(refusals) {
		t.Errorf("%d samples for %d refusals", len(files), len(refusals))
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Detect(head(t, testInput(t, raw)))
		if err == nil {
			t.Errorf("%s: claimed", path)
			continue
		}
		compareGolden(t, path+".golden", err.Error()+"\n")
	}
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s (-want +got):\n%s", path, d)
	}
}

// render writes what a format reads, one JSON line each, leaving out what is empty.
func render(f Format, in *Input) string {
	var b strings.Builder
	for e, err := range f.Read(in) {
		if bad, ok := IsBad(err); ok {
			fmt.Fprintf(&b, "error: line %d: %s\n", bad.Line, bad.Reason)
			continue
		}
		if err != nil {
			fmt.Fprintf(&b, "fatal: %v\n", err)
			break
		}
		line, _ := json.Marshal(golden(e))
		b.Write(line)
		b.WriteByte('\n')
	}
	for _, n := range in.Notes() {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	return b.String()
}

func golden(e backup.Execution) map[string]any {
	m := map[string]any{}
	text := func(k, v string) {
		if v != "" {
			m[k] = v
		}
	}
	instant := func(k string, v time.Time) {
		if !v.IsZero() {
			m[k] = v.UTC().Format(time.RFC3339Nano)
		}
	}
	count := func(k string, v backup.Count) {
		if n, ok := v.Value(); ok {
			m[k] = n
		}
	}
	flagged := func(k string, v bool) {
		if v {
			m[k] = true
		}
	}
	text("tool", e.Tool)
	text("instance", e.Instance)
	text("session", e.Session)
	text("parent", e.Parent)
	text("routine", e.Routine)
	text("schedule", e.Schedule)
	text("client", e.Client)
	text("kind", e.Kind.String())
	flagged("vital", e.Vital)
	text("level", e.Level)
	text("outcome", e.Outcome.String())
	text("native_status", e.NativeStatus)
	text("code", e.Code)
	text("error", e.Error)
	text("log", e.Log)
	instant("start", e.Start)
	instant("end", e.End)
	instant("expires", e.Expires)
	text("start_text", e.StartText)
	text("end_text", e.EndText)
	text("time_note", e.TimeNote)
	count("bytes", e.Bytes)
	count("files", e.Files)
	if e.Tries > 0 {
		m["tries"] = e.Tries
	}
	text("first_outcome", e.FirstOutcome.String())
	flagged("retry", e.Retry)
	flagged("will_retry", e.WillRetry)
	m["evidence"] = int(e.Evidence)
	m["line"] = e.Line
	text("text", e.Text)
	return m
}
