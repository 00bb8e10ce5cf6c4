package data

import (
	"context"

	"backstop/app/say"
)

// ChangedOutside tells whether another program has committed anything since it was asked last. SQLite counts for each
// connection what others committed (PRAGMA data_version), and all that this program writes goes through the one that is asked.
func (s *Store) ChangedOutside(ctx context.Context) (bool, error) {
	var now int64
	if err := s.write.QueryRowContext(ctx, "PRAGMA data_version").Scan(&now); err != nil {
		return false, say.Error("what others committed: %w", err)
	}
	return s.outside.Swap(now) != now, nil
}
