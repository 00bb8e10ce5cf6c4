package data

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
)

// fillYear makes n executions of n/365 routines, one a night each, the last of them in the night before monday, straight in SQL; one of
// fifty failed and has an incident.
func fillYear(b *testing.B, n int) *aDesk {
	b.Helper()
	d := newDesk(b)
	routines := n / 365
	d.must(d.inTx(b.Context(), func(tx *sql.Tx) error {
		for _, q := range []string{
			`INSERT INTO files (id, source, path, sha256, size, modified, status, imported, importer) VALUES (1, 1, 'bench', x'00', 0, 0, 'imported', 0, 'bench')`,
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO routines (tool, name, client, schedule) SELECT 'Veeam', 'P' || (i / 20), 'c' || i, '' FROM n`,
			`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 365 * ?1 - 1)
				INSERT INTO executions (key, routine, source, file, record, line, instance, session, parent, kind, vital, level, outcome, native_status, code, error, start, end, at,
					start_text, end_text, absolute, from_file, time_note, bytes, files, tries, first_outcome, retry, will_retry, evidence, exported, format)
				SELECT CAST('k' || i AS BLOB), 1 + i % ?1, 1, 1, i, i, '', i, '', 1, 0, 'full', CASE WHEN i % 50 = 7 THEN 4 ELSE 2 END, '', '', '', ?2 + (i / ?1) * 86400000, ?2 + (i / ?1) * 86400000 + 1800000, ?2 + (i / ?1) * 86400000,
					'', '', 1, 0, '', 40000000000 + i % 1000, NULL, 1, 0, 0, 0, 2, 0, 'bench' FROM n`,
			`INSERT INTO incidents (title, opened_as, cause, vital, opened, execution, routine, failed, source, kind, tool, policy, client, failure, code, session, state, assignee, team, closing, category, description, solution, closed, evidence_changed, merge_id, before_merge, changed)
				SELECT 'P', 'P', 1, 0, e.at, e.id, e.routine, e.at, 1, 1, 'Veeam', r.name, r.client, 'connection reset', '', '', 4, '', '', 1 + e.id % 3, 'Network', 'a', 'b', e.at + 7200000, 0, 0, '', 0 FROM executions e JOIN routines r ON r.id = e.routine WHERE e.outcome = 4`,
			`INSERT INTO risks (kind, key, mark, source, tool, policy, client, level, company, category, found, since, usual, value, state, assignee, solution)
				SELECT 1, 'k' || id, id, 1, tool, name, client, 'full', '', '', ?2, ?2, 1, 3, 1, '', '' FROM routines WHERE id % 10 = 0`,
		} {
			args := []any{routines, at(-6 - 24*364).UnixMilli()}
			if _, err := tx.Exec(q, args[:min(2, countMarks(q))]...); err != nil {
				return err
			}
		}
		return nil
	}))
	if _, err := d.Store.write.Exec("ANALYZE"); err != nil {
		b.Fatal(err)
	}
	return d
}

// countMarks is how many values a statement takes.
func countMarks(q string) int {
	n := 0
	for i := 1; i <= 2; i++ {
		if strings.Contains(q, fmt.Sprint("?", i)) {
			n = i
		}
	}
	return n
}

// BenchmarkFirstRisksAndFigures asks for what the pages Risks and Figures show first, and for a sweep that finds nothing new, at a hundred thousand
// and at a million executions.
func BenchmarkFirstRisksAndFigures(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		d := fillYear(b, n)
		b.Run(fmt.Sprintf("first sweep/executions=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Store.write.Exec("DELETE FROM risk_marks"); err != nil {
					b.Fatal(err)
				}
				d.look(b)
			}
		})
		b.Run(fmt.Sprintf("sweep, nothing new/executions=%d", n), func(b *testing.B) {
			for b.Loop() {
				d.look(b)
			}
		})
		b.Run(fmt.Sprintf("risks/executions=%d", n), func(b *testing.B) {
			for b.Loop() {
				ids, err := d.desk.RiskIDs(b.Context(), rosa, desk.RiskQuery{Sort: "id", Desc: true, Limit: 200})
				d.must(err)
				if _, err := d.desk.RiskRows(b.Context(), rosa, ids); err != nil {
					b.Fatal(err)
				}
			}
		})
		for _, days := range []int{7, 30} {
			b.Run(fmt.Sprintf("figures of %d days/executions=%d", days, n), func(b *testing.B) {
				for b.Loop() {
					d.figures(figure.Period{From: at(float64(-24 * days)), To: monday, Zone: time.UTC}, desk.ReportScope{})
				}
			})
		}
	}
}

// look has the sweep look for risks.
func (d *aDesk) look(b *testing.B) {
	b.Helper()
	if _, err := d.desk.Sweep(b.Context(), desk.Actor{Name: "rosa", Judged: monday}); err != nil {
		b.Fatal(err)
	}
}
