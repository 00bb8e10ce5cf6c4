package desk

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// ReadAgainRequest says which imported files are to be read again, from the copies that were kept.
type ReadAgainRequest struct {
	Files  []int64 // of the ledger; with nothing here, all of the source
	Source int64   // 0 for all sources
	Stale  bool    // only those that would be read otherwise now: by a newer version of their format, or with settings that have changed
}

// KeptQuery filters imported files whose copy may be read again.
type KeptQuery struct {
	Files  []int64
	Source int64
}

// KeptFile is an imported file with what it was read with. Of a file that grew only the longest counts: it holds the others.
type KeptFile struct {
	backup.File
	ID       int64
	Settings bool   // the source's zone, code page or date order is another one now
	Zone     string // given for its import alone; "" is the source's
	Lost     bool   // it holds records known only by text and by when they were first seen, and that is not known any more
}

// Reread is what reading a file again does.
type Reread struct {
	backup.FileResult
	ID      int64
	Moved   int            // executions whose start or end lies elsewhere now
	Missing int            // executions that an older version read from it, and that are not found in it any more: they stay
	Changes []RereadChange // the first of those that change
}

// RereadChange is an execution that another reading of its file changes.
type RereadChange struct {
	ID          int64
	Tool        string
	Routine     string
	Client      string
	Session     string
	At          time.Time
	Differences []backup.Difference
}

// MostRereadChanges bounds the list of what a file's other reading changes; counts go on.
const MostRereadChanges = 200

// ReadAgain reads kept files again, each in one transaction: old records are improved, none is doubled. After a cancel the files
// before it stay as they were read. With preview nothing is changed, and each result says what the file alone would change.
func (d *Desk) ReadAgain(ctx context.Context, actor Actor, r ReadAgainRequest, preview bool, progress func(backup.Progress)) ([]Reread, error) {
	scope, err := d.may(ctx, actor, ToAdminister)
	if err != nil {
		return nil, err
	}
	files, err := d.filesToRead(ctx, scope, r)
	if err != nil {
		return nil, err
	}
	sources, err := d.store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	intake := d.Intake(actor, ImportRules{})
	reader := d.reader(intake)
	var done []Reread
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		tell := func(n int64) {
			if progress != nil {
				progress(backup.Progress{Path: f.Path, File: i + 1, Files: len(files), Done: n, Size: f.Size})
			}
		}
		tell(0)
		at := slices.IndexFunc(sources, func(s backup.Source) bool { return s.ID == f.SourceID })
		if at < 0 {
			done = append(done, notReread(f, say.N("its source was removed")))
			continue
		}
		res, err := d.readOneAgain(ctx, intake, reader, sources[at], f, preview, tell)
		if err != nil {
			return done, say.Error("%s: %w", f.Path, err)
		}
		done = append(done, res)
	}
	if !preview && len(done) > 0 {
		d.publish(Event{Incidents: true, Sources: true})
	}
	return done, nil
}

func (d *Desk) readOneAgain(ctx context.Context, intake *FileIntake, reader Reader, src backup.Source, f KeptFile, preview bool, tell func(int64)) (Reread, error) {
	if f.Lost {
		return notReread(f, say.N("it holds records that are known only by when they were first seen, and another file has taken its place since")), nil
	}
	if f.Zone != "" {
		src.Zone = f.Zone
	}
	file, records, err := reader.Again(ctx, src, f.File, tell)
	switch {
	case ctx.Err() != nil:
		return Reread{}, ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return notReread(f, say.N("its copy is not kept any more")), nil
	case err != nil:
		return notReread(f, err.Error()), nil
	}
	in := intake.intake(file)
	in.Zone = f.Zone
	if in.Rules, err = d.intakeRules(ctx, in.At, in.Judged); err != nil {
		return Reread{}, err
	}
	var wrong error // with the file, not with the store
	res, err := d.store.ReadAgain(ctx, in, f.ID, preview, func(yield func(backup.Execution, error) bool) {
		for e, err := range records {
			if _, bad := errors.AsType[*backup.BadRecord](err); err != nil && !bad {
				wrong = err
			}
			if !yield(e, err) {
				return
			}
		}
	})
	if err != nil && wrong != nil && ctx.Err() == nil {
		return notReread(f, wrong.Error()), nil
	}
	return res, err
}

// notReread says why a file stays as it was read.
func notReread(f KeptFile, reason string) Reread {
	return Reread{ID: f.ID, FileResult: backup.FileResult{Path: f.Path, SHA256: hex.EncodeToString(f.SHA256[:]), Format: f.Format, Status: backup.Rejected, Reason: reason}}
}

// filesToRead are the files asked for, oldest first, as they were imported.
func (d *Desk) filesToRead(ctx context.Context, scope Scope, r ReadAgainRequest) ([]KeptFile, error) {
	files, err := d.store.KeptFiles(ctx, scope, KeptQuery{Files: r.Files, Source: r.Source})
	if err != nil || !r.Stale {
		return files, err
	}
	return slices.DeleteFunc(files, func(f KeptFile) bool { return !d.stale(f) }), nil
}

// stale tells whether a file would be read otherwise now.
func (d *Desk) stale(f KeptFile) bool {
	return f.Settings || slices.ContainsFunc(d.formats, func(i backup.FormatInfo) bool { return i.Name == f.Format && i.Version > f.Version })
}

// StaleFiles counts by source the files that would be read otherwise now.
func (d *Desk) StaleFiles(ctx context.Context, actor Actor) (map[int64]int, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	files, err := d.filesToRead(ctx, scope, ReadAgainRequest{Stale: true})
	counts := map[int64]int{}
	for _, f := range files {
		counts[f.SourceID]++
	}
	return counts, err
}
