package backup

import (
	"strings"
	"testing"
)

func TestBranchOf_theFirstRuleThatFits(t *testing.T) {
	rules := []Placing{
		{Pattern: "FIN-*", Branch: 1},
		{Client: true, Pattern: "db-??.*", Branch: 2},
		{Pattern: "*nightly*full", Branch: 3},
		{Pattern: "Größe?", Branch: 4},
		{Client: true, Pattern: "fin-*", Branch: 5},
	}
	for _, tt := range []struct {
		routine, client string
		want            int64
	}{
		{"fin-sql", "", 1},
		{"FIN-SQL", "db-04.meadow.example", 1}, // in order
		{"SQL", "DB-04.meadow.example", 2},
		{"SQL", "db-004.meadow.example", 0},
		{"a/nightly/b/full", "", 3},
		{"nightlyfull", "", 3},
		{"nightly full of it", "", 0},
		{"nightly fullfull", "", 3},
		{"größen", "", 4},
		{"größe", "", 0},
		{"x", "fin-1", 5},
		{"my FIN-SQL", "", 0}, // of the whole name
		{"", "", 0},
	} {
		if got := BranchOf(rules, tt.routine, tt.client); got != tt.want {
			t.Errorf("BranchOf(%q, %q) = %d, want %d", tt.routine, tt.client, got, tt.want)
		}
	}
	if got := BranchOf([]Placing{{Pattern: strings.Repeat("*a", 40), Branch: 1}}, strings.Repeat("a", 5000)+"b", ""); got != 0 {
		t.Error("a name that does not end so fits")
	}
}

func TestPlacing_Check(t *testing.T) {
	for _, tt := range []struct {
		rule Placing
		want string
	}{
		{Placing{Pattern: "FIN-*", Branch: 1}, ""},
		{Placing{Pattern: "?", Branch: 1}, ""},
		{Placing{Pattern: " ** ", Branch: 1}, "every routine"},
		{Placing{Branch: 1}, "every routine"},
		{Placing{Pattern: "FIN-*"}, "choose the branch"},
	} {
		err := tt.rule.Check()
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %q", tt.rule, err, tt.want)
		}
	}
}
