//go:build !headless

package main

import (
	"slices"
	"strings"
	"testing"

	"backstop/app/desk"
)

// branches are those that the executions belong to, each with its routine.
func (o *office) branches() string {
	o.t.Helper()
	var said []string
	for e, err := range o.desk.Executions(o.t.Context(), ines, desk.ExecutionQuery{}) {
		if err != nil {
			o.t.Fatal(err)
		}
		said = append(said, strings.TrimSpace(e.Routine+" "+e.Branch))
	}
	slices.Sort(said)
	return strings.Join(slices.Compact(said), ", ")
}

// A rule puts routines in a branch: those that come, and on request those that are known, which can be taken back.
func TestPlacings_aRuleMovesWhatIsKnown(t *testing.T) {
	o := newOffice(t)
	o.tap("Users")
	o.tap("Branches")
	o.tap("Add…")
	o.fill("Meadow", "Finance")
	o.tap("Add")
	o.tap("Rules")
	o.shows("No rules yet", "Every routine belongs where its source does")
	o.tap("Add…")
	o.fill("*")
	o.choose("Meadow / Finance")
	o.tap("Add")
	o.shows("Say more of the name than that")
	o.fill("homes-*")
	o.tap("Add")
	o.shows("homes-*", "Meadow / Finance", "Elsewhere than the rules say: 1 known routine.")
	o.tap("Move known…")
	o.shows("no branch → Meadow / Finance: 1 routine, 2 executions, 1 incident.")
	o.tap("Move")
	o.shows("Moved.")
	if got := o.branches(); got != "HOMES-DIFF Finance, LEDGER-FULL" {
		t.Errorf("moved: %s", got)
	}
	o.tap("Undo")
	if got := o.branches(); got != "HOMES-DIFF, LEDGER-FULL" {
		t.Errorf("taken back: %s", got)
	}
	o.imports(job("700201", "58", "HOMES-FULL", "homes-02.meadow.example", "1772323200", "1772323800"))
	if got := o.branches(); got != "HOMES-DIFF, HOMES-FULL Finance, LEDGER-FULL" {
		t.Errorf("imported since: %s", got)
	}
}
