package risk

import (
	"math/rand/v2"
	"slices"
	"testing"

	"backstop/app/incident"
	"backstop/app/timeline"
)

func TestJudge_opensOneAndGoesOn(t *testing.T) {
	findings := Drifts(nightly, 1, series(10, 10, 10, 10, 10, 30, 30), all, nil)
	changes := Judge(nil, findings, monday, day(-1))
	if len(changes) != 1 {
		t.Fatalf("%+v", changes)
	}
	c := changes[0]
	r := c.Risk
	if r.ID != 0 || r.State != New || r.Assignee != "" || !r.Found.Equal(day(-1)) || !r.Since.Equal(day(-2)) || r.Mark != 6 || r.Value != 30*gib || len(r.Runs) != 7 {
		t.Errorf("%+v", r)
	}
	wantEntry(t, c.Entries[0], timeline.System, "found", "kind: volume", "tool: NetBackup", "routine: FS-DAILY", "client: harbour", "level: full", "company: Acme",
		"execution: 6", "value: 32212254720 bytes", "usual: 10737418240 bytes", "compared: 1, 2, 3, 4, 5")
	wantEntry(t, c.Entries[1], timeline.System, "went on", "execution: 7", "value: 32212254720 bytes", "usual: 10737418240 bytes", "compared: 1, 2, 3, 4, 5, 6")
	off := 0
	for _, run := range r.Runs {
		if run.Role == Off {
			off++
		}
	}
	if off != 2 {
		t.Errorf("%d runs are off: %+v", off, r.Runs)
	}
}

func TestJudge_again(t *testing.T) {
	findings := Drifts(nightly, 1, series(10, 10, 10, 10, 10, 30, 30), all, nil)
	first := Judge(nil, findings[:1], monday, monday)[0].Risk
	first.ID = 7
	for _, s := range []State{New, InProgress, Closed, Ignored} {
		first.State = s
		if got := Judge([]Risk{first}, findings[:1], monday, monday); len(got) != 0 {
			t.Errorf("%s, and found again: %+v", s, got)
		}
	}
	first.State = New
	both := Judge([]Risk{first}, findings, monday, monday)
	if len(both) != 1 || both[0].Risk.ID != 7 || len(both[0].Entries) != 1 || both[0].Entries[0].SubjectID != 7 {
		t.Errorf("%+v", both)
	}
	first.State = Closed
	next := Judge([]Risk{first}, findings, monday, monday)
	if len(next) != 1 || next[0].Risk.ID != 0 || next[0].Risk.Mark != 7 {
		t.Errorf("after it was closed: %+v", next)
	}
}

func TestJudge_whatWasReadLateBeganEarlier(t *testing.T) {
	findings := Drifts(nightly, 1, series(10, 10, 10, 10, 10, 30, 30), all, nil)
	c := Judge(opened(findings[1:]), findings, monday, monday)
	if len(c) != 1 || !c[0].Risk.Since.Equal(day(-2)) || c[0].Risk.Mark != 7 {
		t.Errorf("%+v", c)
	}
}

// opened are the risks that findings alone make, as if saved.
func opened(findings []Finding) []Risk {
	var risks []Risk
	for i, c := range Judge(nil, findings, monday, monday) {
		c.Risk.ID = ID(i + 1)
		risks = append(risks, c.Risk)
	}
	return risks
}

// Whatever is found in whatever order, and however often: one open risk a key, no run that is off twice, and a second time changes
// nothing.
func TestJudge_neverDoubles(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		values := make([]int64, 30)
		for i := range values {
			values[i] = 5 + rnd.Int64N(30)
		}
		findings := Drifts(nightly, 1, series(values...), all, nil)
		rnd.Shuffle(len(findings), func(i, j int) { findings[i], findings[j] = findings[j], findings[i] })
		known := opened(findings)
		if len(findings) > 0 && len(known) != 1 {
			t.Fatalf("%d risks of %d findings", len(known), len(findings))
		}
		for _, r := range known {
			off := map[incident.ExecutionID]bool{}
			for _, run := range r.Runs {
				if run.Role == Off && off[run.ID] {
					t.Fatalf("run %d is evidence twice", run.ID)
				}
				off[run.ID] = off[run.ID] || run.Role == Off
			}
			if !slices.IsSortedFunc(r.Runs, func(a, b Run) int { return a.At.Compare(b.At) }) {
				t.Fatal("the evidence is not in order of time")
			}
		}
		if again := Judge(known, findings, monday, monday); len(again) != 0 {
			t.Fatalf("judged again: %+v", again)
		}
	}
}
