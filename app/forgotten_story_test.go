//go:build !headless

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

// past is a database with a night in it, a copy, and exports that came after the copy, whose originals are gone.
type past struct {
	t      *testing.T
	db     string
	folder string    // of the originals
	lists  [2]string // executions and incidents, as they were
}

// wrongPassword is a block of a log that has neither an id nor a time.
const wrongPassword = "using parent snapshot 11223344\nLoad(<key/5566778899>, 0, 0) failed: open /backup/vault/keys/55: permission denied\nFatal: wrong password or no key found\n"

// aLongPast imports after the copy: a list of jobs, a log without ids and times that has grown before it is imported again, and one more
// job for a source that is made after the copy.
func aLongPast(t *testing.T) *past {
	t.Helper()
	p := &past{t: t, db: filepath.Join(t.TempDir(), "desk.db"), folder: t.TempDir()}
	begin := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	s := &office{t: t, now: begin}
	a, err := New(t.Context(), Options{DB: p.db, Now: func() time.Time { return s.now }})
	if err != nil {
		t.Fatal(err)
	}
	s.desk = a.Desk
	s.addsSource("cron")
	s.imports(night())
	if err := s.desk.CopyDaily(t.Context(), desk.System()); err != nil {
		t.Fatal(err)
	}
	later := func() { s.now = s.now.Add(time.Hour) }
	later()
	p.imports(s, desk.ByHand, "jobs.txt", job("700200", "58", "LEDGER-FULL", "ledger-02.meadow.example", "1772409600", "1772410200"), begin)
	later()
	p.imports(s, "cron", "vault.log", wrongPassword, begin.Add(time.Minute))
	later()
	p.imports(s, "cron", "vault.log", wrongPassword+wrongPassword, begin.Add(time.Hour))
	later()
	s.addsSource("tapes")
	p.imports(s, "tapes", "tapes.txt", job("700201", "6", "TAPES", "homes-01.meadow.example", "1772409600", "1772410200"), begin)
	p.lists = p.listed()
	p.leavesAHalf()
	if err := errors.Join(a.rememberHead(t.Context(), false), a.Stop(), os.RemoveAll(p.folder)); err != nil {
		t.Fatal(err)
	}
	return p
}

// leavesAHalf leaves what an import does that is killed before it is committed.
func (p *past) leavesAHalf() {
	p.t.Helper()
	o := emptyOffice(p.t)
	o.imports(job("700999", "58", "NEVER", "homes-01.meadow.example", "1772409600", "1772410200"))
	kept, err := filepath.Glob(filepath.Join(o.program.folder, "kept", "*", "*.gz"))
	if err != nil || len(kept) != 1 {
		p.t.Fatal(kept, err)
	}
	raw, err := os.ReadFile(kept[0])
	half := filepath.Join(p.db+".files", "kept", strings.TrimSuffix(filepath.Base(kept[0]), "gz")+"1.half")
	if err = errors.Join(err, os.WriteFile(half, raw, 0o600)); err != nil {
		p.t.Fatal(err)
	}
}

// truncated leaves little of the database.
func (p *past) truncated() *past {
	p.t.Helper()
	if err := os.Truncate(p.db, 20_000); err != nil {
		p.t.Fatal(err)
	}
	return p
}

// unnoted makes the kept files what they were before they said where they came from.
func (p *past) unnoted() *past {
	p.t.Helper()
	kept, err := filepath.Glob(filepath.Join(p.db+".files", "kept", "*", "*.gz"))
	if err != nil || len(kept) == 0 {
		p.t.Fatal(kept, err)
	}
	for _, path := range kept {
		raw, err := os.ReadFile(path)
		if err != nil {
			p.t.Fatal(err)
		}
		in, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			p.t.Fatal(err)
		}
		var b bytes.Buffer
		out := gzip.NewWriter(&b)
		out.Comment = in.Comment
		_, err = io.Copy(out, in)
		if err = errors.Join(err, out.Close(), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
			p.t.Fatal(err)
		}
	}
	return p
}

func (o *office) addsSource(name string) {
	o.t.Helper()
	if _, err := o.desk.SaveSource(o.t.Context(), ines, backup.Source{Name: name, Zone: "UTC", Rhythm: backup.NoRhythm}, ""); err != nil {
		o.t.Fatal(err)
	}
}

// imports reads a file that was written at a time.
func (p *past) imports(s *office, source, name, text string, written time.Time) {
	p.t.Helper()
	path := filepath.Join(p.folder, name)
	if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, written, written)); err != nil {
		p.t.Fatal(err)
	}
	r := desk.ImportRequest{Source: source, Paths: []string{path}}
	if source == desk.ByHand {
		r.Zone = "UTC"
	}
	read, err := s.desk.Import(p.t.Context(), ines, r, nil)
	if err != nil || read[0].Status != backup.Imported || read[0].New == 0 {
		p.t.Fatalf("%s: %+v, %v", name, read, err)
	}
}

// listed is what commands list, but for the instants at which things came to the desk.
func (p *past) listed() (lists [2]string) {
	p.t.Helper()
	shell := newShell(p.t)
	shell.db = p.db
	for i, what := range []string{"executions", "incidents"} {
		out, said, status := shell.run(what, "--json")
		if status != 0 {
			p.t.Fatal(said)
		}
		lines := strings.Split(out, "\n")
		for n, line := range lines {
			before, after, ok := strings.Cut(line, `"opened":"`)
			if ok {
				lines[n] = before + after[strings.Index(after, `"`)+1:]
			}
		}
		slices.Sort(lines)
		lists[i] = strings.Join(lines, "\n")
	}
	return lists
}

// goBack restores the copy in the window of the start.
func (p *past) goBack() *starting {
	p.t.Helper()
	s := start(p.t, p.db)
	s.tap("Go on from the copy of 2026-03-02 09:30…")
	s.shows("The copy is in place", "the desk offers to read them again")
	s.tap("Open the desk")
	return s
}

// onRecord are the details of the newest entry about the database.
func (p *past) onRecord(s *starting) string {
	p.t.Helper()
	entries, err := s.desk.Timeline(p.t.Context(), ines, desk.TimelineQuery{Subject: timeline.Database, Limit: 1})
	if err != nil || len(entries) == 0 {
		p.t.Fatal(err)
	}
	return fmt.Sprint(entries[0].Actor, " ", entries[0].Action, " ", entries[0].Details)
}

// What was imported after the copy comes back by one offer, once each, with the incidents that it opened, also what has no other key than
// when it was first seen.
func TestForgotten_isReadAgain(t *testing.T) {
	p := aLongPast(t).truncated()
	s := p.goBack()
	s.shows("4 files, from 2026-03-02 10:30 to 2026-03-02 13:30", "no folder is looked into", "2 incidents")
	s.tap("Read again…")
	s.shows("Read 4 files again?", "notes, closings, merges", "tapes")
	s.hides("cron")
	s.tap("Read again")
	s.shows("4 files read: 4 executions new, 4 incidents opened.")
	s.tap("OK")
	s.hides("no folder is looked into")
	if got := p.listed(); got != p.lists {
		t.Errorf("lists:\n%s\nwant:\n%s", got, p.lists)
	}
	if got, want := p.onRecord(s), "ines kept files read again"; !strings.HasPrefix(got, want) {
		t.Errorf("on record: %s, want %s", got, want)
	}
	files, err := s.desk.Files(t.Context(), ines, desk.FileQuery{Status: backup.Imported})
	if err != nil {
		t.Fatal(err)
	}
	var from []string
	for _, f := range files {
		from = append(from, f.SourceName+" "+filepath.Base(f.Path))
	}
	if want := []string{"dropped files tapes.txt", "cron vault.log", "cron vault.log", "dropped files jobs.txt", "dropped files jobs.txt"}; !slices.Equal(from, want) {
		t.Errorf("files: %q, want %q", from, want)
	}
	if v, err := s.desk.Verify(t.Context(), ines, nil); err != nil || len(v.Findings) > 0 || len(v.Restored) != 1 {
		t.Errorf("verified: %+v, %v", v, err)
	}
}

// A question that is put off lets the folders be looked into, and is found under Sources also after the next start, until it is answered.
func TestForgotten_waitsUntilItIsAnswered(t *testing.T) {
	p := aLongPast(t).truncated()
	s := p.goBack()
	watching := func() bool { return s.Opening.app.watcher.Started() }
	if watching() {
		t.Error("folders are looked into before what lay there was read")
	}
	s.tap("Not now")
	s.hides("no folder is looked into")
	if !watching() {
		t.Error("folders are not looked into")
	}
	s.leave()
	s = start(t, p.db)
	s.hides("no folder is looked into")
	if !watching() {
		t.Error("folders are not looked into after the next start")
	}
	s.visit("Sources")
	s.shows("4 files, from", "Read them again?")
	s.tap("Leave them…")
	s.tap("Leave them")
	s.shows("Say why")
	s.fill("they are of the old server")
	s.tap("Leave them")
	s.hides("Read them again?")
	if got := p.onRecord(s); !strings.HasPrefix(got, "ines kept files left") || !strings.Contains(got, "they are of the old server") {
		t.Errorf("on record: %s", got)
	}
	s.leave()
	s = start(t, p.db)
	s.visit("Sources")
	s.hides("Read them again?")
}

// Reading that is called off keeps what was read and the question for the rest, and the folders still wait.
func TestForgotten_isCalledOff(t *testing.T) {
	p := aLongPast(t).truncated()
	s := p.goBack()
	ctx, cancel := context.WithCancel(t.Context())
	read, err := s.desk.ReadForgotten(ctx, ines, nil, func(p backup.Progress) {
		if p.File == 3 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || len(read) != 2 || s.Opening.app.watcher.Started() {
		t.Fatalf("%+v, %v", read, err)
	}
	s.settle()
	s.shows("2 files, from 2026-03-02 12:30", "no folder is looked into")
	if _, err := s.desk.ReadForgotten(t.Context(), ines, nil, nil); err != nil || !s.Opening.app.watcher.Started() {
		t.Fatal(err)
	}
	if got := p.listed(); got != p.lists {
		t.Errorf("lists:\n%s\nwant:\n%s", got, p.lists)
	}
}

// Of files that were kept before they said where they came from the damaged database tells, as far as it can be read.
func TestForgotten_damagedDatabaseTellsOfOlderFiles(t *testing.T) {
	p := aLongPast(t).unnoted()
	harm(t, p.db)
	s := start(t, p.db)
	if err := s.desk.Check(t.Context(), desk.System()); err != nil {
		t.Fatal(err)
	}
	s.settle()
	s.tap("What can be done…")
	s.tap("Go on from the copy of 2026-03-02 09:30…")
	s.tap("Open the desk")
	s.shows("4 files, from 2026-03-02 10:30 to 2026-03-02 13:30")
	s.tap("Read again…")
	s.shows("tapes")
	s.tap("Read again")
	s.tap("OK")
	if got := p.listed(); got != p.lists {
		t.Errorf("lists:\n%s\nwant:\n%s", got, p.lists)
	}
}

// Where nothing tells, they are offered all the same, and what is not known is said.
func TestForgotten_ofNobodyKnowsWhat(t *testing.T) {
	p := aLongPast(t).unnoted().truncated()
	s := p.goBack()
	s.shows("3 files, ") // the shorter state of the log is in the longer one
	s.tap("Read again…")
	s.shows("of a source that nobody knows")
	s.choose("cron")
	s.tap("Read again")
	s.shows("3 files read: 4 executions new, 4 incidents opened.")
	files, err := s.desk.Files(t.Context(), ines, desk.FileQuery{Status: backup.Imported, Limit: 1})
	if err != nil || len(files) != 1 || files[0].SourceName != "cron" || !slices.ContainsFunc(files[0].Notes, func(n string) bool { return strings.Contains(n, "is not known any more") }) {
		t.Errorf("files: %+v, %v", files, err)
	}
}

// An older file that a person put in place is missed by its newest entry; what was imported since is offered too, and a file that cannot
// be read any more keeps the question.
func TestForgotten_afterAnOlderFileWasPutInPlace(t *testing.T) {
	p := aLongPast(t)
	copies, err := filepath.Glob(filepath.Join(p.db+".files", "copies", "*-daily.db"))
	if err != nil || len(copies) != 1 {
		t.Fatal(copies, err)
	}
	k := readKnown(p.db + ".files")
	raw, err := os.ReadFile(copies[0])
	if err = errors.Join(err, os.WriteFile(p.db, raw, 0o600)); err != nil || k.Entries == 0 {
		t.Fatal(k, err)
	}
	s := start(t, p.db)
	s.shows("The newest part of the database is missing")
	s.tap("Go on without it")
	s.shows("4 files, from")
	p.cutsOff("tapes.txt", s)
	s.tap("Read again…")
	s.tap("Read again")
	s.shows("3 files read: 3 executions new, 3 incidents opened.", "1 file not read:", "tapes.txt")
	s.tap("OK")
	s.hides("no folder is looked into")
	if !strings.Contains(p.onRecord(s), "{left  1}") {
		t.Errorf("on record: %s", p.onRecord(s))
	}
	s.visit("Sources")
	s.shows("1 file, 2026-03-02 13:30")
}

// cutsOff damages the kept copy of a file.
func (p *past) cutsOff(name string, s *starting) {
	p.t.Helper()
	f, err := s.desk.Forgotten(p.t.Context(), ines)
	if err != nil {
		p.t.Fatal(err)
	}
	i := slices.IndexFunc(f.Files, func(o backup.Origin) bool { return filepath.Base(o.Path) == name })
	sum := fmt.Sprintf("%x", f.Files[i].SHA256)
	path := filepath.Join(p.db+".files", "kept", sum[:2], sum+".gz")
	info, err := os.Stat(path)
	if err = errors.Join(err, os.Truncate(path, info.Size()-12)); err != nil {
		p.t.Fatal(err)
	}
}

// What becomes known another way is not asked about any more, and when nothing is left of it the folders are looked into.
func TestForgotten_becomesKnownOtherwise(t *testing.T) {
	p := aLongPast(t).truncated()
	s := p.goBack()
	f, err := s.desk.Forgotten(t.Context(), ines)
	if err != nil || len(f.Files) != 4 {
		t.Fatal(f, err)
	}
	for _, o := range f.Files {
		hash := hex.EncodeToString(o.SHA256[:])
		raw, err := os.ReadFile(filepath.Join(p.db+".files", "kept", hash[:2], hash+".gz"))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), filepath.Base(o.Path))
		if err := errors.Join(os.WriteFile(path, unpacked(t, raw), 0o600), os.Chtimes(path, o.Modified, o.Modified)); err != nil {
			t.Fatal(err)
		}
		request := desk.ImportRequest{Source: o.Source, Zone: o.Zone, Paths: []string{path}}
		if slices.Contains(f.Lost, o.Source) {
			request.Source = desk.ByHand
		}
		request.OpenAll = true
		if _, err := s.desk.Import(t.Context(), ines, request, nil); err != nil {
			t.Fatal(err)
		}
	}
	s.settle()
	s.hides("no folder is looked into")
	if !s.Opening.app.watcher.Started() {
		t.Error("nothing is asked any more, and no folder is looked into")
	}
}

func unpacked(t *testing.T, raw []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
