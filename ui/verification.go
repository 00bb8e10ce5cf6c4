package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// pairPage shows which session makes good which incident, those without one first. Closing is possible when none is left.
type pairPage struct {
	wizard  *closeWizard
	rows    *list[pairRow]
	numbers map[incident.Pair]int64 // of the rows, so that a selection holds while they move
	grid    *grid.Grid[pairRow]
	said    *widget.Label
	object  fyne.CanvasObject
}

// pairRow is an incident with one of its sessions, or without any.
type pairRow struct {
	in      incident.Incident
	pair    incident.Pair
	session desk.ExecutionRow
	out     bool
}

func (r pairRow) linked() bool { return r.pair.Session != 0 }

// word says how far the incident is made good; tone is its colour.
func (r pairRow) word() string {
	switch {
	case r.linked():
		return outcomeWord(r.session.Outcome)
	case r.out:
		return say.T("stays open")
	case r.in.Cause == incident.CauseSilent:
		return ""
	}
	return say.T("nothing yet")
}

func (r pairRow) tone() look.Tone {
	switch {
	case r.linked():
		return outcomeTone(r.session.Outcome)
	case r.out:
		return look.New
	case r.in.Cause == incident.CauseSilent:
		return look.Plain
	}
	return look.DidNotStart
}

func newPairPage(c *closeWizard) *pairPage {
	p := &pairPage{wizard: c, numbers: map[incident.Pair]int64{}, said: widget.NewLabel("")}
	p.rows = &list[pairRow]{id: p.number}
	p.grid = grid.New[pairRow](p.rows, p.columns()...)
	p.grid.Escapes = true
	p.grid.OnLink = func(_ string, row int64) {
		if r, ok := p.rows.find(row); ok {
			c.ui.openIncident(int64(r.in.ID), "")
		}
	}
	undo := newButton(say.T("Undo pair (X)"), nil, p.undo)
	out := newButton(say.T("Take out (T)"), nil, p.takeOut)
	p.object = container.NewBorder(container.NewBorder(nil, nil, nil, container.NewHBox(undo, out), p.said), nil, nil, nil, p.grid)
	return p
}

func (p *pairPage) step() step {
	return step{
		title: say.T("Verification"), body: p.object, needed: p.wizard.reprocessed, come: p.show, ready: p.wizard.pairing.ready,
		first:   func() fyne.Focusable { return p.grid },
		letters: map[rune]func(){'x': p.undo, 't': p.takeOut},
	}
}

// number knows a row by its incident and session.
func (p *pairPage) number(r pairRow) int64 {
	key := incident.Pair{Incident: r.in.ID, Session: r.pair.Session}
	if _, known := p.numbers[key]; !known {
		p.numbers[key] = int64(len(p.numbers) + 1)
	}
	return p.numbers[key]
}

func (p *pairPage) columns() []grid.Column[pairRow] {
	u := p.wizard.ui
	session := func(text func(desk.ExecutionRow) string) func(pairRow) string {
		return func(r pairRow) string {
			if !r.linked() {
				return ""
			}
			return text(r.session)
		}
	}
	return []grid.Column[pairRow]{
		{Key: "id", Title: "ID", Width: 60, Right: true, Link: true, Text: func(r pairRow) string { return idText(int64(r.in.ID)) }},
		{Key: "title", Title: say.T("Title"), Width: 176, Text: func(r pairRow) string { return r.in.ShownTitle() }},
		{Key: "client", Title: say.T("Client"), Width: 120, Text: func(r pairRow) string { return r.in.Client }},
		{Key: "failed", Title: say.T("Started"), Width: 124, Text: func(r pairRow) string { return u.clockText(r.in.Failed) }},
		{Key: "outcome", Title: say.T("Made good by"), Width: 128, Text: pairRow.word, Tone: pairRow.tone},
		{Key: "start", Title: say.T("Session started"), Width: 124, Text: session(func(s desk.ExecutionRow) string { return u.clockText(s.At()) })},
		{Key: "note", Title: say.T("To look at"), Width: 200, Text: p.noteText},
		{Key: "routine", Title: say.T("Routine and client"), Width: 200, Text: session(func(s desk.ExecutionRow) string { return s.Routine + ", " + s.Client })},
	}
}

// noteText is what a person should look at: why there is no session, or what is odd about it.
func (p *pairPage) noteText(r pairRow) string {
	switch why := p.wizard.pairing.why[r.in.ID]; {
	case r.out:
		return say.T("taken out: stays open")
	case r.linked() && r.pair.Note != "":
		return r.pair.Note
	case r.linked():
		return strings.Join(incident.Check(r.in, r.session.AsSession()).Warnings, "; ")
	case r.in.Cause == incident.CauseSilent:
		return say.T("needs none: a silent source")
	case why != "":
		return say.T("no session yet: %s", why)
	}
	return say.T("no session yet")
}

// show lists the pairs as they stand.
func (p *pairPage) show() {
	pairing := p.wizard.pairing
	left := pairing.unlinked()
	var first, linked, last []pairRow
	for _, in := range pairing.members {
		switch own := pairing.sessionsOf(in.ID); {
		case slices.Contains(left, in.ID):
			first = append(first, pairRow{in: in})
		case len(own) == 0:
			last = append(last, pairRow{in: in, out: slices.Contains(pairing.out, in.ID)})
		default:
			for _, pair := range own {
				linked = append(linked, pairRow{in: in, pair: pair, session: pairing.sessions[pair.Session]})
			}
		}
	}
	p.rows.rows = slices.Concat(first, linked, last)
	p.said.SetText(p.saidText(len(left)))
	p.grid.Reload()
	p.wizard.hint.Hide()
	p.wizard.refresh()
}

func (p *pairPage) saidText(left int) string {
	pairing := p.wizard.pairing
	sessions := map[incident.ExecutionID]bool{}
	for _, pair := range pairing.pairs {
		sessions[pair.Session] = true
	}
	text := say.T("%s, %s.", say.Many(len(pairing.members), "1 incident", "%s incidents"), say.Many(len(sessions), "1 session", "%s sessions"))
	if left > 0 {
		text += say.T(" %s without one: go Back and choose, or take out what nothing made good.", countText(left))
	}
	return text
}

// chosen are the selected rows, else the one that the keys act on.
func (p *pairPage) chosen() []pairRow {
	ids := p.grid.Selected()
	if id, ok := p.grid.Current(); ok && len(ids) == 0 {
		ids = []int64{id}
	}
	var rows []pairRow
	for _, id := range ids {
		if r, ok := p.rows.find(id); ok {
			rows = append(rows, r)
		}
	}
	return rows
}

// undo parts pairs; the incidents return to those that need a session.
func (p *pairPage) undo() {
	for _, r := range p.chosen() {
		p.wizard.pairing.undo(r.in.ID, r.pair.Session)
	}
	p.grid.Clear()
	p.show()
}

// takeOut leaves incidents open that nothing made good, or takes that back.
func (p *pairPage) takeOut() {
	var refused error
	for _, r := range p.chosen() {
		if err := p.wizard.pairing.takeOut(r.in.ID); err != nil {
			refused = err
		}
	}
	p.grid.Clear()
	p.show()
	if refused != nil {
		p.wizard.say(refused)
	}
}
