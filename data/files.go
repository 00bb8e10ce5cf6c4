package data

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// Seen tells what is known of a path in a source from the last time that it was read or refused.
func (s *Store) Seen(ctx context.Context, source int64, path string) (backup.Seen, bool, error) {
	var seen backup.Seen
	var modified int64
	var hash []byte
	err := s.read.QueryRowContext(ctx, `SELECT size, modified, sha256, format, version, grown > 0, resume_at, resume_line FROM files
		WHERE source = ? AND path = ? ORDER BY id DESC LIMIT 1`, source, path).
		Scan(&seen.Size, &modified, &hash, &seen.Format, &seen.Version, &seen.Grown, &seen.Resume.Offset, &seen.Resume.Line)
	if errors.Is(err, sql.ErrNoRows) {
		return seen, false, nil
	}
	if err != nil {
		return seen, false, say.Error("file %s: %w", path, err)
	}
	seen.ModTime = time.UnixMilli(modified).UTC()
	copy(seen.SHA256[:], hash)
	return seen, true, nil
}

// Files lists the ledger, newest first.
func (s *Store) Files(ctx context.Context, scope desk.Scope, q desk.FileQuery) ([]desk.FileRow, error) {
	s = s.within(scope)
	var w where
	if q.Source != 0 {
		w.add("f.source = ?", q.Source)
	}
	if q.Status != "" {
		w.add("f.status = ?", q.Status)
	}
	if q.Limit == 0 {
		q.Limit = -1
	}
	var found []desk.FileRow
	if err := each(ctx, s.read, func(rows *sql.Rows) error {
		f, err := scanFile(rows)
		found = append(found, f)
		return err
	}, "SELECT "+fileColumns+" FROM files f JOIN sources s ON s.id = f.source"+w.String()+" ORDER BY f.id DESC LIMIT ?", append(w.args, q.Limit)...); err != nil {
		return nil, err
	}
	for i := range found {
		if err := s.loadProblems(ctx, &found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// stillRejected are refusals that no later reading of the same path has made good.
const stillRejected = "f.status = 'rejected' AND NOT EXISTS (SELECT 1 FROM files g WHERE g.source = f.source AND g.path = f.path AND g.id > f.id AND g.status = 'imported')"

// RejectedPaths are those that are rejected still, by source.
func (s *Store) RejectedPaths(ctx context.Context, scope desk.Scope) (map[int64][]string, error) {
	s = s.within(scope)
	found := map[int64][]string{}
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var source int64
		var path string
		err := rows.Scan(&source, &path)
		found[source] = append(found[source], path)
		return err
	}, "SELECT f.source, f.path FROM files f JOIN sources s ON s.id = f.source WHERE s.removed IS NULL AND "+stillRejected)
	return found, err
}

const fileColumns = "f.id, f.source, s.name, f.path, f.sha256, f.size, f.modified, f.imported, f.status, f.reason, f.format, f.executions, f.new, f.updated, f.incidents, f.notes"

func scanFile(rows *sql.Rows) (desk.FileRow, error) {
	var f desk.FileRow
	var modified, imported int64
	var hash []byte
	var notes string
	if err := rows.Scan(&f.ID, &f.Source, &f.SourceName, &f.Path, &hash, &f.Size, &modified, &imported, &f.Status, &f.Reason, &f.Format, &f.Executions, &f.New, &f.Updated, &f.Incidents, &notes); err != nil {
		return f, err
	}
	f.SHA256, f.Modified, f.Imported = hex.EncodeToString(hash), time.UnixMilli(modified).UTC(), time.UnixMilli(imported).UTC()
	return f, json.Unmarshal([]byte(notes), &f.Notes)
}

func (s *Store) loadProblems(ctx context.Context, f *desk.FileRow) error {
	const most = 100
	return each(ctx, s.read, func(rows *sql.Rows) error {
		var p backup.BadRecord
		err := rows.Scan(&p.Line, &p.Reason)
		f.Problems = append(f.Problems, p)
		return err
	}, "SELECT line, reason FROM problems WHERE file = ? ORDER BY line LIMIT ?", f.ID, most)
}
