package data

import (
	"archive/zip"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// errNotEmpty says why nothing can be taken in.
var errNotEmpty = say.Error("this database is not empty; an export of everything fills one in which nothing was done yet: name a new file with --db")

// TakeAll fills an empty database with an export of everything. The export is read into a database of the layout that it was written
// with, brought to this one's, verified, and only then copied, in one transaction. The kept files come first: without rows that point
// to them they are of no account.
func (s *Store) TakeAll(ctx context.Context, path string, kept desk.Attachments, progress desk.Progress, note func(desk.Exported) []timeline.Entry) (x desk.Exported, err error) {
	if err := s.empty(ctx, s.read); err != nil {
		return x, err
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return x, say.Error("%s is no export of everything: %w", path, err)
	}
	defer z.Close()
	h, err := readExportHead(&z.Reader)
	if err != nil {
		return x, say.Error("%s is no export of everything: %w", path, err)
	}
	taken, err := s.stageExport(ctx, &z.Reader, h, progress)
	if taken != nil {
		defer taken.drop()
	}
	if err != nil {
		return x, err
	}
	for _, f := range z.File {
		if name, ok := strings.CutPrefix(f.Name, exportKept); ok {
			if err := takeKept(ctx, f, name, kept); err != nil {
				return x, err
			}
		}
	}
	return h.Exported, s.copyFrom(ctx, taken, note(h.Exported))
}

// empty tells whether nothing was ever done: the timeline has an entry of everything that was.
func (s *Store) empty(ctx context.Context, q querier) error {
	var used bool
	err := q.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM timeline) OR EXISTS (SELECT 1 FROM executions) OR EXISTS (SELECT 1 FROM sources)").Scan(&used)
	if err == nil && used {
		err = errNotEmpty
	}
	return err
}

func readExportHead(z *zip.Reader) (h exportHead, err error) {
	f, err := z.Open(exportAbout)
	if err != nil {
		return h, err
	}
	defer f.Close()
	err = json.NewDecoder(io.LimitReader(f, 1<<20)).Decode(&h)
	if err == nil && (h.Program != "Backstop" || h.Layout < 1) {
		err = say.Error("it names another program")
	}
	return h, err
}

func takeKept(ctx context.Context, f *zip.File, name string, kept desk.Attachments) error {
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	defer r.Close()
	return kept.Take(ctx, name, r)
}

// taken is an export in a database of its own, in the folder of stages.
type taken struct {
	*Store
	folder string
}

func (t *taken) drop() {
	if t.Store != nil {
		_ = t.Close()
	}
	_ = os.RemoveAll(t.folder)
}

// stageExport reads the tables into a database of their layout, brings it to this one's and verifies it.
func (s *Store) stageExport(ctx context.Context, z *zip.Reader, h exportHead, progress desk.Progress) (*taken, error) {
	folder, err := os.MkdirTemp(s.staging, stagePrefix)
	if err != nil {
		return nil, say.Error("no room to read the export in: %w", err)
	}
	t := &taken{folder: folder}
	path := filepath.Join(folder, "taken.db")
	if err := fillLayout(ctx, path, z, h, progress); err != nil {
		return t, err
	}
	opened, err := Open(ctx, Options{Path: path})
	if err != nil {
		return t, err
	}
	t.Store = opened
	v, err := opened.Verify(ctx, []string{h.Head})
	if err == nil && len(v.Findings) > 0 {
		err = say.Error("the export is damaged or was changed: %s", v.Findings[0])
	}
	return t, err
}

// fillLayout makes a database of the export's layout and writes its rows into it.
func fillLayout(ctx context.Context, path string, z *zip.Reader, h exportHead, progress desk.Progress) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	sort.Strings(names)
	if h.Layout > len(names) {
		return say.Error("it was exported by a newer Backstop (version %d, this one knows %d); use that one", h.Layout, len(names))
	}
	db, err := sql.Open("sqlite3", dsn(path, "_journal_mode=OFF&_synchronous=OFF&_txlock=immediate&_foreign_keys=off"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	s := &Store{path: path, write: db}
	for i, name := range names[:h.Layout] {
		if err := s.runMigration(ctx, name, i); err != nil {
			return err
		}
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		tables, err := tablesToFill(ctx, tx)
		done := int64(0)
		for _, t := range tables {
			if err = errors.Join(err, fillTable(ctx, tx, z, t, func() {
				if done++; progress != nil && done%1000 == 0 {
					progress(int(done), int(max(h.Rows, done)))
				}
			})); err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
		}
		return err
	})
}

// fillTable writes a table's lines. What the layout itself brought gives way to them.
func fillTable(ctx context.Context, tx *sql.Tx, z *zip.Reader, t table, tell func()) error {
	f, err := z.Open(exportTables + t.name + ".jsonl")
	if err != nil {
		return err
	}
	defer f.Close()
	if err := t.clear(ctx, tx); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+t.name+" ("+strings.Join(t.columns, ", ")+") VALUES ("+marks(len(t.columns))+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	lines := json.NewDecoder(f)
	lines.UseNumber()
	for lines.More() {
		var row map[string]any
		if err := lines.Decode(&row); err != nil {
			return err
		}
		cells, err := t.cells(row)
		if err == nil {
			_, err = insert.ExecContext(ctx, cells...)
		}
		if err != nil {
			return err
		}
		tell()
	}
	return nil
}

// cells are a line's values in the order of the columns.
func (t table) cells(row map[string]any) ([]any, error) {
	cells := make([]any, len(t.columns))
	for i, column := range t.columns {
		var err error
		switch v := row[column].(type) {
		case json.Number:
			cells[i], err = v.Int64()
		case string:
			if cells[i] = v; t.blob[i] {
				cells[i], err = hex.DecodeString(v)
			}
		default:
			cells[i] = v
		}
		if err != nil {
			return nil, say.Error("column %s: %w", column, err)
		}
	}
	return cells, nil
}

// tablesToFill are all tables, branches first: else the sources would make theirs by a trigger, under other numbers.
func tablesToFill(ctx context.Context, tx *sql.Tx) ([]table, error) {
	tables, err := tablesOf(ctx, tx)
	slices.SortStableFunc(tables, func(a, b table) int {
		switch "branches" {
		case a.name:
			return -1
		case b.name:
			return 1
		}
		return 0
	})
	return tables, err
}

// clear removes what an empty database has of itself.
func (t table) clear(ctx context.Context, tx *sql.Tx) error {
	if t.rows == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM main."+t.name)
	return err
}

// copyFrom copies all rows of another database into this one, which is empty still, in one transaction.
func (s *Store) copyFrom(ctx context.Context, t *taken, entries []timeline.Entry) error {
	if _, err := s.write.ExecContext(ctx, "ATTACH ? AS taken", t.path); err != nil {
		return err
	}
	defer s.write.ExecContext(context.WithoutCancel(ctx), "DETACH taken") //nolint:errcheck // the connection forgets it at the latest
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := s.empty(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
			return err
		}
		tables, err := tablesToFill(ctx, tx)
		if err != nil {
			return err
		}
		for _, one := range tables {
			if err := one.clear(ctx, tx); err != nil {
				return err
			}
			columns := strings.Join(one.columns, ", ")
			if _, err := tx.ExecContext(ctx, "INSERT INTO main."+one.name+" ("+columns+") SELECT "+columns+" FROM taken."+one.name+one.order()); err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
		}
		if s.textFind {
			if err := rebuildText(ctx, tx); err != nil {
				return err
			}
		}
		return appendEntries(ctx, tx, entries)
	})
}
