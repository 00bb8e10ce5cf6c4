package ui

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
)

// toolRow is a tool with what is set for all its routines.
type toolRow struct {
	name string
	desk.ToolSettings
}

// toolsPart sets, for each tool, which outcomes open an incident.
type toolsPart struct {
	*keptList[toolRow]
}

func newToolsPart(u *UI, w fyne.Window) *toolsPart {
	p := &toolsPart{}
	columns := []grid.Column[toolRow]{
		{Key: "tool", Title: say.T("Tool"), Width: 240, Text: func(r toolRow) string { return r.name }},
		{Key: "partial", Title: say.T("Partial run"), Width: 216, Text: func(r toolRow) string { return openWords(r.Partial, true) }},
		{Key: "cancelled", Title: say.T("Cancelled run"), Width: 216, Text: func(r toolRow) string { return openWords(r.Cancelled, true) }},
		{Key: "restores", Title: say.T("Failed restore"), Width: 216, Text: func(r toolRow) string { return openWords(r.Restores, false) }},
	}
	p.keptList = newKeptList(u, w, columns, p.readTools, func(e desk.Event) bool { return e.Settings || e.Routines || e.Sources }, p.change)
	p.lay(say.T("Tools"), say.T("Which outcomes open an incident, for all routines of a tool. A routine's own settings go before; what is open already stays open.")+" "+say.T("Default: partial and cancelled runs do, since something was not saved; restores do not."),
		emptyState(say.T("No tools yet"), say.T("Each tool that an export names is listed here.")),
		[]*button{newButton(say.T("Change…"), theme.DocumentCreateIcon(), p.with(p.change))})
	return p
}

// openWords says whether an outcome opens an incident, and whether somebody decided that.
func openWords(c backup.Choice, byItself bool) string {
	words := say.T("opens none")
	if c.Or(byItself) {
		words = say.T("opens an incident")
	}
	if c == backup.Undecided {
		return say.T("%s (default)", words)
	}
	return words
}

// readTools lists the tools of all routines and those that anything is set for.
func (p *toolsPart) readTools() ([]toolRow, error) {
	set, err := p.ui.desk.ToolSettings(p.ui.ctx, p.ui.actor)
	if err != nil {
		return nil, err
	}
	seen, err := p.ui.desk.RoutineChoices(p.ui.ctx, p.ui.actor)
	names := map[string]bool{}
	for _, n := range append(slices.Collect(maps.Keys(set)), seen.Tools...) {
		names[n] = true
	}
	var rows []toolRow
	for n := range names {
		rows = append(rows, toolRow{n, set[n]})
	}
	slices.SortFunc(rows, func(a, b toolRow) int { return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })
	return rows, err
}

// change asks for a tool's settings.
func (p *toolsPart) change(r toolRow) {
	choose := func(now backup.Choice, byItself bool) *mixedChoice[backup.Choice] {
		return newMixedChoice([]option[backup.Choice]{{openWords(backup.Undecided, byItself), backup.Undecided}, {openWords(backup.Yes, byItself), backup.Yes}, {openWords(backup.No, byItself), backup.No}},
			[]backup.Choice{now})
	}
	partial, cancelled, restores := choose(r.Partial, true), choose(r.Cancelled, true), choose(r.Restores, false)
	reason := newTextField(say.T("why it is changed; this goes on record"), 2)
	body := container.New(layout.NewFormLayout(),
		widget.NewLabel(say.T("Partial run")), partial.choice, widget.NewLabel(say.T("Cancelled run")), cancelled.choice,
		widget.NewLabel(say.T("Failed restore")), restores.choice, widget.NewLabel(say.T("Reason")), reason)
	prompt := p.ui.newPrompt(p.window, say.T("Settings of %s", r.name), body, say.T("Save"), func() (func() error, error) {
		why := strings.TrimSpace(reason.Text)
		if why == "" {
			return nil, errReason
		}
		to := r.ToolSettings
		partial.puts()(&to.Partial)
		cancelled.puts()(&to.Cancelled)
		restores.puts()(&to.Restores)
		return func() error { return p.ui.desk.ChangeTool(p.ui.ctx, p.ui.actor, r.name, why, to) }, nil
	})
	prompt.accepted = func() { p.toast.offerRejudge(say.T("Changed."), r.name, 0, "") }
	reason.in(prompt)
	prompt.show(fyne.NewSize(560, 0), partial.choice)
}
