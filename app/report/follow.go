package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

// What has to be followed: holds, what was made good, what did not start, what is lost, whose copies are old.

var holdSheet = sheet{name: say.N("On hold"), list: func(m *maker) {
	r := m.list("On hold", say.T("Incidents open at the end that wait for an external team now, by team."), []desk.Column{
		textColumn(say.T("Team"), 18),
		{Title: say.T("Incident"), Kind: desk.ID},
		textColumn(say.T("Title"), 28),
		{Title: say.T("Since"), Kind: desk.Clock},
		{Title: say.T("Until"), Kind: desk.Clock},
		textColumn(say.T("Time is over"), 10),
		textColumn(say.T("Assignee"), 14), textColumn(say.T("Client"), 22), textColumn(say.T("Routine"), 22), textColumn(say.T("Tool"), 14),
	})
	cases := m.cases(func(c *figure.Case) bool { return c.Waits(m.Period) }, func(a, b *figure.Case) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Until, b.Until))
	})
	for page := range slices.Chunk(cases, 500) {
		rows := m.fetch(page)
		for _, c := range page {
			x, over, blocks := rows[c.ID], "", []string{c.Team}
			if c.Until.Time().Before(m.Period.To) {
				over, blocks = say.T("yes"), append(blocks, waitsTooLong(c.Team))
			}
			r.add([]any{c.Team, desk.Ref(c.ID), x.ShownTitle(), x.Held, c.Until.Time(), over, x.Assignee, c.Client, c.Policy, c.Tool}, blocks...)
		}
	}
	r.finish()
}}

var reprocessingSheet = sheet{name: say.N("Reprocessing"), list: func(m *maker) {
	r := m.list("Reprocessing", say.T("Incidents closed in the period as Reprocessed, each with the sessions that made it good."), []desk.Column{
		{Title: say.T("Incident"), Kind: desk.ID, Width: 9},
		textColumn(say.T("Client"), 25), textColumn(say.T("Routine"), 22),
		{Title: say.T("Failed run"), Kind: desk.Clock},
		{Title: say.T("Made good by execution"), Kind: desk.ID},
		textColumn(say.T("Session"), 14),
		{Title: say.T("Began"), Kind: desk.Clock},
		{Title: say.T("Ended"), Kind: desk.Clock},
		{Title: say.T("Delay"), Kind: desk.Span, Width: 9},
		{Title: say.T("Size"), Kind: desk.Size},
		{Title: say.T("Outcome"), Kind: desk.Word, Width: 11},
		{Title: say.T("Remark"), Kind: desk.Long, Width: 22},
	})
	for p, err := range m.Pairs() {
		if m.note(err); m.err != nil {
			return
		}
		e := p.Session
		r.add([]any{desk.Ref(p.Incident), p.Client, p.Routine, p.Failed, desk.Ref(e.ID), e.Session, e.Start, e.End, p.Delay(), desk.Bytes{Count: e.Bytes}, outcomeWord(e.Outcome), pairRemark(p)}, say.T("pairs"))
	}
	r.finish()
}}

// pairRemark says whose session it was, where it is another's, and what was noted.
func pairRemark(p desk.Pair) string {
	var parts []string
	if !strings.EqualFold(p.Client, p.Session.Client) {
		parts = append(parts, say.T("Session of %s.", p.Session.Client))
	}
	if !strings.EqualFold(p.Routine, p.Session.Routine) {
		parts = append(parts, say.T("Routine %s.", p.Session.Routine))
	}
	return strings.Join(append(parts, p.Note), " ")
}

var missedSheet = sheet{name: say.N("Missed runs"), list: func(m *maker) {
	r := m.list("Missed runs", say.T("Runs that did not start, by the time they were due, with their incidents."), []desk.Column{
		{Title: say.T("Due"), Kind: desk.Clock}, textColumn(say.T("Client"), 26), textColumn(say.T("Routine"), 28), textColumn(say.T("Tool"), 16), textColumn(say.T("Told by"), 18), {Title: say.T("Incident"), Kind: desk.ID}, {Title: say.T("State"), Kind: desk.Word}, {Title: say.T("Closing Status"), Kind: desk.Word},
	})
	missed := m.runs(func(r *figure.Run) bool { return r.End == backup.Missed }, func(a, b *figure.Run) int { return cmp.Compare(a.At, b.At) })
	for _, x := range missed {
		of, told := m.Figures.Facts.Routines[x.Routine], say.T("the tool")
		if x.ID == 0 {
			told = say.T("what was expected")
		}
		c := m.caseOf(m.incidentOf(x))
		r.add([]any{time.UnixMilli(x.At), of.Client, of.Policy, of.Tool, told, desk.Ref(c.ID), stateWord(c.State), closingWord(c.Closing)}, say.T("missed"))
	}
	r.finish()
}}

var lostSheet = sheet{name: say.N("Lost windows"), list: func(m *maker) {
	r := m.list("Lost windows", say.T("Incidents closed in the period as Missed (lost): what was written between the two copies cannot be restored."), []desk.Column{
		textColumn(say.T("Client"), 24), textColumn(say.T("Routine"), 24), textColumn(say.T("Tool"), 14),
		{Title: say.T("Incident"), Kind: desk.ID},
		{Title: say.T("Failed run"), Kind: desk.Clock},
		{Title: say.T("Last good copy before"), Kind: desk.Clock},
		{Title: say.T("First good copy after"), Kind: desk.Clock},
		{Title: say.T("Window"), Kind: desk.Span},
		textColumn(say.T("Remark"), 34),
	})
	for l, err := range m.Losses() {
		if m.note(err); m.err != nil {
			return
		}
		r.add(lossRow(l, m.Period.To), say.T("lost"))
	}
	r.finish()
}}

// lossRow says what is not known instead of guessing.
func lossRow(l desk.Loss, end time.Time) []any {
	var window any
	remark := ""
	switch {
	case l.Before.IsZero():
		remark = say.T("No good copy before it is known.")
	case l.After.IsZero():
		window, remark = end.Sub(l.Before), say.T("No good copy since: counted to the end of the period.")
	default:
		window = l.After.Sub(l.Before)
	}
	return []any{l.Client, l.Routine, l.Tool, desk.Ref(l.Incident), l.Failed, l.Before, l.After, window, remark}
}

var copiesSheet = sheet{name: say.N("Last good copies"), list: func(m *maker) {
	r := m.list("Last good copies", say.T("How old the last good copy of each client was at the end of the period. A success says that a job finished, not that its data can be restored: only a restore proves that."), []desk.Column{
		textColumn(say.T("Client"), 34), {Title: say.T("Days"), Kind: desk.Decimal}, {Title: say.T("Last good copy"), Kind: desk.Clock}, {Title: say.T("Execution"), Kind: desk.ID}, {Title: say.T("Known since"), Kind: desk.Clock}, textColumn(say.T("Remark"), 68),
	})
	copies := slices.Clone(m.Figures.Facts.Copies)
	slices.SortStableFunc(copies, func(a, b figure.Copy) int { return cmp.Compare(b.Age(m.Period.To), a.Age(m.Period.To)) })
	for _, c := range copies {
		remark := ""
		if c.At.IsZero() {
			remark = say.T("No good copy is known; counted from when the client was first heard of.")
		}
		var blocks []string
		for _, k := range []struct {
			key  figure.Key
			held string
		}{{figure.NoCopy1, say.T("over 1 day")}, {figure.NoCopy3, say.T("over 3 days")}, {figure.NoCopy7, say.T("over 7 days")}} {
			if d, _ := figure.Find(k.key); d.Copies(c, m.Period) {
				blocks = append(blocks, k.held)
			}
		}
		r.add([]any{unnamed(c.Client), max(c.Age(m.Period.To).Hours()/24, 0), c.At, desk.Ref(c.Execution), c.Since, remark}, blocks...)
	}
	r.finish()
}}
