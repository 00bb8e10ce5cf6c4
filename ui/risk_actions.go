package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/risk"
	"backstop/app/say"
)

// riskAction is one thing that a person can do with risks. This table is all there is: menus, keys and bars are made of it.
type riskAction struct {
	label string
	key   rune
	what  risk.Action // as the rules call it
	done  string
	ask   question
	do    func(u *UI, ids []int64, text string) error
}

// riskActions stand in the order of the menu: the first has to come first.
func riskActions() []riskAction {
	return []riskAction{
		{
			say.T("Assign"), 'a', risk.ToAssign, say.T("Assigned"),
			question{text: say.T("To whom? It comes before everything else."), placeHolder: say.T("name"), ok: say.T("Assign"), rows: 1, needed: say.T("name who takes it over")},
			func(u *UI, ids []int64, to string) error { return u.desk.AssignRisks(u.ctx, u.actor, ids, to) },
		},
		{
			say.T("Update Status"), 's', risk.ToProgress, say.T("In Progress"),
			question{placeHolder: say.T("how far it has come"), ok: say.T("Update"), rows: 4, needed: say.T("a note is needed: how far has it come?")},
			func(u *UI, ids []int64, note string) error { return u.desk.ProgressRisks(u.ctx, u.actor, ids, note) },
		},
		{
			say.T("Close"), 'c', risk.ToClose, say.T("Closed"),
			question{text: say.T("Comparing starts anew with what it was about."), placeHolder: say.T("what was done about it"), ok: say.T("Close"), rows: 4, needed: say.T("a solution is needed: what was done?")},
			func(u *UI, ids []int64, solution string) error {
				return u.desk.CloseRisks(u.ctx, u.actor, ids, solution)
			},
		},
		{
			say.T("Ignore"), 'i', risk.ToIgnore, say.T("Ignored"),
			question{text: say.T("For normal behaviour of the environment: what was ignored counts as usual from then on."), placeHolder: say.T("why this is normal"), ok: say.T("Ignore"), rows: 4, needed: say.T("a reason is needed: why is this normal?")},
			func(u *UI, ids []int64, why string) error { return u.desk.IgnoreRisks(u.ctx, u.actor, ids, why) },
		},
		{
			say.T("Reopen"), 'r', risk.ToReopen, say.T("Reopened"),
			question{placeHolder: say.T("why it is open again"), ok: say.T("Reopen"), rows: 3, needed: say.T("a reason is needed: why is it open again?")},
			func(u *UI, ids []int64, reason string) error { return u.desk.ReopenRisks(u.ctx, u.actor, ids, reason) },
		},
	}
}

// riskHandling is what lets a window act on risks: one that it shows, or those chosen in its list.
type riskHandling struct {
	ui     *UI
	window fyne.Window
	toast  *toast
	chosen func() []int64
	known  func([]int64) []risk.Risk // those of them that the window has at hand; the desk judges the others
}

func newRiskHandling(u *UI, w fyne.Window, chosen func() []int64, known func([]int64) []risk.Risk) *riskHandling {
	return &riskHandling{ui: u, window: w, toast: newToast(u), chosen: chosen, known: known}
}

// whyNot says why an action is not available; nothing when it is.
func (h *riskHandling) whyNot(a riskAction, ids []int64) string {
	if why := h.ui.whyNot(desk.ToHandle); why != "" {
		return why
	}
	if len(ids) == 0 {
		return say.T("nothing is selected")
	}
	known := h.known(ids)
	if len(known) == 0 {
		return ""
	}
	_, why := desk.RiskAllowed(known, a.what)
	return why
}

// run asks for what an action needs, or says why there is none.
func (h *riskHandling) run(a riskAction) {
	if h.window.Canvas().Overlays().Top() != nil {
		return // a dialog is open
	}
	ids := h.chosen()
	if why := h.whyNot(a, ids); why != "" {
		h.toast.show(a.label+": "+why+".", nil)
		return
	}
	q := a.ask
	q.title = a.label + ": " + say.T("risk %d", ids[0])
	said := say.T("Risk %d", ids[0])
	if len(ids) > 1 {
		said = say.Many(len(ids), "1 risk", "%s risks")
		q.title = a.label + ": " + said
	}
	if a.what == risk.ToAssign {
		q.before = h.proposed(ids)
	}
	h.ui.askWords(h.window, q, func(text string) error { return a.do(h.ui, ids, text) }, func() { h.toast.show(said+": "+a.done+".", nil) })
}

// proposed is who a risk is probably for: the person at the desk, unless it is theirs already.
func (h *riskHandling) proposed(ids []int64) string {
	for _, r := range h.known(ids) {
		if r.Assignee == h.ui.actor.Name {
			return ""
		}
	}
	return h.ui.actor.Name
}

// typedRune runs the action of a key and tells whether there is one.
func (h *riskHandling) typedRune(r rune) bool {
	for _, a := range riskActions() {
		if r == a.key || r == a.key-'a'+'A' {
			h.run(a)
			return true
		}
	}
	return false
}

// items are the actions for a menu; one that is not available says why.
func (h *riskHandling) items() []*fyne.MenuItem {
	ids := h.chosen()
	var items []*fyne.MenuItem
	for _, a := range riskActions() {
		item := fyne.NewMenuItem(a.label, func() { h.run(a) })
		if why := h.whyNot(a, ids); why != "" {
			item.Label, item.Disabled = fmt.Sprintf("%s (%s)", a.label, why), true
		}
		items = append(items, item)
	}
	return items
}

// commands are the actions that are available now.
func (h *riskHandling) commands() []command {
	ids := h.chosen()
	if len(ids) == 0 {
		return nil
	}
	of := say.T("risk %d", ids[0])
	if len(ids) > 1 {
		of = say.Many(len(ids), "1 risk", "%s risks")
	}
	return menuItemCommands(h.items(), of)
}

// menu opens the actions below an object.
func (h *riskHandling) menu(below fyne.CanvasObject) {
	widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", h.items()...), h.window.Canvas(), fyne.NewPos(0, below.Size().Height), below)
}
