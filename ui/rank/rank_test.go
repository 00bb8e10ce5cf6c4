package rank_test

import (
	"slices"
	"testing"

	"backstop/ui/rank"
)

func TestOf_tellsHowWellATextFits(t *testing.T) {
	for _, c := range []struct {
		typed, text string
		want        rank.Fit
	}{
		{"", "Risks", rank.Begins},
		{"ri", "Risks", rank.Begins},
		{" RI ", "Risks", rank.Begins},
		{"hand over", "Hand over…", rank.Begins},
		{"ho", "Hand over…", rank.Words},
		{"haov", "Hand over…", rank.Words},
		{"hand ov", "Hand things over", rank.Words},
		{"over", "Hand over…", rank.Words},
		{"ssp", "Save settings page", rank.Words}, // a word takes what leaves the next one its share
		{"sap", "Save a page", rank.Words},
		{"ave", "Save a page", rank.Inside},
		{"svpg", "Save a page", rank.Scattered},
		{"pgsv", "Save a page", rank.None},
		{"risky", "Risks", rank.None},
		{"ção", "Retenção", rank.Inside},
		{"é", "Été", rank.Begins},
	} {
		if got := rank.Of(c.typed, c.text); got != c.want {
			t.Errorf("%q in %q: %d, want %d", c.typed, c.text, got, c.want)
		}
	}
}

func TestBest_orders(t *testing.T) {
	entries := []rank.Entry{{"Close", 0}, {"Copy the database", 0}, {"Risks", 2}, {"Reports", 5}, {"Routines", 2}, {"Report of this week", 5}, {"Mirror", 9}}
	for _, c := range []struct {
		typed string
		most  int
		want  []string
	}{
		{"", 3, []string{"Mirror", "Reports", "Report of this week"}}, // the most used, the others as they stand
		{"r", 9, []string{"Reports", "Report of this week", "Risks", "Routines", "Mirror"}},
		{"r", 2, []string{"Reports", "Report of this week"}},
		{"ror", 9, []string{"Mirror", "Reports", "Report of this week"}}, // what was typed goes before what was used
		{"zz", 9, nil},
	} {
		var got []string
		for _, i := range rank.Best(c.typed, entries, c.most) {
			got = append(got, entries[i].Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
	}
}
