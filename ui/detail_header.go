package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/look"
)

// incidentHeader is the first line of an incident's window: what it is, how it stands, who has it, and what can be done.
type incidentHeader struct {
	window         *incidentWindow
	object         *fyne.Container
	title, who     *widget.Label
	state, closing *chip
	vital          *widget.Label
	destination    *button // of a merged one
	actions        *button
	before, after  *button
}

func newIncidentHeader(w *incidentWindow) *incidentHeader {
	h := &incidentHeader{window: w, title: heading(""), who: widget.NewLabel(""), state: newChip(), closing: newChip(), vital: widget.NewLabel(say.T("Vital"))}
	h.title.Truncation = fyne.TextTruncateEllipsis
	h.who.Importance = widget.LowImportance
	h.vital.TextStyle.Bold = true
	h.state.set("", look.Plain)
	h.closing.set("", look.Plain)
	h.destination = newButton("", theme.NavigateNextIcon(), func() { w.ui.openIncident(int64(w.detail.Incident.Into), "") })
	h.actions = newButton(say.T("Actions"), theme.MenuDropDownIcon(), func() { w.act.menu(h.actions) })
	h.actions.IconPlacement = widget.ButtonIconTrailingText
	h.actions.Importance = widget.HighImportance
	h.before = quiet("", theme.NavigateBackIcon(), func() { w.goTo(-1) })
	h.after = quiet("", theme.NavigateNextIcon(), func() { w.goTo(1) })
	h.object = container.NewBorder(nil, nil, nil, container.NewHBox(h.vital, h.state, h.closing, h.who, h.destination, h.actions, h.before, h.after), h.title)
	h.vital.Hide()
	h.destination.Hide()
	return h
}

func (h *incidentHeader) show(d desk.Detail) {
	in := d.Incident
	h.title.SetText(idText(d.Row.ID) + " · " + look.Printable(in.ShownTitle()))
	h.state.set(stateWord(in.State), stateTone(in.State))
	h.closing.set(closingWord(in.Closing), closingTone(in.Closing))
	h.who.SetText(h.whoText(in))
	h.vital.Hidden = !in.Vital
	h.destination.Hidden = in.Into == 0
	h.destination.SetText(say.T("Open %s", idText(int64(in.Into))))
	for by, b := range map[int]*button{-1: h.before, 1: h.after} {
		if _, ok := h.window.neighbour(by); ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	h.object.Refresh()
}

// whoText is the age of the incident and who has it.
func (h *incidentHeader) whoText(in incident.Incident) string {
	who := in.Assignee
	switch who {
	case "":
		who = say.T("nobody")
	case h.window.ui.actor.Name:
		who = say.T("you")
	}
	return h.window.ui.ageText(in.Opened) + "  ·  " + say.T("assigned to %s", look.Printable(who))
}
