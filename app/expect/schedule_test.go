package expect_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backstop/app/expect"
)

// cron makes a schedule of five fields in a zone.
func cron(t testing.TB, fields, zone string, except ...expect.Calendar) expect.Schedule {
	t.Helper()
	s, err := expect.Expectation{Cron: fields, Zone: zone, Grace: time.Hour}.Schedule(except...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z07:00", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// said lists instants as wall times of a zone, each with its offset.
func said(dues []time.Time, zone string) string {
	z, _ := time.LoadLocation(zone)
	words := make([]string, len(dues))
	for i, d := range dues {
		words[i] = d.In(z).Format("01-02T15:04-07:00")
	}
	return strings.Join(words, " ")
}

func TestSchedule_betweenInstants(t *testing.T) {
	for _, tt := range []struct{ name, fields, zone, from, to, want string }{
		{"a fixed time in the gap is shifted forward", "30 2 * * *", "America/New_York", "2026-03-07T12:00Z", "2026-03-10T00:00Z", "03-08T03:30-04:00 03-09T02:30-04:00"},
		{"a fixed time that comes twice counts once, the first time", "30 1 * * *", "America/New_York", "2026-10-31T12:00Z", "2026-11-02T12:00Z", "11-01T01:30-04:00 11-02T01:30-05:00"},
		{"every hour comes twice in the repeated hour", "0 * * * *", "America/New_York", "2026-11-01T04:30Z", "2026-11-01T08:00Z", "11-01T01:00-04:00 11-01T01:00-05:00 11-01T02:00-05:00"},
		{"every hour leaves out the gap, once each", "0 * * * *", "America/New_York", "2026-03-08T06:00Z", "2026-03-08T08:30Z", "03-08T01:00-05:00 03-08T03:00-04:00 03-08T04:00-04:00"},
		{"half an hour is left out on Lord Howe", "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00Z", "2026-10-05T00:00Z", "10-04T02:45+11:00 10-05T02:15+11:00"},
		{"half an hour comes twice on Lord Howe", "45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00Z", "2026-04-05T20:00Z", "04-05T01:45+11:00 04-06T01:45+10:30"},
		{"Lisbon's spring", "30 1 * * *", "Europe/Lisbon", "2026-03-28T12:00Z", "2026-03-30T12:00Z", "03-29T02:30+01:00 03-30T01:30+01:00"},
		{"the end of the month", "0 22 L * *", "UTC", "2026-01-15T00:00Z", "2026-04-01T00:00Z", "01-31T22:00+00:00 02-28T22:00+00:00 03-31T22:00+00:00"},
		{"the 31st", "0 22 31 * *", "UTC", "2026-03-15T00:00Z", "2026-06-01T00:00Z", "03-31T22:00+00:00 05-31T22:00+00:00"},
		{"a leap day", "0 3 29 2 *", "UTC", "2026-01-01T00:00Z", "2033-01-01T00:00Z", "02-29T03:00+00:00 02-29T03:00+00:00"},
		{"Monday to Friday", "0 22 * * 1-5", "Europe/Lisbon", "2026-03-06T00:00Z", "2026-03-10T00:00Z", "03-06T22:00+00:00 03-09T22:00+00:00"},
		{"Sunday is 0 and 7", "0 6 * * 7", "UTC", "2026-03-02T00:00Z", "2026-03-16T00:00Z", "03-08T06:00+00:00 03-15T06:00+00:00"},
		{"the last Friday", "0 20 * * 5L", "UTC", "2026-03-01T00:00Z", "2026-05-30T00:00Z", "03-27T20:00+00:00 04-24T20:00+00:00 05-29T20:00+00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := said(cron(t, tt.fields, tt.zone).Between(instant(t, tt.from), instant(t, tt.to)), tt.zone)
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// The nights on which clocks change have 23, 25 or 24 ½ hours, and an hourly job as many runs.
func TestSchedule_everyHourOfADay(t *testing.T) {
	for _, tt := range []struct {
		zone, date string
		hours      int
	}{
		{"America/New_York", "2026-03-08", 23},
		{"America/New_York", "2026-11-01", 25},
		{"America/New_York", "2026-06-01", 24},
		{"Europe/Lisbon", "2026-03-29", 23},
		{"Europe/Lisbon", "2026-10-25", 25},
		{"Australia/Lord_Howe", "2026-10-04", 24}, // 2:00 is shifted to 2:30
	} {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		from, err := time.ParseInLocation(time.DateOnly, tt.date, zone)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(cron(t, "0 * * * *", tt.zone).Between(from, from.AddDate(0, 0, 1))); n != tt.hours {
			t.Errorf("%s %s: %d hours, want %d", tt.zone, tt.date, n, tt.hours)
		}
	}
}

func TestSchedule_periods(t *testing.T) {
	anchor := instant(t, "2026-03-01T22:00-05:00")
	for _, tt := range []struct {
		name       string
		every      time.Duration
		from, want string
	}{
		{"whole days keep to the clock", 7 * 24 * time.Hour, "2026-03-02T12:00Z", "03-08T22:00-04:00 03-15T22:00-04:00 03-22T22:00-04:00"},
		{"hours keep to elapsed time", 36 * time.Hour, "2026-03-07T00:00Z", "03-07T22:00-05:00 03-09T11:00-04:00 03-10T23:00-04:00"},
		{"before its anchor too", 14 * 24 * time.Hour, "2026-01-30T00:00Z", "02-01T22:00-05:00 02-15T22:00-05:00 03-01T22:00-05:00"},
	} {
		s, err := expect.Expectation{Every: tt.every, Anchor: anchor, Zone: "America/New_York"}.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		if got := said(s.NextN(instant(t, tt.from), 3), "America/New_York"); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestSchedule_leavesOutWhatCalendarsExcept(t *testing.T) {
	c := expect.Calendar{Name: "bank holidays", Holidays: []string{"2026-12-25"}, Blackouts: []expect.Blackout{
		{From: instant(t, "2026-12-26T00:00Z"), To: instant(t, "2026-12-27T22:00Z"), Reason: "the server moves"},
	}}
	// 23:30 in Lisbon on the 24th is not yet Christmas; the blackout ends before what is due at its end
	got := said(cron(t, "30 23 * * *", "Europe/Lisbon", c).Between(instant(t, "2026-12-24T00:00Z"), instant(t, "2026-12-29T00:00Z")), "Europe/Lisbon")
	if want := "12-24T23:30+00:00 12-27T23:30+00:00 12-28T23:30+00:00"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestExpectation_refuses(t *testing.T) {
	anchor := instant(t, "2026-03-01T22:00Z")
	for _, tt := range []struct {
		x   expect.Expectation
		why string
	}{
		{expect.Expectation{Zone: "UTC"}, "say when it is to start"},
		{expect.Expectation{Cron: "0 22 * * *"}, "time zone \"\" is not known"},
		{expect.Expectation{Cron: "0 22 * * *", Zone: "Local"}, "time zone"},
		{expect.Expectation{Cron: "0 22 * * *", Zone: "Atlantis/Poseidonis"}, "time zone"},
		{expect.Expectation{Cron: "0 22 * *", Zone: "UTC"}, "five fields"},
		{expect.Expectation{Cron: "0 0 22 * * * 2026", Zone: "UTC"}, "five fields"},
		{expect.Expectation{Cron: "@daily", Zone: "UTC"}, "five fields"},
		{expect.Expectation{Cron: "TZ=UTC 0 22 * *", Zone: "UTC"}, "no cron expression"},
		{expect.Expectation{Cron: "61 22 * * *", Zone: "UTC"}, "no cron expression"},
		{expect.Expectation{Cron: "0 0 31 2 *", Zone: "UTC"}, "never comes"},
		{expect.Expectation{Cron: "0 22 * * *", Every: time.Hour, Zone: "UTC"}, "not both"},
		{expect.Expectation{Cron: "0 22 * * *", Zone: "UTC", Grace: -1}, "grace"},
		{expect.Expectation{Every: time.Second, Anchor: anchor, Zone: "UTC"}, "at least 5 min"},
		{expect.Expectation{Every: time.Hour, Zone: "UTC"}, "needs a time from which"},
	} {
		if err := tt.x.Check(); err == nil || !strings.Contains(err.Error(), tt.why) {
			t.Errorf("%+v: error %v, want %q", tt.x, err, tt.why)
		}
	}
}

var zones = []string{"America/New_York", "Europe/Lisbon", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu"}

var manyFields = []string{
	"30 2 * * *", "15 1 * * *", "0 * * * *", "*/20 * * * *", "0 */3 * * *", "10 8,14,20 * * *", "0 22 * * 1-5", "30 1 * * 0", "0 3 1 * *", "0 22 L * *", "0 2 29 2 *", "45 1-4 * * 6,7",
}

// Next, Prev and Between are three views of one sequence, whatever the clocks do.
func TestSchedule_isOneSequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		x := expect.Expectation{Cron: rapid.SampledFrom(manyFields).Draw(t, "cron"), Zone: zone}
		if rapid.Bool().Draw(t, "period") {
			x = expect.Expectation{Every: time.Duration(rapid.IntRange(5, 20000).Draw(t, "minutes")) * time.Minute, Anchor: time.Date(2026, 1, 1, 2, 30, 0, 0, time.UTC), Zone: zone}
		}
		s, err := x.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(1735689600, 1830297600).Draw(t, "at"), 0)
		next, ok := s.Next(at)
		if !ok || !next.After(at) {
			t.Fatalf("the next after %v is %v", at, next)
		}
		if prev, ok := s.Prev(next.Add(time.Millisecond)); !ok || !prev.Equal(next) {
			t.Fatalf("before just after %v comes %v", next, prev)
		}
		if prev, ok := s.Prev(next); ok {
			if prev.After(at) {
				t.Fatalf("%v lies between %v and its next %v", prev, at, next)
			}
			if again, _ := s.Next(prev); !again.Equal(next) {
				t.Fatalf("after %v comes %v, not %v", prev, again, next)
			}
		}
		walk := s.NextN(at, 20)
		if list := s.Between(at.Add(time.Millisecond), walk[len(walk)-1].Add(time.Millisecond)); !slices.EqualFunc(list, walk, time.Time.Equal) {
			t.Fatalf("one by one %v\nat once  %v", walk, list)
		}
	})
}

// A fixed time of every day comes once on every date, on nights of 23, 25 and 24 ½ hours too, and no wait is longer than 25 hours.
func TestSchedule_aDailyTimeComesOnceADate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		clock := time.Date(2000, 1, 1, 0, rapid.IntRange(0, 24*60-1).Draw(t, "minute"), 0, 0, time.UTC)
		s, err := expect.Expectation{Cron: clock.Format("4 15 * * *"), Zone: zone}.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		year := rapid.IntRange(2024, 2032).Draw(t, "year")
		from := time.Date(year, 1, 1, 0, 0, 0, 0, loc)
		dues := s.Between(from, from.AddDate(1, 0, 0))
		dates := map[string]bool{}
		for i, d := range dues {
			dates[d.In(loc).Format(time.DateOnly)] = true
			if i > 0 && d.Sub(dues[i-1]) > 25*time.Hour {
				t.Fatalf("nothing between %v and %v", dues[i-1], d)
			}
		}
		if days := from.AddDate(1, 0, -1).YearDay(); len(dates) != days || len(dues) != days {
			t.Fatalf("%d due times on %d dates of a year of %d days", len(dues), len(dates), days)
		}
	})
}
