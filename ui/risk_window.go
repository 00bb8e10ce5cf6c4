package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/risk"
	"backstop/app/say"
	"backstop/app/timeline"
	"backstop/ui/grid"
	"backstop/ui/look"
)

const riskKind = "risk "

// riskWindow shows one risk: what was found, by which rule, the evidence, and the record.
type riskWindow struct {
	ui     *UI
	window *openWindow
	id     int64
	detail desk.RiskDetail // zero until it was read

	act      *riskHandling
	title    *widget.Label
	who      *widget.Label
	state    *chip
	actions  *button
	switches *button // of the routines that it is about
	facts    *factSheet
	rule     *widget.Label
	chart    *evidenceChart
	tabs     *container.AppTabs
	runs     *list[desk.ExecutionRow]
	compared *grid.Grid[desk.ExecutionRow]
	failures *list[desk.IncidentRow]
	recurred *grid.Grid[desk.IncidentRow]
	timeline *timelineView
}

// openRisk opens the window of a risk, or raises it.
func (u *UI) openRisk(id int64) {
	u.open(riskKind+idText(id), say.T("Risk %d", id), func(w *openWindow) content {
		r := newRiskWindow(u, w, id)
		r.read()
		return content{object: r.content(), size: fyne.NewSize(1000, 720), reload: r.reload, commands: r.act.commands}
	})
}

func newRiskWindow(u *UI, w *openWindow, id int64) *riskWindow {
	r := &riskWindow{ui: u, window: w, id: id, title: heading(""), who: widget.NewLabel(""), state: newChip(), facts: newFactSheet(), rule: widget.NewLabel("")}
	r.act = newRiskHandling(u, w.Window, func() []int64 { return []int64{r.id} }, r.known)
	r.title.Truncation = fyne.TextTruncateEllipsis
	r.who.Importance = widget.LowImportance
	r.state.set("", look.Plain)
	r.actions = newButton(say.T("Actions"), theme.MenuDropDownIcon(), func() { r.act.menu(r.actions) })
	r.actions.IconPlacement = widget.ButtonIconTrailingText
	r.switches = newButton(say.T("Routine settings…"), theme.SettingsIcon(), r.askSwitches)
	r.rule.Wrapping = fyne.TextWrapWord
	r.rule.Importance = widget.LowImportance
	r.chart = newEvidenceChart(u)
	r.runs = &list[desk.ExecutionRow]{id: func(e desk.ExecutionRow) int64 { return e.ID }}
	r.compared = grid.New(r.runs, r.runColumns()...)
	r.compared.OnlyLook()
	r.compared.OnOpen = u.openExecution
	r.compared.OnLink = func(_ string, id int64) { u.openExecution(id) }
	r.failures = &list[desk.IncidentRow]{id: func(i desk.IncidentRow) int64 { return i.ID }}
	r.recurred = grid.New(r.failures, mergedColumns(u)...)
	r.recurred.OnlyLook()
	r.recurred.OnOpen = func(id int64) { u.openIncident(id, "") }
	r.recurred.OnLink = func(_ string, id int64) { u.openIncident(id, "") }
	r.timeline = newTimelineAbout(u, w.Window, u.desk, desk.TimelineQuery{Subject: timeline.Risk, SubjectID: id})
	r.tabs = container.NewAppTabs(container.NewTabItem(say.T("Evidence"), container.NewStack(r.compared, r.recurred)), container.NewTabItem(say.T(tabTimeline), r.timeline.object))
	r.tabs.OnSelected = func(*container.TabItem) {
		if r.tabs.SelectedIndex() == 1 {
			r.timeline.start()
		}
	}
	r.hearKeys()
	return r
}

func (r *riskWindow) known([]int64) []risk.Risk {
	if r.detail.Risk.ID == 0 {
		return nil
	}
	return []risk.Risk{r.detail.Risk}
}

// content lays the window out: what was found, the rule and the chart stand, the tabs take the rest.
func (r *riskWindow) content() fyne.CanvasObject {
	header := container.NewBorder(nil, nil, nil, container.NewHBox(r.state, r.who, r.switches, r.actions), r.title)
	top := container.NewVBox(header, r.facts.object, r.rule, r.chart.object)
	return container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, look.Gap, look.Gap), top), r.act.toast.object, nil, nil, r.tabs)
}

// askSwitches opens the settings of the routines that the risk is about: which analyses run, and whether it is disabled.
func (r *riskWindow) askSwitches() {
	ids, u := r.detail.Routines, r.ui
	if len(ids) == 0 {
		return
	}
	ask(u.work, func() ([]desk.RoutineSettings, error) { return u.desk.RoutineSettings(u.ctx, u.actor, ids) }, func(now []desk.RoutineSettings, err error) {
		if err != nil {
			u.showError(r.window.Window, err)
			return
		}
		title := shorten(look.Printable(r.detail.Risk.Policy), 40)
		if len(ids) > 1 {
			title += ", " + say.Many(len(ids), "1 routine", "%s routines")
		}
		f := u.openRoutineSettings(r.window.Window, title, ids, now, func(what string) { r.act.toast.show(what, nil) })
		if len(ids) == 1 {
			f.judge = func() { r.act.toast.offerRejudge(changedText(1, 1), "", ids[0], title) }
		}
	})
}

// read asks for all of the risk; what is shown stays until the answer is there.
func (r *riskWindow) read() {
	ask(r.ui.work, func() (desk.RiskDetail, error) { return r.ui.desk.Risk(r.ui.ctx, r.ui.actor, r.id) }, func(d desk.RiskDetail, err error) {
		if err != nil {
			r.ui.showError(r.window.Window, err)
			return
		}
		r.show(d)
	})
}

func (r *riskWindow) show(d desk.RiskDetail) {
	r.detail = d
	name := riskName(d.Risk)
	r.window.SetTitle(say.T("Risk %d", r.id) + " · " + name)
	r.title.SetText(name)
	r.state.set(riskStateWord(d.Risk.State), riskStateTone(d.Risk.State))
	r.who.SetText(say.T("assigned to %s", assigneeText(look.Printable(d.Risk.Assignee))))
	r.facts.show(r.ui.riskFacts(d.Risk))
	r.rule.SetText(say.T("Rule: %s", d.Risk.Kind.Rule()))
	r.chart.show(d)
	recurrent := d.Risk.Kind == risk.Recurrence
	r.runs.rows, r.failures.rows = append(append([]desk.ExecutionRow{}, d.Runs...), d.Later...), d.Incidents
	r.compared.Hidden, r.recurred.Hidden = recurrent, !recurrent
	r.compared.Reload()
	r.recurred.Reload()
	r.window.Content().Refresh()
}

// riskName is what a risk is called: its type, its routine, its client, its level.
func riskName(r risk.Risk) string {
	name := riskKindWord(r.Kind) + ": " + look.Printable(r.Policy)
	if r.Client != "" && r.Client != r.Policy {
		name = say.T("%s on %s", name, look.Printable(r.Client))
	}
	if r.Level != "" {
		name += ", " + look.Printable(r.Level)
	}
	return name
}

// riskFacts are those of a risk.
func (u *UI) riskFacts(r risk.Risk) facts {
	resolved := map[risk.State]string{risk.Closed: say.T("Solution"), risk.Ignored: say.T("Ignored as")}[r.State]
	row := desk.RiskRow{About: r.About, Usual: r.Usual, Value: r.Value, Since: r.Since}
	return facts{
		columns: [3][]fact{
			{{say.T("Tool"), r.Tool}, {say.T("Company"), r.Company}},
			{{say.T("Found"), u.clockText(r.Found)}, {say.T("Since"), u.clockText(r.Since)}},
			{{say.T("Resolved"), u.clockText(r.Resolved)}, {say.T("Category"), desk.CategoryWord(r.Category)}},
		},
		lines: []fact{{say.T("Found was"), u.riskText(row)}, {resolved, r.Solution}},
	}
}

// runColumns are those of the runs compared; the first says what each is.
func (r *riskWindow) runColumns() []grid.Column[desk.ExecutionRow] {
	type row = desk.ExecutionRow
	u := r.ui
	return []grid.Column[row]{
		{Key: "role", Title: say.T("Evidence"), Width: 120, Text: func(e row) string { return roleWord(r.detail.Risk, e.ID) }, Tone: func(e row) look.Tone { return roleTone(r.detail.Risk, e.ID) }},
		{Key: "id", Title: say.T("Execution"), Width: 84, Right: true, Link: true, Text: func(e row) string { return idText(e.ID) }},
		{Key: "at", Title: say.T("Started"), Width: 124, Text: func(e row) string { return u.clockText(e.At()) }},
		{Key: "took", Title: say.T("Took"), Width: 92, Right: true, Text: func(e row) string { return tookText(e.Execution) }},
		{Key: "size", Title: say.T("Size"), Width: 92, Right: true, Text: func(e row) string { return sizeText(e.Bytes) }},
		{Key: "level", Title: say.T("Level"), Width: 84, Text: func(e row) string { return e.Level }},
		{Key: "routine", Title: say.T("Routine"), Width: 132, Text: func(e row) string { return e.Routine }},
		{Key: "client", Title: say.T("Client"), Width: 116, Text: func(e row) string { return e.Client }},
		{Key: "outcome", Title: say.T("Status"), Width: 132, Text: func(e row) string { return outcomeWord(e.Outcome) }, Tone: func(e row) look.Tone { return outcomeTone(e.Outcome) }},
	}
}

func roleOf(r risk.Risk, id int64) risk.Role {
	for _, run := range r.Runs {
		if int64(run.ID) == id {
			return run.Role
		}
	}
	return 0
}

func roleWord(r risk.Risk, id int64) string {
	switch roleOf(r, id) {
	case risk.Off:
		if r.Kind == risk.Absence {
			return say.T("last seen")
		}
		return strings.ToLower(say.T("Off")) // a word of its own: "off" is what an analysis is that does not run
	case risk.Compared:
		if r.Kind == risk.Absence {
			return say.T("came back")
		}
		return say.T("compared with")
	case risk.Elsewhere:
		return say.T("others went on")
	}
	return say.T("later")
}

func roleTone(r risk.Risk, id int64) look.Tone {
	if roleOf(r, id) == risk.Off {
		return look.Partial
	}
	return look.Muted
}

func (r *riskWindow) reload(e desk.Event) {
	if e.Risks || e.Incidents || e.Sources {
		r.read()
	}
	r.timeline.reload(e)
}

func (r *riskWindow) turn(at int) {
	r.tabs.SelectIndex(at)
	switch {
	case at == 1:
		r.window.Canvas().Focus(r.timeline.grid)
	case r.detail.Risk.Kind == risk.Recurrence:
		r.window.Canvas().Focus(r.recurred)
	default:
		r.window.Canvas().Focus(r.compared)
	}
}

func (r *riskWindow) hearKeys() {
	c := r.window.Canvas()
	for at, key := range []fyne.KeyName{fyne.Key1, fyne.Key2} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			if c.Overlays().Top() == nil {
				r.turn(at)
			}
		})
	}
	c.SetOnTypedRune(func(k rune) {
		if !r.act.typedRune(k) && k == '?' {
			r.ui.showKeys(r.window.Window, riskKeys(), riskActionKeys(), tableKeys(), everywhereKeys(), dialogKeys())
		}
	})
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyEscape:
			r.ui.leave(r.window)
		case fyne.KeyF5:
			r.read()
		default:
		}
	})
}
