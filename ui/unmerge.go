package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/grid"
)

// mergedTab lists the incidents that were merged into this one, and takes them out again.
type mergedTab struct {
	act    *handling
	into   int64
	rows   *list[desk.IncidentRow]
	grid   *grid.Grid[desk.IncidentRow]
	object fyne.CanvasObject
	bar    *fyne.Container
	said   *widget.Label // why they cannot be taken out
	some   *button
	all    *button
}

func newMergedTab(act *handling) *mergedTab {
	u := act.ui
	t := &mergedTab{act: act, rows: &list[desk.IncidentRow]{id: func(r desk.IncidentRow) int64 { return r.ID }}}
	t.grid = grid.New[desk.IncidentRow](t.rows, mergedColumns(u)...)
	t.grid.OnOpen = func(id int64) { u.openIncident(id, "") }
	t.grid.OnLink = func(_ string, id int64) { u.openIncident(id, "") }
	t.grid.OnSelected = func([]int64) { t.enable() }
	t.grid.SetEmpty(noRows(say.T("No incident is merged into this one."), say.T("Select several in the table and merge them; they are then closed together.")))
	t.some = newButton(say.T("Unmerge selected…"), nil, func() { act.askUnmerge(t.into, t.grid.Selected()) })
	t.all = newButton(say.T("Unmerge all…"), nil, func() { act.askUnmerge(t.into, t.ids()) })
	t.said = widget.NewLabel("")
	t.said.Importance = widget.LowImportance
	t.bar = container.NewBorder(nil, nil, nil, container.NewHBox(t.some, t.all), t.said)
	t.object = container.NewBorder(t.bar, nil, nil, nil, t.grid)
	return t
}

func (t *mergedTab) show(d desk.Detail) {
	t.into, t.rows.rows = d.Row.ID, d.Children
	t.said.SetText(say.T("They follow this one and are closed with it."))
	if d.Incident.State == incident.Closed {
		t.said.SetText(say.T("They were closed with %d: reopen it first to take one out.", t.into))
	}
	t.bar.Hidden = len(t.rows.rows) == 0
	t.grid.Reload()
	t.enable()
}

func (t *mergedTab) ids() []int64 {
	ids := make([]int64, t.rows.Len())
	for i := range ids {
		ids[i] = t.rows.ID(i)
	}
	return ids
}

func (t *mergedTab) enable() {
	open := t.rows.Len() > 0 && t.rows.rows[0].Closing == incident.NotClosed
	enable(t.all, open)
	enable(t.some, open && len(t.grid.Selected()) > 0)
}

// takeOut takes a merged incident out of its destination.
func (h *handling) takeOut(ids []int64) {
	ask(h.ui.work, func() (desk.Detail, error) { return h.ui.desk.Incident(h.ui.ctx, h.ui.actor, ids[0]) }, func(d desk.Detail, err error) {
		if err != nil {
			h.ui.showError(h.window, err)
			return
		}
		h.askUnmerge(int64(d.Incident.Into), ids)
	})
}

// askUnmerge takes incidents out of their destination when the person says so.
func (h *handling) askUnmerge(destination int64, ids []int64) {
	body := widget.NewLabel(say.T("%s become what they were before the merge: state, assignee, hold and sessions. What one of them had brought along goes with it. %d stays as it is.",
		named(ids), destination))
	if len(ids) == 1 {
		body.SetText(say.T("%d becomes what it was before the merge: state, assignee, hold and sessions. What it had brought along goes with it. %d stays as it is.", ids[0], destination))
	}
	body.Wrapping = fyne.TextWrapWord
	p := h.ui.newPrompt(h.window, say.T("Take %s out of %d", named(ids), destination), body, say.T("Unmerge"), func() (func() error, error) {
		return func() error { return h.ui.desk.Unmerge(h.ui.ctx, h.ui.actor, destination, ids) }, nil
	})
	p.accepted = h.did(say.T("Unmerged"), false, ids)
	p.show(fyne.NewSize(480, 0), p.ok)
}
