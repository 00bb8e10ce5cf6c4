package risk

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"backstop/app/incident"
	"backstop/app/timeline"
)

var failing = About{Kind: Recurrence, Routine: 5, Tool: "NetBackup", Policy: "FS-DAILY", Client: "harbour"}

// cases are network failures on the given days.
func cases(days ...int) []Case {
	var out []Case
	for i, d := range days {
		out = append(out, Case{ID: incident.ID(i + 1), At: day(d), Company: "Acme", Category: "Network"})
	}
	return out
}

func with(cs []Case, i int, change func(*Case)) []Case {
	cs = slices.Clone(cs)
	change(&cs[i])
	return cs
}

func TestRecurrences(t *testing.T) {
	tests := []struct {
		name  string
		cases []Case
		want  []int64
	}{
		{"three in thirty days", cases(-29, -10, 0), []int64{3}},
		{"two", cases(-10, 0), nil},
		{"thirty days apart are not within", cases(-30, -10, 0), nil},
		{"four", cases(-20, -10, -5, 0), []int64{3, 4}},
		{"another category", with(cases(-20, -10, 0), 1, func(c *Case) { c.Category = "Capacity" }), nil},
		{"another company", with(cases(-20, -10, 0), 1, func(c *Case) { c.Company = "Bolt" }), nil},
		{"a false alarm", with(cases(-20, -10, 0), 1, func(c *Case) { c.Closing = incident.ClosedSuccess }), nil},
		{"lost and reprocessed count", with(with(cases(-20, -10, 0), 1, func(c *Case) { c.Closing = incident.ClosedMissed }), 2, func(c *Case) { c.Closing = incident.Reprocessed }), []int64{3}},
		{"history", cases(-80, -75, -70), nil},
		{"in any order", []Case{{3, day(0), "", "Human", 0}, {1, day(-9), "", "Human", 0}, {2, day(-4), "", "Human", 0}}, []int64{3}},
		{"two groups", append(cases(-20, -10, 0), Case{7, day(-3), "", "Human", 0}, Case{8, day(-2), "", "Human", 0}, Case{9, day(-1), "", "Human", 0}), []int64{3, 9}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := marks(Recurrences(failing, 1, tt.cases, day(-30), nil)); !slices.Equal(got, tt.want) {
				t.Errorf("found by %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRecurrences_become(t *testing.T) {
	changes := Judge(nil, Recurrences(failing, 2, cases(-20, -10, -5, 0), day(-30), nil), monday, monday)
	if len(changes) != 1 {
		t.Fatalf("%+v", changes)
	}
	r := changes[0].Risk
	if r.Company != "Acme" || r.Category != "Network" || r.Source != 2 || r.Value != 4 || !r.Since.Equal(day(-20)) || !slices.Equal(r.Incidents, []incident.ID{1, 2, 3, 4}) {
		t.Errorf("%+v", r)
	}
	wantEntry(t, changes[0].Entries[0], timeline.System, "found", "kind: recurrence", "tool: NetBackup", "routine: FS-DAILY", "client: harbour", "company: Acme", "category: Network", "incidents: 1, 2, 3")
}

// People close the incidents with another category than the proposed one: the open risk goes along, and is not found beside.
func TestRecurrences_underAnotherCategory(t *testing.T) {
	known := opened(Recurrences(failing, 1, cases(-20, -10, -5), day(-30), nil))
	four := cases(-20, -10, -5, 0)
	for i := range four {
		four[i].Category = "Credentials"
	}
	changes := Judge(known, Recurrences(failing, 1, four, day(-30), known), monday, monday)
	if len(changes) != 1 || changes[0].Risk.ID != 1 || changes[0].Risk.Category != "Credentials" || len(changes[0].Risk.Incidents) != 4 {
		t.Fatalf("%+v", changes)
	}
	wantEntry(t, changes[0].Entries[0], timeline.System, "went on", "category: Network → Credentials", "incidents: 1, 2, 3, 4")
}

func TestRecurrences_afterOneWasResolved(t *testing.T) {
	known := opened(Recurrences(failing, 1, cases(-25, -20, -15), day(-30), nil))
	for _, s := range []State{Closed, Ignored} {
		known[0].State = s
		for days, want := range map[int][]int64{-10: nil, -5: nil, 0: {6}} {
			var cs []Case
			for _, c := range cases(-25, -20, -15, -10, -5, 0) {
				if !c.At.After(day(days)) {
					cs = append(cs, c)
				}
			}
			if got := marks(Recurrences(failing, 1, cs, day(-30), known)); !slices.Equal(got, want) {
				t.Errorf("%s, until day %d: %v, want %v", s, days, got, want)
			}
		}
	}
}

// Incidents of random days and categories, swept one by one: a risk exactly where a count says so, each incident in at most one.
func TestRecurrences_areExactlyWhatTheRuleSays(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		var cs []Case
		for i := range 1 + rnd.IntN(15) {
			cs = append(cs, Case{ID: incident.ID(i + 1), At: day(i*7 - 100).Add(time.Duration(rnd.IntN(100)) * time.Hour), Category: []string{"a", "b"}[rnd.IntN(2)]})
		}
		slices.SortFunc(cs, func(a, b Case) int { return a.At.Compare(b.At) })
		var known []Risk
		for i := range cs {
			for _, c := range Judge(known, Recurrences(failing, 1, cs[:i+1], cs[i].At, known), monday, monday) {
				if c.Risk.ID == 0 {
					c.Risk.ID = ID(len(known) + 1)
					known = append(known, c.Risk)
				} else {
					known[c.Risk.ID-1] = c.Risk
				}
			}
			within := 0
			for _, c := range cs[:i+1] {
				if c.Category == cs[i].Category && c.At.After(cs[i].At.Add(-30*24*time.Hour)) {
					within++
				}
			}
			held := 0
			for _, r := range known {
				if slices.Contains(r.Incidents, cs[i].ID) {
					held++
				}
			}
			if want := map[bool]int{true: 1, false: 0}[within >= 3]; held != want {
				t.Fatalf("incident %d, %d of its category within thirty days, is evidence of %d risks", cs[i].ID, within, held)
			}
		}
	}
}
