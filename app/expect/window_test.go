package expect_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backstop/app/expect"
)

func TestWindow_holdsTheStartsOfOneRun(t *testing.T) {
	nightly := cron(t, "0 22 * * *", "UTC")
	for _, tt := range []struct{ start, due string }{
		{"2026-03-02T20:59Z", "2026-03-01T22:00Z"}, // a late one of the night before
		{"2026-03-02T21:00Z", "2026-03-02T22:00Z"}, // as early as grace allows
		{"2026-03-02T22:00Z", "2026-03-02T22:00Z"},
		{"2026-03-03T06:00Z", "2026-03-02T22:00Z"}, // late, but of no other due time
	} {
		w, ok := nightly.WindowOf(instant(t, tt.start))
		if !ok || !w.Due.Equal(instant(t, tt.due)) {
			t.Errorf("%s belongs to %v, want %s", tt.start, w.Due, tt.due)
		}
	}
	hourly, ok := cron(t, "0 * * * *", "UTC").WindowOf(instant(t, "2026-03-02T21:44Z"))
	if !ok || !hourly.Due.Equal(instant(t, "2026-03-02T21:00Z")) {
		t.Errorf("a quarter of the gap is the most that a run may be early: %v", hourly)
	}
}

func TestCover_judges(t *testing.T) {
	w := cron(t, "0 22 * * *", "UTC").Window(instant(t, "2026-03-02T22:00Z"))
	for _, tt := range []struct {
		name       string
		cover      expect.Cover
		now, until string
		want       bool
	}{
		{"within grace", expect.Cover{}, "2026-03-02T22:59Z", "2026-03-02T22:59Z", false},
		{"past and covered", expect.Cover{}, "2026-03-02T23:00Z", "2026-03-02T23:00Z", true},
		{"past and not covered", expect.Cover{}, "2026-03-04T08:00Z", "2026-03-02T22:59Z", false},
		{"ends only: it may still be at work", expect.Cover{EndsIn: true, Longest: 5 * time.Hour}, "2026-03-04T08:00Z", "2026-03-03T03:59Z", false},
		{"ends only: it would be over", expect.Cover{EndsIn: true, Longest: 5 * time.Hour}, "2026-03-04T08:00Z", "2026-03-03T04:00Z", true},
		{"starts: how long it takes is nothing to it", expect.Cover{Longest: 5 * time.Hour}, "2026-03-04T08:00Z", "2026-03-02T23:00Z", true},
	} {
		tt.cover.Until = instant(t, tt.until)
		if got := tt.cover.Judgeable(w, instant(t, tt.now)); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestWindow_missed(t *testing.T) {
	w := cron(t, "0 22 1 * *", "UTC").Window(instant(t, "2026-03-01T22:00Z"))
	started := instant(t, "2026-02-01T22:00Z")
	for _, tt := range []struct {
		name    string
		started bool
		before  expect.Before
		want    bool
	}{
		{"nothing ever ran", false, expect.Before{}, true},
		{"it started", true, expect.Before{}, false},
		{"the last one is long over", false, expect.Before{Run: expect.Run{Start: started, End: started.Add(time.Hour)}}, true},
		{"the last one is still at work", false, expect.Before{Run: expect.Run{Start: started}, Running: true}, false},
		{"the last one ended after this was due", false, expect.Before{Run: expect.Run{Start: started, End: w.Due.Add(time.Minute)}}, false},
		{"the last one's end is not known", false, expect.Before{Run: expect.Run{Start: started}}, true},
	} {
		if got := w.Missed(tt.started, tt.before); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestStalled(t *testing.T) {
	start := instant(t, "2026-03-02T22:00Z")
	for _, tt := range []struct {
		set, usual, after time.Duration
		want              bool
	}{
		{0, time.Hour, 24*time.Hour - 1, false},
		{0, time.Hour, 24 * time.Hour, true},
		{0, 10 * time.Hour, 29 * time.Hour, false},
		{0, 10 * time.Hour, 30 * time.Hour, true},
		{2 * time.Hour, 10 * time.Hour, 2 * time.Hour, true},
	} {
		if got := expect.Stalled(start, expect.StalledAfter(tt.set, tt.usual), start.Add(tt.after)); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
	if expect.Stalled(time.Time{}, time.Hour, start) {
		t.Error("a run without a start is stalled")
	}
}

func TestSilent(t *testing.T) {
	last := instant(t, "2026-03-02T22:00Z")
	for _, tt := range []struct {
		rhythm, after time.Duration
		want          bool
	}{{26 * time.Hour, 26 * time.Hour, false}, {26 * time.Hour, 26*time.Hour + 1, true}, {0, 1000 * time.Hour, false}} {
		if got := expect.Silent(last, tt.rhythm, last.Add(tt.after)); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
	if expect.Silent(time.Time{}, time.Hour, last) {
		t.Error("a source that never brought anything is silent")
	}
}

// Windows lie end to end: every start belongs to exactly one due time, and Pending walks through all of them.
func TestWindow_liesEndToEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := expect.Expectation{
			Cron: rapid.SampledFrom(manyFields).Draw(t, "cron"), Zone: rapid.SampledFrom(zones).Draw(t, "zone"),
			Grace: time.Duration(rapid.IntRange(0, 600).Draw(t, "grace")) * time.Minute,
		}
		s, err := x.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		from := time.Unix(rapid.Int64Range(1735689600, 1830297600).Draw(t, "from"), 0)
		first, _ := s.Next(from)
		most := rapid.IntRange(1, 6).Draw(t, "most")
		last := first
		if dues := s.NextN(first, most+3); len(dues) > 0 {
			last = dues[len(dues)-1]
		}
		ws := s.Pending(first, last.Add(s.Grace), most)
		if len(ws) != most {
			t.Fatalf("%d windows, want %d", len(ws), most)
		}
		for i, w := range ws {
			if w != s.Window(w.Due) {
				t.Fatalf("window %d is %+v, alone %+v", i, w, s.Window(w.Due))
			}
			if i > 0 && !ws[i-1].To.Equal(w.From) {
				t.Fatalf("between %v and %v is a gap", ws[i-1], w)
			}
			start := w.From.Add(time.Duration(rapid.Int64Range(0, min(w.To.Sub(w.From), 1000*time.Hour).Milliseconds()-1).Draw(t, "start")) * time.Millisecond)
			if of, ok := s.WindowOf(start); !ok || !of.Due.Equal(w.Due) {
				t.Fatalf("%v lies in the window of %v, but belongs to %v", start, w.Due, of.Due)
			}
		}
		if !slices.IsSortedFunc(ws, func(a, b expect.Window) int { return a.Due.Compare(b.Due) }) {
			t.Fatal("not in order")
		}
	})
}
