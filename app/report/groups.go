package report

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

// Lists whose order puts together what a figure counts.

var mergedSheet = sheet{name: say.N("Merged into others"), list: func(m *maker) {
	r := m.list("Merged into others", say.T("Incidents open at the end that are worked on together with the one they were merged into."), []desk.Column{
		{Title: say.T("Incident"), Kind: desk.ID},
		{Title: say.T("Merged into"), Kind: desk.ID},
		{Title: say.T("Opened"), Kind: desk.Clock},
		textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16), textColumn(say.T("Cause"), 14),
	})
	merged, _ := figure.Find(figure.OpenMerged)
	for _, c := range m.cases(func(c *figure.Case) bool { return merged.Incidents(*c, m.Period) }, func(a, b *figure.Case) int { return cmp.Or(cmp.Compare(a.Into, b.Into), cmp.Compare(a.ID, b.ID)) }) {
		r.add([]any{desk.Ref(c.ID), desk.Ref(c.Into), c.Opened.Time(), c.Client, c.Policy, c.Tool, causeWord(c.Cause)}, say.T("merged"))
	}
	r.finish()
}}

var firstActionsSheet = sheet{name: say.N("First actions"), list: func(m *maker) {
	r := m.list("First actions", say.T("Incidents opened in the period that somebody has acted on, the quickest first: the figure is the one in the middle."), []desk.Column{
		{Title: say.T("Incident"), Kind: desk.ID},
		{Title: say.T("Opened"), Kind: desk.Clock},
		{Title: say.T("First action"), Kind: desk.Clock},
		{Title: say.T("After"), Kind: desk.Span},
		textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16), textColumn(say.T("Cause"), 14),
	})
	acted, _ := figure.Find(figure.FirstAction)
	after := func(c *figure.Case) time.Duration { return max(c.Acted.Sub(c.Opened), 0) }
	for _, c := range m.cases(func(c *figure.Case) bool { return acted.Incidents(*c, m.Period) }, func(a, b *figure.Case) int { return cmp.Compare(after(a), after(b)) }) {
		r.add([]any{desk.Ref(c.ID), c.Opened.Time(), c.Acted.Time(), after(c), c.Client, c.Policy, c.Tool, causeWord(c.Cause)}, say.T("acted on"))
	}
	r.finish()
}}

var byCategorySheet = sheet{name: say.N("By category"), list: func(m *maker) {
	r := m.list("By category", say.T("Incidents open at the end by category, the proposed one while there is no other; then those closed in the period by category and closing status."), []desk.Column{
		textColumn(say.T("What"), 9), textColumn(say.T("Category"), 26),
		{Title: say.T("Closing Status"), Kind: desk.Word},
		{Title: say.T("Incident"), Kind: desk.ID},
		{Title: say.T("Opened"), Kind: desk.Clock},
		{Title: say.T("Closed"), Kind: desk.Clock},
		textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16),
	})
	for _, c := range m.cases(m.open, func(a, b *figure.Case) int { return cmp.Compare(a.InCategory(), b.InCategory()) }) {
		r.add([]any{say.T("open"), unnamed(desk.CategoryWord(c.InCategory())), "", desk.Ref(c.ID), c.Opened.Time(), time.Time{}, c.Client, c.Policy, c.Tool}, say.T("open"), openIn(c.InCategory()))
	}
	closed, _ := figure.Find(figure.Closed)
	for _, c := range m.cases(func(c *figure.Case) bool { return closed.Incidents(*c, m.Period) }, func(a, b *figure.Case) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Closing, b.Closing))
	}) {
		r.add([]any{say.T("closed"), unnamed(desk.CategoryWord(c.Category)), closingWord(c.Closing), desk.Ref(c.ID), c.Opened.Time(), c.Closed.Time(), c.Client, c.Policy, c.Tool},
			say.T("closed"), closedIn(c.Category), closedInAs(c.Category, closingWord(c.Closing)))
	}
	r.finish()
}}

// behindSheet has all that the lines of the sheet of what fails most count.
var behindSheet = sheet{name: say.N("Behind the top"), list: func(m *maker) {
	r := m.list("Behind the top", say.T("The runs and the incidents behind each line of what fails most: its runs without success, its other runs, its incidents opened in the period, and those closed in it as Missed (lost)."), []desk.Column{
		textColumn(say.T("Of"), 34), textColumn(say.T("What"), 16), textColumn(say.T("Result"), 20),
		{Title: say.T("Began, opened or closed"), Kind: desk.Clock},
		textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16),
		{Title: say.T("Execution"), Kind: desk.ID},
		{Title: say.T("Incident"), Kind: desk.ID},
	})
	for _, t := range m.tops() {
		for _, f := range t.rows {
			m.behind(r, t.name, f.Routine, t.by)
		}
	}
	r.finish()
}}

func (m *maker) behind(r *rows, name string, of figure.Routine, by func(figure.Routine) figure.Routine) {
	key := behindOf(name, of)
	mine := func(x *figure.Run) bool { return by(m.Figures.Facts.Routines[x.Routine]).Same(of) }
	for _, x := range m.runs(func(x *figure.Run) bool { return x.Over() && mine(x) }, func(a, b *figure.Run) int { return cmp.Compare(badLast(b), badLast(a)) }) {
		routine, what, blocks := m.Figures.Facts.Routines[x.Routine], say.T("run"), []string{say.T("%s runs", key)}
		if x.Bad() {
			what, blocks = say.T("without success"), append(blocks, say.T("%s bad", key))
		}
		r.add([]any{key, what, say.W(results[resultOf(*x)].name), time.UnixMilli(x.At), routine.Client, routine.Policy, routine.Tool, desk.Ref(x.Last), desk.Ref(m.incidentOf(x))}, blocks...)
	}
	for _, f := range []struct {
		key  figure.Key
		what string // in a row
		held string // the block of such
		at   func(*figure.Case) figure.Instant
	}{{figure.Opened, say.N("opened"), say.N("%s opened"), func(c *figure.Case) figure.Instant { return c.Opened }}, {figure.Lost, say.N("lost"), say.N("%s lost"), func(c *figure.Case) figure.Instant { return c.Closed }}} {
		d, _ := figure.Find(f.key)
		counts := func(c *figure.Case) bool {
			return d.Incidents(*c, m.Period) && by(*c.Routine).Same(of)
		}
		for _, c := range m.cases(counts, func(a, b *figure.Case) int { return cmp.Compare(f.at(a), f.at(b)) }) {
			r.add([]any{key, say.W(f.what), causeWord(c.Cause), f.at(c).Time(), c.Client, c.Policy, c.Tool, desk.Ref(c.Execution), desk.Ref(c.ID)}, fmt.Sprintf(say.W(f.held), key))
		}
	}
}

func badLast(r *figure.Run) int {
	if r.Bad() {
		return 1
	}
	return 0
}

// behindOf names a line of what fails most.
func behindOf(name string, of figure.Routine) string {
	return strings.TrimSpace(strings.ToLower(name) + " " + of.Policy + of.Client + " " + of.Tool)
}
