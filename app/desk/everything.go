package desk

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Attachments are the kept copies of imported files. The watcher has the ones there are.
type Attachments interface {
	// Each hands every kept file to use, under a name such as "ab/ab12….gz".
	Each(ctx context.Context, use func(name string, size int64, content io.Reader) error) error
	// Take keeps a file that another machine kept under this name. It refuses names that it would not give.
	Take(ctx context.Context, name string, content io.Reader) error
	// Copies hands the kept copies to use, but those of contents to be passed over.
	Copies(ctx context.Context, pass func(sum [32]byte) bool, use func(backup.KeptCopy) error) error
	// Size is how many bytes the kept copy of a content takes, and whether there is one.
	Size(sum [32]byte) (int64, bool)
	Remove(sum [32]byte) error
}

// Exported tells what an export of everything holds.
type Exported struct {
	Rows    int64  `json:"rows"`  // of all tables
	Files   int    `json:"files"` // kept copies of imported files
	Entries int64  `json:"entries"`
	Head    string `json:"head"`
}

// ExportAll writes everything into one archive that must not exist yet: each table as JSON lines, and the kept files.
func (d *Desk) ExportAll(ctx context.Context, actor Actor, path string, progress Progress) (Exported, error) {
	if _, err := d.may(ctx, actor, ToCopy); err != nil {
		return Exported{}, err
	}
	x, err := d.store.ExportAll(ctx, path, d.instant(), d.kept, progress)
	if err != nil {
		return x, err
	}
	return x, d.store.Record(ctx, d.entries(actor, timeline.Database, say.N("exported"), append(saidOf(x), timeline.Said(say.N("file"), filepath.Base(path)))...))
}

// TakeAll fills a database in which nothing was done yet with what ExportAll wrote, on this machine or another, all or nothing.
func (d *Desk) TakeAll(ctx context.Context, actor Actor, path string, progress Progress) (Exported, error) {
	if _, err := d.may(ctx, actor, ToCopy); err != nil {
		return Exported{}, err
	}
	x, err := d.store.TakeAll(ctx, path, d.kept, progress, func(x Exported) []timeline.Entry {
		return d.entries(actor, timeline.Database, say.N("taken in"), append(saidOf(x), timeline.Said(say.N("file"), filepath.Base(path)))...)
	})
	if err == nil {
		d.publish(Event{Incidents: true, Sources: true, Folders: true, Settings: true, Risks: true, Routines: true, Users: true})
	}
	return x, err
}

func saidOf(x Exported) []timeline.Detail {
	return []timeline.Detail{timeline.Said(say.N("rows"), fmt.Sprint(x.Rows)), timeline.Said(say.N("files"), fmt.Sprint(x.Files)), timeline.Said(say.N("head"), x.Head)}
}
