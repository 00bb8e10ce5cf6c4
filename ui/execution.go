package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

const executionKind = "execution "

// executionWindow shows one execution: what the tool said of it, its log, and the incidents that it has to do with.
type executionWindow struct {
	ui     *UI
	window *openWindow
	id     int64
	detail desk.ExecutionDetail // zero until it was read

	title     *widget.Label
	outcome   *chip
	opened    *button // the incident that it opened
	facts     *factSheet
	strip     *strip
	hovered   *widget.Label
	tabs      *container.AppTabs
	log       *failureTab
	incidents *list[concern]
	concerned *grid.Grid[concern]
	history   *historyTab
}

// concern is an incident with what the execution has to do with it.
type concern struct {
	desk.IncidentRow
	how string
}

// openExecution opens the window of an execution, or raises it.
func (u *UI) openExecution(id int64) {
	u.open(executionKind+idText(id), say.T("Execution %s", idText(id)), func(w *openWindow) content {
		x := newExecutionWindow(u, w, id)
		x.read()
		return content{object: x.content(), size: fyne.NewSize(1040, 720), reload: x.reload}
	})
}

func newExecutionWindow(u *UI, w *openWindow, id int64) *executionWindow {
	x := &executionWindow{ui: u, window: w, id: id, title: heading(""), outcome: newChip(), facts: newFactSheet(), hovered: widget.NewLabel("")}
	x.title.Truncation = fyne.TextTruncateEllipsis
	x.outcome.set("", look.Plain)
	x.opened = newButton("", theme.NavigateNextIcon(), func() { u.openIncident(x.detail.Row.Incident, "") })
	x.opened.Hide()
	x.hovered.Importance = widget.LowImportance
	x.hovered.Truncation = fyne.TextTruncateEllipsis
	x.strip = newStrip(x.hoverRun, func(r desk.ExecutionRow) { x.tabs.SelectIndex(2); x.history.showRun(r.ID) })
	x.log = newFailureTab(u, w.Window, u.desk)
	x.history = newHistoryTab(u)
	x.incidents = &list[concern]{id: func(c concern) int64 { return c.ID }}
	x.concerned = grid.New(x.incidents, concernColumns(u)...)
	x.concerned.OnlyLook()
	x.concerned.OnOpen = func(id int64) { u.openIncident(id, "") }
	x.concerned.OnLink = func(_ string, id int64) { u.openIncident(id, "") }
	x.concerned.SetEmpty(noRows(say.T("No incident has to do with this execution."), say.T("One that does not succeed opens one; one that succeeds can make others good.")))
	x.tabs = container.NewAppTabs(
		container.NewTabItem(say.T("Log"), x.log.object),
		container.NewTabItem(say.T("Incidents"), x.concerned),
		container.NewTabItem(say.T(tabHistory), x.history.object),
	)
	x.hearKeys()
	return x
}

func concernColumns(u *UI) []grid.Column[concern] {
	columns := []grid.Column[concern]{{Key: "how", Title: say.T("This execution"), Width: 120, Text: func(c concern) string { return c.how }}}
	for _, c := range mergedColumns(u) {
		if c.Key == "failure" { // so that the states are in view
			c.Width = 128
		}
		of := grid.Column[concern]{Key: c.Key, Title: c.Title, Width: c.Width, Right: c.Right, Link: c.Link, Text: func(r concern) string { return c.Text(r.IncidentRow) }}
		if c.Tone != nil {
			of.Tone = func(r concern) look.Tone { return c.Tone(r.IncidentRow) }
		}
		columns = append(columns, of)
	}
	return columns
}

// content lays the window out as that of an incident.
func (x *executionWindow) content() fyne.CanvasObject {
	header := container.NewBorder(nil, nil, nil, container.NewHBox(x.outcome, x.opened), x.title)
	return factsAbove(header, x.facts, runsRow(x.strip, x.hovered), x.tabs)
}

// read asks for all of the execution; what is shown stays until the answer is there.
func (x *executionWindow) read() {
	ask(x.ui.work, func() (desk.ExecutionDetail, error) { return x.ui.desk.Execution(x.ui.ctx, x.ui.actor, x.id) }, func(d desk.ExecutionDetail, err error) {
		if err != nil {
			x.ui.showError(x.window.Window, err)
			return
		}
		x.show(d)
	})
}

func (x *executionWindow) show(d desk.ExecutionDetail) {
	x.detail = d
	name := runName(d.Row)
	x.window.SetTitle(say.T("Execution %s", name))
	x.title.SetText(name)
	x.outcome.set(outcomeWord(d.Row.Outcome), outcomeTone(d.Row.Outcome))
	x.opened.Hidden = d.Row.Incident == 0
	x.opened.SetText(say.T("Incident %s", idText(d.Row.Incident)))
	x.facts.show(x.ui.executionFacts(d))
	x.strip.show(d.History, d.Row.ID)
	x.hoverRun(desk.ExecutionRow{}, false)
	x.log.showRun("execution-"+strconv.FormatInt(d.Row.ID, 10)+".log", d.Row, d.Row.Error)
	x.incidents.rows = concerns(d)
	x.concerned.Reload()
	x.history.show(d.History)
	x.tabs.Items[1].Text = say.T("Incidents") + counted(len(x.incidents.rows))
	x.tabs.Refresh()
	x.window.Content().Refresh()
}

// runName is what an execution is called: its routine, its client, and the tool's own number of it.
func runName(r desk.ExecutionRow) string {
	name := look.Printable(r.Routine)
	if r.Client != "" && r.Client != r.Routine {
		name = say.T("%s on %s", name, look.Printable(r.Client))
	}
	if r.Session != "" {
		name += "  ·  " + look.Printable(r.Session)
	}
	return name
}

// concerns are the incident that an execution opened and those that it made good. It can be both for one: the last try of a run.
func concerns(d desk.ExecutionDetail) []concern {
	var all []concern
	if d.Opened != nil {
		all = append(all, concern{*d.Opened, say.T("opened")})
	}
	for _, r := range d.MadeGood {
		if d.Opened != nil && r.ID == d.Opened.ID {
			all[0].how = say.T("opened, made good")
			continue
		}
		all = append(all, concern{r, say.T("made good")})
	}
	return all
}

func (x *executionWindow) hoverRun(r desk.ExecutionRow, ok bool) {
	if ok {
		x.hovered.SetText(x.ui.runText(r))
		return
	}
	x.hovered.SetText(runsText(len(x.strip.runs)))
}

func (x *executionWindow) reload(e desk.Event) {
	if e.Incidents || e.Sources {
		x.read()
	}
}

// turn brings a tab up and gives it the keys.
func (x *executionWindow) turn(at int) {
	x.tabs.SelectIndex(at)
	switch at {
	case 0:
		x.log.focus()
	case 1:
		x.window.Canvas().Focus(x.concerned)
	default:
		x.window.Canvas().Focus(x.history.grid)
	}
}

func (x *executionWindow) hearKeys() {
	c := x.window.Canvas()
	on := func(key fyne.KeyName, run func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			if c.Overlays().Top() == nil {
				run()
			}
		})
	}
	for at, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3} {
		on(key, func() { x.turn(at) })
	}
	on(fyne.KeyF, x.search)
	on(fyne.KeyS, x.log.saveAs)
	c.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) { x.ui.app.Clipboard().SetContent(x.ui.executionFacts(x.detail).text()) })
	c.SetOnTypedRune(func(r rune) {
		switch r {
		case '/':
			x.search()
		case '?':
			x.ui.showKeys(x.window.Window, executionKeys(), logKeys(), tableKeys(), everywhereKeys(), dialogKeys())
		}
	})
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyEscape:
			x.ui.leave(x.window)
		case fyne.KeyF5:
			x.read()
		default:
		}
	})
}

func (x *executionWindow) search() {
	x.tabs.SelectIndex(0)
	x.window.Canvas().Focus(x.log.search)
}
