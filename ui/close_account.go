package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// closings are the closing statuses in the words of the form.
var closings = []struct {
	words string
	as    incident.Closing
	means string
}{
	{say.N("Success (false alarm)"), incident.ClosedSuccess, say.N("The backup position is valid.")},
	{say.N("Missed (lost)"), incident.ClosedMissed, say.N("It could not be made good in its window: the position is lost.")},
	{say.N("Reprocessed"), incident.Reprocessed, say.N("Later sessions made it good; they are chosen next.")},
}

// accountPage asks how incidents are closed and what happened.
type accountPage struct {
	wizard      *closeWizard
	status      *choice
	means       *widget.Label
	category    *choice
	names       []string // of the categories that are offered, in the order of the choice
	description *field
	solution    *field
	taken       *widget.Label // it goes on from a draft
	object      fyne.CanvasObject
}

func newAccountPage(c *closeWizard, categories []desk.Category) *accountPage {
	p := &accountPage{wizard: c, names: offered(categories), means: widget.NewLabel(say.T("What is left of the backup position?")), taken: widget.NewLabel("")}
	var names []string
	for _, c := range closings {
		names = append(names, say.W(c.words))
	}
	p.means.Importance, p.taken.Importance = widget.LowImportance, widget.LowImportance
	p.status = newChoice(names, func(string) { p.turn() })
	p.category = newChoice(each(p.names, desk.CategoryWord), nil)
	p.description = c.in(newTextField(say.T("what happened"), 4))
	p.solution = c.in(newTextField(say.T("what was done about it"), 4))
	p.chooseCategory(proposed(c.pairing.members))
	rows := container.New(layout.NewFormLayout(),
		widget.NewLabel(say.T("Closing status")), p.status,
		widget.NewLabel(""), p.means,
		widget.NewLabel(say.T("Category")), p.category,
		widget.NewLabel(say.T("Description")), p.description,
		widget.NewLabel(say.T("Solution")), p.solution,
	)
	what := widget.NewLabel(p.whatText())
	what.Wrapping = fyne.TextWrapWord
	p.taken.Hide()
	p.object = container.NewVScroll(container.NewVBox(what, rows, p.taken))
	return p
}

func (p *accountPage) step() step {
	return step{title: say.T("Closing status"), body: p.object, ready: p.ready, first: func() fyne.Focusable { return p.status }}
}

// whatText says what is closed, and what follows it.
func (p *accountPage) whatText() string {
	roots, members := p.wizard.pairing.roots, p.wizard.pairing.members
	text := say.T("%s incidents are closed.", countText(len(roots)))
	if len(roots) == 1 {
		text = say.T("%d is closed.", roots[0].ID)
	}
	if n := len(members) - len(roots); n > 0 {
		text += " " + say.Many(n, "1 merged incident will be closed with it; its timeline says from where.", "%s merged incidents will be closed with it; the timeline of each says from where.")
	}
	return text
}

// turn follows the status: it decides which steps come.
func (p *accountPage) turn() {
	if at := p.status.SelectedIndex(); at >= 0 {
		p.means.SetText(say.W(closings[at].means))
	}
	if len(p.wizard.steps) > 0 {
		p.wizard.refresh()
	}
}

// choose takes a status; NotClosed leaves the one that is chosen.
func (p *accountPage) choose(as incident.Closing) {
	for i, c := range closings {
		if c.as == as {
			p.status.SetSelectedIndex(i)
		}
	}
}

// chooseCategory takes one that is offered; any other changes nothing.
func (p *accountPage) chooseCategory(name string) {
	if i := slices.Index(p.names, name); i >= 0 {
		p.category.SetSelectedIndex(i)
	}
}

// fill takes up a draft.
func (p *accountPage) fill(d desk.Draft) {
	p.choose(d.Closing)
	p.chooseCategory(d.Account.Category)
	p.description.SetText(d.Account.Description)
	p.solution.SetText(d.Account.Solution)
	if d.Closing != incident.NotClosed || d.Account.Description != "" {
		p.taken.SetText(say.T("This was begun before and goes on where it was left."))
		p.taken.Show()
	}
}

func (p *accountPage) as() incident.Closing {
	if at := p.status.SelectedIndex(); at >= 0 {
		return closings[at].as
	}
	return incident.NotClosed
}

func (p *accountPage) read() incident.Account {
	category := ""
	if i := p.category.SelectedIndex(); i >= 0 {
		category = p.names[i]
	}
	return incident.Account{Category: category, Description: strings.TrimSpace(p.description.Text), Solution: strings.TrimSpace(p.solution.Text)}
}

// ready says what is missing before the desk is asked.
func (p *accountPage) ready() error {
	a := p.read()
	switch {
	case p.as() == incident.NotClosed:
		return say.Error("choose a closing status")
	case a.Category == "":
		return say.Error("choose a category")
	case a.Description == "":
		return say.Error("a description is needed: what happened?")
	case a.Solution == "":
		return say.Error("a solution is needed: what was done?")
	}
	return nil
}

// offered are the categories that can be chosen.
func offered(list []desk.Category) []string {
	var names []string
	for _, c := range list {
		if !c.Retired {
			names = append(names, c.Name)
		}
	}
	return names
}

// proposed is the category that the failures point to; nothing when they differ.
func proposed(ins []incident.Incident) string {
	proposal := ""
	for i, in := range ins {
		p := desk.ProposeCategory(in.Code + " " + in.Failure)
		if i > 0 && p != proposal {
			return ""
		}
		proposal = p
	}
	return proposal
}
