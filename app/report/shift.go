package report

import (
	"strings"

	"backstop/app/desk"
	"backstop/app/say"
)

var handOverSheet = sheet{name: say.N("Hand-over"), list: func(m *maker) {
	h, err := m.HandOver()
	if m.note(err); err != nil {
		return
	}
	last := say.T("The shift was never taken over so far.")
	if h.Last.By != "" {
		last = say.T("Last taken over by %s, %s.", h.Last.By, m.clock(h.Last.At))
	}
	r := m.list("Hand-over", say.T("What the next shift needs, as it stood at %s; new and closed are those since %s. %s At most %d are listed of each.", m.clock(h.At), m.clock(h.Since), last, desk.HandOverMost), []desk.Column{
		textColumn(say.T("Part"), 12), textColumn(say.T("Owner"), 12),
		{Title: say.T("Incident"), Kind: desk.ID, Width: 9},
		textColumn(say.T("Title"), 24), textColumn(say.T("Client"), 18),
		{Title: say.T("State"), Kind: desk.Word, Width: 12},
		{Title: say.T("Closing Status"), Kind: desk.Word},
		textColumn(say.T("Waits for"), 14),
		{Title: say.T("Next date"), Kind: desk.Clock},
		{Title: say.T("Last note"), Kind: desk.Long, Width: 28},
		{Title: say.T("What was tried"), Kind: desk.Long, Width: 34},
	})
	for _, part := range []struct {
		name  string
		items []desk.HandOverItem
	}{{say.T("hold ends in 12 h"), h.Ending}, {say.T("open"), h.Open}, {say.T("new"), h.New}, {say.T("closed"), h.Closed}} {
		for _, x := range part.items {
			r.add([]any{part.name, owner(x.Assignee), desk.Ref(x.ID), x.ShownTitle(), x.Client, stateWord(x.State), closingWord(x.Closing), x.Team, x.Until, m.said(x.Note), m.tried(x)}, part.name)
		}
	}
	r.finish()
}}

func owner(name string) string {
	if name == "" {
		return say.T("nobody")
	}
	return name
}

// said is a step with who took it and when; nothing for none.
func (m *maker) said(s desk.Said) string {
	if s.At.IsZero() {
		return ""
	}
	words := m.clock(s.At) + " " + s.By + " " + say.W(s.Step)
	if s.Text != "" {
		words += ": " + s.Text
	}
	return words
}

func (m *maker) tried(x desk.HandOverItem) string {
	steps := make([]string, len(x.Tried))
	for i, s := range x.Tried {
		steps[i] = m.said(s)
	}
	return strings.Join(steps, "\n")
}
