package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

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

// merger is what the wizard asks of the desk.
type merger interface {
	Incidents(ctx context.Context, actor desk.Actor, ids []int64) ([]incident.Incident, error)
	MergeAll(ctx context.Context, actor desk.Actor, requests []desk.MergeRequest, progress desk.Progress) error
}

// mergeWizard merges incidents into one of them: the destination is chosen, what each becomes is seen, then it is done.
type mergeWizard struct {
	*wizard
	desk  merger
	ids   []int64 // frozen when it was asked for
	about string  // where they come from, in words

	rows    *list[incident.Incident] // the open ones
	grid    *grid.Grid[incident.Incident]
	chosen  int64
	name    *field
	said    *widget.Label
	preview *mergePreview
	left    map[incident.State]int // closed and merged ones, which are left out
	read    bool
}

// askMerge opens the wizard for incidents; about says where they come from.
func (h *handling) askMerge(ids []int64, about string) {
	u := h.ui
	u.openWizard(fmt.Sprintf("merge %d of %d", slices.Min(ids), len(ids)), say.T("Merge incidents"), fyne.NewSize(1040, 640), func(z *wizard) {
		m := newMergeWizard(z, u.desk, ids, about)
		z.done = func() {
			r := m.request()
			back := func() error { return u.desk.Unmerge(u.ctx, u.actor, r.Into, r.From) }
			h.toast.show(say.T("%s merged into %d.", say.Many(len(r.From), "1 incident", "%s incidents"), r.Into), back)
		}
	})
}

func newMergeWizard(z *wizard, d merger, ids []int64, about string) *mergeWizard {
	m := &mergeWizard{wizard: z, desk: d, ids: ids, about: about, left: map[incident.State]int{}, preview: newMergePreview(z.ui)}
	m.rows = &list[incident.Incident]{id: func(in incident.Incident) int64 { return int64(in.ID) }}
	m.grid = grid.New[incident.Incident](m.rows, memberColumns(z.ui)...)
	m.grid.Single = true
	m.grid.OnSelected = m.choose
	m.grid.OnLink = func(_ string, id int64) { z.ui.openIncident(id, "") }
	m.grid.SetEmpty(noRows(say.Many(len(ids), "Reading 1 incident…", "Reading %s incidents…"), ""))
	m.name = z.in(newField("", say.T("the name stays")))
	m.said = widget.NewLabel("")
	m.said.Wrapping = fyne.TextWrapWord
	form := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("New name")), m.name)
	z.steps = []step{
		{title: say.T("Destination"), body: container.NewBorder(container.NewVBox(m.said, form), nil, nil, nil, m.grid), ready: m.ready, first: func() fyne.Focusable { return m.grid }},
		{title: say.T("What becomes of them"), body: m.preview.object, come: m.look, first: func() fyne.Focusable { return z.next }},
	}
	z.finishing = func() string { return say.Many(m.rows.Len(), "Merge 1 incident", "Merge %s incidents") }
	z.finish = m.work
	z.lost = m.lost
	m.ask()
	return m
}

// memberColumns tell incidents apart.
func memberColumns(u *UI) []grid.Column[incident.Incident] {
	type row = incident.Incident
	return []grid.Column[row]{
		{Key: "id", Title: say.T("ID"), Width: 60, Right: true, Link: true, Text: func(r row) string { return idText(int64(r.ID)) }},
		{Key: "failed", Title: say.T("Started"), Width: 124, Text: func(r row) string { return u.clockText(r.Failed) }},
		{Key: "title", Title: say.T("Title"), Width: 200, Text: func(r row) string { return r.ShownTitle() }},
		{Key: "client", Title: say.T("Client"), Width: 152, Text: func(r row) string { return r.Client }},
		{Key: "failure", Title: say.T("Failure"), Width: 176, Text: func(r row) string { return r.ShownFailure() }},
		{Key: "state", Title: say.T("State"), Width: 120, Text: func(r row) string { return stateWord(r.State) }, Tone: func(r row) look.Tone { return stateTone(r.State) }},
		{Key: "merged", Title: say.T("Merged Incidents"), Width: 124, Right: true, Text: func(r row) string { return strings.TrimSpace(counted(len(r.Merged))) }},
	}
}

// ask reads the incidents; the oldest is the destination until another is chosen.
func (m *mergeWizard) ask() {
	ask(m.ui.work, func() ([]incident.Incident, error) { return m.desk.Incidents(m.ui.ctx, m.ui.actor, m.ids) }, func(ins []incident.Incident, err error) {
		if err != nil {
			m.say(err)
			return
		}
		m.read = true
		for _, in := range ins {
			if ok, _ := incident.Allowed(in, incident.ToMerge); ok {
				m.rows.rows = append(m.rows.rows, in)
			} else {
				m.left[in.State]++
			}
		}
		m.grid.SetEmpty(noRows(say.T("None of them is open."), say.T("Only open incidents can be merged.")))
		m.grid.Reload()
		if m.rows.Len() > 0 {
			m.grid.Select(int64(desk.Oldest(m.rows.rows).ID))
			m.grid.Reveal(m.chosen)
		}
		m.said.SetText(m.saidText())
		m.window.SetTitle(say.Many(m.rows.Len(), "Merge 1 incident", "Merge %s incidents"))
		m.refresh()
	})
}

// saidText says what is about to be merged.
func (m *mergeWizard) saidText() string {
	text := say.Many(m.rows.Len(), "1 open incident", "%s open incidents") + ", " + m.about + "."
	if left := m.leftText(); left != "" {
		text += " " + left
	}
	return text + " " + say.T("Choose the one that the others become part of.")
}

func (m *mergeWizard) leftText() string {
	closed, merged := countText(m.left[incident.Closed]), countText(m.left[incident.Merged])
	switch {
	case m.left[incident.Closed] > 0 && m.left[incident.Merged] > 0:
		return say.T("Left out: %s closed and %s merged.", closed, merged)
	case m.left[incident.Closed] > 0:
		return say.T("Left out: %s closed.", closed)
	case m.left[incident.Merged] > 0:
		return say.T("Left out: %s merged.", merged)
	}
	return ""
}

func (m *mergeWizard) choose(ids []int64) {
	m.chosen = 0
	if len(ids) == 1 {
		m.chosen = ids[0]
		in, _ := m.rows.find(m.chosen)
		m.name.SetPlaceHolder(look.Printable(in.ShownTitle()))
	}
}

func (m *mergeWizard) ready() error {
	switch {
	case !m.read:
		return say.Error("the incidents are still being read")
	case m.rows.Len() < 2:
		return say.Error("at least two open incidents are needed for a merge")
	case m.chosen == 0:
		return say.Error("choose the destination")
	}
	return nil
}

// parts are the destination and the others.
func (m *mergeWizard) parts() (incident.Incident, []incident.Incident) {
	destination, _ := m.rows.find(m.chosen)
	others := slices.DeleteFunc(slices.Clone(m.rows.rows), func(in incident.Incident) bool { return in.ID == destination.ID })
	return destination, others
}

// look shows what would become of each.
func (m *mergeWizard) look() {
	destination, others := m.parts()
	name := strings.TrimSpace(m.name.Text)
	if name == "" {
		name = destination.ShownTitle()
	}
	said := say.T("%s become one: %d · %s. It keeps its state, its hold and its assignee; the others follow it, and can be taken out again.",
		say.Many(m.rows.Len(), "1 incident", "%s incidents"), destination.ID, look.Printable(name))
	if left := m.leftText(); left != "" {
		said += " " + left
	}
	if err := m.preview.show(said, destination, others); err != nil {
		m.say(err)
	}
}

func (m *mergeWizard) request() desk.MergeRequest {
	destination, others := m.parts()
	r := desk.MergeRequest{Into: int64(destination.ID), Title: strings.TrimSpace(m.name.Text)}
	if r.Title == destination.ShownTitle() {
		r.Title = destination.Title // as it is recorded
	}
	for _, in := range others {
		r.From = append(r.From, int64(in.ID))
	}
	return r
}

func (m *mergeWizard) work() (func(context.Context, desk.Progress) error, error) {
	requests := []desk.MergeRequest{m.request()}
	return func(ctx context.Context, progress desk.Progress) error {
		return m.desk.MergeAll(ctx, m.ui.actor, requests, progress)
	}, nil
}

func (m *mergeWizard) lost() string {
	if strings.TrimSpace(m.name.Text) == "" {
		return ""
	}
	return say.T("The new name is not kept, and nothing is merged.")
}
