package watcher

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/watcher/unpack"
)

// job is one file to read, and what became of it.
type job struct {
	found
	source  backup.Source
	zone    *time.Location
	seen    backup.Seen
	watched bool // there will be another look: what is gone or gives no answer is no rejection
	careful bool // nor is what is in use or still changing
	guard   *guard
	meter   *meter

	ignore  []backup.IgnoreRule // of a watched folder; who names a file means it
	within  *within             // of a file in a container; nil for one on the disk
	origin  *backup.Origin      // of a kept file that is read once more, where it is on record with it
	undated bool                // of one whose own time nobody knows
	beside  []string            // paths of what the container holds, of a file that is taught

	result  backup.FileResult
	inside  []backup.FileResult // of a container: what became of the files in it
	content *spooled            // closed by then; its info and hash are what was read
	again   bool                // refused, but another try may do better
	unread  string              // why a page is no export as a whole
	left    bool                // something in it was refused, so the original is not put away
}

// read brings one file in. What is wrong with the file ends as a rejection; an error is none of the file's.
func (r *Reader) read(ctx context.Context, j *job) error {
	file := backup.File{SourceID: j.source.ID, Path: j.path}
	sp, err := r.take(ctx, j)
	if err != nil {
		return r.refuse(ctx, j, file, err, nil)
	}
	defer sp.close()
	j.content = sp
	file.SHA256, file.Size, file.ModTime = sp.sum, sp.size, sp.info.ModTime().UTC()
	if growth(sp, j.seen) {
		file.Prefix, file.PrefixSHA256 = j.seen.Size, j.seen.SHA256
	}
	return r.sort(ctx, j, file)
}

// sort tells a container from a file that is read itself.
func (r *Reader) sort(ctx context.Context, j *job, file backup.File) error {
	if j.content.size == 0 {
		return r.refuse(ctx, j, file, &refusal{reason: say.Record("it is empty")}, nil)
	}
	t, err := openText(ctx, j.content.open, j.source.CodePage, func(n int64) { j.meter.parsed(ctx, n, j.content.size) })
	if err != nil {
		return r.refuse(ctx, j, file, err, nil)
	}
	c, ok, err := containerOf(t)
	switch {
	case err != nil:
		return r.refuse(ctx, j, file, err, nil)
	case ok:
		return r.open(ctx, j, file, c)
	}
	return r.ingest(ctx, j, file, t)
}

// take copies the file into the spool. A share that died does not hold it up for longer than patience.
func (r *Reader) take(ctx context.Context, j *job) (*spooled, error) {
	if j.wrong != nil {
		return nil, unreadable(j.wrong)
	}
	return patient(ctx, j.guard, func(ctx context.Context, alive func()) (*spooled, error) {
		if j.careful && inUse(j.path) {
			return nil, errInUse
		}
		f, info, err := openIn(j.folder, j.name)
		if j.watched && errors.Is(err, fs.ErrNotExist) {
			return nil, errChanged
		}
		if err != nil {
			return nil, err
		}
		defer f.Close()
		sp, err := r.spool.take(ctx, f, info, j.seen.Size, func(n int64) {
			alive()
			j.meter.copied(ctx, n, info.Size())
		})
		switch {
		case err != nil:
			return nil, err
		case j.careful && sp.moved:
			sp.close()
			return nil, errChanged
		}
		return sp, nil
	})
}

// refuse has the intake record why a file is not read. Errors that are not about the file are returned.
func (r *Reader) refuse(ctx context.Context, j *job, file backup.File, why error, problems []backup.BadRecord) error {
	var no *refusal
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(why, &no), j.watched && errors.Is(why, errNoAnswer):
		return why
	}
	j.again = no.passing
	if j.within != nil && j.within.letter {
		j.result = backup.FileResult{Path: file.Path, Status: backup.Rejected, Reason: no.reason}
		return nil // the container decides whether that matters
	}
	var err error
	j.result, err = r.intake.Reject(ctx, file, no.reason, problems)
	return err
}

// ingest hands over a file whose content is safe. A page that is no export as a whole may hold some in its tables.
func (r *Reader) ingest(ctx context.Context, j *job, file backup.File, t *text) error {
	rd, err := r.newReading(j.source, j.zone, t, &file)
	if err != nil && isPage(t) && !j.in(unpack.Tables.Kind) {
		j.unread = err.Error()
		return r.open(ctx, j, file, unpack.Tables)
	}
	if err != nil {
		return r.refuse(ctx, j, file, err, nil)
	}
	rd.readOn(resumeAt(rd.format, j.content, j.seen))
	if j.content.moved {
		rd.notes = append(rd.notes, say.Record("the file was still being written while it was read"))
	}
	if j.undated {
		rd.notes = append(rd.notes, say.Record("when the file was written is not known any more; the time of its kept copy stands for it"))
	}
	return r.commit(ctx, j, file, rd)
}

func isPage(t *text) bool {
	head, err := t.head()
	return err == nil && unpack.IsPage(head)
}

// commit writes down what is to be kept before it is committed, so that no evidence ever points to nothing; it gets its name when it
// is, and goes again when it is not. A duplicate asks for no records, so nothing is compressed for it.
func (r *Reader) commit(ctx context.Context, j *job, file backup.File, rd *reading) (err error) {
	defer r.kept.hold(file.SHA256)()
	half := ""
	rd.before = func() (err error) {
		content, _ := j.content.open(0)
		half, err = r.kept.keep(ctx, file.SHA256, r.origin(j, file), content)
		return err
	}
	j.result, err = r.intake.Ingest(ctx, file, rd.records)
	r.endKeeping(half, file, err == nil && j.result.Status == backup.Imported)
	switch {
	case err != nil && rd.wrong != nil:
		return r.refuse(ctx, j, file, rd.wrong, rd.problems)
	case err != nil:
		return err
	case file.Prefix > 0 && j.result.Status == backup.Imported:
		if err := r.kept.refer(file.PrefixSHA256, file.Prefix, file.SHA256); err != nil {
			r.log.Warn("a file that grew is kept twice", "path", file.Path, "err", err)
		}
	}
	return nil
}

// origin is what is noted with the kept copy: that of a copy that is read once more stays.
func (r *Reader) origin(j *job, file backup.File) backup.Origin {
	if j.origin != nil {
		return *j.origin
	}
	told := r.intake.Told()
	return backup.Origin{
		Source: j.source.Name, Folder: j.source.Folder, Path: file.Path, Modified: file.ModTime, Imported: r.now().UTC(),
		Zone: told.Zone, Mapping: told.Mapping,
	}
}

// endKeeping names what was imported, and takes away what was not.
func (r *Reader) endKeeping(half string, file backup.File, imported bool) {
	var err error
	switch {
	case half == "": // it was kept before
	case imported:
		err = r.kept.place(half, file.SHA256) // it is found all the same, and named at the next start
	default:
		err = os.Remove(half)
	}
	if err != nil {
		r.log.Warn("kept, but not under its name", "path", file.Path, "err", err)
	}
}
