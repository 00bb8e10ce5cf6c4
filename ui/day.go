package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backstop/app/desk"
	"backstop/app/panel"
	"backstop/app/say"
	"backstop/ui/look"
)

// openDay lists the executions of the backup day of one or more routines, with the missed runs that no export tells.
func (u *UI) openDay(title string, routines []int64, c panel.Calendar, day panel.Day) {
	name := say.Day(day.Date()) + "  ·  " + title
	u.open(fmt.Sprintf("day %s %d %d", idList(routines), day, c.Start), look.Printable(name), func(w *openWindow) content {
		p := newListPage(u, w.Window, executionListing(u, func(int) *fyne.Container {
			return emptyState(say.T("No execution"), say.T("Nothing ran on this day; what did not start has an incident."))
		}))
		p.onClear = func() {}
		p.tip = u.executionTip
		p.filters = func(desk.ExecutionQuery) []string { return nil }
		p.grid.OnOpen = u.openExecution
		p.grid.OnLink = func(key string, id int64) {
			if x, ok := p.model.rows[id]; ok && key == "incident" && x.Incident != 0 {
				u.openIncident(x.Incident, "")
				return
			}
			u.openExecution(id)
		}
		p.query = desk.ExecutionQuery{RoutineIDs: routines, From: c.Begin(day), To: c.Begin(day + 1), Sort: "start"}
		p.grid.SetSort("start", false)
		p.asked()
		title := heading(look.Printable(name))
		missed := container.NewHBox()
		ask(u.work, func() ([]int64, error) { return u.desk.PanelMissed(u.ctx, u.actor, c, day, routines) }, func(ids []int64, err error) {
			u.showError(w.Window, err)
			for _, id := range ids {
				missed.Add(newButton(say.T("Did not start: incident %s", idText(id)), nil, func() { u.openIncident(id, "") }))
			}
		})
		u.simpleKeys(w)
		return content{object: p.build([]fyne.CanvasObject{container.NewBorder(nil, nil, nil, missed, title)}), size: fyne.NewSize(1080, 420), reload: func(e desk.Event) {
			if e.Incidents || e.Sources {
				p.model.reload()
			}
		}}
	})
}
