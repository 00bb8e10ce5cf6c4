package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/cli"
	"backstop/app/desk"
	"backstop/watcher/format"
)

// shell types commands as a scheduled task would, each over the same database.
type shell struct {
	t      *testing.T
	folder string
	db     string
	zone   *time.Location   // of the machine
	now    func() time.Time // nil is the machine's own clock
}

func newShell(t *testing.T) *shell {
	t.Helper()
	folder := t.TempDir()
	return &shell{t: t, folder: folder, db: filepath.Join(folder, "desk.db"), zone: time.UTC}
}

// run gives what a command prints and its exit status. FOLDER in an argument is where the shell's files are.
func (s *shell) run(line ...string) (out, err string, status int) {
	s.t.Helper()
	args := slices.Insert(slices.Clone(line), 1, "--db", s.db)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "FOLDER", s.folder)
	}
	var o, e bytes.Buffer
	status = cli.Run(s.t.Context(), cli.Env{Out: &o, Err: &e, Open: s.open, Formats: format.Infos(), Zone: s.zone, User: "ines"}, args)
	return strings.ReplaceAll(o.String(), s.folder, "FOLDER"), strings.ReplaceAll(e.String(), s.folder, "FOLDER"), status
}

func (s *shell) open(ctx context.Context, db string) (*desk.Desk, func() error, error) {
	if s.now == nil {
		return openForCommand(ctx, db)
	}
	a, err := New(ctx, Options{DB: db, Now: s.now})
	if err != nil {
		return nil, nil, err
	}
	return a.Desk, a.Stop, nil
}

// with does what is done in the desk, not by a command.
func (s *shell) with(do func(*desk.Desk) error) {
	s.t.Helper()
	d, stop, err := s.open(s.t.Context(), s.db)
	if err == nil {
		err = errors.Join(do(d), stop())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// prints checks what a command prints, line by line, and that it is done.
func (s *shell) prints(line []string, want ...string) {
	s.t.Helper()
	out, err, status := s.run(line...)
	if status != cli.Done || err != "" {
		s.t.Errorf("%q: status %d, %s", line, status, err)
	}
	if got := strings.TrimSuffix(out, "\n"); got != strings.Join(want, "\n") {
		s.t.Errorf("%q prints\n%s\nwant\n%s", line, got, strings.Join(want, "\n"))
	}
}

func (s *shell) write(name string, lines ...string) {
	s.t.Helper()
	path := filepath.Join(s.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// jobRow is a line of bpdbjobs -most_columns: 58 is a failure, an empty status one that is active; times are of 1 March 2026.
func jobRow(id, status, kb, files, start, end string) string {
	state := "3"
	if status == "" {
		state = "1"
	}
	epoch := func(clock string) string {
		if clock == "" {
			return "0000000000"
		}
		t, err := time.Parse(time.DateTime, "2026-03-01 "+clock)
		if err != nil {
			panic(err)
		}
		return fmt.Sprintf("%010d", t.Unix())
	}
	return id + ",0," + state + "," + status + ",SHARES,Full,quay-01.cove.example,media1.cove.example," + epoch(start) + ",0000000600," + epoch(end) +
		",STU_1,1,," + kb + "," + files + ",/srv/data,100,4001,root,1,13,0,0,,primary.cove.example,1,37,0,,,0,1," + id + ",,,,,,,,,,,1,,,1,0,0,x,,,0,0, ,50.0,10.0,,,4001,, ,0,,58.3,31.4\n"
}

// aNight brings one that is good and empty, one that failed, one that is at work, one that only ended and one without times.
func (s *shell) aNight() *shell {
	s.t.Helper()
	s.write("night.txt", jobRow("1001", "0", "0", "0", "01:00:00", "01:10:00"), jobRow("1002", "58", "", "", "02:00:00", "02:05:00"), jobRow("1003", "", "7", "", "03:00:00", ""),
		jobRow("1004", "0", "", "", "", "01:30:00"), jobRow("1005", "0", "1", "2", "", ""))
	if _, err, status := s.run("import", "--now", "2026-03-02T08:00:00Z", "FOLDER/night.txt"); status != cli.Done {
		s.t.Fatalf("import: status %d, %s", status, err)
	}
	return s
}
