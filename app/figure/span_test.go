package figure_test

import (
	"testing"
	"time"

	"backstop/app/figure"
)

func TestTimes_newest(t *testing.T) {
	lisbon := zone(t, "Europe/Lisbon")
	now := time.Date(2026, 3, 31, 9, 0, 0, 0, lisbon) // a Tuesday
	for _, c := range []struct {
		times figure.Times
		words string
		want  string
	}{
		{figure.Times{Rhythm: figure.Daily, Hour: 7, Minute: 30}, "every day at 07:30", "2026-03-31 07:30"},
		{figure.Times{Rhythm: figure.Daily, Hour: 9}, "every day at 09:00", "2026-03-31 09:00"},
		{figure.Times{Rhythm: figure.Daily, Hour: 22}, "every day at 22:00", "2026-03-30 22:00"},
		{figure.Times{Rhythm: figure.Weekly, Weekday: time.Monday, Hour: 8}, "every Monday at 08:00", "2026-03-30 08:00"},
		{figure.Times{Rhythm: figure.Weekly, Weekday: time.Tuesday, Hour: 10}, "every Tuesday at 10:00", "2026-03-24 10:00"},
		{figure.Times{Rhythm: figure.Monthly, Day: 1, Hour: 6}, "on day 1 of every month at 06:00", "2026-03-01 06:00"},
		{figure.Times{Rhythm: figure.Monthly, Day: 31, Hour: 10}, "on day 31 of every month at 10:00", "2026-02-28 10:00"},
		{figure.Times{Rhythm: figure.Monthly, Hour: 6}, "on day 1 of every month at 06:00", "2026-03-01 06:00"},
	} {
		if got := c.times.Newest(now, lisbon).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s: newest %s, want %s", c.words, got, c.want)
		}
		if got := c.times.Words(); got != c.words {
			t.Errorf("%+v reads %q, want %q", c.times, got, c.words)
		}
	}
}

func TestSpan_at(t *testing.T) {
	now := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	for s, want := range map[figure.Span]string{
		figure.SpanDay: "2026-03-03 00:00 - 2026-03-04 00:00", figure.SpanWeek: "2026-02-23 00:00 - 2026-03-02 00:00",
		figure.SpanMonth: "2026-02-01 00:00 - 2026-03-01 00:00", figure.SpanQuarter: "2025-10-01 00:00 - 2026-01-01 00:00",
	} {
		if p, err := s.At(now, time.UTC); err != nil || said(p) != want {
			t.Errorf("%s: %s, %v", s, said(p), err)
		}
	}
	if _, err := figure.Between.At(now, time.UTC); err == nil {
		t.Error("two dates move with the calendar")
	}
}
