package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/incident"
	"backstop/app/say"
)

// selectionBar appears with a selection and offers what can be done with it.
type selectionBar struct {
	page   *incidentsPage
	object *fyne.Container
	count  *widget.Label
	merge  *button
}

func newSelectionBar(p *incidentsPage) *selectionBar {
	b := &selectionBar{page: p, count: widget.NewLabel("")}
	b.count.TextStyle.Bold = true
	none := widget.NewButton(say.T("Select none"), p.grid.Clear)
	none.Importance = widget.LowImportance
	copyRows := widget.NewButtonWithIcon(say.T("Copy"), theme.ContentCopyIcon(), p.copy)
	b.merge = newButton("", nil, func() { p.act.run(actionTo(incident.ToMerge)) })
	row := container.NewHBox(b.count, b.merge)
	for _, a := range actions() {
		if a.many && a.what != incident.ToMerge {
			row.Add(newButton(a.label+"…", nil, func() { p.act.run(a) }))
		}
	}
	row.Add(copyRows)
	scroll := container.NewHScroll(row) // so that it does not widen a narrow window
	b.object = container.NewStack(newSurface(theme.ColorNameSelection), container.NewBorder(nil, nil, nil, none, scroll))
	b.object.Hide()
	return b
}

func (b *selectionBar) show(ids []int64) {
	if len(ids) == 0 {
		b.object.Hide()
		return
	}
	b.count.SetText(say.T("%s selected", countText(len(ids))))
	b.merge.SetText(mergeWords(len(ids)))
	b.merge.Hidden = len(ids) < 2
	b.object.Show()
}
