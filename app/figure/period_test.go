package figure_test

import (
	"slices"
	"testing"
	"time"

	"backstop/app/figure"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func said(p figure.Period) string {
	const day = "2006-01-02 15:04"
	return p.From.In(p.Zone).Format(day) + " - " + p.To.In(p.Zone).Format(day)
}

func TestPeriod_ofTheCalendar(t *testing.T) {
	lisbon := zone(t, "Europe/Lisbon")
	sunday := time.Date(2026, 3, 1, 23, 30, 0, 0, lisbon)
	for _, c := range []struct {
		what         string
		p            figure.Period
		want, before string
	}{
		{"week", figure.LastWeek(sunday, lisbon), "2026-02-16 00:00 - 2026-02-23 00:00", "2026-02-09 00:00 - 2026-02-16 00:00"},
		{"week on a Monday", figure.LastWeek(sunday.Add(time.Hour), lisbon), "2026-02-23 00:00 - 2026-03-02 00:00", "2026-02-16 00:00 - 2026-02-23 00:00"},
		{"week in which the clock changes", figure.LastWeek(time.Date(2026, 4, 1, 9, 0, 0, 0, lisbon), lisbon), "2026-03-23 00:00 - 2026-03-30 00:00", "2026-03-16 00:00 - 2026-03-23 00:00"},
		{"month", figure.LastMonth(sunday, lisbon), "2026-02-01 00:00 - 2026-03-01 00:00", "2026-01-01 00:00 - 2026-02-01 00:00"},
		{"month after January", figure.LastMonth(time.Date(2026, 1, 31, 9, 0, 0, 0, lisbon), lisbon), "2025-12-01 00:00 - 2026-01-01 00:00", "2025-11-01 00:00 - 2025-12-01 00:00"},
		{"quarter", figure.LastQuarter(sunday, lisbon), "2025-10-01 00:00 - 2026-01-01 00:00", "2025-07-01 00:00 - 2025-10-01 00:00"},
		{"yesterday", figure.Yesterday(sunday, lisbon), "2026-02-28 00:00 - 2026-03-01 00:00", "2026-02-27 00:00 - 2026-02-28 00:00"},
		{"ten days", figure.Over(sunday.AddDate(0, 0, -10), sunday, lisbon), "2026-02-19 00:00 - 2026-03-01 00:00", "2026-02-09 00:00 - 2026-02-19 00:00"},
		{"hours", figure.Period{From: sunday, To: sunday.Add(5 * time.Hour), Zone: lisbon}, "2026-03-01 23:30 - 2026-03-02 04:30", "2026-03-01 18:30 - 2026-03-01 23:30"},
	} {
		if got := said(c.p); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
		if got := said(c.p.Before()); got != c.before {
			t.Errorf("%s before: %s, want %s", c.what, got, c.before)
		}
	}
}

// A day of a clock that changes has 23 or 25 hours; a period that ends within a day has a part of one.
func TestPeriod_days(t *testing.T) {
	lisbon := zone(t, "Europe/Lisbon")
	var got []string
	p := figure.Period{From: time.Date(2026, 3, 28, 0, 0, 0, 0, lisbon), To: time.Date(2026, 3, 30, 9, 0, 0, 0, lisbon), Zone: lisbon}
	for d := range p.Days() {
		got = append(got, d.To.Sub(d.From).String())
	}
	if want := []string{"24h0m0s", "23h0m0s", "9h0m0s"}; !slices.Equal(got, want) {
		t.Errorf("days of %v, want %v", got, want)
	}
}
