package expect_test

import (
	"testing"
	"time"

	"backstop/app/expect"
)

func TestLearnRhythm(t *testing.T) {
	monday := instant(t, "2026-03-02T06:00Z")
	every := func(n int, wait time.Duration, skip func(time.Time) bool) []time.Time {
		var times []time.Time
		for at := monday; len(times) < n; at = at.Add(wait) {
			if skip == nil || !skip(at) {
				times = append(times, at, at.Add(time.Minute)) // two files at a time
			}
		}
		return times
	}
	weekend := func(at time.Time) bool { return at.Weekday() == time.Saturday || at.Weekday() == time.Sunday }
	for _, tt := range []struct {
		name  string
		times []time.Time
		want  time.Duration
	}{
		{"every hour", every(100, time.Hour, nil), 2 * time.Hour},
		{"every morning", every(40, 24*time.Hour, nil), 36 * time.Hour},
		{"on working days", every(40, 24*time.Hour, weekend), 108 * time.Hour},
		{"too few to tell", every(8, 24*time.Hour, nil), 0},
	} {
		got, ok := expect.LearnRhythm(tt.times)
		if got.Every != tt.want || ok != (tt.want != 0) {
			t.Errorf("%s: %v, %v; want %v", tt.name, got, ok, tt.want)
		}
	}
}
