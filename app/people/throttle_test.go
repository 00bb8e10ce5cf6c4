package people_test

import (
	"testing"
	"time"

	"backstop/app/people"
)

var now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// failures are so many, the last one so long ago, a second between them.
func failures(n int, ago time.Duration) []time.Time {
	var all []time.Time
	for i := range n {
		all = append(all, now.Add(-ago-time.Duration(n-1-i)*time.Second))
	}
	return all
}

func TestWait(t *testing.T) {
	for _, tt := range []struct {
		name     string
		failures []time.Time
		want     time.Duration
	}{
		{"none", nil, 0},
		{"two are free", failures(2, 0), 0},
		{"the third costs", failures(3, 0), 15 * time.Second},
		{"and runs out", failures(3, 15*time.Second), 0},
		{"a part of it is over", failures(3, 5*time.Second), 10 * time.Second},
		{"the next costs twice as much", failures(4, 0), 30 * time.Second},
		{"and so on", failures(6, 0), 2 * time.Minute},
		{"but no more than a quarter of an hour", failures(40, 0), 15 * time.Minute},
		{"old ones are forgotten", failures(5, 16*time.Minute), 0},
		{"a clock that was put back gives nothing away", []time.Time{now.Add(time.Hour), now.Add(2 * time.Hour), now.Add(3 * time.Hour)}, 15 * time.Second},
	} {
		if got := people.Wait(tt.failures, now); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
