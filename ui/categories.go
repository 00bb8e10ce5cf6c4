package ui

import (
	"context"
	"slices"

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

// categoryKeeper is what the editor of categories asks of the desk.
type categoryKeeper interface {
	Categories(ctx context.Context, actor desk.Actor) ([]desk.Category, error)
	AddCategory(ctx context.Context, actor desk.Actor, name string) error
	RenameCategory(ctx context.Context, actor desk.Actor, from, to string) error
	RetireCategory(ctx context.Context, actor desk.Actor, name string, retired bool) error
}

// categoriesPart edits the categories that incidents are closed with.
type categoriesPart struct {
	ui     *UI
	window fyne.Window
	desk   categoryKeeper
	object fyne.CanvasObject
	asking *handling // for its dialogs
	toast  *toast

	rows   *list[desk.Category]
	grid   *grid.Grid[desk.Category]
	rename *button
	retire *button
}

func newCategoriesPart(u *UI, w fyne.Window, d categoryKeeper) *categoriesPart {
	p := &categoriesPart{ui: u, window: w, desk: d, toast: newToast(u)}
	p.asking = &handling{ui: u, window: w, toast: p.toast}
	p.rows = &list[desk.Category]{id: p.number}
	p.grid = grid.New[desk.Category](p.rows, []grid.Column[desk.Category]{
		{Key: "name", Title: say.T("Category"), Width: 280, Text: func(c desk.Category) string { return desk.CategoryWord(c.Name) }},
		{Key: "retired", Title: say.T("State"), Width: 280, Text: useWord},
	}...)
	p.grid.OnSelected = func([]int64) { p.enable() }
	p.grid.OnOpen = func(int64) { p.askRename() }
	p.build()
	return p
}

func useWord(c desk.Category) string {
	if c.Retired {
		return say.T("retired: kept where it was used")
	}
	return say.T("in use")
}

// number is a category's place in the list, from 1: its name can change.
func (p *categoriesPart) number(c desk.Category) int64 {
	return int64(slices.Index(p.rows.rows, c) + 1)
}

func (p *categoriesPart) build() {
	about := widget.NewLabel(say.T("An incident is closed with one of these. They can be renamed or retired, never deleted: incidents closed before keep the word they were closed with.") + " " + say.T("Default: eleven that fit every tool."))
	about.Wrapping = fyne.TextWrapWord
	about.Importance = widget.LowImportance
	add := newButton(say.T("Add…"), theme.ContentAddIcon(), p.askAdd)
	p.rename = newButton(say.T("Rename…"), theme.DocumentCreateIcon(), p.askRename)
	p.retire = newButton(say.T("Retire"), theme.VisibilityOffIcon(), p.turn)
	p.ui.only(desk.ToAdminister, p.window, add, p.rename, p.retire)
	top := container.NewVBox(headed(heading(say.T("Categories")), p.rename, p.retire, add), about)
	p.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap/2, look.Gap, look.Gap), top), p.toast.object, p.grid)
	p.enable()
}

// chosen is the one category that is selected.
func (p *categoriesPart) chosen() (desk.Category, bool) {
	ids := p.grid.Selected()
	if len(ids) != 1 {
		return desk.Category{}, false
	}
	return p.rows.find(ids[0])
}

func (p *categoriesPart) focus() { p.window.Canvas().Focus(p.grid) }

func (p *categoriesPart) enable() {
	c, ok := p.chosen()
	p.retire.SetText(say.T("Retire"))
	if c.Retired {
		p.retire.SetText(say.T("Take back"))
	}
	for _, b := range []*button{p.rename, p.retire} {
		if ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (p *categoriesPart) reload(e desk.Event) {
	if !e.Settings {
		return
	}
	ask(p.ui.work, func() ([]desk.Category, error) { return p.desk.Categories(p.ui.ctx, p.ui.actor) }, func(list []desk.Category, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.rows.rows = list
		p.grid.Reload()
		p.enable()
	})
}

func (p *categoriesPart) askAdd() {
	p.asking.askWords(question{title: say.T("Add a category"), placeHolder: say.T("name"), ok: say.T("Add"), rows: 1, needed: say.T("a category needs a name")},
		func(name string) error { return p.desk.AddCategory(p.ui.ctx, p.ui.actor, name) }, func() { p.toast.show(say.T("Added."), nil) })
}

func (p *categoriesPart) askRename() {
	c, ok := p.chosen()
	if !ok {
		return
	}
	shown := desk.CategoryWord(c.Name)
	p.asking.askWords(question{title: say.T("Rename %s", shown), placeHolder: say.T("name"), ok: say.T("Rename"), rows: 1, needed: say.T("a category needs a name"), before: shown},
		asRecorded(shown, c.Name, func(name string) error { return p.desk.RenameCategory(p.ui.ctx, p.ui.actor, c.Name, name) }), func() { p.toast.show(say.T("Renamed."), nil) })
}

// turn retires a category or takes it back.
func (p *categoriesPart) turn() {
	c, ok := p.chosen()
	if !ok {
		return
	}
	ask(p.ui.work, func() (struct{}, error) {
		return struct{}{}, p.desk.RetireCategory(p.ui.ctx, p.ui.actor, c.Name, !c.Retired)
	}, func(_ struct{}, err error) { p.ui.showError(p.window, err) })
}
