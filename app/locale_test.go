package main

import (
	"testing"

	"backstop/app/backup"
)

func TestOrderIn_goesByTheRegion(t *testing.T) {
	for name, want := range map[string]backup.DateOrder{
		"en-US": backup.MonthFirst, "en_US.UTF-8": backup.MonthFirst, "es-PR": backup.MonthFirst,
		"en-GB": backup.DayFirst, "pt_PT.UTF-8": backup.DayFirst, "sr-Latn-RS": backup.DayFirst, "C": backup.DayFirst, "": backup.DayFirst, "en": backup.DayFirst,
	} {
		if got := orderIn(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}
