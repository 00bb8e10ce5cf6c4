package main

import (
	"regexp"
	"strconv"
	"time"
)

// The samples tell of a week in March 2026. Whoever tries them sees the week that ends today: figures, panel and risks look at the last days.

// samplesEnd is behind the last instant that the samples tell of.
var samplesEnd = time.Date(2026, 3, 23, 12, 0, 0, 0, time.UTC)

// samplesAge is by how many days the samples are moved, so that none of them lies in the future.
func samplesAge(now time.Time) int { return max(0, int(now.Sub(samplesEnd).Hours()/24)) }

// sampleDays are the forms in which the samples write a day. The year of one that has none is theirs.
var sampleDays = []string{"2006-01-02", "2006/01/02", "1/2/2006", "02-Jan-2006", "02-Jan", "Mon Jan _2 15:04:05 2006", "Mon, 02 Jan 2006"}

var sampleDay = regexp.MustCompile(`\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d|\d+/\d+/\d{4}|\d\d-[A-Z][a-z]{2}(-\d{4})?|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4}|\d+`)

// later moves all days of the samples' week by some days; times of day stay.
func later(text []byte, days int) []byte {
	return sampleDay.ReplaceAllFunc(text, func(found []byte) []byte {
		if n, err := strconv.ParseInt(string(found), 10, 64); err == nil {
			if t := time.Unix(n, 0).UTC(); ofSamples(t) {
				return strconv.AppendInt(nil, t.AddDate(0, 0, days).Unix(), 10)
			}
			return found
		}
		for _, form := range sampleDays {
			t, err := time.Parse(form, string(found))
			if err == nil && t.Year() == 0 {
				t = t.AddDate(samplesEnd.Year(), 0, 0)
			}
			if err == nil && ofSamples(t) {
				return []byte(t.AddDate(0, 0, days).Format(form))
			}
		}
		return found
	})
}

// ofSamples tells the days that the samples are about from those that they mention.
func ofSamples(t time.Time) bool {
	return t.Before(samplesEnd) && t.After(samplesEnd.AddDate(0, 0, -14))
}
