package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/look"
)

// The tabs of an incident, in their order.
const (
	tabFailure   = "Failure"
	tabTimeline  = "Timeline"
	tabMerged    = "Merged incidents"
	tabSessions  = "Reprocessing"
	tabHistory   = "History"
	incidentKind = "incident "
)

// incidentWindow shows one incident and what can be done with it.
type incidentWindow struct {
	act    *handling
	ui     *UI
	window *openWindow
	id     int64
	detail desk.Detail // zero until it was read
	epoch  int

	header   *incidentHeader
	offer    *offerMark // it may be a false alarm
	changed  *strap     // later evidence contradicts the closing
	facts    *factSheet
	strip    *strip
	hovered  *widget.Label // the run under the pointer
	tabs     *container.AppTabs
	failure  *failureTab
	timeline *timelineView
	merged   *mergedTab
	sessions *sessionsTab
	history  *historyTab
}

// openIncident opens the window of an incident, or raises it; tab is one of its tabs, or nothing.
func (u *UI) openIncident(id int64, tab string) {
	w := u.open(incidentKind+idText(id), idText(id), func(w *openWindow) content {
		i := newIncidentWindow(u, w, id)
		i.read()
		return content{object: i.content(), size: fyne.NewSize(1120, 760), reload: i.reload, turnTo: i.turnTo, commands: i.act.commands}
	})
	if tab != "" {
		w.turnTo(tab)
	}
}

func newIncidentWindow(u *UI, w *openWindow, id int64) *incidentWindow {
	i := &incidentWindow{ui: u, window: w, id: id}
	i.act = newHandling(u, w.Window, func() []int64 { return []int64{i.id} }, func([]int64) []incident.Incident {
		if i.detail.Row.ID == 0 {
			return nil
		}
		return []incident.Incident{i.detail.Incident}
	})
	i.header = newIncidentHeader(i)
	i.facts = newFactSheet()
	i.hovered = widget.NewLabel("")
	i.hovered.Importance = widget.LowImportance
	i.hovered.Truncation = fyne.TextTruncateEllipsis
	i.strip = newStrip(i.hoverRun, i.chooseRun)
	i.failure = newFailureTab(u, w.Window, u.desk)
	i.timeline = newTimelineView(u, w.Window, u.desk, id)
	i.merged, i.sessions, i.history = newMergedTab(i.act), newSessionsTab(u), newHistoryTab(u, madeGoodColumn(func(id int64) []int64 { return i.detail.MadeGood[id] }))
	i.changed, i.offer = i.evidenceMark(), newOfferMark(i)
	i.makeTabs()
	i.hearKeys()
	return i
}

func (i *incidentWindow) makeTabs() {
	i.tabs = container.NewAppTabs(
		container.NewTabItem(say.T(tabFailure), i.failure.object),
		container.NewTabItem(say.T(tabTimeline), i.timeline.object),
		container.NewTabItem(say.T(tabMerged), i.merged.object),
		container.NewTabItem(say.T(tabSessions), i.sessions.grid),
		container.NewTabItem(say.T(tabHistory), i.history.object),
	)
	i.tabs.OnSelected = func(*container.TabItem) {
		if i.tabs.SelectedIndex() == 1 {
			i.timeline.start()
		}
	}
}

// content lays the window out: header, facts and the last runs stand, the tabs take the rest.
func (i *incidentWindow) content() fyne.CanvasObject {
	head := container.NewVBox(i.header.object, i.changed.object, i.offer.object)
	return container.NewBorder(nil, i.act.toast.object, nil, nil, factsAbove(head, i.facts, runsRow(i.strip, i.hovered), i.tabs))
}

// runsRow is the strip of the last runs below the facts, with the words for the run under the pointer.
func runsRow(s *strip, hovered *widget.Label) fyne.CanvasObject {
	name := widget.NewLabel(say.T("Last runs"))
	name.Importance = widget.LowImportance
	before := container.NewHBox(container.New(&wide{max(nameWidth(fact{name.Text, "-"})+factIndent-theme.Padding(), name.MinSize().Width)}, name), s)
	return container.NewBorder(nil, nil, before, nil, container.NewVBox(layout.NewSpacer(), hovered, layout.NewSpacer()))
}

// evidenceMark stands below the header of a closed incident that later evidence contradicts.
func (i *incidentWindow) evidenceMark() *strap {
	said := widget.NewLabel(say.T("Evidence changed: what came in later contradicts how this was closed."))
	said.TextStyle.Bold = true
	return newStrap(theme.WarningIcon(), said,
		newButton(say.T("Seen…"), nil, func() { i.act.run(actionTo(incident.ToSee)) }),
		newButton(say.T("Reopen…"), nil, func() { i.act.run(actionTo(incident.ToReopen)) }))
}

// read asks for all of the incident; what is shown stays until the answer is there.
func (i *incidentWindow) read() {
	i.epoch++
	id, epoch := i.id, i.epoch
	canUndo := false
	ask(i.ui.work, func() (desk.Detail, error) {
		_, canUndo = i.ui.desk.CanUndo(i.ui.ctx, i.ui.actor, id)
		return i.ui.desk.Incident(i.ui.ctx, i.ui.actor, id)
	}, func(d desk.Detail, err error) {
		switch {
		case epoch != i.epoch:
		case err != nil:
			i.ui.showError(i.window.Window, err)
		default:
			i.act.noUndo = !canUndo
			i.show(d)
		}
	})
}

func (i *incidentWindow) show(d desk.Detail) {
	first := i.detail.Row.ID != d.Row.ID
	i.detail = d
	i.window.SetTitle(idText(d.Row.ID) + " · " + look.Printable(d.Incident.ShownTitle()))
	i.header.show(d)
	i.changed.show(d.Incident.EvidenceChanged)
	i.offer.show(i.ui.offerText(d))
	i.facts.show(i.ui.incidentFacts(d))
	i.strip.show(d.History, int64(d.Incident.Execution))
	i.failure.show(d)
	i.merged.show(d)
	i.sessions.show(d)
	i.history.show(d.History)
	i.tabs.Items[2].Text = say.T(tabMerged) + counted(len(d.Children))
	i.tabs.Items[3].Text = say.T(tabSessions) + counted(len(d.Sessions))
	i.tabs.Refresh()
	i.window.Content().Refresh()
	if first {
		i.hoverRun(desk.ExecutionRow{}, false)
	}
}

func counted(n int) string {
	if n == 0 {
		return ""
	}
	return " " + countText(n)
}

func (i *incidentWindow) reload(e desk.Event) {
	if e.Incidents || e.Sources {
		i.read()
	}
	i.timeline.reload(e)
}

// turnTo brings a tab up by its name.
func (i *incidentWindow) turnTo(tab string) {
	at := slices.Index([]string{tabFailure, tabTimeline, tabMerged, tabSessions, tabHistory}, tab)
	if at >= 0 {
		i.turn(at)
	}
}

// turn brings a tab up and gives it the keys.
func (i *incidentWindow) turn(at int) {
	i.tabs.SelectIndex(at)
	canvas := i.window.Canvas()
	switch at {
	case 0:
		i.failure.focus()
	case 1:
		canvas.Focus(i.timeline.grid)
	case 2:
		canvas.Focus(i.merged.grid)
	case 3:
		canvas.Focus(i.sessions.grid)
	default:
		canvas.Focus(i.history.grid)
	}
}

// hoverRun tells the run under the pointer; without one, what the strip is.
func (i *incidentWindow) hoverRun(r desk.ExecutionRow, ok bool) {
	switch {
	case ok:
		i.hovered.SetText(i.ui.runText(r))
	case len(i.strip.runs) == 0:
		i.hovered.SetText(say.T("none known"))
	default:
		i.hovered.SetText(runsText(len(i.strip.runs)))
	}
}

// runsText says what a strip of runs is.
func runsText(n int) string {
	return say.Many(n, "1 run, the newest on the right", "%s runs, the newest on the right")
}

// chooseRun shows a run's facts in the History tab.
func (i *incidentWindow) chooseRun(r desk.ExecutionRow) {
	i.hoverRun(r, true)
	i.tabs.SelectIndex(4)
	i.history.showRun(r.ID)
}
