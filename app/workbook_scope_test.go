package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// twoCompanies have a night each in every branch; some of what failed is closed.
func (s *season) twoCompanies() {
	s.t.Helper()
	begin := seasonBegins.AddDate(0, 0, 10)
	jobs := func(client string, statuses ...string) (text string) {
		for i, status := range statuses {
			s.jobs++
			start := begin.Add(time.Duration(i) * time.Hour).Unix()
			text += job(fmt.Sprint(s.jobs), status, []string{"FILES", "LEDGER"}[i%2], client+".meadow.example", fmt.Sprint(start), fmt.Sprint(start+1200))
		}
		return text
	}
	const veeam = "\"JobName\",\"Result\",\"State\",\"CreationTime\",\"EndTime\",\"BackupSize\",\"Reason\"\n"
	line := func(job, result, hour string) string {
		return fmt.Sprintf("%q,%q,\"Stopped\",\"2026-03-12 %s:00:00\",\"2026-03-12 %s:30:00\",\"1 GB\",\"\"\n", job, result, hour, hour)
	}
	s.now = begin.Add(12 * time.Hour)
	for name, of := range map[string]struct{ company, branch, text string }{
		"lisbon": {"Meadow", "Lisbon", jobs("oak", "0", "58", "0", "13") + jobs("elm", "84", "0")},
		"faro":   {"Meadow", "Faro", jobs("fir", "0", "1", "58")},
		"quay":   {"Quay", "Harbour", veeam + line("FILES", "Failed", "01") + line("VAULT", "Success", "02") + line("VAULT", "Warning", "03")},
	} {
		src, err := s.desk.SaveSource(s.t.Context(), ines, backup.Source{Name: name, Instance: name, Company: of.company, Branch: of.branch, Zone: "UTC", Rhythm: backup.NoRhythm}, "")
		s.must(err)
		path := filepath.Join(s.t.TempDir(), name)
		s.must(os.WriteFile(path, []byte(of.text), 0o600))
		_, err = s.desk.Import(s.t.Context(), ines, desk.ImportRequest{Source: src.Name, Paths: []string{path}, ImportRules: desk.ImportRules{OpenAll: true}}, nil)
		s.must(err)
	}
	for i, as := range []incident.Closing{incident.ClosedMissed, incident.ClosedSuccess} {
		for _, q := range []desk.IncidentQuery{{Companies: []string{"Quay"}}, {Branches: []string{"Lisbon"}}, {Branches: []string{"Faro"}}} {
			q.Sort = "id"
			ids, err := s.desk.IncidentIDs(s.t.Context(), ines, q)
			s.must(err)
			s.must(s.desk.Close(s.t.Context(), ines, ids[i:i+1], as, seasonAccount, nil))
		}
	}
	s.now = begin.AddDate(0, 1, 0)
}

// Whatever a workbook is narrowed to, its figures are those that the database itself counts.
func TestWorkbook_ofAScope(t *testing.T) {
	s := newSeason(t, 0, 0)
	s.twoCompanies()
	s.must(s.desk.SaveView(t.Context(), ines, desk.View{Name: "Oak's failures", Query: desk.IncidentQuery{Clients: []string{"oak.meadow.example"}, Causes: []incident.Cause{incident.CauseFailed}}}))
	db, err := sql.Open("sqlite3", "file:"+s.db+"?mode=ro")
	s.must(err)
	defer db.Close()
	p := s.march()
	counts := func(from, where string) (n int) {
		t.Helper()
		s.must(db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+from+" JOIN routines r ON r.id = x.routine JOIN sources s ON s.id = x.source WHERE "+where, p.From.UnixMilli(), p.To.UnixMilli()).Scan(&n))
		return n
	}
	all := counts("executions x", "x.at >= ? AND x.at < ?")
	for _, c := range []struct {
		scope    desk.ReportScope
		of, only string // what runs are narrowed to, and incidents besides
	}{
		{desk.ReportScope{Companies: []string{"Quay"}}, "s.company = 'Quay'", ""},
		{desk.ReportScope{Branches: []string{"Lisbon"}}, "s.branch = 'Lisbon'", ""},
		{desk.ReportScope{Tools: []string{"NetBackup"}}, "r.tool = 'NetBackup'", ""},
		{desk.ReportScope{Routines: []string{"FILES"}}, "r.name = 'FILES'", ""},
		{desk.ReportScope{Companies: []string{"Meadow"}, Routines: []string{"LEDGER"}}, "s.company = 'Meadow' AND r.name = 'LEDGER'", ""},
		{desk.ReportScope{View: "Oak's failures"}, "r.client = 'oak.meadow.example'", " AND x.cause = 1"},
	} {
		b := s.workbook(t, desk.Report{Period: p, Scope: c.scope})
		words := c.scope.Words()
		runs, bad := counts("executions x", "x.at >= ? AND x.at < ? AND "+c.of), counts("executions x", "x.at >= ? AND x.at < ? AND x.outcome <> 2 AND "+c.of)
		opened := counts("incidents x", "x.opened >= ? AND x.opened < ? AND "+c.of+c.only)
		closed := counts("incidents x", "x.closed >= ? AND x.closed < ? AND "+c.of+c.only)
		lost := counts("incidents x", "x.closed >= ? AND x.closed < ? AND x.closing = 2 AND "+c.of+c.only)
		open := counts("incidents x", "?1 < ?2 AND x.opened < ?2 AND (x.closed IS NULL OR x.closed >= ?2) AND "+c.of+c.only)
		for word, want := range map[string]int{"Runs": runs, "Runs without success": bad, "Incidents opened": opened, "Incidents closed": closed, "Lost": lost, "Open at the end": open} {
			if got := number(t, b.beside("Management", word, 1)); got != float64(want) {
				t.Errorf("%s: %s %v, want %d", words, word, got, want)
			}
		}
		for sheet, want := range map[string]int{"Runs": runs, "Runs by routine": runs, "Failures by routine": bad, "Incidents": closed + open, "Lost windows": lost} {
			if got := len(b.list(sheet)); got != want {
				t.Errorf("%s: %d rows in %s, want %d", words, got, sheet, want)
			}
		}
		if got := b.beside("Cover", "Scope", 1); got != words || runs == 0 || runs == all || opened == 0 {
			t.Errorf("scope %q, want %q; %d of %d runs, %d opened", got, words, runs, all, opened)
		}
	}
}
