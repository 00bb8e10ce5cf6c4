package data

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// BenchmarkSweep sweeps after a day's import of 300 routines, each with a due time to judge, at two sizes of history: a sweep grows
// with what is new, not with what is kept.
func BenchmarkSweep(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("executions=%d", n), func(b *testing.B) {
			s := fillExecutions(b, n)
			now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
			d := desk.New(desk.Parts{Store: s, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler), Formats: []backup.FormatInfo{{Name: "netbackup_bpdbjobs"}}})
			expectMany(b, s, now)
			nextDay(b, s, now)
			sweepOnce(b, d)
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				now = now.AddDate(0, 0, 1)
				nextDay(b, s, now)
				b.StartTimer()
				sweepOnce(b, d)
			}
		})
	}
}

func sweepOnce(b *testing.B, d *desk.Desk) {
	b.Helper()
	if swept, err := d.Sweep(b.Context(), rosa); err != nil || swept.Missed > 0 {
		b.Fatalf("swept %+v, %v", swept, err)
	}
}

// expectMany expects 300 routines every night at two, from tonight on.
func expectMany(b *testing.B, s *Store, now time.Time) {
	b.Helper()
	for _, q := range []string{
		`INSERT INTO routine_settings (routine, disabled, vital, partial, cancelled, restores, no_volume, no_duration, no_policy, no_recurrence, stalled, cron, every, zone, grace, learned, calendar)
			SELECT id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '0 2 * * *', 0, 'UTC', 3600000, 0, '' FROM routines WHERE id <= 300`,
		"INSERT INTO routine_sources SELECT id, 1 FROM routines",
		"UPDATE routines SET format = 'netbackup_bpdbjobs', source = 1, kind = 1",
		fmt.Sprintf("INSERT INTO expected (routine, due, look, needs) SELECT id, %d, 0, 0 FROM routines WHERE id <= 300", now.Truncate(24*time.Hour).UnixMilli()),
	} {
		exec(b, s, q)
	}
}

// nextDay brings the runs of a night, as an import would leave them.
func nextDay(b *testing.B, s *Store, now time.Time) {
	b.Helper()
	two := now.Truncate(24 * time.Hour).Add(2 * time.Hour).UnixMilli()
	exec(b, s, fmt.Sprintf(`INSERT INTO executions (key, routine, source, file, record, line, instance, session, parent, kind, vital, level, outcome, native_status, code, error, start, end, at,
			start_text, end_text, absolute, from_file, time_note, bytes, files, tries, first_outcome, retry, will_retry, evidence, exported, format)
		SELECT randomblob(16), id, 1, 1, 1, 1, 'primary.example.org', '', '', 1, 0, 'Full', 2, '0', '0', '', %d, %d, %d, '', '', 1, 0, '', 1000, 10, 0, 0, 0, 0, 2, 1, 'netbackup_bpdbjobs'
		FROM routines WHERE id <= 300`, two, two+600_000, two))
	exec(b, s, fmt.Sprintf("UPDATE sources SET covered = %d, covered_by = 1, delivered = %d", now.UnixMilli(), now.UnixMilli()))
}

func exec(b *testing.B, s *Store, query string) {
	b.Helper()
	if _, err := s.write.ExecContext(context.Background(), query); err != nil {
		b.Fatal(err)
	}
}
