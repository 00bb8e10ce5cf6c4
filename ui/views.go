package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
)

// Saved views of incidents: a filter under a name, for the table and for reports.

// saveView keeps the filter of the table under a name.
func (p *incidentsPage) saveView() {
	q := p.query
	h := &handling{ui: p.ui, window: p.window}
	about := p.filterText()
	if about == "" {
		about = "all incidents"
	}
	h.askWords(question{title: "Save this filter as a view", text: "It keeps: " + about + ". A view of the same name is replaced.", placeHolder: "a name", ok: "Save", rows: 1, needed: "a view needs a name"},
		func(name string) error { return p.ui.desk.SaveView(p.ui.ctx, desk.View{Name: name, Query: q}) }, nil)
}

// chooseView lists the saved views, to be shown or removed.
func (p *incidentsPage) chooseView() {
	ask(p.ui.work, func() ([]desk.View, error) { return p.ui.desk.Views(p.ui.ctx) }, func(views []desk.View, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		if len(views) == 0 {
			p.ui.showText(p.window, "No saved view yet", "Filter the table, then keep the filter under a name: View, Save this filter as a view.")
			return
		}
		p.offerViews(views)
	})
}

func (p *incidentsPage) offerViews(views []desk.View) {
	rows := container.NewVBox()
	var q *prompt
	for _, v := range views {
		show := newButton(v.Name, nil, func() { q.close(); p.filter(v.Query); p.main.goTo("Incidents") })
		show.Alignment = widget.ButtonAlignLeading
		drop := quiet("", theme.DeleteIcon(), func() {
			q.close()
			ask(p.ui.work, func() (struct{}, error) { return struct{}{}, p.ui.desk.RemoveView(p.ui.ctx, v.Name) }, func(_ struct{}, err error) { p.ui.showError(p.window, err) })
		})
		rows.Add(container.NewBorder(nil, nil, nil, drop, show))
	}
	q = p.ui.newPrompt(p.window, "Saved views", container.NewVScroll(rows), "Close", justClose)
	q.cancel.Hide()
	q.show(fyne.NewSize(420, 320), q.ok)
}
