package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

// offer is a line that offers to close, as Success, the open incidents that the settings of routines would not open any more.
type offer struct {
	ui     *UI
	object *fyne.Container
	strap  *strap
	said   *widget.Label
	ids    []int64
}

func newOffer(u *UI, w fyne.Window) *offer {
	o := &offer{ui: u, said: widget.NewLabel("")}
	o.said.Truncation = fyne.TextTruncateEllipsis
	toClose := newButton(say.T("Close as Success…"), nil, o.close)
	u.only(desk.ToHandle, w, toClose)
	o.strap = newStrap(theme.ConfirmIcon(), o.said, toClose, newButton(say.T("Leave open"), nil, func() { o.strap.show(false) }))
	o.object = o.strap.object
	return o
}

// look asks what is offered of routines whose settings were changed.
func (o *offer) look(routines []int64) {
	ask(o.ui.work, func() ([]int64, error) { return o.ui.desk.OfferedOf(o.ui.ctx, o.ui.actor, routines) }, func(ids []int64, err error) {
		if o.ids = ids; err != nil {
			o.ids = nil // it is found under "Judge again" too
		}
		o.said.SetText(say.Many(len(o.ids), "1 open incident would not open by these settings. Open ones stay open until somebody closes them.",
			"%s open incidents would not open by these settings. Open ones stay open until somebody closes them."))
		o.strap.show(len(o.ids) > 0)
	})
}

func (o *offer) close() {
	o.strap.show(false)
	o.ui.main.incidents.act.openClose(o.ids, func(c *closeWizard) { c.account.choose(incident.ClosedSuccess) })
}
