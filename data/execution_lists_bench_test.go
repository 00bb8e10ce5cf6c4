package data

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/panel"
)

// fillExecutions makes n executions of 2,000 routines on 1,000 clients, one in fifty failed, straight in SQL. The night of the
// last is the last of a year.
func fillExecutions(tb testing.TB, n int) *Store {
	tb.Helper()
	s, err := Open(tb.Context(), Options{Path: filepath.Join(tb.TempDir(), "x.db")})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	err = s.inTx(tb.Context(), func(tx *sql.Tx) error {
		for _, q := range []string{
			"INSERT INTO sources (name) VALUES ('bench')",
			"INSERT INTO files (source, path, sha256, size, modified, status, imported, importer) VALUES (1, 'x', x'00', 1, 1, 'imported', 1, 'x')",
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
			INSERT INTO routines (tool, name, client, schedule) SELECT CASE i % 4 WHEN 0 THEN 'NetBackup' WHEN 1 THEN 'Veeam' WHEN 2 THEN 'restic' ELSE 'Bacula' END,
				'Policy-' || (i % 400), 'client' || (i % 1000) || '.example.org', CASE i % 3 WHEN 0 THEN 'Full' ELSE '' END FROM n`,
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ` + fmt.Sprint(n) + `)
			INSERT INTO executions (key, routine, source, file, record, line, instance, session, parent, kind, vital, level, outcome, native_status, code, error, start, end, at,
				start_text, end_text, absolute, from_file, time_note, bytes, files, tries, first_outcome, retry, will_retry, evidence, exported, format)
			SELECT randomblob(16), 1 + i % 2000, 1, 1, i, i, 'primary.example.org', CAST(100000 + i AS TEXT), '', CASE i % 97 WHEN 5 THEN 2 WHEN 7 THEN 4 ELSE 1 END, 0, 'Full',
				CASE WHEN i % 50 = 7 THEN 4 WHEN i % 500 = 3 THEN 3 ELSE 2 END, CASE i % 50 WHEN 7 THEN '58' ELSE '0' END, CASE i % 50 WHEN 7 THEN '58' ELSE '0' END,
				CASE i % 50 WHEN 7 THEN 'cannot connect to ' || (i * 7919 % 1000003) ELSE '' END,
				a, a + 60000 * (5 + i % 90), a, '', '', 1, 0, '', (i * 7919 % 1000003) * 100000, i % 99999, 0, 0, 0, 0, 2, 1, 'netbackup_bpdbjobs'
			FROM (SELECT i, 1740787200000 + i * (365 * 86400000 / ` + fmt.Sprint(n) + `) AS a FROM n)`,
		} {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// BenchmarkExecutionPage asks for the first 200 rows of every sort with a filter, and of text searches, at two sizes
// (DESIGN.md 12: with an index at most 100 ms, and at most twice the time at a tenth of the size).
func BenchmarkExecutionPage(b *testing.B) {
	filters := map[string]desk.ExecutionQuery{
		"none":          {},
		"outcome=few":   {Outcomes: []backup.Outcome{backup.Missed}},
		"outcome":       {Outcomes: []backup.Outcome{backup.Failed}},
		"kind":          {Kinds: []backup.Kind{backup.Administrative}},
		"tool":          {Tools: []string{"Veeam"}},
		"routine":       {Routines: []string{"Policy-17"}},
		"client":        {Clients: []string{"client7.example.org"}},
		"day":           {From: time.UnixMilli(1745000000000), To: time.UnixMilli(1745086400000)},
		"text=failure":  {Text: "cannot connect"},
		"text=routine":  {Text: "policy-17"},
		"text=sessions": {Text: "1001"},
		"text=one":      {Text: "100777"},
		"text=none":     {Text: "nowhere"},
	}
	for _, n := range []int{100_000, 1_000_000} {
		s := fillExecutions(b, n)
		for _, sort := range []string{"start", "size", "routine", "client", "tool", "outcome", "kind", "duration"} {
			for name, q := range filters {
				q.Sort, q.Desc, q.Limit = sort, true, 200
				b.Run(fmt.Sprintf("sort=%s/%s/executions=%d", sort, name, n), func(b *testing.B) {
					for b.Loop() {
						ids, err := s.ExecutionIDs(b.Context(), desk.Everything(), q)
						if err != nil {
							b.Fatal(err)
						}
						if _, err := s.ExecutionRows(b.Context(), desk.Everything(), ids); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

// BenchmarkPanel reads a year of days: the routines and the cells of the first lines in view, then of all 2,000.
func BenchmarkPanel(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		s := fillExecutions(b, n)
		d := desk.New(desk.Parts{Store: s, Now: time.Now})
		q := desk.PanelQuery{Calendar: panel.Calendar{Zone: time.UTC, Start: 12}}
		q.Last = q.Calendar.Of(time.UnixMilli(1740787200000 + 365*86400000))
		q.First = q.Last - 365
		for name, most := range map[string]int{"view": 40, "all": 2000} {
			b.Run(fmt.Sprintf("%s/executions=%d", name, n), func(b *testing.B) {
				for b.Loop() {
					routines, err := d.PanelRoutines(b.Context(), rosa, q)
					if err != nil || len(routines) != 2000 {
						b.Fatal(len(routines), err)
					}
					ids := make([]int64, most)
					for i := range ids {
						ids[i] = routines[i].ID
					}
					if _, err := d.PanelCells(b.Context(), rosa, q, ids); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
