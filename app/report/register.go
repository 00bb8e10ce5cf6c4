package report

import (
	"cmp"
	"slices"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/say"
)

var incidentsSheet = sheet{name: say.N("Incidents"), list: func(m *maker) {
	r := m.list("Incidents", say.T("Every incident that was open at some time of the period: first those open at its end, by age, then those closed in it, by closing status and category. The first columns go on paper."), registerColumns())
	r.printed = 11 // the rest is for the screen
	cases := m.registered()
	for page := range slices.Chunk(cases, 500) {
		rows := m.fetch(page)
		for _, c := range page {
			row, ok := rows[c.ID]
			if !ok {
				m.note(say.Error("incident %d is not there any more", c.ID))
			}
			if m.err != nil {
				return
			}
			r.add(m.registerRow(*c, row), m.registerBlocks(c)...)
		}
		m.note(m.ctx.Err())
	}
	r.finish()
}}

func registerColumns() []desk.Column {
	return []desk.Column{
		{Title: "ID", Kind: desk.ID, Width: 9},
		textColumn(say.T("Title"), 26), textColumn(say.T("Client"), 20),
		{Title: say.T("Failure"), Kind: desk.Long, Width: 34},
		{Title: say.T("State"), Kind: desk.Word, Width: 12},
		{Title: say.T("Closing Status"), Kind: desk.Word},
		textColumn(say.T("Category"), 15),
		{Title: say.T("Opened"), Kind: desk.Clock},
		{Title: say.T("Closed"), Kind: desk.Clock},
		{Title: say.T("Open for"), Kind: desk.Span},
		textColumn(say.T("Assignee"), 13),
		{Title: say.T("First action after"), Kind: desk.Span},
		textColumn(say.T("Opened in the period"), 13), textColumn(say.T("Routine"), 34), textColumn(say.T("Tool"), 14), textColumn(say.T("Kind"), 13), textColumn(say.T("Cause"), 12), textColumn(say.T("Vital"), 7),
		{Title: say.T("Run began, or was due"), Kind: desk.Clock},
		textColumn(say.T("Session"), 40), textColumn(say.T("Code"), 9),
		textColumn(say.T("Waits for"), 18),
		{Title: say.T("Until"), Kind: desk.Clock},
		{Title: say.T("Merged into"), Kind: desk.ID},
		{Title: say.T("Merged incidents"), Kind: desk.Whole},
		textColumn(say.T("Company"), 16), textColumn(say.T("Branch"), 16),
		{Title: say.T("Description"), Kind: desk.Long},
		{Title: say.T("Solution"), Kind: desk.Long},
	}
}

// registered are the cases in the order of the register: whatever a figure counts stands together.
func (m *maker) registered() []*figure.Case {
	place := func(c *figure.Case) int {
		for i, x := range closings {
			if c.Closing == x.as && !m.open(c) {
				return i + 1
			}
		}
		return 0
	}
	return m.cases(anyCase, func(a, b *figure.Case) int {
		if m.open(a) && m.open(b) {
			return cmp.Compare(b.Opened, a.Opened) // the youngest first
		}
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Closed, b.Closed), cmp.Compare(a.ID, b.ID))
	})
}

func (m *maker) open(c *figure.Case) bool { return c.OpenAtEnd(m.Period) }

func (m *maker) registerBlocks(c *figure.Case) []string {
	if m.open(c) {
		return []string{say.T("open"), openFor(figure.Age(m.Period.To.Sub(c.Opened.Time())))}
	}
	word := closingWord(c.Closing)
	return []string{say.T("closed"), closedAs(word), say.T("closed as %s, %s", word, c.Category)}
}

func (m *maker) fetch(page []*figure.Case) map[int64]desk.RegisterRow {
	ids := make([]int64, len(page))
	for i, c := range page {
		ids[i] = c.ID
	}
	rows, err := m.Incidents(ids)
	m.note(err)
	found := make(map[int64]desk.RegisterRow, len(rows))
	for _, r := range rows {
		found[r.ID] = r
	}
	return found
}

// registerRow takes what figures count from the case, as it was counted, and the rest from the row as it is now.
func (m *maker) registerRow(c figure.Case, r desk.RegisterRow) []any {
	end := c.Closed.Time()
	if end.IsZero() {
		end = m.Period.To
	}
	var acted any
	if c.Acted != 0 {
		acted = max(c.Acted.Sub(c.Opened), 0)
	}
	inPeriod, vital := "", ""
	if m.Period.Has(c.Opened.Time()) {
		inPeriod = say.T("yes")
	}
	if r.Vital {
		vital = say.T("vital")
	}
	return []any{
		desk.Ref(c.ID), r.ShownTitle(), r.Client, r.ShownFailure(), stateWord(c.State), closingWord(c.Closing), desk.CategoryWord(c.Category), c.Opened.Time(), c.Closed.Time(), max(end.Sub(c.Opened.Time()), 0), r.Assignee,
		acted, inPeriod, r.Routine, r.Tool, say.W(r.Kind.String()), causeWord(c.Cause), vital, r.Failed, r.Session, r.Code,
		r.Team, r.Until, desk.Ref(c.Into), some(r.Merged), r.Company, r.Branch, r.Description, r.Solution,
	}
}

func stateWord(s incident.State) string {
	return map[incident.State]string{incident.New: say.T("New"), incident.InProgress: say.T("In Progress"), incident.OnHold: say.T("On Hold"), incident.Closed: say.T("Closed"), incident.Merged: say.T("Merged")}[s]
}

func closingWord(c incident.Closing) string {
	for _, x := range closings {
		if x.as == c {
			return say.W(x.word)
		}
	}
	return ""
}

func causeWord(c incident.Cause) string {
	if c == incident.CauseMissed {
		return say.T("did not start")
	}
	return say.W(c.String())
}

var movementSheet = sheet{name: say.N("Opened and closed"), list: func(m *maker) {
	r := m.list("Opened and closed", say.T("What was opened, by day, then what was closed, by day."), []desk.Column{
		{Title: say.T("Day"), Kind: desk.Date},
		textColumn(say.T("What"), 10),
		{Title: say.T("At"), Kind: desk.Clock},
		{Title: say.T("Incident"), Kind: desk.ID},
		{Title: say.T("Closing Status"), Kind: desk.Word},
		{Title: say.T("First action after"), Kind: desk.Span},
		{Title: say.T("Open for"), Kind: desk.Span},
		textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16), textColumn(say.T("Cause"), 14),
	})
	for _, t := range []struct {
		what string
		at   func(*figure.Case) figure.Instant
	}{{say.N("opened"), func(c *figure.Case) figure.Instant { return c.Opened }}, {say.N("closed"), func(c *figure.Case) figure.Instant { return c.Closed }}} {
		cases := m.cases(func(c *figure.Case) bool { return m.Period.Has(t.at(c).Time()) }, func(a, b *figure.Case) int { return cmp.Compare(t.at(a), t.at(b)) })
		for _, c := range cases {
			var acted, took any
			if t.what == "opened" && c.Acted != 0 {
				acted = max(c.Acted.Sub(c.Opened), 0)
			}
			closing := ""
			if t.what == "closed" {
				closing, took = closingWord(c.Closing), max(c.Closed.Sub(c.Opened), 0)
			}
			at := t.at(c).Time()
			day := m.dayOf(at)
			r.add([]any{at, say.W(t.what), at, desk.Ref(c.ID), closing, acted, took, c.Client, c.Policy, c.Tool, causeWord(c.Cause)}, say.W(t.what), map[string]string{"opened": openedOn(day), "closed": closedOn(day)}[t.what])
		}
	}
	r.finish()
}}
