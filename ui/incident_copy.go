package ui

import (
	"fyne.io/fyne/v2"

	"backstop/app/desk"
)

// copyRows puts rows on the clipboard, also those that were never in view and have to be read first.
func (p *incidentsPage) copyRows(ids []int64, clipboard fyne.Clipboard) {
	ask(p.ui.work, func() ([]desk.IncidentRow, error) { return p.ui.desk.IncidentRows(p.ui.ctx, p.ui.actor, ids) }, func(rows []desk.IncidentRow, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		clipboard.SetContent(p.grid.TSV(rows))
	})
}
