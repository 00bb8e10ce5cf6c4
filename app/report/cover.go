package report

import (
	"fmt"
	"strings"

	"backstop/app/desk"
	"backstop/app/say"
)

var coverSheet = sheet{name: say.N("Cover"), fixed: true, page: func(m *maker) {
	title := m.Title
	if title == "" {
		title = say.T("Backup incidents")
	}
	p := m.newPage("Cover", title, true, 26, 78)
	zone := m.Period.Zone
	scope := m.Scoped
	if scope == "" {
		scope = say.T("Everything")
	}
	head := m.Head
	if head == "" {
		head = say.T("none: the timeline is empty")
	}
	left, pruned := say.T("Nothing"), m.Pruned
	if len(m.Without) > 0 {
		left = say.T("%s. Figures whose rows are there lead nowhere.", strings.Join(inWords(m.Without), ", "))
	}
	if pruned == "" {
		pruned = say.T("Nothing has been pruned.")
	}
	for _, line := range [][2]any{
		{say.T("Period"), m.span()},
		{say.T("Compared with"), m.Figures.Prior.Words()},
		{say.T("Scope"), scope},
		{say.T("Time zone"), say.T("%s (%s when this was made)", zone.String(), m.Made.In(zone).Format("-07:00"))},
		{say.T("Made at"), say.Second(m.Made.In(zone))},
		{say.T("Made by"), m.By},
		{say.T("Newest timeline entry"), fmt.Sprintf("%d", m.Entries)},
		{say.T("Its hash (the head)"), head},
		{say.T("Pruned"), pruned},
		{say.T("Left out of this file"), left},
	} {
		p.grow(line[:])
		p.put(1, p.row, line[0], look{bold: true, line: true})
		p.put(2, p.row, line[1], look{wrap: true, line: true})
		p.row++
	}
	p.row++
	keep := say.T("Keep the head somewhere else: `backstop verify --head HASH` then proves that no entry up to it was changed or cut off.")
	p.grow([]any{"", keep})
	p.put(2, p.row, keep, look{ink: muted, wrap: true})
	p.row += 2
	p.heading(say.T("Sheets"))
	for _, s := range sheets {
		if m.has[s.name] && s.name != "Cover" {
			name, holds := m.tabs[s.name], say.W(contents[s.name])
			p.grow([]any{name, holds})
			p.put(1, p.row, name, look{link: true})
			p.link(p.sheet, cell(1, p.row), name, "A1", name)
			p.put(2, p.row, holds, look{wrap: true})
			p.row++
		}
	}
}}

// contents say what each sheet holds.
var contents = map[string]string{
	"Management":            say.N("The figures of the period against those of the one before, with charts."),
	"Daily":                 say.N("Day by day: how runs ended, incidents opened, closed and open."),
	"Routine x day":         say.N("The result of each routine on each day, in colour."),
	"Top failing":           say.N("The routines and the clients with most runs without success."),
	"Categories and age":    say.N("Closed incidents by category and closing status; open ones by age."),
	"On hold":               say.N("Incidents that wait for an external team, by team."),
	"Reprocessing":          say.N("Incidents with the sessions that made them good."),
	"Missed runs":           say.N("Runs that did not start."),
	"Lost windows":          say.N("Lost backup positions: from the last good copy before to the first after."),
	"Last good copies":      say.N("How old the last good copy of each client is."),
	"Incidents":             say.N("The register: every incident that was open at some time of the period."),
	"Opened and closed":     say.N("What was opened and what was closed, by day."),
	"Runs":                  say.N("Every run of the period, by result and day."),
	"Failures by routine":   say.N("Runs without success, by routine."),
	"Failures by client":    say.N("Runs without success, by client."),
	"Risks":                 say.N("Sizes and times that drift, what is gone, what recurs; and what became of each."),
	"Suppressions in force": say.N("Settings that keep incidents from opening or risks from being found, with who set them and why."),
	"Hand-over":             say.N("What the next shift needs: open by owner, holds that end soon, new and closed."),
	"Merged into others":    say.N("Open incidents that are worked on with another."),
	"First actions":         say.N("How soon somebody acted on what was opened."),
	"By category":           say.N("Open and closed incidents by category."),
	"Runs by routine":       say.N("Every run of the period, by routine and day."),
	"Behind the top":        say.N("The runs and incidents behind each line of what fails most."),
	"Timeline":              say.N("Who did what, when."),
	"Definitions":           say.N("What each figure means."),
}

// inWords are words that stand somewhere else, in the chosen language.
func inWords(all []string) []string {
	said := make([]string, len(all))
	for i, w := range all {
		said[i] = say.W(w)
	}
	return said
}

// textColumn is a column of text, so wide.
func textColumn(title string, width float64) desk.Column {
	return desk.Column{Title: title, Width: width}
}
