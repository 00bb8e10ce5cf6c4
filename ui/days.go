package ui

import (
	"time"

	"backstop/app/say"
)

// The names of days and months: the time package knows the English ones only.
var (
	weekdayNames = [...]string{say.N("Sunday"), say.N("Monday"), say.N("Tuesday"), say.N("Wednesday"), say.N("Thursday"), say.N("Friday"), say.N("Saturday")}
	shortNames   = [...]string{say.N("Sun"), say.N("Mon"), say.N("Tue"), say.N("Wed"), say.N("Thu"), say.N("Fri"), say.N("Sat")}
	monthNames   = [...]string{
		say.N("January"), say.N("February"), say.N("March"), say.N("April"), say.N("May"), say.N("June"),
		say.N("July"), say.N("August"), say.N("September"), say.N("October"), say.N("November"), say.N("December"),
	}
)

func weekdayWord(d time.Weekday) string { return say.W(weekdayNames[d]) }

func monthWord(m time.Month) string { return say.W(monthNames[m-1]) }

// dayWord is a date with the short name of its weekday: "Mon 2026-03-02".
func dayWord(t time.Time) string { return say.W(shortNames[t.Weekday()]) + " " + say.Day(t) }

// monthOf is the month of a date: "March 2026".
func monthOf(t time.Time) string { return say.T("%s %d", monthWord(t.Month()), t.Year()) }
