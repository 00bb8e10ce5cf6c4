package watcher

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/watcher/format"
	"backstop/watcher/unpack"
)

// within says where a file stands that came out of a container.
type within struct {
	kinds  []string // of the containers around it, from the outside
	packed bool     // one of them is an archive
	left   *int64   // how many bytes may still be unpacked of the file on the disk
	letter bool     // a mail's own text, or a page's table: it need be no export
}

// in tells whether a container of a kind is around the file.
func (j *job) in(kind string) bool { return j.within != nil && slices.Contains(j.within.kinds, kind) }

// Bounds of unpacking. The ratio tells a log that packs well from a bomb; the slack lets small files be of one letter.
const (
	maxRatio = 100
	slack    = 1 << 20
	maxDepth = 6
)

const insideOf = backup.Inside

// open reads what a container holds, each file for itself. The container's own row in the ledger comes last, so that a crash
// leaves it to be opened again, when all that was read of it is known.
func (r *Reader) open(ctx context.Context, j *job, file backup.File, c unpack.Container) error {
	w, err := r.enter(j, c)
	if err != nil {
		return r.refuse(ctx, j, file, err, nil)
	}
	opened := members{unread: j.unread}
	for m, err := range c.Members(j.content, j.content.size) {
		if err != nil {
			opened.broken = &refusal{reason: err.Error()}
			break
		}
		if m.Letter == unpack.Page && opened.letters > 0 {
			continue // the mail has said it as text
		}
		if _, ignored := backup.Ignored(j.ignore, j.source.ID, memberName(j.path, m.Name)); ignored {
			opened.ignored++
			continue
		}
		inner, err := r.readMember(ctx, j, w, m)
		if err != nil {
			return err
		}
		opened.add(inner)
	}
	j.inside, j.left = opened.results, opened.rejected > 0 || opened.broken != nil
	return r.closeContainer(ctx, j, file, c, opened)
}

// enter checks that the container may be opened where it stands.
func (r *Reader) enter(j *job, c unpack.Container) (within, error) {
	w := within{kinds: []string{c.Kind}, packed: c.Archive}
	if j.within != nil {
		w.kinds = append(slices.Clone(j.within.kinds), c.Kind)
		w.packed, w.left = w.packed || j.within.packed, j.within.left
	}
	switch {
	case c.Archive && j.within != nil && j.within.packed:
		return w, &refusal{reason: say.Record("it is an archive inside an archive, which is not opened; unpack the outer one and import what it holds")}
	case len(w.kinds) > maxDepth:
		return w, &refusal{reason: say.Record("it is packed more than %d deep", maxDepth)}
	}
	if w.left == nil {
		left := min(r.spool.max, j.content.size*maxRatio+slack)
		w.left = &left
	}
	return w, nil
}

// readMember spools one file of a container and reads it.
func (r *Reader) readMember(ctx context.Context, j *job, w within, m unpack.Member) (*job, error) {
	w.letter = m.Letter != unpack.Attached
	inner := &job{found: j.found, source: j.source, zone: j.zone, guard: j.guard, meter: j.meter, within: &w, ignore: j.ignore}
	inner.path = j.path + insideOf + memberName(j.path, m.Name)
	file := backup.File{SourceID: j.source.ID, Path: inner.path}
	if m.Wrong != nil {
		return inner, r.refuse(ctx, inner, file, &refusal{reason: m.Wrong.Error()}, nil)
	}
	sp, err := r.spool.takeMember(ctx, m.Content, w.left)
	if err != nil {
		return inner, r.refuse(ctx, inner, file, err, nil)
	}
	defer sp.close()
	inner.content = sp
	file.SHA256, file.Size, file.ModTime = sp.sum, sp.size, j.content.modTime()
	if !m.ModTime.IsZero() && m.ModTime.Year() > 1980 { // where zip counts from
		file.ModTime = m.ModTime
	}
	sp.modified = file.ModTime
	return inner, r.sort(ctx, inner, file)
}

// memberName cleans a name; the content of a packed file has the file's name, without the packer's ending, if it has no other.
func memberName(container, name string) string {
	if name = strings.Join(strings.Fields(backup.Clean(name)), " "); name != "" {
		return name
	}
	base := filepath.Base(container)
	return cmp.Or(strings.TrimSuffix(base, filepath.Ext(base)), "content")
}

// takeMember copies what is unpacked, up to what is left of the bounds.
func (s spool) takeMember(ctx context.Context, content io.Reader, left *int64) (*spooled, error) {
	to, err := os.CreateTemp(s.folder, "*"+spoolEnding) // mode 0600
	if err != nil {
		return nil, say.Error("spool: %w", err)
	}
	os.Remove(to.Name()) // as in take
	sp := &spooled{File: to}
	if err := sp.fillFrom(contextReader{ctx, content}, left); err != nil {
		sp.close()
		return nil, err
	}
	return sp, nil
}

// takeOut puts the named file of a container in the container's place; of one that is not named, the first that can be had. What
// is no container stays. It tells where the file stands and what stands beside it, by full path; nothing for a file that stands alone.
func (r *Reader) takeOut(ctx context.Context, j *job, names []string) (where string, beside []string, err error) {
	where = j.path
	for {
		t, err := openText(ctx, j.content.open, j.source.CodePage, func(int64) {})
		if err != nil {
			return where, beside, err
		}
		c, ok, err := containerOf(t)
		if len(names) > 0 && !ok {
			c, ok = unpack.Tables, isPage(t)
		}
		if err != nil || !ok {
			return where, beside, err
		}
		w, err := r.enter(j, c)
		if err != nil {
			return where, beside, err
		}
		inner, name, all, err := r.pick(ctx, j, c, w, names)
		if err != nil {
			return where, beside, err
		}
		j.content.close()
		j.content, j.within, beside = inner, &w, nil
		for _, n := range all {
			beside = append(beside, where+insideOf+n)
		}
		where += insideOf + name
		if len(names) > 0 {
			names = names[1:]
		}
	}
}

// maxBeside bounds the names that are offered of a container.
const maxBeside = 200

// pick spools one member, and tells the names of all that can be had.
func (r *Reader) pick(ctx context.Context, j *job, c unpack.Container, w within, names []string) (sp *spooled, name string, all []string, err error) {
	defer func() {
		if err != nil && sp != nil {
			sp.close()
			sp = nil
		}
	}()
	for m, err := range c.Members(j.content, j.content.size) {
		switch {
		case err != nil:
			return sp, name, all, &refusal{reason: err.Error()}
		case m.Wrong != nil:
			continue
		}
		n := memberName(j.path, m.Name)
		if len(all) < maxBeside {
			all = append(all, n)
		}
		if sp == nil && (len(names) == 0 || n == names[0]) {
			if sp, err = r.spool.takeMember(ctx, m.Content, w.left); err != nil {
				return sp, name, all, err
			}
			sp.modified, name = cmp.Or(m.ModTime, j.content.modTime()), n
		}
	}
	if sp == nil {
		return nil, "", all, &refusal{reason: say.Record("the %s holds no such file", c.Kind)}
	}
	return sp, name, all, nil
}

// containerOf tells what a text is, if it has to be opened.
func containerOf(t *text) (unpack.Container, bool, error) {
	if c, ok := unpack.Packed(t.start); ok {
		return c, true, nil
	}
	head, err := t.head()
	if err != nil {
		return unpack.Container{}, false, err
	}
	c, ok := unpack.Post(head)
	return c, ok, nil
}

// members is what became of the files in a container.
type members struct {
	results                       []backup.FileResult
	imported, duplicate, rejected int
	ignored                       int    // by a rule
	letters                       int    // that were exports
	unread                        string // why a letter is none
	broken                        error
}

func (m *members) add(j *job) {
	switch j.result.Status {
	case backup.Imported:
		m.imported++
	case backup.Duplicate:
		m.duplicate++
	case backup.Rejected:
		if j.within.letter && len(j.inside) == 0 {
			m.unread = cmp.Or(m.unread, j.result.Reason)
			return
		}
		m.rejected++
	}
	if j.within.letter {
		m.letters++
	}
	j.result.Inside = true
	m.results = append(append(m.results, j.result), j.inside...)
}

// said counts in words.
func (m *members) said() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{
		{m.imported, say.Record("%d imported", m.imported)},
		{m.duplicate, say.Record("%d known already", m.duplicate)},
		{m.rejected, say.Record("%d not read", m.rejected)},
		{m.ignored, say.Record("%d ignored", m.ignored)},
	} {
		if p.n > 0 {
			parts = append(parts, p.what)
		}
	}
	return format.Listed(parts)
}

// closeContainer records the container itself: imported if anything in it was, a duplicate if all of it is known.
func (r *Reader) closeContainer(ctx context.Context, j *job, file backup.File, c unpack.Container, m members) error {
	file.Format, file.Container = c.Kind, true
	switch {
	case m.imported == 0 && m.duplicate == 0 && m.broken != nil:
		return r.refuse(ctx, j, file, m.broken, nil)
	case m.imported == 0 && m.duplicate == 0:
		return r.refuse(ctx, j, file, &refusal{reason: m.nothing(c)}, nil)
	}
	notes := []string{say.Record("a %s with: %s", c.Kind, m.said())}
	if m.broken != nil {
		notes = append(notes, say.Record("it could not be read to its end: %v", m.broken))
	}
	file.Reading = func() backup.Reading { return backup.Reading{Notes: notes} }
	j.result = backup.FileResult{Path: file.Path, SHA256: fmt.Sprintf("%x", file.SHA256), Format: c.Kind, Status: backup.Duplicate, Holds: len(m.results)}
	if m.imported > 0 {
		if _, err := r.intake.Ingest(ctx, file, func(func(backup.Execution, error) bool) {}); err != nil {
			return err
		}
		j.result.Status = backup.Imported
	}
	j.result.Notes = notes
	for _, res := range j.inside {
		if res.Holds > 0 {
			continue // its files follow
		}
		j.result.Executions += res.Executions
		j.result.New, j.result.Updated, j.result.Unchanged = j.result.New+res.New, j.result.Updated+res.Updated, j.result.Unchanged+res.Unchanged
		j.result.Incidents += res.Incidents
	}
	return nil
}

// nothing says why nothing of a container was read: its only file's reason, or the first one's.
func (m *members) nothing(c unpack.Container) string {
	switch {
	case len(m.results) == 0 && m.ignored > 0:
		return cmp.Or(m.unread, say.Record("all that the %s holds is ignored", c.Kind))
	case len(m.results) == 0:
		return cmp.Or(m.unread, say.Record("the %s holds no file", c.Kind))
	}
	first := m.results[0]
	_, name, _ := strings.Cut(first.Path, insideOf)
	return say.Record("nothing in the %s can be read; %s: %s", c.Kind, cmp.Or(name, say.Record("what it holds")), first.Reason)
}

// modTime is the time that the file bears.
func (sp *spooled) modTime() time.Time {
	if sp.info == nil {
		return sp.modified
	}
	return sp.info.ModTime().UTC()
}

// fillFrom copies to the end of what is read.
func (sp *spooled) fillFrom(from io.Reader, left *int64) error {
	c := newCopying(sp)
	buf := make([]byte, 256<<10)
	for {
		n, err := from.Read(buf)
		if *left -= int64(n); *left < 0 {
			return &refusal{reason: say.Record("it unpacks to far more than a log does")}
		}
		if err := c.add(buf[:n]); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			c.end()
			return nil
		}
		if err != nil {
			return unpacking(err)
		}
	}
}

// unpacking words an error of what is unpacked; being called off is none.
func unpacking(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &refusal{reason: err.Error()}
}
