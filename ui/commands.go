package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/say"
)

// command is one thing that can be called up by its words.
type command struct {
	key  string // what it is remembered by, so that what is used most comes first; "" is not remembered
	text string
	hint string // what it is, or its keys
	run  func()
}

// commandsOf are all that the person at the desk may do from a window now, what it shows first.
func (u *UI) commandsOf(w fyne.Window) []command {
	if u.locked() {
		return nil
	}
	var all []command
	for _, o := range u.windows {
		if o.Window == w && o.commands != nil {
			all = o.commands()
		}
	}
	if w == u.main.window {
		all = u.main.pageCommands()
	}
	all = append(all, u.main.menuCommands(w)...)
	return append(all, u.main.partCommands(w)...)
}

// pageCommands are those of the page that is up.
func (m *mainWindow) pageCommands() []command {
	if p := m.pages[m.at]; p.commands != nil {
		return p.commands()
	}
	return nil
}

// menuCommands are the entries of the main menu that are not greyed.
func (m *mainWindow) menuCommands(from fyne.Window) []command {
	var all []command
	for _, menu := range m.window.MainMenu().Items {
		for _, i := range menu.Items {
			if i.IsSeparator || i.Disabled || i.Label == say.T(commandsLabel) {
				continue
			}
			all = append(all, command{"menu " + i.Label, i.Label, shortcutText(i.Shortcut), func() { m.raise(from); i.Action() }})
		}
	}
	return all
}

// partCommands are the parts of the pages that are made of some.
func (m *mainWindow) partCommands(from fyne.Window) []command {
	var all []command
	for _, page := range m.pages {
		if page.parts == nil || m.ui.whyNot(page.needs) != "" {
			continue
		}
		for _, p := range page.parts.all {
			all = append(all, command{"part " + page.word + " " + p.word, say.W(page.word) + ": " + say.W(p.word), strings.ToLower(say.W(page.word)), func() {
				m.raise(from)
				m.goTo(page.word)
				page.parts.turnTo(p.word)
			}})
		}
	}
	return all
}

// raise brings the main window to the front where something was called up from another.
func (m *mainWindow) raise(from fyne.Window) {
	if from != m.window {
		m.window.RequestFocus()
	}
}

// menuItemCommands are the entries of a menu of actions that are not greyed; of says what they are done to.
func menuItemCommands(items []*fyne.MenuItem, of string) []command {
	var all []command
	for _, i := range items {
		if !i.IsSeparator && !i.Disabled {
			all = append(all, command{"action " + i.Label, i.Label, of, i.Action})
		}
	}
	return all
}

// askedMost is how many routines, and how many incidents, are asked for: a person who sees more types more.
const askedMost = 8

// findCommands asks the desk for what is meant by a text: saved views, routines, and incidents by number or by their words.
// Fewer than three letters would find half of everything.
func (u *UI) findCommands(ctx context.Context, typed string) ([]command, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(typed, "#"), 10, 64)
	if err == nil {
		return u.incidentCommands(ctx, []int64{id})
	}
	if len([]rune(typed)) < 3 {
		return nil, nil
	}
	found, err := u.routineCommands(ctx, typed)
	if err != nil {
		return nil, err
	}
	ids, err := u.desk.IncidentIDs(ctx, u.actor, desk.IncidentQuery{Text: typed, Sort: "opened", Desc: true, Limit: askedMost})
	if err != nil {
		return nil, err
	}
	incidents, err := u.incidentCommands(ctx, ids)
	return append(found, incidents...), err
}

func (u *UI) incidentCommands(ctx context.Context, ids []int64) ([]command, error) {
	rows, err := u.desk.IncidentRows(ctx, u.actor, ids)
	var found []command
	for _, r := range rows {
		found = append(found, command{text: idText(r.ID) + " · " + r.ShownTitle(), hint: stateWord(r.State), run: func() { u.openIncident(r.ID, "") }})
	}
	return found, err
}

func (u *UI) routineCommands(ctx context.Context, typed string) ([]command, error) {
	ids, err := u.desk.RoutineIDs(ctx, u.actor, desk.RoutineQuery{Text: typed, Sort: "name", Limit: askedMost})
	if err != nil {
		return nil, err
	}
	rows, err := u.desk.RoutineRows(ctx, u.actor, ids)
	var found []command
	for _, r := range rows {
		text := routineName(r)
		if r.Client != "" {
			text = say.T("%s on %s", text, r.Client)
		}
		found = append(found, command{text: text, hint: say.T("routine"), run: func() {
			u.main.window.RequestFocus()
			u.main.goTo("Routines")
			u.main.routines.filter(desk.RoutineQuery{Tools: given(r.Tool), Clients: given(r.Client), Text: r.Name})
		}})
	}
	return found, err
}

// given is a filter for one value; none where there is none.
func given(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// viewCommands are the saved filters of incidents and of executions.
func (u *UI) viewCommands() ([]command, error) {
	incidents, err := u.desk.Views(u.ctx, u.actor)
	if err != nil {
		return nil, err
	}
	runs, err := u.desk.ExecutionViews(u.ctx, u.actor)
	if err != nil {
		return nil, err
	}
	var all []command
	for _, v := range incidents {
		all = append(all, command{"view " + v.Name, v.Name, say.T("saved view of incidents"), func() { u.main.window.RequestFocus(); u.main.incidents.views.show(v.Query) }})
	}
	for _, v := range runs {
		all = append(all, command{"run view " + v.Name, v.Name, say.T("saved view of executions"), func() { u.main.window.RequestFocus(); u.main.runs.views.show(v.Query) }})
	}
	return all, nil
}
