package data

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"time"

	"backstop/app/backup"
)

// Imported tells whether a content is in the ledger as imported.
func (s *Store) Imported(ctx context.Context, sum [32]byte) (imported bool, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM files WHERE sha256 = ? AND status = ?)", sum[:], backup.Imported).Scan(&imported)
	return imported, err
}

// Knows tells whether an import would be a duplicate.
func (s *Store) Knows(ctx context.Context, o backup.Origin) (bool, error) {
	return duplicate(ctx, s.read, backup.File{SHA256: o.SHA256, ModTime: o.Modified})
}

// Contents are those that were imported, and whether another import of them is a duplicate whatever time the file bears.
func (s *Store) Contents(ctx context.Context) (map[[32]byte]bool, error) {
	found := map[[32]byte]bool{}
	return found, each(ctx, s.read, func(rows *sql.Rows) error {
		var hash []byte
		var timeless bool
		err := rows.Scan(&hash, &timeless)
		if err == nil && len(hash) == 32 {
			found[[32]byte(hash)] = !timeless
		}
		return err
	}, "SELECT sha256, MIN(timeless) FROM files WHERE status = ? GROUP BY sha256", backup.Imported)
}

// OriginsAside tells where contents came from that the databases know which copies replaced; whole is whether all of those could be read.
func (s *Store) OriginsAside(ctx context.Context, wanted map[[32]byte]bool) (found map[[32]byte][]backup.Origin, whole bool) {
	found = map[[32]byte][]backup.Origin{}
	folders, err := os.ReadDir(s.aside)
	whole = err == nil && len(folders) > 0
	for _, f := range folders {
		whole = originsIn(ctx, filepath.Join(s.aside, f.Name(), filepath.Base(s.path)), wanted, found) == nil && whole
	}
	return found, whole
}

// originsIn reads the ledger of a damaged database, from its beginning and, where that ends at the damage, from its end.
func originsIn(ctx context.Context, path string, wanted map[[32]byte]bool, found map[[32]byte][]backup.Origin) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", dsn(path, "mode=ro&_busy_timeout=30000"))
	if err != nil {
		return err
	}
	defer db.Close()
	seen := map[int64]bool{}
	read := func(rows *sql.Rows) error {
		var id, modified, imported int64
		var hash []byte
		var o backup.Origin
		if err := rows.Scan(&id, &hash, &o.Source, &o.Folder, &o.Path, &modified, &imported, &o.Zone); err != nil || len(hash) != 32 {
			return err
		}
		if o.SHA256 = [32]byte(hash); wanted[o.SHA256] && !seen[id] {
			seen[id] = true
			o.Modified, o.Imported = time.UnixMilli(modified).UTC(), time.UnixMilli(imported).UTC()
			found[o.SHA256] = append(found[o.SHA256], o)
		}
		return nil
	}
	const query = `SELECT f.id, f.sha256, COALESCE(s.name, ''), COALESCE(s.folder, ''), f.path, f.modified, f.imported, IIF(f.zone_given, f.zone, '')
		FROM files f NOT INDEXED LEFT JOIN sources s ON s.id = f.source WHERE f.status = 'imported' ORDER BY f.id`
	err = each(ctx, db, read, query)
	if err != nil {
		err = errors.Join(err, each(ctx, db, read, query+" DESC"))
	}
	return err
}
