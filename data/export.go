package data

import (
	"archive/zip"
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// An export of everything is a zip: about.json, tables/NAME.jsonl with a row as an object a line (bytes as hexadecimal digits), and
// kept/ab/ab12….gz. It can be read without Backstop, and fills an empty database of this version or a later one.
const (
	exportAbout  = "about.json"
	exportTables = "tables/"
	exportKept   = "kept/"
)

// exportHead is the content of about.json.
type exportHead struct {
	Program string    `json:"program"`
	Layout  int       `json:"layout"` // version of the tables
	Made    time.Time `json:"made"`
	desk.Exported
}

// table is a table of the database with its columns.
type table struct {
	name    string
	columns []string
	blob    []bool
	rows    int64
}

// order is a table's rows as they were written: the chain of the timeline only goes on.
func (t table) order() string {
	if t.name == "timeline" {
		return " ORDER BY seq"
	}
	return ""
}

// tablesOf lists all tables but those that SQLite makes of others.
func tablesOf(ctx context.Context, q querier) ([]table, error) {
	names, err := all(ctx, q, one[string], `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE 'incidents\_text%' ESCAPE '\' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	tables := make([]table, len(names))
	for i, name := range names {
		t := table{name: name}
		if err := each(ctx, q, func(rows *sql.Rows) error {
			var column, kind string
			err := rows.Scan(&column, &kind)
			t.columns, t.blob = append(t.columns, column), append(t.blob, kind == "BLOB")
			return err
		}, "SELECT name, type FROM pragma_table_info(?)", name); err != nil {
			return nil, err
		}
		if err := q.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+name).Scan(&t.rows); err != nil {
			return nil, err
		}
		tables[i] = t
	}
	return tables, nil
}

// ExportAll writes all tables, as they stand at one instant, and the kept files into an archive that is there whole or not at all.
func (s *Store) ExportAll(ctx context.Context, path string, made time.Time, kept desk.Attachments, progress desk.Progress) (x desk.Exported, err error) {
	if _, err := os.Lstat(path); err == nil {
		return x, say.Error("%s exists; choose another name", path)
	}
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*"+partEnd) // mode 0600
	if err != nil {
		return x, say.Error("the export cannot be written: %w", err)
	}
	defer os.Remove(part.Name()) // no effect after Rename
	defer part.Close()
	z := zip.NewWriter(part)
	if x, err = s.exportTo(ctx, z, made, kept, progress); err == nil {
		err = errors.Join(z.Close(), part.Sync(), part.Close())
	}
	if err != nil {
		return x, say.Error("the export cannot be written: %w", damaged(err))
	}
	return x, os.Rename(part.Name(), path)
}

func (s *Store) exportTo(ctx context.Context, z *zip.Writer, made time.Time, kept desk.Attachments, progress desk.Progress) (x desk.Exported, err error) {
	db, err := sql.Open("sqlite3", dsn(s.path, "mode=ro&_query_only=1&_busy_timeout="+s.wait))
	if err != nil {
		return x, err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // all tables of one instant
	if err != nil {
		return x, err
	}
	defer tx.Rollback()
	tables, err := tablesOf(ctx, tx)
	if err != nil {
		return x, err
	}
	h := exportHead{Program: "Backstop", Made: made}
	for _, t := range tables {
		h.Rows += t.rows
	}
	var head []byte
	err = tx.QueryRowContext(ctx, "SELECT seq, hash FROM timeline ORDER BY seq DESC LIMIT 1").Scan(&h.Entries, &head)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return x, err
	}
	var hash timeline.Hash
	copy(hash[:], head)
	h.Head = hash.String()
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&h.Layout); err != nil {
		return x, err
	}
	done := int64(0)
	tell := func() {
		if done++; progress != nil && done%1000 == 0 {
			progress(int(done), int(h.Rows))
		}
	}
	for _, t := range tables {
		if err := exportTable(ctx, tx, z, t, tell); err != nil {
			return x, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	if err := kept.Each(ctx, func(name string, _ int64, content io.Reader) error {
		h.Files++
		w, err := z.CreateHeader(&zip.FileHeader{Name: exportKept + name, Method: zip.Store}) // compressed already
		if err == nil {
			_, err = io.Copy(w, content)
		}
		return err
	}); err != nil {
		return x, err
	}
	w, err := z.Create(exportAbout)
	if err != nil {
		return x, err
	}
	return h.Exported, json.NewEncoder(w).Encode(h)
}

func exportTable(ctx context.Context, tx *sql.Tx, z *zip.Writer, t table, tell func()) error {
	w, err := z.Create(exportTables + t.name + ".jsonl")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	cells, to := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range cells {
		to[i] = &cells[i]
	}
	var line []byte
	if err := each(ctx, tx, func(rows *sql.Rows) error {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		line = t.appendRow(line[:0], cells)
		_, err := out.Write(line)
		tell()
		return err
	}, "SELECT "+strings.Join(t.columns, ", ")+" FROM "+t.name+t.order()); err != nil {
		return err
	}
	return out.Flush()
}

// appendRow writes a row as an object, its columns in the order of the table.
func (t table) appendRow(line []byte, cells []any) []byte {
	line = append(line, '{')
	for i, c := range cells {
		if i > 0 {
			line = append(line, ',')
		}
		line = appendJSON(line, t.columns[i])
		line = append(line, ':')
		switch v := c.(type) {
		case []byte:
			line = append(line, '"')
			line = hex.AppendEncode(line, v)
			line = append(line, '"')
		default:
			line = appendJSON(line, v)
		}
	}
	return append(line, '}', '\n')
}

// appendJSON writes what JSON always can: text, numbers and nothing.
func appendJSON(line []byte, v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		return append(line, "null"...)
	}
	return append(line, raw...)
}
