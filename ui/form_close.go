package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
)

// closings are the closing statuses that need no sessions, in the words of the form.
var closings = []struct {
	words string
	as    incident.Closing
}{
	{"Success (false alarm)", incident.ClosedSuccess},
	{"Missed (lost)", incident.ClosedMissed},
}

// closeForm closes as Success or Missed.
type closeForm struct {
	handling    *handling
	ids         []int64
	prompt      *prompt
	status      *choice
	category    *choice
	description *field
	solution    *field
}

// askClose opens the form as soon as the categories are there.
func (h *handling) askClose(ids []int64) {
	ask(h.ui.work, func() ([]desk.Category, error) { return h.ui.desk.Categories(h.ui.ctx) }, func(list []desk.Category, err error) {
		if err != nil {
			h.ui.showError(h.window, err)
			return
		}
		h.openClose(ids, list)
	})
}

func (h *handling) openClose(ids []int64, list []desk.Category) {
	f := &closeForm{handling: h, ids: ids}
	var names []string
	for _, c := range closings {
		names = append(names, c.words)
	}
	f.status = newChoice(names, nil)
	f.category = newChoice(offered(list), nil)
	f.description = newTextField("what happened", 3)
	f.solution = newTextField("what was done about it", 3)
	known := h.known(ids)
	if p := proposed(known); p != "" {
		f.category.SetSelected(p)
	}
	rows := container.New(layout.NewFormLayout(),
		widget.NewLabel("Closing status"), f.status,
		widget.NewLabel("Category"), f.category,
		widget.NewLabel("Description"), f.description,
		widget.NewLabel("Solution"), f.solution,
	)
	inherit := widget.NewLabel("")
	inherit.Wrapping = fyne.TextWrapWord
	if n := merged(known); n > 0 {
		inherit.SetText(many(n, "merged incident") + " will be closed with it.")
	}
	inherit.Hidden = inherit.Text == ""
	f.prompt = h.ui.newPrompt(h.window, "Close "+named(ids), container.NewVBox(rows, inherit), "Close incident", f.accept)
	f.prompt.accepted = func() { h.did("Closed as "+f.status.Selected, false, ids)() }
	f.description.in(f.prompt)
	f.solution.in(f.prompt)
	f.prompt.show(fyne.NewSize(560, 0), f.status)
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

func merged(ins []incident.Incident) int {
	n := 0
	for _, in := range ins {
		n += len(in.Merged)
	}
	return n
}

// accept reads the form.
func (f *closeForm) accept() (func() error, error) {
	account := incident.Account{Category: f.category.Selected, Description: strings.TrimSpace(f.description.Text), Solution: strings.TrimSpace(f.solution.Text)}
	at := f.status.SelectedIndex()
	switch {
	case at < 0:
		return nil, errors.New("choose a closing status")
	case account.Category == "":
		return nil, errors.New("choose a category")
	case account.Description == "":
		return nil, errors.New("a description is needed: what happened?")
	case account.Solution == "":
		return nil, errors.New("a solution is needed: what was done?")
	}
	u, ids, as := f.handling.ui, f.ids, closings[at].as
	return func() error { return u.desk.Close(u.ctx, u.actor, ids, as, account) }, nil
}
