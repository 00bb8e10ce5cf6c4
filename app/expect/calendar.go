package expect

import (
	"slices"
	"time"

	"backstop/app/say"
)

// Calendar says when nothing is expected.
type Calendar struct {
	Name      string     `json:"name"`
	Everybody bool       `json:"everybody,omitempty"` // it holds for all routines, not only for those that name it
	Holidays  []string   `json:"holidays,omitempty"`  // dates such as 2026-12-25, in the zone of what is due
	Blackouts []Blackout `json:"blackouts,omitempty"`
}

// Blackout is a stretch of time in which nothing is expected.
type Blackout struct {
	From   time.Time `json:"from"` // inclusive
	To     time.Time `json:"to"`   // exclusive
	Reason string    `json:"reason"`
}

// Check refuses a calendar that cannot be kept to.
func (c Calendar) Check() error {
	if c.Name == "" {
		return say.Error("a calendar needs a name")
	}
	for _, h := range c.Holidays {
		if _, err := time.Parse(time.DateOnly, h); err != nil {
			return say.Error("%q is no date; write 2026-12-25", h)
		}
	}
	for _, b := range c.Blackouts {
		if !b.From.Before(b.To) {
			return say.Error("a blackout must end after it begins")
		}
	}
	return nil
}

// excepted tells whether a calendar takes a due time out.
func (s Schedule) excepted(due time.Time) bool {
	date := due.In(s.zone).Format(time.DateOnly)
	return slices.ContainsFunc(s.except, func(c Calendar) bool {
		return slices.Contains(c.Holidays, date) || slices.ContainsFunc(c.Blackouts, func(b Blackout) bool {
			return !due.Before(b.From) && due.Before(b.To)
		})
	})
}
