package risk

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"backstop/app/timeline"
)

// every are n starts, hours apart, the last of them now.
func every(n int, hours int) []time.Time {
	var starts []time.Time
	for i := range n {
		starts = append(starts, monday.Add(-time.Duration(i*hours)*time.Hour))
	}
	return starts
}

func TestOverdue(t *testing.T) {
	weekdays := []time.Time{day(0), day(-3), day(-4), day(-5), day(-6), day(-7), day(-10)}
	tests := []struct {
		name   string
		starts []time.Time
		want   time.Duration
	}{
		{"nightly", every(11, 24), 72 * time.Hour},
		{"hourly: two days at least", every(11, 1), 48 * time.Hour},
		{"weekly", every(5, 168), 21 * 24 * time.Hour},
		{"weekdays: twice the weekend", weekdays, 6 * 24 * time.Hour},
		{"several clients' streams at once count once", append(every(6, 24), every(6, 24)...), 72 * time.Hour},
	}
	for _, tt := range tests {
		got, ok := Overdue(tt.starts, 1)
		if !ok || got.Sub(monday) != tt.want {
			t.Errorf("%s: %v after the last, %v", tt.name, got.Sub(monday), ok)
		}
	}
	if _, ok := Overdue(every(4, 24), 4); ok {
		t.Error("four runs tell an interval")
	}
	if _, ok := Overdue(every(11, 24), 0); ok {
		t.Error("a source that reports failures only is judged")
	}
}

func TestOverdue_neverBeforeTheNextRunThatIsOnTime(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 9))
	for range 500 {
		at := monday
		var starts []time.Time
		var longest time.Duration
		for range 5 + rnd.IntN(7) {
			starts = append(starts, at)
			gap := time.Duration(1+rnd.IntN(200)) * time.Hour
			longest = max(longest, gap)
			at = at.Add(gap)
		}
		rnd.Shuffle(len(starts), func(i, j int) { starts[i], starts[j] = starts[j], starts[i] })
		kept := slices.Clone(starts)
		got, ok := Overdue(starts, 1)
		if last := slices.MaxFunc(starts, time.Time.Compare); !ok || got.Sub(last) < 48*time.Hour || got.Before(last) {
			t.Fatalf("%v: overdue at %v", starts, got)
		}
		if !slices.Equal(starts, kept) {
			t.Fatal("the starts were sorted in the caller's hands")
		}
	}
}

func TestGone(t *testing.T) {
	harbour := Presence{About{Kind: Absence, Tool: "NetBackup", Policy: "FS-DAILY", Client: "harbour"}, 1, Run{ID: 40, At: day(-9)}, day(-6)}
	noClient := harbour
	noClient.Client = ""
	tests := []struct {
		name   string
		p      Presence
		around Around
		what   string
		client string
		mark   int64
	}{
		{"the policy runs for others", harbour, Around{Run{ID: 41, At: day(-1)}, Run{ID: 42, At: day(-1)}, day(5)}, "client gone from the routine", "harbour", 40},
		{"not yet for long enough", harbour, Around{Run{ID: 41, At: day(-6)}, Run{ID: 42, At: day(-1)}, day(5)}, "", "", 0},
		{"the policy runs for nobody, the source goes on", harbour, Around{Run{ID: 41, At: day(-8)}, Run{ID: 42, At: day(-1)}, day(-6)}, "routine stopped", "", 41},
		{"an only client's", harbour, Around{Run{}, Run{ID: 42, At: day(-1)}, day(-6)}, "routine stopped", "", 40},
		{"another client of it is still awaited", harbour, Around{Run{ID: 41, At: day(-9)}, Run{ID: 42, At: day(-1)}, day(3)}, "", "", 0},
		{"the source is silent", harbour, Around{Run{ID: 41, At: day(-9)}, Run{ID: 42, At: day(-9)}, day(-6)}, "", "", 0},
		{"nothing else is there", harbour, Around{Overdue: day(-6)}, "", "", 0},
		{"a tool without clients", noClient, Around{Run{}, Run{ID: 42, At: day(-1)}, day(-6)}, "routine stopped", "", 40},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, ok := Gone(tt.p, tt.around)
			if ok != (tt.what != "") {
				t.Fatalf("%+v, %v", f, ok)
			}
			if !ok {
				return
			}
			if f.Client != tt.client || f.Mark != tt.mark || f.Mark != int64(f.Runs[0].ID) || !f.Since.Equal(f.Runs[0].At) || f.Says[0].To != tt.what {
				t.Errorf("%+v", f)
			}
			if len(f.Runs) != 2 || f.Runs[0].Role != Off || f.Runs[1].Role != Elsewhere || !f.Runs[1].At.Equal(day(-1)) {
				t.Errorf("evidence %+v", f.Runs)
			}
		})
	}
}

func TestCameBack(t *testing.T) {
	f, _ := Gone(Presence{About{Kind: Absence, Tool: "NetBackup", Policy: "FS-DAILY", Client: "harbour"}, 1, Run{ID: 40, At: day(-9)}, day(-6)}, Around{InPolicy: Run{ID: 41, At: day(-1)}})
	r := opened([]Finding{f})[0]
	c, ok := CameBack(r, Run{ID: 50, At: monday}, monday)
	if !ok {
		t.Fatal("nothing is said of it")
	}
	wantEntry(t, c.Entries[0], timeline.System, "came back", "execution: 50", "ran: 2026-03-02T08:00:00Z")
	if _, twice := CameBack(c.Risk, Run{ID: 51, At: day(1)}, monday); twice {
		t.Error("every later run is told")
	}
	f.Mark, f.Since, f.Runs = 51, day(1), []Run{{51, day(1), 0, Off}}
	again := Judge([]Risk{c.Risk}, []Finding{f}, monday, monday)
	if len(again) != 1 || again[0].Risk.ID != r.ID {
		t.Fatalf("gone again: %+v", again)
	}
	if _, ok := CameBack(again[0].Risk, Run{ID: 60, At: day(9)}, monday); !ok {
		t.Error("its second return is not told")
	}
	for why, tt := range map[string]struct {
		r   Risk
		run Run
	}{
		"resolved":           {func() Risk { r := r; r.State = Closed; return r }(), Run{ID: 50, At: monday}},
		"a run from before":  {r, Run{ID: 39, At: day(-10)}},
		"another kind of it": {aRisk(New, ""), Run{ID: 50, At: monday}},
	} {
		if _, ok := CameBack(tt.r, tt.run, monday); ok {
			t.Errorf("%s: told", why)
		}
	}
}
