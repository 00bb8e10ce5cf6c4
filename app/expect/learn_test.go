package expect_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"backstop/app/expect"
)

// happened makes the starts of a schedule over some days: each a little late, some left out, some repeated by hand.
func happened(t testing.TB, x expect.Expectation, days int, late time.Duration, gaps float64, seed uint64) []time.Time {
	t.Helper()
	s, err := x.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	from := instant(t, "2026-01-05T00:00Z")
	var starts []time.Time
	for _, due := range s.Between(from, from.AddDate(0, 0, days)) {
		if r.Float64() < gaps {
			continue
		}
		starts = append(starts, due.Add(time.Duration(r.Int64N(int64(late)+1))))
	}
	return starts
}

func TestLearn_findsTheScheduleInItsRuns(t *testing.T) {
	const lisbon = "Europe/Lisbon"
	for _, tt := range []struct {
		name  string
		cron  string
		every time.Duration
		days  int
		late  time.Duration
		gaps  float64
		want  string
		words string
	}{
		{"daily", "0 22 * * *", 0, 60, time.Minute, 0, "0 22 * * *", "daily at 22:00"},
		{"daily over the change of clocks", "30 1 * * *", 0, 120, time.Minute, 0, "30 1 * * *", "daily at 01:30"},
		{"daily with gaps", "15 3 * * *", 0, 60, 3 * time.Minute, 0.1, "15 3 * * *", "daily at 03:15"},
		{"daily across midnight", "50 23 * * *", 0, 60, 25 * time.Minute, 0.03, "50 23 * * *", "daily at 23:50"},
		{"weekdays", "0 22 * * 1-5", 0, 60, time.Minute, 0.05, "0 22 * * 1-5", "weekdays at 22:00"},
		{"weekdays across midnight", "45 23 * * 1-5", 0, 60, 40 * time.Minute, 0, "45 23 * * 1-5", "weekdays at 23:45"},
		{"some weekdays", "0 6 * * 2,4,6", 0, 60, time.Minute, 0.05, "0 6 * * 2,4,6", "on Tuesday, Thursday and Saturday at 06:00"},
		{"weekly", "0 20 * * 5", 0, 90, 10 * time.Minute, 0.08, "0 20 * * 5", "weekly on Friday at 20:00"},
		{"monthly", "0 3 15 * *", 0, 300, time.Minute, 0, "0 3 15 * *", "monthly on the 15th at 03:00"},
		{"the end of the month", "0 21 L * *", 0, 300, time.Minute, 0, "0 21 L * *", "monthly on the last day at 21:00"},
		{"the last Friday", "0 21 * * 5L", 0, 300, time.Minute, 0, "0 21 * * 5L", "monthly on the last Friday at 21:00"},
		{"the second Sunday", "0 4 * * 0#2", 0, 300, time.Minute, 0, "0 4 * * 0#2", "monthly on the 2nd Sunday at 04:00"},
		{"every four hours", "10 */4 * * *", 0, 30, time.Minute, 0.05, "10 2-23/4 * * *", ""},
		{"every hour", "7 * * * *", 0, 10, time.Minute, 0.05, "7 * * * *", "every 1 h"},
		{"every quarter", "*/15 * * * *", 0, 4, time.Minute, 0.02, "0-59/15 * * * *", "every 15 min"},
		{"twice a day", "0 8,20 * * *", 0, 40, time.Minute, 0.05, "0 8,20 * * *", ""},
		{"at office hours", "30 8,12,18 * * 1-5", 0, 40, time.Minute, 0.03, "30 8,12,18 * * 1-5", "3 times a day, weekdays, at 08:30, 12:30, 18:30"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := expect.Expectation{Cron: tt.cron, Zone: lisbon}
			p, ok := expect.Learn(happened(t, x, tt.days, tt.late, tt.gaps, 7), lisbon)
			if !ok {
				t.Fatalf("nothing was learned; best was %q at %.2f", p.Cron, p.Confidence)
			}
			true24, err := x.Schedule()
			if err != nil {
				t.Fatal(err)
			}
			learned, err := p.Schedule()
			if err != nil {
				t.Fatal(err)
			}
			from := instant(t, "2026-01-05T00:00Z")
			to := from.AddDate(0, 0, 4*tt.days)
			if got, want := said(learned.Between(from, to), lisbon), said(true24.Between(from, to), lisbon); got != want {
				t.Errorf("learned %q (%s, %.2f), not %q", p.Cron, p.Words, p.Confidence, tt.cron)
			}
			if tt.words != "" && p.Words != tt.words {
				t.Errorf("words = %q, want %q", p.Words, tt.words)
			}
			if p.Grace < tt.late {
				t.Errorf("grace %v is less than runs are late: %v", p.Grace, tt.late)
			}
		})
	}
}

func TestLearn_everySecondSunday(t *testing.T) {
	anchor := instant(t, "2026-01-11T22:00Z")
	x := expect.Expectation{Every: 14 * 24 * time.Hour, Anchor: anchor, Zone: "Europe/Lisbon"}
	p, ok := expect.Learn(happened(t, x, 200, time.Minute, 0, 3), "Europe/Lisbon")
	if !ok || p.Every != 14*24*time.Hour || p.Words != "every 14 days at 22:00" {
		t.Errorf("learned %+v", p.Expectation)
	}
	if s, err := p.Schedule(); err != nil || said(s.NextN(instant(t, "2026-03-25T00:00Z"), 2), "Europe/Lisbon") != "04-05T22:00+01:00 04-19T22:00+01:00" {
		t.Errorf("due %v, error %v", s.NextN(instant(t, "2026-03-25T00:00Z"), 2), err)
	}
}

// What a person starts now and then has no schedule, and a history of two runs tells nothing.
func TestLearn_proposesNothingWithoutAReason(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var byHand []time.Time
	for at := instant(t, "2026-01-05T00:00Z"); len(byHand) < 40; at = at.Add(time.Duration(r.Int64N(int64(100*time.Hour))) + time.Hour) {
		byHand = append(byHand, at)
	}
	daily := happened(t, expect.Expectation{Cron: "0 22 * * *", Zone: "UTC"}, 3, time.Minute, 0, 1)
	for name, starts := range map[string][]time.Time{"by hand": byHand, "too short": daily, "none": nil, "one": byHand[:1]} {
		if p, ok := expect.Learn(starts, "UTC"); ok {
			t.Errorf("%s: learned %q at %.2f", name, p.Cron, p.Confidence)
		}
	}
}
