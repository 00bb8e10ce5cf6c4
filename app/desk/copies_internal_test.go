package desk

import (
	"slices"
	"testing"
	"time"
)

func copied(why CopyReason, days ...string) (list []Copy) {
	for _, d := range days {
		made, err := time.Parse("2006-01-02", d)
		if err != nil {
			panic(err)
		}
		list = append(list, Copy{Path: d, Made: made.Add(9 * time.Hour), Why: why})
	}
	return list
}

func TestSurplus(t *testing.T) {
	week := []string{"2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09"}
	tests := []struct {
		name string
		list []Copy
		want []string
	}{
		{"nothing", nil, nil},
		{"a week", copied(DailyCopy, week...), nil},
		{"the eighth goes, unless it is the month's oldest", copied(DailyCopy, append([]string{"2026-03-01", "2026-03-02"}, week...)...), []string{"2026-03-02"}},
		{"each month keeps its oldest", copied(DailyCopy, append([]string{"2026-01-10", "2026-01-11", "2026-02-01", "2026-02-28"}, week...)...), []string{"2026-02-28", "2026-01-11"}},
		{"what was asked for stays", append(copied(ByRequest, "2025-01-01", "2025-01-02"), copied(DailyCopy, week...)...), nil},
		{"those before versions have no months", copied(BeforeVersion, append([]string{"2026-02-01", "2026-02-02"}, week...)...), []string{"2026-02-02", "2026-02-01"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range surplus(tt.list) {
				got = append(got, c.Path)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("dropped %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCopyDue(t *testing.T) {
	now := time.Date(2026, 3, 9, 0, 30, 0, 0, time.UTC)
	tests := []struct {
		name string
		list []Copy
		want bool
	}{
		{"none", nil, true},
		{"of today", copied(DailyCopy, "2026-03-09"), false},
		{"of yesterday, some minutes ago", []Copy{{Made: now.Add(-time.Hour), Why: DailyCopy}}, true},
		{"of another kind", copied(ByRequest, "2026-03-09"), true},
		{"of days to come, when the clock was wrong", copied(DailyCopy, "2027-01-01"), true},
	}
	for _, tt := range tests {
		if got := copyDue(tt.list, now); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
