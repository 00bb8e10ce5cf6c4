package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
)

// savedViews are the filters of one list that people gave names.
type savedViews[Q any] struct {
	all    func(ctx context.Context, actor desk.Actor) ([]desk.Named[Q], error)
	save   func(ctx context.Context, actor desk.Actor, v desk.Named[Q]) error
	remove func(ctx context.Context, actor desk.Actor, name string) error
	show   func(q Q)
	own    []desk.Named[Q] // that come with the program
}

// viewsButton opens the saved views of a page and keeps its filter as one.
func (p *listPage[R, Q]) viewsButton() *button {
	var b *button
	b = quiet(say.T("Views"), theme.MenuDropDownIcon(), func() { p.openViews(b) })
	b.IconPlacement = widget.ButtonIconTrailingText
	return b
}

// openViews lists the saved views below an object, with what can be done about them.
func (p *listPage[R, Q]) openViews(below fyne.CanvasObject) {
	p.readViews(func(views []desk.Named[Q]) {
		menu := fyne.NewMenu("")
		for _, v := range p.views.own {
			menu.Items = append(menu.Items, fyne.NewMenuItem(say.W(v.Name), func() { p.views.show(v.Query) }))
		}
		for _, v := range views {
			menu.Items = append(menu.Items, fyne.NewMenuItem(v.Name, func() { p.views.show(v.Query) }))
		}
		remove := fyne.NewMenuItem(say.T("Remove a view…"), p.chooseView)
		if len(views) == 0 {
			remove.Label, remove.Disabled = say.T("No saved view yet"), true
		}
		menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(say.T("Save this filter as a view…"), p.saveView), remove)
		widget.ShowPopUpMenuAtRelativePosition(menu, p.window.Canvas(), fyne.NewPos(0, below.Size().Height), below)
	})
}

func (p *listPage[R, Q]) readViews(done func([]desk.Named[Q])) {
	ask(p.ui.work, func() ([]desk.Named[Q], error) { return p.views.all(p.ui.ctx, p.ui.actor) }, func(views []desk.Named[Q], err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		done(views)
	})
}

// saveView keeps the filter of the table under a name.
func (p *listPage[R, Q]) saveView() {
	if !p.ui.permit(desk.ToKeepViews, p.window) {
		return
	}
	q, about := p.query, p.filterText()
	if about == "" {
		about = say.T("all %s", say.W(p.name))
	}
	p.ui.askWords(p.window, question{title: say.T("Save this filter as a view"), text: say.T("It keeps: %s. A view of the same name is replaced.", about), placeHolder: say.T("a name"), ok: say.T("Save"), rows: 1, needed: say.T("a view needs a name")},
		func(name string) error {
			return p.views.save(p.ui.ctx, p.ui.actor, desk.Named[Q]{Name: name, Query: q})
		}, nil)
}

// chooseView lists the saved views, to be shown or removed.
func (p *listPage[R, Q]) chooseView() {
	p.readViews(func(views []desk.Named[Q]) {
		if len(views) == 0 {
			p.ui.showText(p.window, say.T("No saved view yet"), say.T("Filter the table, then keep the filter under a name: View, Save this filter as a view."))
			return
		}
		p.offerViews(views)
	})
}

func (p *listPage[R, Q]) offerViews(views []desk.Named[Q]) {
	rows := container.NewVBox()
	var q *prompt
	for _, v := range views {
		show := newButton(v.Name, nil, func() { q.close(); p.views.show(v.Query) })
		show.Alignment = widget.ButtonAlignLeading
		drop := quiet("", theme.DeleteIcon(), func() {
			if !p.ui.permit(desk.ToKeepViews, p.window) {
				return
			}
			q.close()
			ask(p.ui.work, func() (struct{}, error) { return struct{}{}, p.views.remove(p.ui.ctx, p.ui.actor, v.Name) }, func(_ struct{}, err error) { p.ui.showError(p.window, err) })
		})
		rows.Add(container.NewBorder(nil, nil, nil, drop, show))
	}
	q = p.ui.newPrompt(p.window, say.T("Saved views"), container.NewVScroll(rows), say.T("Close"), justClose)
	q.cancel.Hide()
	q.show(fyne.NewSize(420, 320), q.ok)
}
