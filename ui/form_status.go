package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/incident"
	"backstop/app/say"
)

// statusForm is Update Status: In Progress with a service note, or On Hold until somebody else has acted.
type statusForm struct {
	handling *handling
	ids      []int64
	prompt   *prompt
	status   *choice
	note     *field
	take     *tick
	team     *field
	until    *moment
	rows     *fyne.Container
	held     []fyne.CanvasObject // shown for On Hold only
	taking   []fyne.CanvasObject // shown for In Progress only
}

func (h *handling) updateStatus(ids []int64) *statusForm {
	f := &statusForm{handling: h, ids: ids}
	f.note = newTextField("", 3)
	known := h.known(ids)
	f.take = newTick(say.T("Take it over: assign to %s", h.ui.actor.Name), takesOver(known, h.ui.actor.Name))
	f.team = newField("", say.T("who must act: the network team, the tape library's vendor, …"))
	f.until = newMoment(h.ui, h.window)
	f.status = newChoice([]string{stateWord(incident.InProgress), stateWord(incident.OnHold)}, func(string) { f.turn() })
	f.build()
	f.prompt = h.ui.newPrompt(h.window, say.T("Update Status of %s", named(ids)), f.rows, say.T("Update"), f.accept)
	f.prompt.accepted = func() { h.did(f.status.Selected, true, ids)() }
	for _, e := range []*field{f.note, f.team, f.until.field} {
		e.in(f.prompt)
	}
	f.status.SetSelected(stateWord(incident.InProgress))
	f.prompt.show(fyne.NewSize(560, 0), f.status)
	f.offerTeams()
	return f
}

// build lays the rows out; labels stand in one column.
func (f *statusForm) build() {
	f.rows = container.New(layout.NewFormLayout())
	row := func(label string, o fyne.CanvasObject) []fyne.CanvasObject {
		pair := []fyne.CanvasObject{widget.NewLabel(label), o}
		f.rows.Objects = append(f.rows.Objects, pair...)
		return pair
	}
	row(say.T("Status"), f.status)
	f.held = row(say.T("Team"), f.team)
	f.held = append(f.held, row(say.T("Until"), f.until.object)...)
	row(say.T("Note"), f.note)
	f.taking = row("", f.take)
}

// turn shows what the chosen status asks for.
func (f *statusForm) turn() {
	hold := f.holds()
	show(f.held, hold)
	show(f.taking, !hold)
	f.note.SetPlaceHolder(say.T("who attends, and what is done"))
	if hold {
		f.note.SetPlaceHolder(say.T("what is waited for"))
	}
	f.rows.Refresh()
	if f.prompt != nil {
		f.prompt.fit()
	}
}

func show(objects []fyne.CanvasObject, shown bool) {
	for _, o := range objects {
		if shown {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

func (f *statusForm) holds() bool { return f.status.Selected == stateWord(incident.OnHold) }

// offerTeams lists the teams that were named before.
func (f *statusForm) offerTeams() {
	u := f.handling.ui
	ask(u.work, func() ([]string, error) { return u.desk.Teams(u.ctx, u.actor) }, func(teams []string, err error) {
		if err == nil && len(teams) > 0 {
			f.team.offer(teams)
		}
	})
}

// accept reads the form; what is missing is said before the desk is asked.
func (f *statusForm) accept() (func() error, error) {
	u, ids, note := f.handling.ui, f.ids, strings.TrimSpace(f.note.Text)
	if !f.holds() {
		if note == "" {
			return nil, say.Error("a service note is needed: who attends, and what is done?")
		}
		take := f.take.Checked
		return func() error { return u.desk.Progress(u.ctx, u.actor, ids, note, take) }, nil
	}
	until, err := f.until.read()
	switch {
	case strings.TrimSpace(f.team.Text) == "":
		return nil, say.Error("name the team that must act")
	case err != nil:
		return nil, err
	case note == "":
		return nil, say.Error("a note is needed: what is waited for?")
	}
	wait := incident.Wait{Team: f.team.Text, Note: note, Until: until}
	return func() error { return u.desk.Hold(u.ctx, u.actor, ids, wait) }, nil
}
