package data

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"backstop/app/desk"
	"backstop/app/incident"
)

// fillIncidents makes n incidents of n/50 routines on n/100 clients, straight in SQL: the lists are measured, not the rules.
func fillIncidents(tb testing.TB, n int) *Store {
	tb.Helper()
	s, err := Open(tb.Context(), Options{Path: filepath.Join(tb.TempDir(), "x.db")})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	err = s.inTx(tb.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT INTO sources (name) VALUES ('bench')"); err != nil {
			return err
		}
		_, err := tx.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO incidents (title, opened_as, cause, vital, opened, failed, source, kind, tool, policy, client, failure, code, session, state, assignee, team, closing,
				category, description, solution, evidence_changed, merge_id, before_merge, changed)
			SELECT 'Policy-' || (i % ?) || ' full failed', '', 1, i % 97 = 0, 1772323200000 + i * 60000, 1772323200000 + i * 60000, 1, 1,
				CASE i % 4 WHEN 0 THEN 'NetBackup' WHEN 1 THEN 'Veeam' WHEN 2 THEN 'restic' ELSE 'Bacula' END,
				'Policy-' || (i % ?), 'client' || (i % ?) || '.example.org', (i % 90) || '  cannot connect to ' || (i * 7919 % 1000003), i % 90, i, 1 + i % 4, '', '', CASE WHEN i % 4 = 3 THEN 1 + i % 3 ELSE 0 END,
				'', '', '', 0, 0, '', 0 FROM n`, n, max(n/50, 1), max(n/50, 1), max(n/100, 1))
		if err != nil {
			return err
		}
		if s.textFind {
			return rebuildText(context.Background(), tx)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// BenchmarkFirstPage asks for the first 200 rows of every sort with a filter, and of text searches, at two sizes
// (DESIGN.md 12: at most 100 ms, and at most twice the time at a tenth of the size).
func BenchmarkFirstPage(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		s := fillIncidents(b, n)
		run := func(name string, q desk.IncidentQuery) {
			q.Limit = 200
			b.Run(fmt.Sprintf("%s/incidents=%d", name, n), func(b *testing.B) {
				for b.Loop() {
					ids, err := s.IncidentIDs(b.Context(), desk.Everything(), q)
					if err != nil {
						b.Fatal(err)
					}
					if _, err := s.IncidentRows(b.Context(), desk.Everything(), ids); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		for _, sort := range desk.IncidentSorts {
			run("sort="+sort, desk.IncidentQuery{Sort: sort, Desc: true, States: desk.OpenStates})
			run("sort="+sort+",client", desk.IncidentQuery{Sort: sort, Clients: []string{"client7.example.org"}})
		}
		run("state=on hold", desk.IncidentQuery{Sort: "id", Desc: true, States: []incident.State{incident.OnHold}})
		run("text=many", desk.IncidentQuery{Sort: "id", Desc: true, Text: "cannot connect"})
		run("text=few", desk.IncidentQuery{Sort: "opened", Desc: true, Text: "client77"})
		run("text=one", desk.IncidentQuery{Sort: "title", Text: "7919"})
	}
}
