package report

import (
	"backstop/app/figure"
	"backstop/app/say"
)

// What a block of a list holds, in the words that the tip of a link says. They are also what the block is found by, so that the list and
// what leads there take them from here.

func openIn(category string) string   { return say.T("open %s", category) }
func openFor(age int) string          { return say.T("open %s", say.W(figure.AgeNames[age])) }
func openedOn(day string) string      { return say.T("opened %s", day) }
func closedOn(day string) string      { return say.T("closed %s", day) }
func closedIn(category string) string { return say.T("closed %s", category) }
func closedAs(closing string) string  { return say.T("closed as %s", closing) }
func overOn(day string) string        { return say.T("over %s", day) }
func waitsTooLong(team string) string { return say.T("%s over", team) }

func closedInAs(category, closing string) string { return say.T("closed %s, %s", category, closing) }

// resultOn is a result and the day on which the runs with it began.
func resultOn(result int, day string) string { return say.W(results[result].name) + " " + day }
