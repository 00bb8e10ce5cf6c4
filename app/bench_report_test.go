package main

import (
	"bufio"
	"database/sql"
	_ "embed"
	"flag"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/app/report"
)

// BenchmarkReport makes the workbook of 100,000 incidents with five timeline entries each, and of a tenth of that, as a whole process:
// its memory grows only by the hundred bytes or so that figures keep of an incident and of a run (DESIGN.md 12: at most 250 MiB).
func BenchmarkReport(b *testing.B) {
	bin := program(b)
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("incidents=%d", n), func(b *testing.B) {
			dir := b.TempDir()
			db, out := filepath.Join(dir, "x.db"), filepath.Join(dir, "x.xlsx")
			fillReport(b, bin, db, n)
			for b.Loop() {
				took, memory := measure(b, "", bin, "report", "--db", db, "--zone", "Europe/Lisbon", "--from", "2026-03-01", "--to", "2026-06-01", "--out", out)
				info, err := os.Stat(out)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(memory, "MiB")
				b.ReportMetric(float64(n)/took.Seconds(), "incidents/s")
				b.ReportMetric(float64(info.Size())/(1<<20), "MiB-file")
			}
		})
	}
}

// fillReport makes incidents of a spring, a run each, and their entries straight in SQL: the report is measured, not the rules.
func fillReport(b *testing.B, bin, path string, n int) {
	b.Helper()
	measure(b, "", bin, "incidents", "--db", path) // makes the tables
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	const each = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
	for _, q := range []string{
		"INSERT INTO sources (name) VALUES ('bench')",
		"INSERT INTO files (source, path, sha256, size, modified, status, imported, importer) VALUES (1, 'bench', x'00', 0, 0, 'imported', 0, 'bench')",
		each + "INSERT INTO routines (tool, name, client, schedule) SELECT 'NetBackup', 'Policy-' || (i % 40), 'client' || i || '.example.org', '' FROM n WHERE i <= 1000",
		each + `INSERT INTO executions (key, routine, source, file, record, line, instance, session, parent, kind, vital, level, outcome, native_status, code, error, start, end, at,
			start_text, end_text, absolute, from_file, time_note, bytes, files, tries, first_outcome, retry, will_retry, evidence, exported, format)
			SELECT CAST('k' || i AS BLOB), 1 + i % 1000, 1, 1, i, i, '', 's' || i, '', 1, 0, 'full', 2 + i % 3, '', i % 90, '', 1772323200000 + i * 70000, 1772323800000 + i * 70000, 1772323200000 + i * 70000,
			'', '', 1, 0, '', 1000000 * i, i, 1, 0, 0, 0, 2, 0, '' FROM n`,
		each + `INSERT INTO incidents (title, opened_as, cause, vital, opened, execution, routine, source, failed, kind, tool, policy, client, failure, code, session, state, assignee, team, closing,
			category, description, solution, closed, evidence_changed, merge_id, before_merge, changed)
			SELECT 'Policy-' || (i % 40) || ' full failed', '', 1, i % 97 = 0, 1772323200000 + i * 70000, i, 1 + i % 1000, 1, 1772323200000 + i * 70000, 1, 'NetBackup', 'Policy-' || (i % 40),
			'client' || (1 + i % 1000) || '.example.org', (i % 90) || '  cannot connect to ' || (i * 7919 % 1000003), i % 90, 's' || i, CASE WHEN i % 8 = 7 THEN 1 ELSE 4 END, '', '',
			CASE WHEN i % 8 = 7 THEN 0 ELSE 1 + i % 3 END, 'Category ' || (i % 11), 'The link between the two sites was down during the night.', 'The carrier mended it; the run was made again.',
			CASE WHEN i % 8 = 7 THEN NULL ELSE 1772323200000 + i * 70000 + 9000000 END, 0, 0, '', 0 FROM n`,
		each + `INSERT INTO timeline (seq, subject, subject_id, at, actor, action, details, hash) SELECT i * 5 - k, 'incident', i, 1772323200000 + i * 70000 + (4 - k) * 1800000,
			CASE k WHEN 4 THEN 'system' ELSE 'rosa' END, CASE k WHEN 4 THEN 'opened' ELSE 'noted' END, '[{"name":"note","to":"The owner of the client was called and looks into it."}]', zeroblob(32)
			FROM n, (SELECT 4 k UNION ALL SELECT 3 UNION ALL SELECT 2 UNION ALL SELECT 1 UNION ALL SELECT 0) ORDER BY 1`,
	} {
		var args []any
		if strings.Contains(q, "?1") {
			args = []any{n}
		}
		if _, err := db.Exec(q, args...); err != nil {
			b.Fatalf("%v\n%s", err, q)
		}
	}
}

//go:embed testdata/xlsxwriter_peer.py
var xlsxWriterPeer string

// BenchmarkTable writes 100,000 rows of 20 cells as a workbook, and has XlsxWriter write the same cells from the same text in its
// mode of constant memory, in the same run. Both read the text line by line; ours compresses faster and less.
func BenchmarkTable(b *testing.B) {
	python := pythonWithXlsxWriter(b)
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			dir := b.TempDir()
			text := filepath.Join(dir, "cells.tsv")
			writeCells(b, text, n)
			for b.Loop() {
				begin := time.Now()
				if _, err := (report.Writer{}).Table(b.Context(), filepath.Join(dir, "ours.xlsx"), cellTable(b, text)); err != nil {
					b.Fatal(err)
				}
				ours := time.Since(begin)
				peer, peerMemory := measure(b, xlsxWriterPeer, python, "-", text, filepath.Join(dir, "peer.xlsx"))
				_, memory := measure(b, "", os.Args[0], "-test.run=^TestTableProcess$", "--", text, filepath.Join(dir, "again.xlsx"))
				b.ReportMetric(float64(ours)/float64(peer), "x-XlsxWriter")
				b.ReportMetric(memory, "MiB")
				b.ReportMetric(peerMemory, "MiB-XlsxWriter")
				b.ReportMetric(float64(n)/ours.Seconds(), "rows/s")
			}
		})
	}
}

// TestTableProcess is this program as a process that writes one table, so that its memory can be told: an empty test otherwise.
func TestTableProcess(t *testing.T) {
	if args := flag.Args(); len(args) == 2 {
		if _, err := (report.Writer{}).Table(t.Context(), args[1], cellTable(t, args[0])); err != nil {
			t.Fatal(err)
		}
	}
}

func pythonWithXlsxWriter(b *testing.B) string {
	b.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import xlsxwriter").Run() == nil {
			return python
		}
	}
	b.Fatal("the comparison needs python3 with XlsxWriter: install the package python3-xlsxwriter")
	return ""
}

// cellKinds are the columns of the comparison: numbers, times and texts, as a register has them.
const cellKinds = "ntsssttssnnsssttnnss"

func writeCells(b *testing.B, path string, n int) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for i := range n {
		for j, kind := range cellKinds {
			switch kind {
			case 'n':
				fmt.Fprint(w, i*7+j)
			case 't':
				fmt.Fprint(w, 1772323200+i*60+j)
			default:
				fmt.Fprintf(w, "client%d.example.org cannot be reached by %d", i%1000, j)
			}
			if j+1 < len(cellKinds) {
				w.WriteByte('\t')
			}
		}
		w.WriteByte('\n')
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
}

// cellTable reads the text as a table.
func cellTable(b testing.TB, path string) desk.Table {
	b.Helper()
	t := desk.Table{Title: "Cells", Zone: time.UTC}
	for i, kind := range cellKinds {
		t.Columns = append(t.Columns, desk.Column{Title: fmt.Sprint("Column ", i), Kind: map[rune]desk.Kind{'n': desk.Whole, 't': desk.Clock, 's': desk.Text}[kind]})
	}
	t.Rows = lines(b, path)
	return t
}

func lines(b testing.TB, path string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		for s := bufio.NewScanner(f); s.Scan(); {
			row := make([]any, len(cellKinds))
			for i, cell := range strings.Split(s.Text(), "\t") {
				n, _ := strconv.ParseInt(cell, 10, 64)
				switch cellKinds[i] {
				case 'n':
					row[i] = n
				case 't':
					row[i] = time.Unix(n, 0)
				default:
					row[i] = cell
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}
