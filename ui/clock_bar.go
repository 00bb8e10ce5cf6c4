package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
)

// clockBar stands above all pages while nothing is judged because the machine's clock cannot be right, and when its time zone has changed.
type clockBar struct {
	*strap
	ui     *UI
	window fyne.Window
	said   *widget.Label
	right  *button
}

func newClockBar(u *UI, w fyne.Window) *clockBar {
	b := &clockBar{ui: u, window: w, said: widget.NewLabel("")}
	b.said.Wrapping = fyne.TextWrapWord
	b.right = newButton(say.T("The clock is right…"), nil, b.answer)
	u.only(desk.ToSweep, w, b.right)
	b.right.Importance = widget.HighImportance
	b.strap = newStrap(theme.WarningIcon(), b.said, b.right)
	return b
}

// reload shows the question that waits, if there is one.
func (b *clockBar) reload(e desk.Event) {
	if !e.Clock {
		return
	}
	ask(b.ui.work, func() (*desk.ClockQuestion, error) { return b.ui.desk.ClockQuestion(), nil }, func(q *desk.ClockQuestion, _ error) {
		zone := b.ui.desk.MovedZone()
		switch {
		case q != nil:
			b.said.SetText(say.T("Nothing is judged: %s", b.ui.clockQuestion(q)))
			b.right.Show()
		case zone != "":
			b.said.SetText(say.T("This machine is in the time zone %s now. Start Backstop again to see times in it.", zone))
			b.right.Hide() // nothing is asked
		}
		b.show(q != nil || zone != "")
	})
}

// clockQuestion is the question in the zone of the desk.
func (u *UI) clockQuestion(q *desk.ClockQuestion) string {
	now, wanted := u.clockText(q.Now), u.clockText(q.Wanted)
	switch {
	case q.Ticked:
		return say.T("this machine's clock says %s, but by the time that has passed it should say about %s. Put it right, or say that it is.", now, wanted)
	case q.Now.Before(q.Wanted):
		return say.T("this machine's clock says %s, which is before the newest entry of the timeline, of %s. Put it right, or say that it is.", now, wanted)
	}
	return say.T("this machine's clock says %s, more than 30 days after the newest entry of the timeline, of %s. Put it right, or say that it is.", now, wanted)
}

func (b *clockBar) answer() {
	b.ui.askReason(b.window, say.T("The clock is right"), say.T("Holds, missed runs and silent sources are judged by it from now on."), say.T("It is right"), func(reason string) error {
		return b.ui.desk.AcceptClock(b.ui.ctx, b.ui.actor, reason)
	}, nil)
}
