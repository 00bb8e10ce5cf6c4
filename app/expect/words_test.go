package expect

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"backstop/app/say"
)

func TestExpectation_Words(t *testing.T) {
	anchor := time.Date(2026, 3, 2, 21, 30, 0, 0, time.UTC) // a Monday
	for _, tt := range []struct {
		x    Expectation
		want string
	}{
		{Expectation{}, ""},
		{Expectation{Cron: "0 2 * * *"}, "daily at 02:00"},
		{Expectation{Cron: "30 22 * * 1-5"}, "weekdays at 22:30"},
		{Expectation{Cron: "30 22 * * MON-FRI"}, "weekdays at 22:30"},
		{Expectation{Cron: "0 4 * * 0"}, "weekly on Sunday at 04:00"},
		{Expectation{Cron: "0 4 * * 7"}, "weekly on Sunday at 04:00"},
		{Expectation{Cron: "0 4 * * 1,4"}, "on Monday and Thursday at 04:00"},
		{Expectation{Cron: "0 4 * * 0-5"}, "daily except Saturday at 04:00"},
		{Expectation{Cron: "0 4 * * 1-6"}, "daily except Sunday at 04:00"},
		{Expectation{Cron: "15 6,12,18 * * *"}, "daily at 06:15, 12:15, 18:15"},
		{Expectation{Cron: "0 4 1 * *"}, "monthly on the 1st at 04:00"},
		{Expectation{Cron: "0 4 L * *"}, "monthly on the last day at 04:00"},
		{Expectation{Cron: "0 4 * * 6#2"}, "monthly on the 2nd Saturday at 04:00"},
		{Expectation{Cron: "0 4 * * 5L"}, "monthly on the last Friday at 04:00"},
		{Expectation{Cron: "15 * * * *"}, "every hour at :15"},
		{Expectation{Cron: "15 * * * 1-5"}, "weekdays, every hour at :15"},
		{Expectation{Cron: "0 */6 * * *"}, "every 6 h from 00:00"},
		{Expectation{Cron: "10 2-23/4 * * *"}, "every 4 h from 02:10"},
		{Expectation{Cron: "*/10 * * * *"}, "every 10 min"},
		{Expectation{Cron: "0 */5 * * *"}, "0 */5 * * *"}, // not every 5 hours: it starts over at midnight
		{Expectation{Cron: "0 8-18 * * *"}, "0 8-18 * * *"},
		{Expectation{Cron: "0 4 1 1 *"}, "0 4 1 1 *"},
		{Expectation{Cron: "0 4 13 * 5"}, "0 4 13 * 5"},
		{Expectation{Every: 6 * time.Hour, Anchor: anchor, Zone: "UTC"}, "every 6 h"},
		{Expectation{Every: day, Anchor: anchor, Zone: "Europe/Berlin"}, "daily at 22:30"},
		{Expectation{Every: 7 * day, Anchor: anchor, Zone: "UTC"}, "weekly on Monday at 21:30"},
		{Expectation{Every: 14 * day, Anchor: anchor, Zone: "UTC"}, "every 14 days at 21:30"},
	} {
		if got := tt.x.Words(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.x, got, tt.want)
		}
		say.Use(say.Portuguese) // what is on record is said again as it is said now
		if got, want := Said(tt.x.Plain()), tt.x.Words(); got != want {
			t.Errorf("%+v: %q, want %q", tt.x, got, want)
		}
		say.Use(say.English)
	}
}

func TestParseSpan(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90 min": 90 * time.Minute, "1 h 30 min": 90 * time.Minute, "1h30m": 90 * time.Minute, "26 h": 26 * time.Hour, "7 d": 7 * day,
		"2 weeks": 14 * day, "1 Day": day, " 5 minutes ": 5 * time.Minute, "0 min": 0,
	} {
		if got, err := ParseSpan(text); err != nil || got != want {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "soon", "5", "h", "-1 h", "1.5 h", "3 fortnights", "99999999999 h"} {
		if got, err := ParseSpan(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// What a form shows of a span is what it reads back.
func TestParseSpan_readsWhatSpanWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Duration(rapid.IntRange(0, 60*24*400).Draw(t, "minutes")) * time.Minute
		if got, err := ParseSpan(Span(want)); err != nil || got != want {
			t.Fatalf("%q: %v, %v", Span(want), got, err)
		}
	})
}
