package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/cli"
	"backstop/app/desk"
)

var crashJobs = flag.Int("crash-jobs", 8_000, "how many executions the import brings that is killed over and over")

// A program that is killed loses nothing and doubles nothing: an import is killed at fifty random moments, begun anew until
// it comes to its end, over and over. In the end there is what an undisturbed import leaves, to the letter.
func TestCrash_losesAndDoublesNothing(t *testing.T) {
	kills := 50
	calm := newShell(t)
	exports := filepath.Join(calm.folder, "exports")
	writeParts(t, exports, *crashJobs, 10)
	begin := time.Now()
	if err := importing(t.Context(), calm.db, exports).Run(); err != nil {
		t.Fatal(err)
	}
	longest := min(time.Since(begin)/4, 600*time.Millisecond) // some of its files come through each time
	want := calm.left()

	r := rand.New(rand.NewPCG(uint64(begin.UnixNano()), 0))
	for kills > 0 {
		s := newShell(t)
		for done := false; !done && kills > 0; {
			if done = s.killImport(exports, time.Duration(r.Int64N(int64(longest)))); !done {
				kills--
			}
		}
		if err := importing(t.Context(), s.db, exports).Run(); err != nil {
			t.Fatalf("the import after the crashes: %v", err)
		}
		if got := s.left(); got != want {
			t.Fatalf("the import after the crashes left %d bytes of lists, want %d as undisturbed", len(got), len(want))
		}
	}
}

func importing(ctx context.Context, db, folder string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], "import", "--zone", "UTC", "--now", "2026-03-05T08:00:00Z", "--db", db, folder)
	cmd.Env = append(os.Environ(), asProgram)
	return cmd
}

// killImport kills an import after some time, unless it is done by then.
func (s *shell) killImport(folder string, after time.Duration) (done bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), after)
	defer cancel()
	err := importing(ctx, s.db, folder).Run()
	if err != nil && ctx.Err() == nil {
		s.t.Fatalf("it ended by itself: %v", err)
	}
	s.keepsOnlyImports()
	return err == nil
}

// keepsOnlyImports fails where a kept file bears its name whose import was not committed.
func (s *shell) keepsOnlyImports() {
	s.t.Helper()
	named, err := filepath.Glob(filepath.Join(s.db+".files", "kept", "*", "*.gz"))
	if err != nil || len(named) == 0 {
		return // killed before
	}
	imported := map[string]bool{}
	s.with(func(d *desk.Desk) error {
		files, err := d.Files(s.t.Context(), desk.System(), desk.FileQuery{Status: backup.Imported})
		for _, f := range files {
			imported[f.SHA256] = true
		}
		return err
	})
	for _, path := range named {
		if sum := strings.TrimSuffix(filepath.Base(path), ".gz"); !imported[sum] {
			s.t.Errorf("%s is kept, and was not imported", sum)
		}
	}
}

// left is what an import left: all lists. It checks what must hold besides.
func (s *shell) left() string {
	s.t.Helper()
	executions, _, _ := s.run("executions", "--json")
	if n := len(sessions(s.t, executions)); n != *crashJobs {
		s.t.Errorf("%d executions", n)
	}
	incidents, _, _ := s.run("incidents", "--json")
	if out, err, status := s.run("verify"); status != cli.Done {
		s.t.Errorf("verify: status %d, %s%s", status, out, err)
	}
	for _, folder := range []string{"staging", "spool"} {
		files, err := os.ReadDir(filepath.Join(s.db+".files", folder))
		if err != nil {
			s.t.Error(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".lock") {
				s.t.Errorf("left %s in %s", f.Name(), folder)
			}
		}
	}
	return executions + incidents
}

// sessions are the ids in a list of executions, each of which may be there once.
func sessions(t *testing.T, list string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for line := range strings.Lines(list) {
		var e struct{ Session string }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if found[e.Session] {
			t.Errorf("%s is there twice", e.Session)
		}
		found[e.Session] = true
	}
	return found
}

// writeParts writes n jobs into so many files.
func writeParts(t *testing.T, folder string, n, parts int) {
	t.Helper()
	whole := filepath.Join(t.TempDir(), "jobs.txt")
	writeNetbackup(t, whole, n)
	f, err := os.Open(whole)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewReader(f)
	for part := range parts {
		var text strings.Builder
		for range n / parts {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString(line)
		}
		name := filepath.Join(folder, string(rune('a'+part))+".txt")
		if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(name, []byte(text.String()), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}
