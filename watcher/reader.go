package watcher

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/watcher/format"
)

// Settings say what a reader may use of this machine.
type Settings struct {
	Folder  string // of the data: the spool and the kept files lie in it
	MaxSize int64  // of one file, also unpacked; 0 is 4 GiB
	Log     *slog.Logger
	Now     func() time.Time // nil is the machine's clock
	Order   backup.DateOrder // of dates that do not tell day from month, where a source says nothing: this machine's
}

const defaultMaxSize = 4 << 30

// Reader reads files into an intake: for the watcher, for an import by hand, for a drop, and again from what was kept.
type Reader struct {
	intake Intake
	spool  spool
	kept   *Kept
	detect func(head []byte) (format.Format, error)
	order  backup.DateOrder
	now    func() time.Time
	log    *slog.Logger
}

// NewReader makes the folders that reading needs.
func NewReader(intake Intake, s Settings) (*Reader, error) {
	if s.MaxSize == 0 {
		s.MaxSize = defaultMaxSize
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	spool, err := newSpool(filepath.Join(s.Folder, "spool"), s.MaxSize)
	if err != nil {
		return nil, say.Error("spool: %w", err)
	}
	kept, err := newKept(filepath.Join(s.Folder, "kept"))
	if err != nil {
		return nil, say.Error("kept files: %w", err)
	}
	if err := kept.endHalves(func(sum [32]byte) (bool, error) { return intake.Imported(context.Background(), sum) }); err != nil {
		s.Log.Error("kept files that a crash left wait for the next start", "error", err) // they are found as they are
	}
	return &Reader{intake: intake, spool: spool, kept: kept, detect: format.Detect, order: s.Order, now: s.Now, log: s.Log}, nil
}

// For is the same reader with another intake: an import for another person. Readers of one folder must come from one, so
// that two imports of one content know of each other.
func (r *Reader) For(intake Intake) *Reader {
	other := *r
	other.intake = intake
	return &other
}

// Kept is where the imported files are.
func (r *Reader) Kept() *Kept { return r.kept }

// Read imports files and folders by hand and never moves or changes them. What is wrong with one file is said in its result;
// an error means that reading ended there: called off, or a fault of the database or the disk. No file is imported by half.
func (r *Reader) Read(ctx context.Context, source backup.Source, paths []string, progress func(backup.Progress)) ([]backup.FileResult, error) {
	zone, err := check(source)
	if err != nil {
		return nil, err
	}
	var results []backup.FileResult
	files, m := find(ctx, paths), newMeter(progress)
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return results, err
		}
		m.next(f.path, i+1, len(files))
		seen, _, err := r.intake.Known(ctx, source.ID, f.path)
		if err != nil {
			return results, say.Error("%s: %w", f.path, err)
		}
		j := &job{found: f, source: source, zone: zone, seen: seen, guard: &guard{}, meter: m}
		if err := r.read(ctx, j); err != nil {
			return results, say.Error("%s: %w", f.path, err)
		}
		results = append(append(results, j.result), j.inside...)
	}
	return results, nil
}

// check refuses a source whose settings cannot be used, before anything is read with them.
func check(s backup.Source) (*time.Location, error) {
	zone := time.Local
	if s.Zone != "" {
		var err error
		if zone, err = time.LoadLocation(s.Zone); err != nil {
			return nil, say.Error("time zone %q is not known; use a name such as Europe/Berlin", s.Zone)
		}
	}
	_, err := format.Decode(strings.NewReader(""), nil, s.CodePage)
	return zone, err
}

// Again reads a kept file once more, with what the source's settings are now: file says which, as the ledger knows it. The
// records may be looked at for a preview or be ingested; they are read while they are asked for, and read is told how many bytes are.
func (r *Reader) Again(ctx context.Context, source backup.Source, file backup.File, read func(int64)) (backup.File, Records, error) {
	zone, err := check(source)
	if err != nil {
		return file, nil, err
	}
	open := func(offset int64) (io.ReadCloser, error) { return r.kept.Open(file.SHA256) }
	t, err := openText(ctx, open, source.CodePage, read)
	if err != nil {
		return file, nil, say.Error("kept file of %s: %w", file.Path, err)
	}
	file.Prefix, file.PrefixSHA256 = 0, [32]byte{}
	rd, err := r.newReading(source, zone, t, &file)
	if err != nil {
		return file, nil, say.Error("kept file of %s: %w", file.Path, err)
	}
	return file, rd.records, nil
}
