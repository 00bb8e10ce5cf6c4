package watcher

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/watcher/format"
	"backstop/watcher/unpack"
)

// formatOf finds what reads a text: the one format that claims it, else a mapping of the source that its columns fit.
func (r *Reader) formatOf(ctx context.Context, source backup.Source, head []byte) (format.Format, error) {
	taught, only, err := r.intake.Mappings(ctx, source.ID)
	if err != nil {
		return format.Format{}, err
	}
	if !only {
		f, err := r.detect(head)
		if err == nil {
			return f, nil
		}
		m, ok := format.Fitting(head, taught)
		if !ok {
			return f, &refusal{reason: err.Error()}
		}
		taught = []backup.Mapping{m}
	}
	f, err := format.Mapped(taught[0])
	if err != nil {
		return f, &refusal{reason: err.Error()}
	}
	return f, nil
}

// Look lays the beginning of a file out as a table for a person who teaches it, and proposes a mapping. What m names already
// is kept. The file is copied first, as for reading; nothing of it is kept.
func (r *Reader) Look(ctx context.Context, source backup.Source, path string, m backup.Mapping) (s backup.Sample, proposed backup.Mapping, err error) {
	err = r.borrow(ctx, source, path, nil, func(t *text, j *job) error {
		head, err := t.head()
		if err != nil {
			return err
		}
		if s, err = format.Look(head, m); err != nil {
			return err
		}
		s.Path, s.Beside = j.path, j.beside
		s.Encoding = format.EncodingName(t.start, source.CodePage)
		proposed = format.Propose(s, m)
		return nil
	})
	return s, proposed, err
}

// Beginning gives the first lines of a file as text, for a person who wonders what it is. Of a container it is the first file in it.
func (r *Reader) Beginning(ctx context.Context, source backup.Source, path string, lines int) (b backup.Beginning, err error) {
	err = r.borrow(ctx, source, path, nil, func(t *text, j *job) error {
		if why := unpack.Closed(t.start); why != "" {
			return &refusal{reason: why}
		}
		head, err := t.head()
		if err != nil {
			return err
		}
		if bytes.IndexByte(head, 0) >= 0 {
			return &refusal{reason: say.Record("it is no text")}
		}
		b = backup.BeginningOf(string(head), lines)
		b.Path, b.Encoding, b.Size = j.path, format.EncodingName(t.start, source.CodePage), j.content.size
		return nil
	})
	return b, err
}

// Bounds of what a trial shows.
const (
	trialRows     = 50
	trialProblems = 200
)

// Try reads a whole file by a mapping and keeps nothing of it.
func (r *Reader) Try(ctx context.Context, source backup.Source, path string, m backup.Mapping, progress func(backup.Progress)) (trial backup.Trial, err error) {
	f, err := format.Mapped(m)
	if err != nil {
		return trial, err
	}
	trial.Outcomes = map[backup.Outcome]int{}
	err = r.borrow(ctx, source, path, progress, func(t *text, j *job) error {
		rd := r.readBy(f, source, j.zone, t, j.content.modTime())
		for e, err := range rd.format.Read(rd.in) {
			bad, isBad := format.IsBad(err)
			switch {
			case isBad:
				if trial.Bad++; len(trial.Problems) < trialProblems {
					trial.Problems = append(trial.Problems, *bad)
				}
				noteUnknown(&trial, err)
			case err != nil:
				return err
			default:
				trial.Executions++
				trial.Outcomes[e.Outcome]++
				if len(trial.First) < trialRows {
					trial.First = append(trial.First, e)
				}
			}
		}
		trial.Notes = rd.in.Notes()
		return nil
	})
	return trial, err
}

// noteUnknown gathers the statuses that the mapping does not know, so that they can be taught.
func noteUnknown(trial *backup.Trial, err error) {
	var unknown *format.UnknownStatus
	if errors.As(err, &unknown) && len(trial.Unknown) < trialRows && !slices.Contains(trial.Unknown, unknown.Word) {
		trial.Unknown = append(trial.Unknown, unknown.Word)
	}
}

// borrow gives the text of one file, copied into the spool for as long as use needs it. A file in a container is taken out of it.
func (r *Reader) borrow(ctx context.Context, source backup.Source, path string, progress func(backup.Progress), use func(*text, *job) error) error {
	zone, err := check(source)
	if err != nil {
		return err
	}
	m := newMeter(progress)
	m.next(path, 1, 1)
	j := &job{found: fileAt(path), source: source, zone: zone, guard: &guard{}, meter: m}
	if j.content, err = r.take(ctx, j); err != nil {
		return say.Error("%s: %w", filepath.Base(path), err)
	}
	defer func() { j.content.close() }()
	names := strings.Split(strings.TrimPrefix(path, j.path), insideOf)[1:]
	if j.path, j.beside, err = r.takeOut(ctx, j, names); err != nil {
		return say.Error("%s: %w", filepath.Base(path), err)
	}
	t, err := openText(ctx, j.content.open, source.CodePage, func(n int64) { m.parsed(ctx, n, j.content.size) })
	if err != nil {
		return say.Error("%s: %w", filepath.Base(path), err)
	}
	return use(t, j)
}
