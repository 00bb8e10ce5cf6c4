package data

import (
	"context"
	"time"

	"backstop/app/incident"
)

// DueHolds are the incidents on hold whose time has come, the longest due first.
func (s *Store) DueHolds(ctx context.Context, now time.Time) ([]incident.ID, error) {
	return all(ctx, s.read, one[incident.ID], "SELECT id FROM incidents WHERE until IS NOT NULL AND until <= ? AND state = ? ORDER BY until", now.UnixMilli(), int64(incident.OnHold))
}
