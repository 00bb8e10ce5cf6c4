package ui

import (
	"time"

	"backstop/app/say"
)

// weekdayNames are the days of the week as the time package counts them; it knows their English names only.
var weekdayNames = [...]string{say.N("Sunday"), say.N("Monday"), say.N("Tuesday"), say.N("Wednesday"), say.N("Thursday"), say.N("Friday"), say.N("Saturday")}

func weekdayWord(d time.Weekday) string { return say.W(weekdayNames[d]) }

// dayWord is a date with the short name of its weekday: "Mon 2026-03-02".
func dayWord(t time.Time) string { return say.W(shortDays[t.Weekday()]) + " " + say.Day(t) }

// monthOf is the month of a date: "March 2026".
func monthOf(t time.Time) string { return say.T("%s %d", monthWord(t.Month()), t.Year()) }
