package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// RoutineStarts are the starts of a routine's last runs, first tries only, and the zone of the source that reports it.
func (s *Store) RoutineStarts(ctx context.Context, scope desk.Scope, routine int64, since time.Time, most int) (starts []time.Time, zone string, err error) {
	s = s.within(scope)
	starts, err = all(ctx, s.read, scanInstant, `SELECT start FROM executions WHERE routine = ? AND at >= ? AND start IS NOT NULL AND retry = 0 AND outcome <> ? AND kind <> ?
		ORDER BY at DESC LIMIT ?`, routine, since.UnixMilli(), int64(backup.Missed), int64(backup.Restore), most)
	if err != nil {
		return nil, "", err
	}
	err = s.read.QueryRowContext(ctx, "SELECT c.zone FROM routines r JOIN sources c ON c.id = r.source WHERE r.id = ?", routine).Scan(&zone)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return starts, zone, err
}

// DeliveryTimes are when a source brought files, newest first.
func (s *Store) DeliveryTimes(ctx context.Context, scope desk.Scope, source int64, most int) ([]time.Time, error) {
	s = s.within(scope)
	return all(ctx, s.read, scanInstant, "SELECT imported FROM files WHERE source = ? AND status = ? ORDER BY id DESC LIMIT ?", source, backup.Imported, most)
}

func scanInstant(rows *sql.Rows) (time.Time, error) {
	ms, err := one[sql.NullInt64](rows)
	return instant(ms), err
}
