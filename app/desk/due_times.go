package desk

import (
	"time"

	"backstop/app/expect"
)

// DueTimes are the due times of an expectation around an instant.
type DueTimes struct {
	Next []time.Time // the soonest first
	Last []time.Time // the newest first
}

// dueTimes is how many of either are told.
const dueTimes = 5

// DueTimes tells the next and the last due times of an expectation. What is wrong with it is said in the error.
func (d *Desk) DueTimes(actor Actor, x expect.Expectation) (DueTimes, error) {
	s, err := x.Schedule()
	if err != nil {
		return DueTimes{}, err
	}
	now := d.judged(actor)
	return DueTimes{Next: s.NextN(now, dueTimes), Last: s.PrevN(now, dueTimes)}, nil
}
