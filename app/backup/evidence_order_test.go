package backup

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// What is known in the end must not depend on the order in which exports happened to be imported. That holds for the outcome and
// for what the strongest statement says itself, whenever the statements can be ranked at all: ends as epochs, no two exports
// of one time. It cannot hold for wall times, which are equal within a day of each other, nor for gaps that only weaker
// statements fill, of which the strongest that was there first is taken.
func TestWeigh_doesNotDependOnTheOrderOfImports(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		statements := drawStatements(t)
		other := rapid.Permutation(statements).Draw(t, "other order")
		one, two := weighAll(statements), weighAll(other)
		if said(one) != said(two) {
			t.Errorf("%v leads to %s,\n%v to %s", words(statements), said(one), words(other), said(two))
		}
	})
}

// A final outcome stays final and the strongest evidence stays the strongest, after whatever is read.
func TestWeigh_neverForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var best Evidence
		var known Stated
		for i, s := range drawStatements(t) {
			if s.Outcome.Final() {
				best = max(best, s.Evidence)
			}
			if i == 0 {
				known = s
				continue
			}
			before := known
			known, _ = Weigh(known, s)
			if before.Outcome.Final() && !known.Outcome.Final() {
				t.Fatalf("%s returned to running by %s", said(before), said(s))
			}
			if known.Outcome.Final() && known.Evidence != best {
				t.Fatalf("%s is known, but evidence %d was seen", said(known), best)
			}
		}
	})
}

func drawStatements(t *rapid.T) []Stated {
	n := rapid.IntRange(2, 6).Draw(t, "statements")
	out := make([]Stated, n)
	for i := range out {
		o := rapid.SampledFrom([]Outcome{Running, Success, Partial, Failed, Cancelled}).Draw(t, "outcome")
		out[i] = stated(o, by(rapid.SampledFrom([]Evidence{Inventory, List, Report}).Draw(t, "evidence")),
			exported(float64(10+i)), says(rapid.SampledFrom([]string{"timeout", "disk full"}).Draw(t, "error")))
		if o.Final() {
			out[i].End = at(float64(rapid.IntRange(1, 4).Draw(t, "end")))
		}
	}
	return out
}

func weighAll(statements []Stated) Stated {
	known := statements[0]
	for _, s := range statements[1:] {
		known, _ = Weigh(known, s)
	}
	return known
}

func said(s Stated) string {
	end := "-"
	if s.Outcome.Final() {
		end = s.End.Format(time.TimeOnly)
	}
	return fmt.Sprintf("%s (%q, evidence %d, ended %s)", s.Outcome, s.Error, s.Evidence, end)
}

func words(statements []Stated) []string {
	out := make([]string, len(statements))
	for i, s := range statements {
		out[i] = said(s)
	}
	return out
}
