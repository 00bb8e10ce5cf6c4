package ui

import (
	"slices"
	"time"

	"backstop/app/say"
)

// stretch is a length of time by its name, which is marked for the catalogue.
type stretch struct {
	name string
	long time.Duration
}

// periods are the quick choices of time ranges that end now, thereafter those of ranges that begin with a failure.
var (
	periods    = []stretch{{say.N("last 24 hours"), 24 * time.Hour}, {say.N("last 7 days"), 7 * 24 * time.Hour}, {say.N("last 30 days"), 30 * 24 * time.Hour}, {say.N("last 12 months"), 365 * 24 * time.Hour}}
	thereafter = []stretch{{say.N("within 24 hours"), 24 * time.Hour}, {say.N("within 7 days"), 7 * 24 * time.Hour}, {say.N("within 30 days"), 30 * 24 * time.Hour}}
)

// newStretchChooser is a filter by one of several lengths of time; the newest choice wins. Changed is told it, zero for none.
func newStretchChooser(name string, stretches []stretch, changed func(time.Duration)) *chooser {
	var c *chooser
	c = newChooser(name, func(chosen []string) {
		if len(chosen) > 1 {
			chosen = chosen[len(chosen)-1:]
			c.set(chosen)
		}
		var long time.Duration
		for _, s := range stretches {
			if slices.Contains(chosen, say.W(s.name)) {
				long = s.long
			}
		}
		changed(long)
	})
	for _, s := range stretches {
		c.options = append(c.options, say.W(s.name))
	}
	return c
}

// stretchOf is a length of time among some in words; "" where it has no name.
func stretchOf(stretches []stretch, long time.Duration) string {
	for _, s := range stretches {
		if s.long == long {
			return say.W(s.name)
		}
	}
	return ""
}

// newPeriodChooser is a filter by one of the periods. Changed is told where it begins, zero for none.
func newPeriodChooser(name string, now func() time.Time, changed func(from time.Time)) *chooser {
	return newStretchChooser(name, periods, func(long time.Duration) {
		if long == 0 {
			changed(time.Time{})
			return
		}
		changed(now().Add(-long))
	})
}
