package ui

import (
	"slices"
	"time"
)

// periods are the quick choices of time ranges that end now.
var periods = []struct {
	name string
	back time.Duration
}{
	{"last 24 hours", 24 * time.Hour}, {"last 7 days", 7 * 24 * time.Hour}, {"last 30 days", 30 * 24 * time.Hour}, {"last 12 months", 365 * 24 * time.Hour},
}

// newPeriodChooser is a filter by one of the periods; the newest choice wins. Changed is told where it begins, zero for none.
func newPeriodChooser(name string, now func() time.Time, changed func(from time.Time)) *chooser {
	var c *chooser
	c = newChooser(name, func(chosen []string) {
		if len(chosen) > 1 {
			chosen = chosen[len(chosen)-1:]
			c.set(chosen)
		}
		changed(beginOf(chosen, now()))
	})
	for _, p := range periods {
		c.options = append(c.options, p.name)
	}
	return c
}

// sooner are the quick choices of how long after a failure.
var sooner = []struct {
	name   string
	within time.Duration
}{
	{"within 24 hours", 24 * time.Hour}, {"within 7 days", 7 * 24 * time.Hour}, {"within 30 days", 30 * 24 * time.Hour},
}

// newSoonChooser is a filter by how soon something began; the newest choice wins. Changed is told how long after, zero for any time.
func newSoonChooser(name string, changed func(time.Duration)) *chooser {
	var c *chooser
	c = newChooser(name, func(chosen []string) {
		if len(chosen) > 1 {
			chosen = chosen[len(chosen)-1:]
			c.set(chosen)
		}
		var within time.Duration
		for _, s := range sooner {
			if slices.Contains(chosen, s.name) {
				within = s.within
			}
		}
		changed(within)
	})
	for _, s := range sooner {
		c.options = append(c.options, s.name)
	}
	return c
}

func beginOf(chosen []string, now time.Time) time.Time {
	for _, p := range periods {
		if slices.Contains(chosen, p.name) {
			return now.Add(-p.back)
		}
	}
	return time.Time{}
}
