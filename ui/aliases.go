package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// aliasRow is a name of a host that somebody confirmed, or that is suggested.
type aliasRow struct {
	desk.Alias
	confirmed bool
}

// aliasesPart is the list of names that mean one host: those that are confirmed, and suggestions to confirm.
type aliasesPart struct {
	*keptList[aliasRow]
}

func newAliasesPart(u *UI, w fyne.Window) *aliasesPart {
	p := &aliasesPart{}
	columns := []grid.Column[aliasRow]{
		{Key: "name", Title: say.T("Name"), Width: 240, Text: func(r aliasRow) string { return r.Name }},
		{Key: "host", Title: say.T("Is the host"), Width: 320, Text: func(r aliasRow) string { return r.Host }},
		{Key: "state", Title: say.T("State"), Width: 272, Text: aliasState, Tone: aliasTone},
	}
	p.keptList = newKeptList(u, w, columns, p.readAliases, func(e desk.Event) bool { return e.Settings || e.Sources || e.Routines }, p.turn)
	p.grid.Single = false
	confirm := newButton(say.T("Confirm…"), theme.ConfirmIcon(), func() { p.confirm(p.several()) })
	change := newButton(say.T("Change…"), theme.DocumentCreateIcon(), p.with(p.change))
	remove := newButton(say.T("Remove…"), theme.DeleteIcon(), func() { p.remove(p.several()) })
	p.lay(say.T("Client names"), say.T("Names of one host: what runs under one name counts for the other in misses, candidates, risks and figures. The tool's own word stays as it is.")+" "+say.T("Default: none, until a person confirms that two names are one host."),
		emptyState(say.T("No names yet"), say.T("Clients with one short name, such as files-01 and files-01.example.com, are suggested here.")),
		[]*button{confirm, change, remove}, newButton(say.T("Add…"), theme.ContentAddIcon(), p.add))
	return p
}

func aliasState(r aliasRow) string {
	if r.confirmed {
		return say.T("confirmed")
	}
	return say.T("suggested: the same short name")
}

func aliasTone(r aliasRow) look.Tone {
	if r.confirmed {
		return look.Success
	}
	return look.New
}

// readAliases lists the suggestions first: they wait for an answer.
func (p *aliasesPart) readAliases() ([]aliasRow, error) {
	suggested, err := p.ui.desk.SuggestAliases(p.ui.ctx, p.ui.actor)
	if err != nil {
		return nil, err
	}
	confirmed, err := p.ui.desk.Aliases(p.ui.ctx, p.ui.actor)
	rows := each(suggested, func(a desk.Alias) aliasRow { return aliasRow{a, false} })
	return append(rows, each(confirmed, func(a desk.Alias) aliasRow { return aliasRow{a, true} })...), err
}

// several are the rows that are selected, else the one under the cursor.
func (p *aliasesPart) several() []aliasRow {
	var rows []aliasRow
	for _, id := range p.grid.Selected() {
		rows = append(rows, p.rows.rows[id-1])
	}
	if r, ok := p.chosen(); ok && len(rows) == 0 {
		rows = append(rows, r)
	}
	return rows
}

// turn confirms a suggestion, or changes what is confirmed.
func (p *aliasesPart) turn(r aliasRow) {
	if r.confirmed {
		p.change(r)
		return
	}
	p.confirm([]aliasRow{r})
}

func (p *aliasesPart) confirm(rows []aliasRow) {
	title := func(n int) string { return say.Many(n, "Confirm 1 name", "Confirm %s names") }
	p.ask(rows, false, title, say.T("Confirm"), say.T("They count as one host from now on."), say.T("Confirmed."), p.ui.desk.ConfirmAliases)
}

func (p *aliasesPart) remove(rows []aliasRow) {
	title := func(n int) string { return say.Many(n, "Remove 1 name", "Remove %s names") }
	p.ask(rows, true, title, say.T("Remove"), say.T("They count as different hosts again."), say.T("Removed."), p.ui.desk.RemoveAliases)
}

// ask does something with those of the rows that it can be done with, with a reason.
func (p *aliasesPart) ask(rows []aliasRow, confirmed bool, title func(names int) string, ok, text, done string, do func(ctx context.Context, actor desk.Actor, as []desk.Alias, reason string) error) {
	var as []desk.Alias
	var names []string
	for _, r := range rows {
		if r.confirmed == confirmed {
			as = append(as, r.Alias)
			names = append(names, say.T("%s is %s.", r.Name, r.Host))
		}
	}
	if len(as) == 0 {
		p.toast.show(map[bool]string{true: say.T("Choose a name that is confirmed."), false: say.T("Choose a suggestion that waits.")}[confirmed], nil)
		return
	}
	p.grid.Clear()
	if len(names) > shownNames {
		names = append(names[:shownNames], say.T("… and %s more.", countText(len(names)-shownNames)))
	}
	p.askReason(title(len(as)), strings.Join(names, "\n")+"\n"+text, ok, func(reason string) error {
		return do(p.ui.ctx, p.ui.actor, as, reason)
	}, done)
}

// shownNames is how many names a question lists.
const shownNames = 8

// add asks for two names that no rule suggests.
func (p *aliasesPart) add() {
	p.askNames(say.T("Add a name"), say.T("Add"), say.T("Added."), desk.Alias{}, func(a desk.Alias, why string) error {
		return p.ui.desk.ConfirmAliases(p.ui.ctx, p.ui.actor, []desk.Alias{a}, why)
	})
}

// change asks for other names: a suggestion is confirmed as it was corrected.
func (p *aliasesPart) change(r aliasRow) {
	p.askNames(say.T("Change %s", look.Printable(r.Name)), say.T("Save"), say.T("Saved."), r.Alias, func(a desk.Alias, why string) error {
		if !r.confirmed {
			return p.ui.desk.ConfirmAliases(p.ui.ctx, p.ui.actor, []desk.Alias{a}, why)
		}
		return p.ui.desk.ChangeAlias(p.ui.ctx, p.ui.actor, r.Name, a, why)
	})
}

func (p *aliasesPart) askNames(title, ok, done string, now desk.Alias, do func(a desk.Alias, why string) error) {
	name, host, reason := newField(now.Name, say.T("the other name, as the tool writes it")), newField(now.Host, say.T("the name that stands for both")), newTextField(say.T("why; this goes on record"), 2)
	body := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Name")), name, widget.NewLabel(say.T("Is the host")), host, widget.NewLabel(say.T("Reason")), reason)
	prompt := p.ui.newPrompt(p.window, title, body, ok, func() (func() error, error) {
		a := desk.Alias{Name: strings.TrimSpace(name.Text), Host: strings.TrimSpace(host.Text)}
		why := strings.TrimSpace(reason.Text)
		switch {
		case a.Name == "" || a.Host == "":
			return nil, say.Error("two names are needed")
		case why == "":
			return nil, errReason
		}
		return func() error { return do(a, why) }, nil
	})
	prompt.accepted = func() { p.toast.show(done, nil) }
	for _, e := range []*field{name, host, reason} {
		e.in(prompt)
	}
	prompt.show(fyne.NewSize(560, 0), name)
}
