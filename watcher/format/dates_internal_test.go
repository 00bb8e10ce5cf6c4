package format

import (
	"fmt"
	"slices"
	"testing"
)

func TestDatesIn_onlyWhatStandsBeforeATimeOfDay(t *testing.T) {
	for text, want := range map[string][]string{
		"8/23/2022 5:30:01 AM":                       {"8 23"},
		"from 1/2/26, 03:04 to 13-02-2026  10:05":    {"1 2", "13 2"},
		"2026-02-10 02:00:07 and 2026/2/10 02:00:07": nil,
		"/srv/12/24/2022 is full; v1/2/2022 5:30":    {"1 2"},
		"112/3/2022 5:30 1.2/3/2022 5:30":            nil,
		"12/24/2022 is no time of day":               nil,
		"1/":                                         nil,
	} {
		var got []string
		for first, second := range datesIn([]byte(text)) {
			got = append(got, fmt.Sprint(first, second))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q has %q, want %q", text, got, want)
		}
	}
}
