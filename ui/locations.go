package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/ui/grid"
)

// branchesPart lists the branches that sources belong to and users are given.
type branchesPart struct {
	*keptList[desk.Branch]
}

func newBranchesPart(u *UI, w fyne.Window) *branchesPart {
	p := &branchesPart{}
	columns := []grid.Column[desk.Branch]{
		{Key: "company", Title: say.T("Company"), Width: 240, Text: func(b desk.Branch) string { return b.Company }},
		{Key: "branch", Title: say.T("Branch"), Width: 240, Text: func(b desk.Branch) string { return b.Name }},
		{Key: "sources", Title: say.T("Sources"), Width: 100, Right: true, Text: func(b desk.Branch) string { return countText(b.Sources) }},
	}
	p.keptList = newKeptList(u, w, columns, func() ([]desk.Branch, error) { return u.desk.Branches(u.ctx, u.actor) }, func(e desk.Event) bool { return e.Users || e.Sources }, func(desk.Branch) {})
	p.needs = desk.ToManageUsers
	p.lay(say.T("Branches"), say.T("A source names its company and branch in its settings; each pair stands here by itself. What a source of no branch reports is seen only by those who see everything."),
		emptyState(say.T("No branches yet"), say.T("Give a source a company or a branch, or add one here before there is a source of it.")), nil,
		newButton(say.T("Add…"), theme.ContentAddIcon(), p.add))
	return p
}

func (p *branchesPart) add() {
	company, name := newField("", "Acme"), newField("", "Lisbon")
	body := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Company")), company, widget.NewLabel(say.T("Branch")), name)
	q := p.ui.newPrompt(p.window, say.T("Add a branch"), body, say.T("Add"), func() (func() error, error) {
		c, n := company.Text, name.Text
		return func() error { return p.ui.desk.AddBranch(p.ui.ctx, p.ui.actor, c, n) }, nil
	})
	company.in(q)
	name.in(q)
	q.show(fyne.NewSize(480, 0), company)
}

// locationsPart lists the virtual locations.
type locationsPart struct {
	*keptList[desk.Location]
	branches []desk.Branch
	users    []people.User
}

func newLocationsPart(u *UI, w fyne.Window) *locationsPart {
	p := &locationsPart{}
	columns := []grid.Column[desk.Location]{
		{Key: "name", Title: say.T("Virtual location"), Width: 176, Text: func(l desk.Location) string { return l.Name }},
		{Key: "branch", Title: say.T("Branch"), Width: 176, Text: p.branchText},
		{Key: "routines", Title: say.T("Routines"), Width: 216, Text: func(l desk.Location) string { return orAll(l.Routines) }},
		{Key: "clients", Title: say.T("Clients"), Width: 216, Text: func(l desk.Location) string { return orAll(l.Clients) }},
		{Key: "users", Title: say.T("Seen by"), Width: 176, Text: p.usersText},
	}
	p.keptList = newKeptList(u, w, columns, p.readAll, func(e desk.Event) bool { return e.Users || e.Sources }, p.open)
	p.needs = desk.ToManageUsers
	p.lay(say.T("Virtual locations"), say.T("What a Client sees: of a branch, the runs of these routines on these clients. A Client who belongs to no virtual location sees nothing."),
		emptyState(say.T("No virtual locations yet"), say.T("Add one to show a Client their own routines and machines, and nothing else.")),
		[]*button{newButton(say.T("Edit…"), theme.DocumentCreateIcon(), p.with(p.open)), newButton(say.T("Remove…"), theme.DeleteIcon(), p.with(p.remove))},
		newButton(say.T("Add…"), theme.ContentAddIcon(), func() { p.open(desk.Location{}) }))
	return p
}

// readAll reads the locations with the names of what they are made of.
func (p *locationsPart) readAll() ([]desk.Location, error) {
	branches, err := p.ui.desk.Branches(p.ui.ctx, p.ui.actor)
	if err != nil {
		return nil, err
	}
	users, err := p.ui.desk.Users(p.ui.ctx, p.ui.actor)
	if err != nil {
		return nil, err
	}
	tell(func() { p.branches, p.users = branches, users })
	return p.ui.desk.Locations(p.ui.ctx, p.ui.actor)
}

func (p *locationsPart) branchText(l desk.Location) string {
	for _, b := range p.branches {
		if b.ID == l.Branch {
			return b.String()
		}
	}
	return ""
}

func (p *locationsPart) usersText(l desk.Location) string {
	var names []string
	for _, x := range p.users {
		if slices.Contains(l.Users, x.ID) {
			names = append(names, x.Name)
		}
	}
	return strings.Join(names, ", ")
}

func orAll(names []string) string {
	if len(names) == 0 {
		return say.T("all")
	}
	return strings.Join(names, ", ")
}

// open adds or changes a virtual location.
func (p *locationsPart) open(l desk.Location) {
	name := newField(l.Name, say.T("a short name: finance, customer Quay"))
	branch := newChoice(each(p.branches, desk.Branch.String), nil)
	branch.SetSelected(p.branchText(l))
	routines, clients := newTextField(say.T("one a line; none: all of the branch"), 4), newTextField(say.T("one a line; none: all of the branch"), 4)
	routines.SetText(strings.Join(l.Routines, "\n"))
	clients.SetText(strings.Join(l.Clients, "\n"))
	members := newTicks()
	for _, x := range p.users {
		if x.Role == people.Client {
			members.add(x.Name, int64(x.ID), slices.Contains(l.Users, x.ID))
		}
	}
	body := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Name")), name, widget.NewLabel(say.T("Branch")), branch,
		widget.NewLabel(say.T("Routines")), routines, widget.NewLabel(say.T("Clients")), clients, widget.NewLabel(say.T("Seen by")), members.object(say.T("There is no user with the role Client yet.")))
	q := p.ui.newPrompt(p.window, titleOr(say.T("Add a virtual location"), l.Name), body, say.T("Save"), func() (func() error, error) {
		i := branch.SelectedIndex()
		if i < 0 {
			return nil, say.Error("choose the branch that it is a part of")
		}
		to := desk.Location{ID: l.ID, Name: name.Text, Branch: p.branches[i].ID, Routines: lines(routines.Text), Clients: lines(clients.Text)}
		for _, id := range members.chosen() {
			to.Users = append(to.Users, people.ID(id))
		}
		return func() error { return p.ui.desk.SaveLocation(p.ui.ctx, p.ui.actor, to) }, nil
	})
	for _, f := range []*field{name, routines, clients} {
		f.in(q)
	}
	q.show(fyne.NewSize(560, 0), name)
}

func titleOr(title, name string) string {
	if name == "" {
		return title
	}
	return say.T("Edit %s", name)
}

func (p *locationsPart) remove(l desk.Location) {
	p.ui.askConfirm(p.window, say.T("Remove %s", l.Name), say.T("Those who see through it see nothing through it any more. What was recorded stays."), say.T("Remove"),
		func() error { return p.ui.desk.RemoveLocation(p.ui.ctx, p.ui.actor, l.ID, l.Name) }, func() { p.toast.show(say.T("%s removed.", l.Name), nil) })
}

// ticks are a short list of which some are chosen, each by a number.
type ticks struct {
	boxes []*tick
	ids   []int64
}

func newTicks() *ticks { return &ticks{} }

func (t *ticks) add(text string, id int64, on bool) {
	t.boxes, t.ids = append(t.boxes, newTick(text, on)), append(t.ids, id)
}

func (t *ticks) chosen() []int64 {
	var ids []int64
	for i, b := range t.boxes {
		if b.Checked {
			ids = append(ids, t.ids[i])
		}
	}
	return ids
}

// object is the list, or what is said where there is nothing to choose.
func (t *ticks) object(none string) fyne.CanvasObject {
	if len(t.boxes) == 0 {
		words := widget.NewLabel(none)
		words.Importance = widget.LowImportance
		return words
	}
	box := container.NewVBox()
	for _, b := range t.boxes {
		box.Add(b)
	}
	scroll := container.NewVScroll(box)
	scroll.SetMinSize(fyne.NewSize(0, min(box.MinSize().Height, 160)))
	return scroll
}
