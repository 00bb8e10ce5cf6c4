package risk

import (
	"math/rand/v2"
	"slices"
	"testing"

	"backstop/app/incident"
)

func TestDrifts(t *testing.T) {
	ten := []int64{10, 10, 10, 10, 10, 10, 10, 10, 10, 10}
	tests := []struct {
		name string
		runs []Run
		want []int64
	}{
		{"more than half above", series(append(ten, 16)...), []int64{11}},
		{"half above is usual", series(append(ten, 15)...), nil},
		{"more than half below", series(append(ten, 4)...), []int64{11}},
		{"half below is usual", series(append(ten, 5)...), nil},
		{"nothing at all", series(append(ten, 0)...), []int64{11}},
		{"five are enough", series(10, 10, 10, 10, 10, 16), []int64{6}},
		{"four tell nothing", series(10, 10, 10, 10, 16), nil},
		{"only the last ten count", series(append([]int64{90, 90, 90, 90, 90, 90, 90, 90, 90, 90}, append(ten, 16)...)...), []int64{11, 12, 13, 14, 15, 16, 21}},
		{"an outlier does not move the median", series(10, 10, 10, 10, 10, 90, 10, 10, 10), []int64{6}},
		{"a step is off until it is the usual", series(10, 10, 10, 10, 10, 30, 30, 30, 30, 30, 30, 30), []int64{6, 7, 8, 9, 10}},
		{"slow growth is usual", series(20, 21, 22, 23, 24, 26, 28, 30, 32, 34, 36, 39), nil},
		{"nothing is usual", series(0, 0, 0, 0, 0, 3), []int64{6}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := marks(Drifts(nightly, 1, tt.runs, all, nil)); !slices.Equal(got, tt.want) {
				t.Errorf("found by %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDrifts_smallOnesAreUsual(t *testing.T) {
	for _, tt := range []struct {
		kind         Kind
		usual, value int64
		found        bool
	}{
		{Volume, 1 << 20, 2<<20 - 1, false},
		{Volume, 1 << 20, 2 << 20, true},
		{Volume, 1<<20 - 1, 0, false},
		{Volume, 1 << 20, 0, true},
		{Duration, 40_000, 99_999, false},
		{Duration, 40_000, 100_000, true},
		{Duration, 59_999, 0, false},
		{Duration, 3_600_000, 1_700_000, true},
	} {
		about := nightly
		about.Kind = tt.kind
		runs := series(0, 0, 0, 0, 0, 0)
		for i := range 5 {
			runs[i].Value = tt.usual
		}
		runs[5].Value = tt.value
		if got := Drifts(about, 1, runs, all, nil); (len(got) == 1) != tt.found {
			t.Errorf("%s %d beside %d: %v", tt.kind, tt.value, tt.usual, got)
		}
	}
}

func TestDrifts_tellsWhatWasCompared(t *testing.T) {
	runs := series(10, 11, 9, 10, 12, 30)
	found := Drifts(nightly, 4, runs, after(5), nil)
	if len(found) != 1 {
		t.Fatalf("%+v", found)
	}
	f := found[0]
	if f.About != nightly || f.Source != 4 || f.Usual != 10*gib || f.Value != 30*gib || !f.Since.Equal(runs[5].At) || len(f.Runs) != 6 {
		t.Errorf("%+v", f)
	}
	for i, r := range f.Runs {
		if want := map[bool]Role{true: Off, false: Compared}[i == 5]; r.Role != want || r.ID != runs[i].ID {
			t.Errorf("run %d: %+v", i, r)
		}
	}
}

// What somebody has dealt with becomes the usual: comparing starts at what it was about.
func TestDrifts_afterARiskWasResolved(t *testing.T) {
	step := series(10, 10, 10, 10, 10, 30, 30, 30, 30, 30, 30, 30, 60)
	closed := aRisk(Closed, "rosa")
	closed.Since = step[5].At
	if got := marks(Drifts(nightly, 1, step, after(6), []Risk{closed})); !slices.Equal(got, []int64{13}) {
		t.Errorf("found by %v", got)
	}
	if got := marks(Drifts(nightly, 1, step, after(6), []Risk{aRisk(InProgress, "rosa")})); !slices.Equal(got, []int64{7, 8, 9, 10, 13}) {
		t.Errorf("an open one hides what goes on: %v", got)
	}
}

// A weekly peak is ignored once. What is more than half beyond it is found again, and so is a fall.
func TestDrifts_afterOneWasIgnored(t *testing.T) {
	weeks := []int64{10, 10, 10, 10, 10, 10, 30, 10, 10, 10, 10, 10, 10, 31, 10, 10, 10, 10, 10, 10, 46, 10, 10, 10, 10, 10, 10, 4}
	ignored := aRisk(Ignored, "rosa")
	runs := series(weeks...)
	ignored.Since, ignored.Mark = runs[6].At, 7
	if got := marks(Drifts(nightly, 1, runs, after(7), []Risk{ignored})); !slices.Equal(got, []int64{21, 28}) {
		t.Errorf("found by %v", got)
	}
}

// However a series is cut into sweeps, the same runs are found.
func TestDrifts_doNotDependOnTheSweeps(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		values := make([]int64, 5+rnd.IntN(40))
		for i := range values {
			values[i] = 5 + rnd.Int64N(20)
		}
		runs := series(values...)
		want := marks(Drifts(nightly, 1, runs, all, nil))
		var got []int64
		for at := 0; at < len(runs); {
			next := min(len(runs), at+1+rnd.IntN(9))
			got = append(got, marks(Drifts(nightly, 1, runs[:next], after(incident.ExecutionID(at)), nil))...)
			at = next
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v: in sweeps %v, at once %v", values, got, want)
		}
	}
}

// A reference written the other way round: every finding is more than half off the plain median, and nothing else is.
func TestDrifts_areExactlyWhatTheRuleSays(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		values := make([]int64, rnd.IntN(30))
		for i := range values {
			values[i] = rnd.Int64N(40)
		}
		var want []int64
		for i := range values {
			before := slices.Sorted(slices.Values(values[max(0, i-10):i]))
			n := len(before)
			if n < 5 {
				continue
			}
			twice := before[n/2] + before[(n-1)/2] // twice the median
			if 4*values[i] > 3*twice || 4*values[i] < twice {
				want = append(want, int64(i+1))
			}
		}
		if got := marks(Drifts(nightly, 1, series(values...), all, nil)); !slices.Equal(got, want) {
			t.Fatalf("%v: found by %v, want %v", values, got, want)
		}
	}
}

func TestDrifts_ofHostileValues(t *testing.T) {
	runs := series(1, 1, 1, 1, 1, 1)
	runs[5].Value = 1<<63 - 1
	if got := Drifts(nightly, 1, runs, all, nil); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	for i := range 5 {
		runs[i].Value = 1<<63 - 1
	}
	if got := Drifts(nightly, 1, runs, all, nil); len(got) != 0 {
		t.Errorf("the largest beside the largest: %+v", got)
	}
}
