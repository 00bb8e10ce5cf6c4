package panel

import (
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
)

// Case is the incident that a run has.
type Case struct {
	ID      int64
	State   incident.State
	Closing incident.Closing // of a merged one: what it inherited
}

// Run is an execution as far as the panel looks at it; a missed one that no export tells has no execution but an incident.
type Run struct {
	ID        int64 // 0 for one without an execution
	At        time.Time
	Outcome   backup.Outcome
	Bytes     backup.Count
	Expires   time.Time
	Retry     bool // repeats the run before
	WillRetry bool
	Explained bool // a coordinator whose failure is that of a child in hand
	Case      *Case
}

// Cell is a routine's day.
type Cell struct {
	Result Result
	Runs   int          // tries of one run count once
	Bytes  backup.Count // of all runs whose size is known
	Cases  []int64      // the incidents of its runs
}

// Cells are a routine's days from first to last. Runs come in the order of their times; those outside of the days are passed over.
func Cells(runs []Run, c Calendar, first, last Day, now time.Time) []Cell {
	cells := make([]Cell, last-first+1)
	for len(runs) > 0 {
		n := tries(runs)
		if at := c.Of(runs[0].At); at >= first && at <= last {
			cells[at-first].add(runs[:n], now)
		}
		runs = runs[n:]
	}
	return cells
}

// tries is how many of the first belong together: a run and its repetitions.
func tries(runs []Run) int {
	n := 1
	for n < len(runs) && runs[n].Retry {
		n++
	}
	return n
}

// add takes a run with all its tries into the day on which it began.
func (c *Cell) add(tries []Run, now time.Time) {
	c.Runs++
	c.Result = worse(c.Result, outcome(tries, now))
	for _, t := range tries {
		if t.Case != nil {
			c.Cases = append(c.Cases, t.Case.ID)
		}
		if n, ok := t.Bytes.Value(); ok {
			sum, _ := c.Bytes.Value()
			c.Bytes = backup.N(sum + n)
		}
	}
}

// worse is the worse of two; any is worse than none.
func worse(a, b Result) Result {
	if a == Empty || b != Empty && b < a {
		return b
	}
	return a
}

// outcome is what a run came to: what became of its incident, else how its last try ended.
func outcome(tries []Run, now time.Time) Result {
	for _, t := range tries {
		if t.Case != nil {
			return t.Case.result()
		}
	}
	last := tries[len(tries)-1]
	switch {
	case last.Outcome == backup.Running, last.WillRetry && last.Outcome != backup.Success:
		return Running
	case last.Outcome == backup.Partial:
		return Partial
	case last.Outcome != backup.Success && last.Explained:
		return Empty
	case last.Outcome != backup.Success:
		return Lost
	case !last.Expires.IsZero() && !last.Expires.After(now):
		return Expired
	}
	return Success
}

func (c *Case) result() Result {
	switch c.Closing {
	case incident.ClosedMissed:
		return Lost
	case incident.Reprocessed:
		return Reprocessed
	case incident.ClosedSuccess:
		return Success
	case incident.NotClosed:
	}
	return Open
}
