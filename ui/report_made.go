package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
)

// madePart lists the reports made before, with the head of the timeline that each prints.
type madePart struct {
	ui     *UI
	window fyne.Window
	desk   reporter
	object fyne.CanvasObject
	rows   *list[desk.Made]
	grid   *grid.Grid[desk.Made]
}

func newMadePart(u *UI, w fyne.Window, d reporter) *madePart {
	p := &madePart{ui: u, window: w, desk: d}
	p.rows = &list[desk.Made]{id: func(m desk.Made) int64 { return m.At.UnixMilli() }}
	type row = desk.Made
	p.grid = grid.New[row](p.rows,
		grid.Column[row]{Key: "at", Title: say.T("Made"), Width: 144, Text: func(m row) string { return u.secondText(m.At) }},
		grid.Column[row]{Key: "period", Title: say.T("Period"), Width: 230, Text: func(m row) string { return desk.PeriodWord(m.Period) }},
		grid.Column[row]{Key: "file", Title: say.T("File"), Width: 260, Link: true, Text: func(m row) string { return filepath.Base(m.Path) }},
		grid.Column[row]{Key: "folder", Title: say.T("Folder"), Width: 220, Text: func(m row) string { return filepath.Dir(m.Path) }},
		grid.Column[row]{Key: "template", Title: say.T("Template"), Width: 110, Text: func(m row) string { return m.Template }},
		grid.Column[row]{Key: "by", Title: say.T("By"), Width: 96, Text: func(m row) string { return personWord(m.By) }},
		grid.Column[row]{Key: "head", Title: say.T("Head of the timeline"), Width: 240, Text: func(m row) string { return m.Head }},
	)
	p.grid.OnlyLook()
	p.grid.OnOpen = p.open
	p.grid.OnLink = func(_ string, id int64) { p.open(id) }
	p.grid.SetEmpty(emptyState(say.T("No reports yet"), say.T("What is saved under New report or by a schedule is listed here, to be opened again.")))
	p.object = container.NewBorder(nil, widget.NewLabel(say.T("Enter opens a report. The head proves later that no entry up to it was changed: backstop verify --head.")), nil, nil, p.grid)
	return p
}

func (p *madePart) focus() { p.window.Canvas().Focus(p.grid) }

func (p *madePart) reload(e desk.Event) {
	if !e.Settings {
		return
	}
	ask(p.ui.work, func() ([]desk.Made, error) { return p.desk.Reports(p.ui.ctx, p.ui.actor) }, func(made []desk.Made, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.rows.rows = made
		p.grid.Reload()
	})
}

func (p *madePart) open(id int64) {
	if m, ok := p.rows.find(id); ok {
		p.ui.showError(p.window, p.ui.openFile(m.Path))
	}
}
