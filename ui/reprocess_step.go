package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// sessionPage chooses the sessions that made incidents good: one for all of them, or one after the other for some.
type sessionPage struct {
	wizard *closeWizard

	said    *widget.Label
	members *list[incident.Incident]
	table   *grid.Grid[incident.Incident]

	search *field
	began  *chooser // how soon after the failure
	within time.Duration
	found  *list[desk.Candidate]
	grid   *grid.Grid[desk.Candidate]
	note   *field // why a partial session is enough
	asks   *fyne.Container
	object fyne.CanvasObject

	typed  int
	epoch  int
	asking bool
	cancel context.CancelFunc // of the question under way
}

func newSessionPage(c *closeWizard) *sessionPage {
	p := &sessionPage{wizard: c, said: widget.NewLabel(""), cancel: func() {}}
	p.members = &list[incident.Incident]{rows: c.pairing.members, id: func(in incident.Incident) int64 { return int64(in.ID) }}
	p.table = grid.New[incident.Incident](p.members, p.memberColumns()...)
	p.table.Escapes = true
	p.table.OnSelected = func([]int64) { p.ask() }
	p.table.OnLink = func(_ string, id int64) { c.ui.openIncident(id, "") }
	p.found = &list[desk.Candidate]{id: func(s desk.Candidate) int64 { return s.ID }}
	p.grid = grid.New[desk.Candidate](p.found, p.candidateColumns()...)
	p.grid.Single = true
	p.grid.OnSelected = func([]int64) { p.turn() }
	p.search = c.in(newField("", say.T("routine, client, tool or session")))
	p.search.OnChanged = p.typing
	p.began = newStretchChooser(say.T("Started"), thereafter, func(d time.Duration) { p.within = d; p.ask() })
	p.note = c.in(newField("", say.T("why a partial session is enough")))
	p.asks = container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Note")), p.note)
	p.asks.Hide()
	p.object = p.build()
	return p
}

func (p *sessionPage) step() step {
	return step{
		title: say.T("Sessions"), body: p.object, needed: p.wizard.reprocessed, come: p.come, ready: p.ready,
		first:   func() fyne.Focusable { return p.grid },
		letters: map[rune]func(){'a': p.add, 's': p.suggest},
	}
}

func (p *sessionPage) build() fyne.CanvasObject {
	suggest := newButton(say.T("Suggest for all (S)"), nil, p.suggest)
	right := container.NewHBox(p.began.button)
	head := container.NewBorder(nil, nil, widget.NewLabel(say.T("Session that made it good")), right, p.search)
	if p.members.Len() == 1 {
		p.grid.SetEmpty(noRows(say.T("No session found."), say.T("Search for one, or go back and close as Missed (lost).")))
		return container.NewBorder(container.NewVBox(p.said, head), p.asks, nil, nil, p.grid)
	}
	p.grid.SetEmpty(noRows(say.T("No session found."), say.T("Search for one. What nothing made good can be taken out in the next step.")))
	right.Add(newButton(say.T("Add Reprocessing (A)"), nil, p.add))
	above := container.NewBorder(container.NewBorder(nil, nil, nil, suggest, p.said), nil, nil, nil, p.table)
	below := container.NewBorder(head, p.asks, nil, nil, p.grid)
	split := container.NewVSplit(above, below)
	split.SetOffset(0.45)
	return split
}

// memberColumns tell what each incident is linked to so far.
func (p *sessionPage) memberColumns() []grid.Column[incident.Incident] {
	columns := slices.DeleteFunc(memberColumns(p.wizard.ui), func(c grid.Column[incident.Incident]) bool { return c.Key == "merged" || c.Key == "state" })
	return append(columns, grid.Column[incident.Incident]{Key: "linked", Title: say.T("Made good by"), Width: 256, Text: p.linkedText})
}

func (p *sessionPage) linkedText(in incident.Incident) string {
	pairing := p.wizard.pairing
	var parts []string
	for _, pair := range pairing.sessionsOf(in.ID) {
		s := pairing.sessions[pair.Session]
		parts = append(parts, p.wizard.ui.clockText(s.At())+" "+s.Routine)
	}
	switch why := pairing.why[in.ID]; {
	case len(parts) > 0:
		return strings.Join(parts, ", ")
	case in.Cause == incident.CauseSilent:
		return say.T("needs none: a silent source")
	case slices.Contains(pairing.out, in.ID):
		return say.T("taken out: stays open")
	case why != "":
		return say.T("not yet: %s", why)
	}
	return say.T("not yet")
}

func (p *sessionPage) candidateColumns() []grid.Column[desk.Candidate] {
	type row = desk.Candidate
	columns := []grid.Column[row]{
		{Key: "start", Title: say.T("Start"), Width: 128, Text: func(r row) string { return p.wizard.ui.clockText(r.At()) }},
		{Key: "outcome", Title: say.T("Outcome"), Width: 112, Text: func(r row) string { return outcomeWord(r.Outcome) }, Tone: func(r row) look.Tone { return outcomeTone(r.Outcome) }},
		{Key: "why", Title: say.T("Why"), Width: 320, Text: reasonText},
		{Key: "routine", Title: say.T("Routine"), Width: 144, Text: func(r row) string { return r.Routine }},
		{Key: "client", Title: say.T("Client"), Width: 144, Text: func(r row) string { return r.Client }},
		{Key: "level", Title: say.T("Level"), Width: 96, Text: func(r row) string { return r.Level }},
		{Key: "tool", Title: say.T("Tool"), Width: 96, Text: func(r row) string { return r.Tool }},
		{Key: "size", Title: say.T("Size"), Width: 88, Right: true, Text: func(r row) string { return sizeText(r.Bytes) }},
		{Key: "session", Title: say.T("Session"), Width: 128, Text: func(r row) string { return r.Session }},
	}
	if p.members.Len() == 1 {
		return columns
	}
	return slices.Insert(columns, 3, grid.Column[row]{Key: "fits", Title: say.T("Fits"), Width: 80, Right: true, Text: func(r row) string { return say.T("%s of %s", countText(r.Fits), countText(len(p.chosen()))) }})
}

// reasonText says why a session stands where it stands, and what to look at first.
func reasonText(c desk.Candidate) string {
	if c.Refused != "" {
		return say.T("cannot: %s", c.Refused)
	}
	return strings.Join(append([]string{c.Reason}, c.Warnings...), "; ")
}

// come begins with what still needs a session.
func (p *sessionPage) come() {
	p.said.SetText(p.saidText())
	p.table.Reload()
	p.chooseOpen()
}

// chooseOpen selects what still needs a session.
func (p *sessionPage) chooseOpen() {
	var ids []int64
	for _, id := range p.wizard.pairing.unlinked() {
		ids = append(ids, int64(id))
	}
	p.table.Select(ids...) // which asks
}

func (p *sessionPage) saidText() string {
	if p.members.Len() == 1 {
		return say.T("Which later session made it good?")
	}
	switch left := len(p.wizard.pairing.unlinked()); {
	case left == 0:
		return say.T("All have a session. The next step shows which has which.")
	case len(p.wizard.pairing.pairs) == 0:
		return say.T("Next takes the session below for all that are selected; Add Reprocessing links some of them at a time.")
	default:
		return say.T("%s without a session so far.", say.Many(left, "1 incident", "%s incidents"))
	}
}

// chosen are the incidents that a session is looked for; without a selection all.
func (p *sessionPage) chosen() []int64 {
	ids := p.table.Selected()
	if len(ids) == 0 {
		for _, in := range p.members.rows {
			ids = append(ids, int64(in.ID))
		}
	}
	return ids
}

// typing asks when the person pauses.
func (p *sessionPage) typing(string) {
	p.typed++
	typed := p.typed
	p.wizard.ui.after(typingPause, func() {
		tell(func() {
			if typed == p.typed {
				p.ask()
			}
		})
	})
}

// ask looks for sessions; the best is chosen until the person chooses another.
func (p *sessionPage) ask() {
	p.cancel()
	p.epoch++
	p.asking = true
	epoch, ids, q := p.epoch, p.chosen(), desk.CandidateQuery{Text: strings.TrimSpace(p.search.Text), Within: p.within}
	var ctx context.Context
	ctx, p.cancel = context.WithCancel(p.wizard.ui.ctx)
	c := p.wizard
	ask(c.ui.work, func() ([]desk.Candidate, error) { return c.desk.Candidates(ctx, c.ui.actor, ids, q) }, func(found []desk.Candidate, err error) {
		if epoch != p.epoch {
			return
		}
		p.asking = false
		if err != nil {
			c.say(err)
			return
		}
		p.found.rows = found
		p.grid.Restart()
		p.grid.Clear()
		if len(found) > 0 && found[0].Refused == "" {
			p.grid.Reveal(found[0].ID)
			p.grid.Select(found[0].ID)
		}
	})
}

// turn asks for a note where the chosen session needs one.
func (p *sessionPage) turn() {
	s, ok := p.session()
	p.asks.Hidden = !ok || !s.Note
	p.asks.Refresh()
	p.object.Refresh()
}

func (p *sessionPage) session() (desk.Candidate, bool) {
	ids := p.grid.Selected()
	if len(ids) != 1 {
		return desk.Candidate{}, false
	}
	return p.found.find(ids[0])
}

// link pairs the chosen session with the chosen incidents, or says why it cannot.
func (p *sessionPage) link() error {
	s, ok := p.session()
	note := strings.TrimSpace(p.note.Text)
	switch {
	case p.asking:
		return say.Error("sessions are still being looked for")
	case !ok:
		return say.Error("choose the session that made them good; where nothing did, go back and close as Missed (lost)")
	case s.Refused != "":
		return say.Error("session %s cannot make it good: %s", s.Session, s.Refused)
	case s.Note && note == "":
		return say.Error("a note is needed: why is a partial session enough?")
	}
	if !s.Note {
		note = ""
	}
	ids := p.chosen()
	to := make([]incident.ID, len(ids))
	for i, id := range ids {
		to[i] = incident.ID(id)
	}
	if pairing := p.wizard.pairing; pairing.link(s.ExecutionRow, to, note) == 0 {
		return say.Error("session %s cannot make it good: %s", s.Session, pairing.why[to[0]])
	}
	return nil
}

// add links some and goes on with the others.
func (p *sessionPage) add() {
	if err := p.link(); err != nil {
		p.wizard.say(err)
		return
	}
	p.wizard.hint.Hide()
	p.note.SetText("")
	p.come()
}

// suggest gives each incident without a session its best one, and shows the pairs.
func (p *sessionPage) suggest() {
	c := p.wizard
	c.suggest(func() { c.show(c.after(c.at)) })
}

// ready takes the chosen session for all where nothing is linked yet.
func (p *sessionPage) ready() error {
	if len(p.wizard.pairing.pairs) > 0 {
		return nil
	}
	return p.link()
}
