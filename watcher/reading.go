package watcher

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/watcher/format"
	"backstop/watcher/unpack"
)

// Records are what a file states, in its order; a *backup.BadRecord among them is a record that could not be read.
type Records = iter.Seq2[backup.Execution, error]

// maxProblems bounds what is said about a file that is refused after all.
const maxProblems = 1000

// reading follows the records of one file on their way to the intake.
type reading struct {
	format format.Format
	in     *format.Input
	text   *text
	start  backup.Place
	before func() error // the first record; nil for nothing

	places   places
	notes    []string
	problems []backup.BadRecord
	wrong    error // with the file, which is then refused
}

// newReading finds the format and tells file.
func (r *Reader) newReading(source backup.Source, zone *time.Location, t *text, file *backup.File) (*reading, error) {
	f, note, err := r.told(source, t)
	if err != nil {
		return nil, err
	}
	rd := r.readBy(f, source, zone, t, file.ModTime)
	if note != "" {
		rd.notes = append(rd.notes, note)
	}
	file.Format, file.Version, file.Reading = f.Name, f.Version, rd.known
	return rd, nil
}

// readBy reads a text by a format, from its beginning.
func (r *Reader) readBy(f format.Format, source backup.Source, zone *time.Location, t *text, modified time.Time) *reading {
	rd := &reading{format: f, text: t}
	rd.in = &format.Input{Zone: zone, Order: cmp.Or(source.Order, r.order), ModTime: modified, Whole: func() (io.ReadCloser, error) { return t.from(0) }}
	rd.readOn(backup.Place{})
	return rd
}

// told finds the format that a text is in, if need be by taking off what mails and web pages put around it, one after the other.
func (r *Reader) told(source backup.Source, t *text) (format.Format, string, error) {
	head, err := t.head()
	if err != nil {
		return format.Format{}, "", err
	}
	f, unknown := r.formatOf(t.ctx, source, head)
	if unknown == nil && (f.Header || !unpack.IsMail(head)) {
		return f, "", nil
	}
	note := ""
	for _, peel := range peels {
		if !peel.fits(head) {
			continue
		}
		t.through = peel.on(t.through)
		switch {
		case note == "":
			note = peel.note
		case peel.note != "":
			note = say.Record("%s; %s", note, peel.note)
		}
		if head, err = t.head(); err != nil {
			return f, "", err
		}
		if f, unknown = r.formatOf(t.ctx, source, head); unknown == nil {
			return f, note, nil
		}
	}
	if why := unpack.Closed(t.start); why != "" {
		return f, "", &refusal{reason: why}
	}
	t.through = nil
	return f, "", unknown
}

// peel is something around an export that is taken off.
type peel struct {
	fits    func(head []byte) bool
	through func(io.Reader) io.Reader
	note    string
}

var peels = []peel{
	{unpack.IsPage, unpack.PageText, say.Record("read as the text that the web page shows")},
	{unpack.IsQuoted, unpack.Unquoted, say.Record("read without the marks before quoted lines")},
	{unpack.IsMail, unpack.BelowHeader, ""},
}

// on takes it off what is left by those before it.
func (p peel) on(before func(io.Reader) io.Reader) func(io.Reader) io.Reader {
	if before == nil {
		return p.through
	}
	return func(r io.Reader) io.Reader { return p.through(before(r)) }
}

// readOn begins at a place that an earlier reading gave.
func (r *reading) readOn(at backup.Place) {
	r.start = at
	r.in.Offset, r.in.FirstLine = at.Offset, at.Line
	r.in.Open = func() (io.ReadCloser, error) { return r.text.from(at.Offset) }
}

func (r *reading) known() backup.Reading {
	known := backup.Reading{Notes: slices.Concat(r.notes, r.in.Notes())}
	if r.format.Append {
		known.Resume = r.places.resume(r.start)
	}
	return known
}

// records yields what the file states. An error that ends it is remembered: it is the file's fault, not the intake's.
func (r *reading) records(yield func(backup.Execution, error) bool) {
	r.places, r.problems, r.wrong = places{}, nil, nil
	if r.before != nil {
		if err := r.before(); err != nil {
			yield(backup.Execution{}, err)
			return
		}
	}
	for e, err := range r.format.Read(r.in) {
		bad, isBad := format.IsBad(err)
		switch {
		case err == nil:
			r.places.pass(e)
		case !isBad:
			r.wrong = unreadableText(err)
		case len(r.problems) < maxProblems:
			r.problems = append(r.problems, *bad)
		}
		if !yield(e, err) {
			return
		}
	}
}

// unreadableText words an error that ended a file.
func unreadableText(err error) error {
	var r *refusal
	if errors.As(err, &r) {
		return r
	}
	return &refusal{reason: say.Record("nothing of it is kept: %v", err)}
}
